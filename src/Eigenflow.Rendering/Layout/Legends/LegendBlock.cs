using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// A legend: what explains styles first, then the curves, each group in as many columns as the width allows, with even gaps between them; entries run along the rows, so that neighbours
/// in the figure stay together; long labels are wrapped.
/// </summary>
internal sealed class LegendBlock
{
    private const double SwatchWidth = 24;
    private const double SwatchGap = 7;
    private const double ColumnGap = 18;
    private const double BarHalf = 5;

    private readonly List<(LegendEntry Entry, IReadOnlyList<ShapedText> Lines, Position Origin)> items = [];

    /// <param name="entries">The entries.</param>
    /// <param name="width">Width that may be used.</param>
    /// <param name="mostColumns">Most columns.</param>
    public LegendBlock(IReadOnlyList<LegendEntry> entries, double width, int mostColumns = int.MaxValue)
    {
        LegendEntry[] keys = [.. entries.Where(entry => entry.IsKey)], curves = [.. entries.Where(entry => !entry.IsKey)];
        LegendEntry[] all = [.. keys, .. curves];

        // In one row where all fit; otherwise what explains styles has rows of its own.
        if (all.Length > 0 && all.Length <= mostColumns && Columns(all, width, mostColumns) == all.Length)
        {
            Add(all, width, mostColumns);
            return;
        }

        Add(keys, width, mostColumns);
        Add(curves, width, mostColumns);
    }

    /// <summary>Width that is used.</summary>
    public double Width { get; private set; }

    /// <summary>Height that is used; zero without entries.</summary>
    public double Height { get; private set; }

    private static double LineHeight => 1.45 * Style.LegendSize;

    /// <summary>Draws it with its upper left corner at the position.</summary>
    public void Draw(Surface surface, Position corner)
    {
        surface.BeginGroup("legend");
        foreach (var (entry, lines, origin) in items)
        {
            var left = corner.X + origin.X;
            var middle = corner.Y + origin.Y + (LineHeight / 2);
            DrawMarks(surface, entry, left, middle);
            var baseline = middle + (0.36 * Style.LegendSize);
            foreach (var line in lines)
            {
                surface.Text(line, new Position(left + SwatchWidth + SwatchGap, baseline), vertical: false, InkRole.Text);
                baseline += LineHeight;
            }
        }

        surface.EndGroup();
    }

    // As the picture draws them: bands below, lines, bars, dots above.
    private static void DrawMarks(Surface surface, LegendEntry entry, double left, double middle)
    {
        var center = left + (SwatchWidth / 2);
        foreach (var mark in entry.Marks.Where(mark => mark.HasBand))
            surface.Rectangle(new Box(left, middle - BarHalf, left + SwatchWidth, middle + BarHalf), mark.Ink with { Opacity = Style.BandOpacity });
        foreach (var mark in entry.Marks.Where(mark => mark.Style != SeriesStyle.Points))
            surface.Line(left, middle, left + SwatchWidth, middle, SeriesPainter.LineStroke(mark.Style, mark.Ink));
        foreach (var mark in entry.Marks.Where(mark => mark.HasBars))
            surface.Line(center, middle - BarHalf - 1, center, middle + BarHalf + 1, SeriesPainter.BarStroke(mark.Ink));
        foreach (var mark in entry.Marks.Where(mark => mark.Style == SeriesStyle.Points))
            SeriesPainter.DrawDots(surface, [new Position(center, middle)], Style.DotRadius, 0.7, mark.Ink, mark.IsHollow);
    }

    private static double Natural(LegendEntry entry) => RichText.Shape(entry.Label, Style.LegendSize).Width + SwatchWidth + SwatchGap;

    private static double[] Widths(LegendEntry[] entries, int columns) =>
        [.. Enumerable.Range(0, columns).Select(column => entries.Where((_, index) => index % columns == column).Max(Natural))];

    // The most columns that fit, with as even rows as their number leaves.
    private static int Columns(LegendEntry[] entries, double width, int mostColumns)
    {
        var most = Math.Min(mostColumns, entries.Length);
        while (most > 1 && Widths(entries, most).Sum() + (ColumnGap * (most - 1)) > width)
            most--;
        var rows = (entries.Length + most - 1) / most;
        var even = (entries.Length + rows - 1) / rows;
        return Widths(entries, even).Sum() + (ColumnGap * (even - 1)) <= width ? even : most;
    }

    private void Add(LegendEntry[] entries, double width, int mostColumns)
    {
        if (entries.Length == 0)
            return;
        var columns = Columns(entries, width, mostColumns);
        double[] widths = [.. Widths(entries, columns).Select(natural => Math.Min(natural, width))];
        for (var first = 0; first < entries.Length; first += columns)
        {
            double left = 0;
            var height = 0.0;
            for (var column = 0; column < columns && first + column < entries.Length; column++)
            {
                var entry = entries[first + column];
                var lines = RichText.Wrap(entry.Label, Style.LegendSize, widths[column] - SwatchWidth - SwatchGap + 0.01);
                items.Add((entry, lines, new Position(left, Height)));
                left += widths[column] + ColumnGap;
                height = Math.Max(height, Math.Max(1, lines.Count) * LineHeight);
            }

            Width = Math.Max(Width, left - ColumnGap);
            Height += height;
        }
    }
}
