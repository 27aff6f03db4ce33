using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>How one series looks in a legend.</summary>
internal readonly record struct LegendMark(SeriesStyle Style, int Color, bool HasBand);

/// <summary>An entry: a label with the looks of all series that carry it.</summary>
internal sealed record LegendEntry(string Label, IReadOnlyList<LegendMark> Marks)
{
    /// <summary>The entries of panels, in order of first appearance; series without label have none.</summary>
    public static IReadOnlyList<LegendEntry> Of(IEnumerable<Panel> panels) =>
    [
        .. panels.SelectMany(panel => panel.Series)
            .Where(series => series.Label.Length > 0)
            .GroupBy(series => series.Label, StringComparer.Ordinal)
            .Select(group => new LegendEntry(
                group.Key,
                [.. group.Select(series => new LegendMark(series.Style, series.Color, series.Lower is not null || series.Upper is not null)).Distinct()])),
    ];

    /// <summary>Whether one entry can stand for both: the colours agree (a curve here and dots there are shown as a curve with a dot).</summary>
    public bool AgreesWith(LegendEntry other) => Marks.Select(mark => mark.Color).ToHashSet().SetEquals(other.Marks.Select(mark => mark.Color));
}

/// <summary>A legend, laid out in as many equal columns as the width allows; long labels are wrapped.</summary>
internal sealed class LegendBlock
{
    private const double SwatchWidth = 24;
    private const double SwatchGap = 7;
    private const double ColumnGap = 18;

    private readonly List<(LegendEntry Entry, IReadOnlyList<ShapedText> Lines, Position Origin)> items = [];

    public LegendBlock(IReadOnlyList<LegendEntry> entries, double width, int mostColumns = int.MaxValue)
    {
        if (entries.Count == 0)
            return;
        var natural = entries.Max(entry => RichText.Shape(entry.Label, Style.LegendSize).Width) + SwatchWidth + SwatchGap;
        var columns = Math.Clamp((int)((width + ColumnGap) / (natural + ColumnGap)), 1, Math.Min(mostColumns, entries.Count));
        var columnWidth = Math.Min(natural, width);
        var rows = (entries.Count + columns - 1) / columns;
        var shaped = entries.Select(entry => RichText.Wrap(entry.Label, Style.LegendSize, columnWidth - SwatchWidth - SwatchGap)).ToList();
        double top = 0;
        for (var row = 0; row < rows; row++)
        {
            // Entries run down the columns, as one reads curves from top to bottom.
            var members = Enumerable.Range(0, columns).Select(column => (column, index: (column * rows) + row)).Where(member => member.index < entries.Count).ToList();
            foreach (var (column, index) in members)
                items.Add((entries[index], shaped[index], new Position(column * (columnWidth + ColumnGap), top)));
            top += members.Max(member => Math.Max(1, shaped[member.index].Count)) * LineHeight;
        }

        Width = (columns * (columnWidth + ColumnGap)) - ColumnGap;
        Height = top;
    }

    /// <summary>Width that is used.</summary>
    public double Width { get; }

    /// <summary>Height that is used; zero without entries.</summary>
    public double Height { get; }

    private static double LineHeight => 1.45 * Style.LegendSize;

    /// <summary>Draws it with its upper left corner at the position.</summary>
    public void Draw(Surface surface, Position corner)
    {
        surface.BeginGroup("legend");
        foreach (var (entry, lines, origin) in items)
        {
            var left = corner.X + origin.X;
            var middle = corner.Y + origin.Y + (LineHeight / 2);
            foreach (var mark in entry.Marks.Where(mark => mark.HasBand))
                surface.Rectangle(new Box(left, middle - 5, left + SwatchWidth, middle + 5), Ink.Series(mark.Color, Style.BandOpacity));
            foreach (var mark in entry.Marks.Where(mark => mark.Style != SeriesStyle.Points))
                surface.Line(left, middle, left + SwatchWidth, middle, SeriesPainter.LineStroke(mark.Style, mark.Color));
            foreach (var mark in entry.Marks.Where(mark => mark.Style == SeriesStyle.Points))
                surface.Dots([new Position(left + (SwatchWidth / 2), middle)], Style.DotRadius, 0.7, Ink.Series(mark.Color));
            var baseline = middle + (0.36 * Style.LegendSize);
            foreach (var line in lines)
            {
                surface.Text(line, new Position(left + SwatchWidth + SwatchGap, baseline), vertical: false, InkRole.Text);
                baseline += LineHeight;
            }
        }

        surface.EndGroup();
    }
}
