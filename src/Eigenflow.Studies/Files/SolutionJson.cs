using System.Text.Json;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Writes solutions and predictions as JSON with round-trip doubles (docs/formats.md). Numbers that are not finite become null.</summary>
public static class SolutionJson
{
    /// <summary>Writes <c>{"system": …, "runs": [{"method", "setting", "status", "observables", "events", "statistics"}]}</c>, with "summary" and "warnings" where a solution has them.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="system">Identifier of the system.</param>
    /// <param name="solutions">The solutions.</param>
    /// <param name="withTimings">Whether the wall time is part of the statistics: it differs from run to run, so files that must be reproducible leave it out.</param>
    /// <param name="more">Writes further members behind the runs, or null.</param>
    public static void Write(Stream stream, string system, IEnumerable<Solution> solutions, bool withTimings, Action<Utf8JsonWriter>? more = null)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("system", system);
        writer.WriteStartArray("runs");
        foreach (var solution in solutions)
            Write(writer, solution, withTimings);
        writer.WriteEndArray();
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>{"system": …, "setting": {…}, "predictions": […]}</c> for one setting, or <c>{"system": …, "settings": [{"setting", "predictions"}]}</c> for several.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="system">Identifier of the system.</param>
    /// <param name="predictions">Predictions per setting.</param>
    /// <param name="warnings">What the user should know of the request: <c>"warnings"</c>, where there are any.</param>
    public static void WritePredictions(
        Stream stream, string system, IReadOnlyList<(Setting Setting, IReadOnlyList<Prediction> Predictions, IReadOnlyList<SummaryNumber> Numbers)> predictions, IReadOnlyList<string>? warnings = null)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("system", system);
        if (predictions.Count == 1)
        {
            Write(writer, predictions[0].Setting);
            Write(writer, predictions[0].Predictions);
            Write(writer, predictions[0].Numbers);
        }
        else
        {
            writer.WriteStartArray("settings");
            foreach (var (setting, values, numbers) in predictions)
            {
                writer.WriteStartObject();
                Write(writer, setting);
                Write(writer, values);
                Write(writer, numbers);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        Write(writer, warnings ?? []);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return;
        writer.WriteStartArray("warnings");
        foreach (var warning in warnings)
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<SummaryNumber> numbers)
    {
        if (numbers.Count == 0)
            return;
        writer.WriteStartObject("summary");
        foreach (var number in numbers)
        {
            writer.WritePropertyName(number.Name);
            WriteNumber(writer, number.Value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Solution solution, bool withTimings)
    {
        writer.WriteStartObject();
        writer.WriteString("method", solution.Method);
        Write(writer, solution.Setting);
        writer.WriteString("status", solution.Status.Word);
        if (solution.Status.Message.Length > 0)
            writer.WriteString("message", solution.Status.Message);
        writer.WriteStartObject("observables");
        foreach (var observable in solution.Observables)
        {
            writer.WriteStartArray(observable.Name);
            foreach (var value in observable.Values)
                WriteNumber(writer, value);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("events");
        foreach (var (name, time) in solution.Events)
        {
            writer.WritePropertyName(name);
            WriteNumber(writer, time ?? double.NaN);
        }

        writer.WriteEndObject();
        Write(writer, solution.Summary);
        Write(writer, solution.Warnings);
        Write(writer, solution.Statistics, withTimings);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SolverStatistics statistics, bool withTimings)
    {
        writer.WriteStartObject("statistics");
        writer.WriteNumber("steps", statistics.Steps);
        writer.WriteNumber("rejections", statistics.Rejections);
        writer.WriteNumber("evaluations", statistics.Evaluations);
        writer.WriteNumber("linearizations", statistics.Linearizations);
        writer.WriteNumber("state-size", statistics.StateSize);
        writer.WriteString("modes", statistics.Modes);
        if (withTimings)
            writer.WriteNumber("wall-seconds", statistics.WallSeconds);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Setting setting)
    {
        writer.WritePropertyName("setting");
        setting.ToJson().WriteTo(writer);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Prediction> predictions)
    {
        writer.WriteStartArray("predictions");
        foreach (var prediction in predictions)
        {
            writer.WriteStartObject();
            writer.WriteString("name", prediction.Name);
            writer.WritePropertyName("value");
            WriteNumber(writer, prediction.Value);
            writer.WriteString("kind", PredictionText.Kind(prediction.Kind));
            writer.WriteString("source", prediction.Source);
            writer.WriteString("symbol", prediction.Symbol);
            writer.WriteString("validity", prediction.Validity);
            writer.WriteString("unit", prediction.Unit);
            writer.WriteString("meaning", prediction.Meaning);
            writer.WriteStartArray("methods");
            foreach (var method in prediction.Methods)
                writer.WriteStringValue(method);
            writer.WriteEndArray();
            Write(writer, prediction);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Where it stands to its window, with the number of every condition.
    private static void Write(Utf8JsonWriter writer, Prediction prediction)
    {
        writer.WriteString("window", PredictionText.Window(prediction.Window));
        if (prediction.Reason.Length > 0)
            writer.WriteString("reason", prediction.Reason);
        writer.WriteStartArray("conditions");
        foreach (var check in prediction.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("quantity", check.Condition.Quantity);
            writer.WriteString("relation", check.Condition.Sign);
            writer.WriteNumber("bound", check.Condition.Bound);
            writer.WritePropertyName("value");
            WriteNumber(writer, check.Value);
            writer.WriteBoolean("holds", check.Holds);
            writer.WriteString("meaning", check.Condition.Meaning);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value + 0.0); // A zero has no sign.
        else
            writer.WriteNullValue();
    }
}
