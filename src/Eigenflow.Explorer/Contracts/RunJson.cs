using System.Text.Json;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Writes what a page tells of a run, beside its curves.</summary>
internal static class RunJson
{
    /// <summary>Writes one run: its canonical setting, how it ended, what was noticed, its events and summary numbers.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="system">The system.</param>
    /// <param name="run">The run.</param>
    /// <param name="solution">What it came to.</param>
    /// <param name="leftOut">Parameters that it may not have, where that was asked for.</param>
    public static void Write(Utf8JsonWriter writer, ISystem system, CompletedSetting run, Solution solution, IReadOnlyList<string>? leftOut = null)
    {
        writer.WriteStartObject();
        writer.WriteString("method", run.Method);
        writer.WriteStartObject("setting");
        foreach (var (name, value) in run.Values.Pairs)
            writer.WriteString(name, Setting.Format(value));
        writer.WriteEndObject();
        writer.WriteString("status", solution.Status.Word);
        writer.WriteString("message", solution.Status.Message);
        writer.Texts("warnings", solution.Warnings.Concat(system.Notes(run)));
        writer.Objects("events", solution.Events, moment =>
        {
            writer.WriteString("name", moment.Key);
            if (moment.Value is { } reached)
                writer.WriteNumber("time", reached);
        });
        writer.Objects("summary", solution.Summary.Where(number => double.IsFinite(number.Value)), number =>
        {
            writer.WriteString("name", number.Name);
            writer.WriteNumber("value", number.Value);
        });
        writer.WriteNumber("rows", solution.Rows);
        writer.WriteNumber("wallSeconds", solution.Statistics.WallSeconds);
        if (leftOut is not null)
            writer.Texts("leftOut", leftOut);
        writer.WriteEndObject();
    }
}
