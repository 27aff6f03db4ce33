using System.Globalization;
using System.Text.Json;
using Eigenflow.Rendering;
using Eigenflow.Settings;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Writes what a page says beside its curves (static/payload.ts reads it).</summary>
internal static class PageFacts
{
    /// <summary>Writes it as one object.</summary>
    public static void Write(Utf8JsonWriter writer, StaticPagePlan plan, string command, InterpolationError error, IReadOnlyList<PageNode> nodes)
    {
        var system = plan.Request.System;
        writer.WriteStartObject();
        writer.WriteString("id", system.Id);
        writer.WriteString("title", system.Title);
        writer.WriteString("question", system.Question);
        writer.WriteString("summary", system.Summary);
        writer.WriteString("version", ProductVersion.Text);
        writer.WriteString("command", command);
        writer.Objects("methods", plan.Methods, method =>
        {
            writer.WriteString("name", method);
            writer.WriteString("summary", system.Method(method).Summary);
        });
        writer.List("given", plan.Request.Given.Pairs, pair =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(pair.Key);
            writer.WriteStringValue(Setting.Format(pair.Value));
            writer.WriteEndArray();
        });
        writer.Objects("citations", system.Citations, citation =>
        {
            writer.WriteString("identifier", citation.Identifier);
            writer.WriteString("title", citation.Title);
        });
        writer.Objects("axes", plan.Axes, axis => Axis(writer, axis));
        writer.WriteBoolean("isCubic", error.Kind.IsCubic);
        writer.WriteBoolean("isStretched", error.Kind.IsStretched);
        writer.WriteBoolean("isNearest", error.IsNearest);
        writer.WriteStartObject("check");
        writer.WriteString("computed", Percent(error.Computed));
        if (error.Settings.Count > 0)
        {
            writer.WriteString("usual", Percent(error.Usual));
            writer.WriteString("largest", Percent(error.Largest));
            writer.WriteString("panel", error.Panel);
            writer.WriteString("where", string.Join(", ", plan.Axes.Select((axis, j) => $"{axis.Parameter.Name} = {DisplayNumber.Plain(Setting.Shown(axis.Value(error.Where[j])))}")));
        }

        writer.Objects("settings", error.Settings, setting =>
        {
            writer.Numbers("values", setting.Values);
            writer.WriteNumber("usual", setting.Usual);
            writer.WriteNumber("largest", setting.Largest);
            writer.WriteString("usualText", Percent(setting.Usual));
            writer.WriteString("largestText", Percent(setting.Largest));
        });
        writer.WriteEndObject();
        PageNodes.Write(writer, nodes);
        writer.WriteEndObject();
    }

    /// <summary>A share as a person reads it, rounded up: an error is not smaller than what is said.</summary>
    internal static string Percent(double share)
    {
        if (double.IsNaN(share))
            return "unknown";
        if (share > 100)
            return "more than a hundredfold";
        if (share < 1e-6)
            return "0.0001 %";
        var unit = Math.Pow(10, Math.Floor(Math.Log10(100 * share)) - 1);
        return Setting.Format(double.Parse((Math.Ceiling(100 * share / unit) * unit).ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) + " %";
    }

    private static void Axis(Utf8JsonWriter writer, PageAxis axis)
    {
        writer.WriteString("name", axis.Parameter.Name);
        writer.WriteString("symbol", axis.Parameter.Symbol);
        writer.WriteString("help", axis.Parameter.Help);
        writer.WriteString("unit", axis.Parameter.Unit);
        writer.Numbers("values", axis.Values);
        writer.WriteBoolean("isLogarithmic", axis.IsLogarithmic);
        writer.WriteBoolean("isWhole", axis.IsWhole);
        if (axis.Parameter.Default is { } start)
            writer.WriteNumber("start", Convert.ToDouble(start, CultureInfo.InvariantCulture));
    }
}
