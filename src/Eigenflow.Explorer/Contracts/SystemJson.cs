using System.Text.Json;
using Eigenflow.Dynamics;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Writes what a page needs to know of a system.</summary>
internal static class SystemJson
{
    /// <summary>The entry of a system in the gallery.</summary>
    public static void WriteEntry(Utf8JsonWriter writer, ISystem system)
    {
        writer.WriteStartObject();
        WriteFacts(writer, system);
        writer.WriteEndObject();
    }

    /// <summary>All tables of a system.</summary>
    public static void Write(Utf8JsonWriter writer, ISystem system)
    {
        writer.WriteStartObject();
        WriteFacts(writer, system);
        writer.List("parameters", system.Parameters, parameter => Write(writer, parameter, system.IsOfProblem(parameter.Name)));
        writer.List("methods", system.Methods, method => Write(writer, method));
        Write(writer, "observables", system.Observables);
        Write(writer, "events", system.Events);
        Write(writer, "predictions", system.Predictions);
        writer.Texts("learningCurves", system.LearningCurves);
        writer.Objects("citations", system.Citations, citation =>
        {
            writer.WriteString("identifier", citation.Identifier);
            writer.WriteString("title", citation.Title);
            writer.WriteString("bibTeX", citation.BibTeX);
        });
        writer.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter writer, ISystem system)
    {
        writer.WriteString("id", system.Id);
        writer.WriteString("title", system.Title);
        writer.WriteString("family", system.Family);
        writer.WriteString("question", system.Question);
        writer.WriteString("summary", system.Summary);
        writer.WriteString("paper", system.Citations.Count > 0 ? system.Citations[0].Identifier : "");
    }

    private static void Write(Utf8JsonWriter writer, Parameter parameter, bool isOfProblem)
    {
        writer.WriteStartObject();
        writer.WriteString("name", parameter.Name);
        writer.WriteString("symbol", parameter.Symbol);
        writer.WriteString("kind", parameter.Kind switch
        {
            ParameterKind.Number => "number",
            ParameterKind.Integer => "integer",
            ParameterKind.Choice => "choice",
            ParameterKind.NumberList => "list",
            _ => "text",
        });
        writer.WriteString("help", parameter.Help);
        writer.WriteString("unit", parameter.Unit);
        writer.WriteString("allowed", parameter.Allowed);
        writer.WriteBoolean("isOfProblem", isOfProblem);
        if (parameter.Default is { } value)
            writer.WriteString("default", Setting.Format(value));
        if (parameter.Kind is ParameterKind.Number or ParameterKind.Integer)
        {
            writer.WriteNumber("minimum", parameter.Minimum);
            writer.WriteNumber("maximum", parameter.Maximum);
            writer.WriteBoolean("minimumIsOpen", parameter.MinimumIsOpen);
            writer.WriteBoolean("maximumIsOpen", parameter.MaximumIsOpen);
        }

        if (SliderRange.Of(parameter) is { } slider)
            Write(writer, slider);

        WriteTexts(writer, "choices", parameter.Choices);
        WriteTexts(writer, "forms", parameter.Forms.Select(form => form.Pattern));
        WriteTexts(writer, "examples", parameter.Examples);
        if (parameter.OnlyWith is var (other, word))
        {
            writer.WriteStartObject("onlyWith");
            writer.WriteString("parameter", other.Name);
            writer.WriteString("value", word);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SliderRange slider)
    {
        writer.WriteStartObject("slider");
        writer.WriteNumber("from", slider.From);
        writer.WriteNumber("to", slider.To);
        writer.WriteBoolean("isLogarithmic", slider.IsLogarithmic);
        writer.WriteBoolean("hasZero", slider.HasZero);
        writer.WriteBoolean("isWhole", slider.IsWhole);
        writer.WriteNumber("step", slider.Step);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MethodInfo method)
    {
        writer.WriteStartObject();
        writer.WriteString("name", method.Name);
        writer.WriteString("summary", method.Summary);
        writer.WriteString("role", method.Role switch
        {
            MethodRole.Theory => "theory",
            MethodRole.Approximation => "approximation",
            MethodRole.Simulation => "simulation",
            _ => "ensemble",
        });
        WriteTexts(writer, "parameters", method.Parameters.Select(parameter => parameter.Name));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<Solutions.NamedQuantity> quantities)
    {
        writer.Objects(name, quantities, quantity =>
        {
            writer.WriteString("name", quantity.Name);
            writer.WriteString("words", Solutions.QuantityWords.Sentence(quantity.Words));
            writer.WriteString("symbol", quantity.Symbol);
            writer.WriteString("meaning", quantity.Meaning);
        });
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        var all = texts.ToArray();
        if (all.Length == 0)
            return;
        writer.Texts(name, all);
    }
}
