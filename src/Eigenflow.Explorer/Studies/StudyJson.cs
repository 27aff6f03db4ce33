using System.Globalization;
using System.Text.Json;
using Eigenflow.Rendering;
using Eigenflow.Studies;

namespace Eigenflow.Explorer.Studies;

/// <summary>Writes what a page tells of studies.</summary>
internal static class StudyJson
{
    public static void Write(Utf8JsonWriter writer, string? folder, IReadOnlyList<StudyFolder> studies, bool isWhole)
    {
        writer.WriteStartObject();
        if (folder is not null)
            writer.WriteString("folder", folder);
        writer.WriteBoolean("isWhole", isWhole);
        writer.WriteStartArray("studies");
        foreach (var study in studies)
        {
            writer.WriteStartObject();
            writer.WriteString("path", study.Path);
            if (study.Error.Length > 0)
                writer.WriteString("error", study.Error);
            if (study.Title.Length > 0)
            {
                writer.WriteString("title", study.Title);
                writer.WriteString("system", study.System);
            }

            if (study.Progress is { } progress)
            {
                writer.WritePropertyName("progress");
                Write(writer, progress);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, StudyProgress progress)
    {
        writer.WriteStartObject();
        writer.WriteString("word", progress.Word);
        writer.WriteNumber("planned", progress.Planned);
        writer.WriteNumber("done", progress.Done);
        writer.WriteNumber("failed", progress.Failed);
        writer.WriteNumber("running", progress.Running);
        writer.WriteNumber("damaged", progress.Damaged);
        writer.WriteNumber("diverged", progress.Diverged);
        writer.WriteNumber("missing", progress.Missing);
        writer.WriteNumber("read", progress.Read);
        writer.WriteNumber("version", progress.Version);
        if (progress.PerSecond is { } rate)
            writer.WriteNumber("perSecond", rate);
        if (progress.SecondsLeft is { } left)
            writer.WriteNumber("secondsLeft", left);
        if (progress.Changed is { } changed)
            writer.WriteString("changed", changed.ToString("O", CultureInfo.InvariantCulture));
        Texts(writer, "notes", progress.Notes);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string path, StudyMenu menu, StudyProgress progress, IReadOnlyList<StudyFailure> failures)
    {
        writer.WriteStartObject();
        writer.WriteString("path", path);
        writer.WriteString("name", menu.Name);
        writer.WriteString("title", menu.Title);
        writer.WriteString("description", menu.Description);
        writer.WriteString("system", menu.System.Id);
        writer.WriteString("systemTitle", menu.System.Title);
        Texts(writer, "methods", menu.Methods);
        writer.WriteStartArray("columns");
        foreach (var column in menu.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("label", column.Label);
            writer.WriteBoolean("isParameter", column.IsParameter);
            writer.WriteBoolean("isNumber", column.IsNumber);
            Texts(writer, "values", column.Values);
            Texts(writer, "shown", column.Shown);
            writer.WriteNumber("count", column.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("fixed");
        foreach (var (label, value) in menu.Fixed)
        {
            writer.WriteStartObject();
            writer.WriteString("label", label);
            writer.WriteString("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, "observables", menu.Observables);
        Write(writer, "numbers", menu.Numbers);
        writer.WriteStartArray("figures");
        foreach (var figure in menu.Figures)
            Write(writer, figure);
        writer.WriteEndArray();
        writer.WriteString("sweep", menu.Sweep);
        writer.WritePropertyName("progress");
        Write(writer, progress);
        writer.WriteStartArray("failures");
        foreach (var failure in failures)
        {
            writer.WriteStartObject();
            writer.WriteString("id", failure.Id);
            writer.WriteString("method", failure.Method);
            Texts(writer, "values", failure.Values);
            writer.WriteString("error", failure.Error);
            writer.WriteBoolean("isOwn", failure.IsOwn);
            writer.WriteString("command", failure.Command);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, StudyDrawing drawing)
    {
        writer.WriteStartObject();
        writer.WriteNumber("runs", drawing.Runs);
        writer.WriteString("toml", drawing.Toml);
        writer.WriteStartArray("fits");
        foreach (var fit in drawing.Fits)
        {
            writer.WriteStartObject();
            writer.WriteString("panel", fit.Panel);
            writer.WriteString("group", fit.Group);
            writer.WriteString("quantity", fit.Quantity);
            Number(writer, "slope", fit.Slope);
            Number(writer, "lower", fit.Lower);
            Number(writer, "upper", fit.Upper);
            writer.WriteNumber("points", fit.Points);
            Number(writer, "from", fit.From);
            Number(writer, "to", fit.To);
            writer.WriteString("text", fit.Text);
            writer.WriteString("interval", fit.Interval);
            writer.WriteString("window", fit.Window);
            writer.WriteString("verdict", fit.Verdict);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("unfitted");
        foreach (var group in drawing.Unfitted)
        {
            writer.WriteStartObject();
            writer.WriteString("panel", group.Panel);
            writer.WriteString("group", group.Group);
            writer.WriteString("reason", group.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (drawing.Figure is { } figure)
        {
            writer.WritePropertyName("figure");
            FigureJson.Write(writer, figure);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, StudyFigureRequest figure)
    {
        writer.WriteStartObject();
        writer.WriteString("id", figure.Id);
        writer.WriteString("title", figure.Title);
        writer.WriteString("caption", figure.Caption);
        writer.WriteString("x", figure.X);
        Texts(writer, "y", figure.Y);
        Texts(writer, "line", figure.Line);
        Texts(writer, "group", figure.Group);
        writer.WriteString("facet", figure.Facet);
        writer.WriteBoolean("hasLinearX", figure.HasLinearX);
        writer.WriteBoolean("hasLinearY", figure.HasLinearY);
        writer.WriteString("average", figure.Average);
        writer.WriteString("band", figure.Band);
        writer.WriteBoolean("fit", figure.Fit);
        writer.WriteString("fitFrom", figure.FitFrom);
        writer.WriteString("fitTo", figure.FitTo);
        Numbers(writer, "xRange", figure.XRange);
        Numbers(writer, "yRange", figure.YRange);
        writer.WriteString("xLabel", figure.XLabel);
        writer.WriteString("yLabel", figure.YLabel);
        Texts(writer, "labels", figure.Labels);
        writer.WriteStartObject("only");
        foreach (var (name, values) in figure.Only)
            Texts(writer, name, values);
        writer.WriteEndObject();
        writer.WriteStartObject("range");
        foreach (var (name, ends) in figure.Range)
            Numbers(writer, name, ends);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<StudyQuantity> quantities)
    {
        writer.WriteStartArray(name);
        foreach (var quantity in quantities)
        {
            writer.WriteStartObject();
            writer.WriteString("name", quantity.Name);
            writer.WriteString("label", quantity.Label);
            writer.WriteString("kind", quantity.Kind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter writer, string name, IReadOnlyList<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumber(name, value);
    }
}
