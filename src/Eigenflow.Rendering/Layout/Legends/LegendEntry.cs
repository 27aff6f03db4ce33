using System.Runtime.InteropServices;
using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>How one series looks in a legend.</summary>
/// <param name="Style">Line or dots.</param>
/// <param name="Ink">Its colour.</param>
/// <param name="HasBand">Whether it has a band.</param>
/// <param name="HasBars">Whether it has error bars.</param>
/// <param name="IsHollow">Whether its dots are rings.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LegendMark(SeriesStyle Style, Ink Ink, bool HasBand, bool HasBars, bool IsHollow);

/// <summary>An entry: a label with the looks of all series that carry it.</summary>
/// <param name="Label">The label.</param>
/// <param name="Marks">The looks.</param>
/// <param name="IsKey">Whether it explains a style and no curve.</param>
internal sealed record LegendEntry(string Label, IReadOnlyList<LegendMark> Marks, bool IsKey)
{
    /// <summary>The entries of panels, in order of first appearance; series without label have none, nor have those that a colour bar explains.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="inks">The colours of their figure.</param>
    public static IReadOnlyList<LegendEntry> Of(IEnumerable<Panel> panels, SeriesInks inks) =>
    [
        .. panels.SelectMany(panel => panel.Series)
            .Where(series => series.Label.Length > 0 && !(inks.HasBar && inks.IsScaled(series)))
            .GroupBy(series => series.Label, StringComparer.Ordinal)
            .Select(group => new LegendEntry(
                group.Key,
                [.. group.Select(series => new LegendMark(series.Style, inks.Of(series), SeriesPainter.HasBand(series), SeriesPainter.HasBars(series), series.IsHollow)).Distinct()],
                group.All(series => series.X.Length == 0))),
    ];

    /// <summary>Whether one entry can stand for both: the colours agree (a curve here and dots there are shown as a curve with a dot).</summary>
    public bool AgreesWith(LegendEntry other) => Marks.Select(mark => mark.Ink).ToHashSet().SetEquals(other.Marks.Select(mark => mark.Ink));
}
