using System.Text.Json;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Writes what a page tells of a run, beside its curves.</summary>
internal static class RunJson
{
    /// <summary>Writes one run: its canonical setting, how it ended, what was noticed, its events and summary numbers.</summary>
    public static void Write(Utf8JsonWriter writer, ISystem system, CompletedSetting run, Solution solution)
    {
        writer.WriteStartObject();
        writer.WriteString("method", run.Method);
        writer.WriteStartObject("setting");
        foreach (var (name, value) in run.Values.Pairs)
            writer.WriteString(name, Setting.Format(value));
        writer.WriteEndObject();
        writer.WriteString("status", solution.Status.Word);
        writer.WriteString("message", solution.Status.Message);
        writer.WriteStartArray("warnings");
        foreach (var warning in solution.Warnings.Concat(system.Notes(run)))
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
        writer.WriteStartArray("events");
        foreach (var (name, time) in solution.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            if (time is { } reached)
                writer.WriteNumber("time", reached);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("summary");
        foreach (var number in solution.Summary.Where(number => double.IsFinite(number.Value)))
        {
            writer.WriteStartObject();
            writer.WriteString("name", number.Name);
            writer.WriteNumber("value", number.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("rows", solution.Rows);
        writer.WriteNumber("wallSeconds", solution.Statistics.WallSeconds);
        writer.WriteEndObject();
    }
}
