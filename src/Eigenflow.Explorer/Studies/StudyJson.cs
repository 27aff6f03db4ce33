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
        writer.Objects("studies", studies, study =>
        {
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
        });
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
        writer.Texts("notes", progress.Notes);
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
        writer.Texts("methods", menu.Methods);
        writer.Objects("columns", menu.Columns, column =>
        {
            writer.WriteString("name", column.Name);
            writer.WriteString("label", column.Label);
            writer.WriteBoolean("isParameter", column.IsParameter);
            writer.WriteBoolean("isNumber", column.IsNumber);
            writer.Texts("values", column.Values);
            writer.Texts("shown", column.Shown);
            writer.WriteNumber("count", column.Count);
        });
        writer.Objects("fixed", menu.Fixed, value =>
        {
            writer.WriteString("label", value.Label);
            writer.WriteString("value", value.Value);
        });
        Write(writer, "observables", menu.Observables);
        Write(writer, "numbers", menu.Numbers);
        writer.List("figures", menu.Figures, figure => Write(writer, figure));
        writer.WriteString("sweep", menu.Sweep);
        writer.WritePropertyName("progress");
        Write(writer, progress);
        writer.Objects("failures", failures, failure =>
        {
            writer.WriteString("id", failure.Id);
            writer.WriteString("method", failure.Method);
            writer.Texts("values", failure.Values);
            writer.WriteString("error", failure.Error);
            writer.WriteBoolean("isOwn", failure.IsOwn);
            writer.WriteString("command", failure.Command);
        });
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, StudyDrawing drawing)
    {
        writer.WriteStartObject();
        writer.WriteNumber("runs", drawing.Runs);
        writer.WriteString("toml", drawing.Toml);
        writer.Objects("fits", drawing.Fits, fit =>
        {
            writer.WriteString("panel", fit.Panel);
            writer.WriteString("group", fit.Group);
            writer.WriteString("quantity", fit.Quantity);
            writer.Finite("slope", fit.Slope);
            writer.Finite("lower", fit.Lower);
            writer.Finite("upper", fit.Upper);
            writer.WriteNumber("points", fit.Points);
            writer.Finite("from", fit.From);
            writer.Finite("to", fit.To);
            writer.WriteString("text", fit.Text);
            writer.WriteString("interval", fit.Interval);
            writer.WriteString("window", fit.Window);
            writer.WriteString("verdict", fit.Verdict);
        });
        writer.Objects("unfitted", drawing.Unfitted, group =>
        {
            writer.WriteString("panel", group.Panel);
            writer.WriteString("group", group.Group);
            writer.WriteString("reason", group.Reason);
        });
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
        writer.Texts("y", figure.Y);
        writer.Texts("line", figure.Line);
        writer.Texts("group", figure.Group);
        writer.WriteString("facet", figure.Facet);
        writer.WriteBoolean("hasLinearX", figure.HasLinearX);
        writer.WriteBoolean("hasLinearY", figure.HasLinearY);
        writer.WriteString("average", figure.Average);
        writer.WriteString("band", figure.Band);
        writer.WriteBoolean("fit", figure.Fit);
        writer.WriteString("fitFrom", figure.FitFrom);
        writer.WriteString("fitTo", figure.FitTo);
        writer.Numbers("xRange", figure.XRange);
        writer.Numbers("yRange", figure.YRange);
        writer.WriteString("xLabel", figure.XLabel);
        writer.WriteString("yLabel", figure.YLabel);
        writer.Texts("labels", figure.Labels);
        writer.WriteStartObject("only");
        foreach (var (name, values) in figure.Only)
            writer.Texts(name, values);
        writer.WriteEndObject();
        writer.WriteStartObject("range");
        foreach (var (name, ends) in figure.Range)
            writer.Numbers(name, ends);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<StudyQuantity> quantities)
    {
        writer.Objects(name, quantities, quantity =>
        {
            writer.WriteString("name", quantity.Name);
            writer.WriteString("label", quantity.Label);
            writer.WriteString("kind", quantity.Kind);
        });
    }
}
