using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Places everything of a figure: title, rows of panels with aligned axes, legends outside the data, caption. The picture is exactly
/// <c>Columns × Width</c> wide; each row is <c>Height</c> high, plus its legends.
/// </summary>
internal sealed class FigureLayout
{
    // More entries than this are sought for longer below all panels than below their own.
    private const int MostShared = 8;

    private readonly Figure figure;
    private readonly RenderOptions options;
    private readonly List<PanelFrame> frames;
    private readonly List<LegendBlock> legends;
    private readonly LegendBlock shared;
    private readonly IReadOnlyList<ShapedText> title;
    private readonly IReadOnlyList<ShapedText> caption;
    private readonly List<Box> cells = [];
    private readonly int columns;
    private readonly bool beside;

    public FigureLayout(Figure figure, RenderOptions options)
    {
        FigureValidation.Check(figure);
        options.Validate();
        this.figure = figure;
        this.options = options;
        columns = PanelColumns.Of(figure);
        Width = columns * options.Width;
        var textWidth = Width - (2 * Style.OuterPadding);
        title = options.ShowTitle ? RichText.Wrap(figure.Title, Style.FigureTitleSize, textWidth, bold: true) : [];
        caption = options.ShowCaption ? RichText.Wrap(figure.Caption, Style.CaptionSize, textWidth) : [];

        (legends, shared, beside) = ChooseLegends();
        frames = [.. figure.Panels.Select((panel, index) => new PanelFrame(panel, options.Width - BesideWidth(index), options.Height))];
        Height = PlaceCells();
        PlacePlots();
    }

    /// <summary>Width in CSS pixels.</summary>
    public double Width { get; }

    /// <summary>Height in CSS pixels.</summary>
    public double Height { get; }

    /// <summary>The panels with their places, in reading order.</summary>
    public IReadOnlyList<PanelFrame> Frames => frames;

    private double TitleHeight => title.Count == 0 ? 0 : (title.Count * 1.35 * Style.FigureTitleSize) + 6;

    private double CaptionHeight => caption.Count == 0 ? 0 : (caption.Count * 1.4 * Style.CaptionSize) + 8;

    private double SharedHeight => shared.Height == 0 ? 0 : shared.Height + 8;

    /// <summary>Draws the whole figure.</summary>
    public void Draw(Surface surface)
    {
        DrawLines(surface, title, Style.OuterPadding, 1.35, InkRole.Text);
        for (var index = 0; index < frames.Count; index++)
        {
            DrawPanel(surface, index);
            var legend = legends[index];
            if (legend.Height == 0)
                continue;
            var plot = frames[index].Plot;
            legend.Draw(surface, beside
                ? new Position(plot.Right + frames[index].RightMargin + 2, plot.Top)
                : new Position(LegendLeft(cells[index], legend), cells[index].Bottom + 2));
        }

        var bottom = Height - Style.OuterPadding - CaptionHeight - SharedHeight;
        if (shared.Height > 0)
            shared.Draw(surface, new Position(Math.Max(Style.OuterPadding, (Width - shared.Width) / 2), bottom + 4));
        DrawLines(surface, caption, Height - Style.OuterPadding - CaptionHeight + 6, 1.4, InkRole.Muted);
    }

    private void DrawPanel(Surface surface, int index)
    {
        var frame = frames[index];
        var panel = frame.Panel;
        var placer = new LabelPlacer(frame.Plot);
        surface.BeginGroup(panel.Title.Length > 0 ? panel.Title : "panel");
        AxesPainter.DrawBackground(surface, frame);
        surface.BeginGroup("", frame.Plot.Inflate(1));
        if (panel.HeatMap is { } map)
            HeatMapPainter.DrawCells(surface, frame, map);
        foreach (var series in panel.Series)
            SeriesPainter.DrawBand(surface, frame, series);
        foreach (var series in panel.Series.Where(series => series.Style != SeriesStyle.Points))
            SeriesPainter.DrawCurve(surface, frame, series, placer);
        surface.EndGroup();

        // Dots lie above all lines, and may reach over the frame by their radius, so that a value on the edge is not cut in half.
        surface.BeginGroup("", frame.Plot.Inflate(Style.DotRadius + 1));
        foreach (var series in panel.Series.Where(series => series.Style == SeriesStyle.Points))
            SeriesPainter.DrawCurve(surface, frame, series, placer);
        surface.EndGroup();
        AxesPainter.DrawForeground(surface, frame, cells[index].Top, cells[index].Left);
        if (panel.HeatMap is { } scale)
            HeatMapPainter.DrawBar(surface, frame, scale);
        foreach (var slope in panel.Slopes)
            GuidePainter.DrawSlope(surface, frame, slope, placer);
        foreach (var line in panel.Lines)
            GuidePainter.DrawLine(surface, frame, line, placer);
        foreach (var annotation in panel.Annotations)
            GuidePainter.DrawAnnotation(surface, frame, annotation, placer);
        surface.EndGroup();
    }

    private static void DrawLines(Surface surface, IReadOnlyList<ShapedText> lines, double top, double spacing, Ink ink)
    {
        foreach (var line in lines)
        {
            surface.Text(line, new Position(Style.OuterPadding, top + (0.9 * line.Size)), vertical: false, ink);
            top += spacing * line.Size;
        }
    }

    // One legend below all when panels have entries in common that mean the same; otherwise one per panel: beside it when there is one
    // column and the labels are short, else below it.
    private (List<LegendBlock> PerPanel, LegendBlock Shared, bool Beside) ChooseLegends()
    {
        var none = new LegendBlock([], 0);
        var entries = figure.Panels.Select(LegendOf).ToList();
        var all = LegendEntry.Of(figure.Panels.Where(panel => LegendOf(panel).Count > 0));
        var agree = entries.SelectMany(list => list)
            .All(entry => all.First(other => string.Equals(other.Label, entry.Label, StringComparison.Ordinal)).AgreesWith(entry));
        var isShared = entries.Sum(list => list.Count) > all.Count && all.Count <= Math.Max(MostShared, entries.Max(list => list.Count));
        if (figure.Panels.Count > 1 && agree && isShared)
            return ([.. entries.Select(_ => none)], new LegendBlock(all, Width - (4 * Style.OuterPadding)), false);

        if (columns == 1)
        {
            var column = entries.Select(list => new LegendBlock(list, 0.34 * options.Width, mostColumns: 1)).ToList();
            var natural = entries.Select(list => new LegendBlock(list, options.Width, mostColumns: 1)).ToList();
            var wraps = column.Zip(natural).Any(pair => pair.First.Height > pair.Second.Height);
            if (!wraps && options.Width >= 520 && column.All(block => block.Height <= 0.8 * options.Height))
                return (column, none, true);
        }

        return ([.. entries.Select(list => new LegendBlock(list, options.Width - (5 * Style.OuterPadding)))], none, false);
    }

    // A lone curve that the axis names already needs no legend.
    private static IReadOnlyList<LegendEntry> LegendOf(Panel panel)
    {
        var entries = LegendEntry.Of([panel]);
        return entries.Count == 1 && string.Equals(entries[0].Label, panel.Y.Label, StringComparison.Ordinal) ? [] : entries;
    }

    private double BesideWidth(int index) => beside && legends[index].Height > 0 ? legends.Max(legend => legend.Width) + 8 : 0;

    private double LegendLeft(Box cell, LegendBlock legend) =>
        cell.Left + Math.Max(Style.OuterPadding, (options.Width - legend.Width) / 2);

    private double PlaceCells()
    {
        var top = Style.OuterPadding + TitleHeight;
        for (var first = 0; first < frames.Count; first += columns)
        {
            var members = Enumerable.Range(first, Math.Min(columns, frames.Count - first)).ToList();
            foreach (var index in members)
            {
                var left = (index - first) * (double)options.Width;
                cells.Add(new Box(left, top, left + options.Width - BesideWidth(index), top + options.Height));
            }

            var legendHeight = beside ? 0 : members.Max(index => legends[index].Height);
            top += options.Height + (legendHeight > 0 ? legendHeight + 10 : 0);
        }

        return Math.Ceiling(top + SharedHeight + CaptionHeight + Style.OuterPadding);
    }

    // Axes are aligned along rows and columns. Ticks depend on the plot area and its margins on the ticks: two passes settle it.
    private void PlacePlots()
    {
        for (var pass = 0; pass < 2; pass++)
        {
            var lefts = Enumerable.Range(0, columns).Select(column => frames.Where((_, i) => i % columns == column).Max(frame => frame.LeftMargin)).ToList();
            for (var i = 0; i < frames.Count; i++)
                frames[i].SetStrip(cells[i].Left + lefts[i % columns], cells[i].Right - frames[i].RightMargin);
            for (var i = 0; i < frames.Count; i++)
            {
                var row = frames.Where((_, k) => k / columns == i / columns).ToList();
                var cell = cells[i];
                frames[i].SetPlot(new Box(
                    cell.Left + lefts[i % columns],
                    cell.Top + row.Max(frame => frame.TopMargin),
                    cell.Right - frames[i].RightMargin,
                    cell.Bottom - row.Max(frame => frame.BottomMargin)));
            }
        }
    }
}
