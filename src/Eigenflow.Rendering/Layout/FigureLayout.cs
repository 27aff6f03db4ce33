using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>
/// Places everything of a figure: title, rows of panels with aligned axes, legends outside the data, caption. The picture is exactly
/// as wide as its panels and, where the page does not give it, as high as each row with its legends needs.
/// </summary>
internal sealed class FigureLayout
{
    // More entries than this are sought for longer below all panels than below their own.
    private const int MostShared = 8;

    // Panels share a range of ordinates where each fills at least this part of it.
    private const double LeastFilled = 0.3;

    // A panel beside whose curves labels stand is at least so wide.
    private const double LeastLabelled = 300;

    private readonly Figure figure;
    private readonly Page page;
    private readonly SeriesInks inks;
    private readonly ColorBar? bar;
    private readonly bool[] isDirect;
    private readonly IReadOnlyList<ShapedText> title;
    private readonly IReadOnlyList<ShapedText> caption;
    private readonly List<Box> cells = [];
    private List<PanelFrame> frames = [];
    private Legends legends = Legends.None;

    /// <param name="figure">A figure that does not contradict itself.</param>
    /// <param name="page">The ground.</param>
    public FigureLayout(Figure figure, Page page)
    {
        this.figure = figure;
        this.page = page;
        Width = page.Columns * page.PanelWidth;
        var textWidth = Width - (2 * Style.OuterPadding);
        title = page.ShowsTitle ? RichText.Wrap(figure.Title, Style.FigureTitleSize, textWidth, bold: true) : [];
        caption = page.ShowsCaption ? RichText.Wrap(EdgePainter.Caption(figure), Style.CaptionSize, textWidth) : [];
        inks = new SeriesInks(figure);
        bar = inks.HasBar ? new ColorBar(inks.Scale!.Label, inks.Range, SeriesInks.At) : null;

        // Labels at the ends of curves are tried first, but for maps, whose bar of colours stands there: whether they fit is known only with all in its place.
        isDirect = [.. figure.Panels.Select(panel => panel.HeatMap is null)];
        do
        {
            Arrange();
        }
        while (!Settle());
    }

    /// <summary>Width in CSS pixels.</summary>
    public double Width { get; }

    /// <summary>Height in CSS pixels.</summary>
    public double Height { get; private set; }

    /// <summary>Height that the contents need, which a page of given height may not have.</summary>
    public double ContentHeight { get; private set; }

    /// <summary>The ground.</summary>
    public Page Page => page;

    /// <summary>The panels with their places, in reading order.</summary>
    public IReadOnlyList<PanelFrame> Frames => frames;

    private double CellWidth => page.PanelWidth - ((bar?.Width(0.9 * page.PanelHeight) ?? 0) / page.Columns);

    private double TitleHeight => title.Count == 0 ? 0 : (title.Count * 1.35 * Style.FigureTitleSize) + 6;

    private double CaptionHeight => caption.Count == 0 ? 0 : (caption.Count * 1.4 * Style.CaptionSize) + 8;

    private double SharedHeight => legends.Shared.Height == 0 ? 0 : legends.Shared.Height + 8;

    /// <summary>Draws the whole figure.</summary>
    public void Draw(Surface surface)
    {
        DrawLines(surface, title, Style.OuterPadding, 1.35, InkRole.Text);
        for (var index = 0; index < frames.Count; index++)
        {
            PanelPainter.Draw(surface, frames[index], cells[index]);
            var legend = legends.PerPanel[index];
            if (legend.Height == 0)
                continue;
            var plot = frames[index].Plot;
            legend.Draw(surface, legends.IsBeside
                ? new Position(plot.Right + frames[index].RightMargin + 2, plot.Top)
                : new Position(LegendLeft(cells[index], legend), cells[index].Bottom + 2));
        }

        bar?.Draw(surface, page.Columns * CellWidth, frames[0].Plot.Top, frames[0].Ratio?.Plot.Bottom ?? frames[0].Plot.Bottom);
        var bottom = Height - Style.OuterPadding - CaptionHeight - SharedHeight;
        if (legends.Shared.Height > 0)
            legends.Shared.Draw(surface, new Position(Math.Max(Style.OuterPadding, (Width - legends.Shared.Width) / 2), bottom + 4));
        DrawLines(surface, caption, Height - Style.OuterPadding - CaptionHeight + 6, 1.4, InkRole.Muted);
    }

    private static void DrawLines(Surface surface, IReadOnlyList<ShapedText> lines, double top, double spacing, Ink ink)
    {
        foreach (var line in lines)
        {
            surface.Text(line, new Position(Style.OuterPadding, top + (0.9 * line.Size)), vertical: false, ink);
            top += spacing * line.Size;
        }
    }

    private void Arrange()
    {
        legends = ChooseLegends();
        frames =
        [
            .. figure.Panels.Select((panel, index) => new PanelFrame(
                panel, inks, figure.Panels.Count > 1 ? LetterOf(index) : "", CellWidth - BesideWidth(index), page.PanelHeight) { Direct = legends.Direct[index] }),
        ];
        ShareOrdinates();
        ContentHeight = PlaceCells();
        Height = page.Height ?? ContentHeight;
        PlacePlots();
    }

    // Whether all labels at the ends of curves have found their place; where one has not, its panel gets a legend.
    private bool Settle()
    {
        var isSettled = true;
        for (var index = 0; index < frames.Count; index++)
        {
            if (frames[index].Direct is not { Any: true } direct || direct.Settle(frames[index]))
                continue;
            isDirect[index] = false;
            isSettled = false;
        }

        return isSettled;
    }

    // One legend below all when panels have entries in common that mean the same; otherwise labels at the curves, or a legend per panel: beside it when there is one
    // column and the labels are short, else below it.
    private Legends ChooseLegends()
    {
        var none = new LegendBlock([], 0);
        DirectLabels?[] noLabels = [.. figure.Panels.Select(_ => (DirectLabels?)null)];
        var entries = figure.Panels.Select(LegendOf).ToList();
        var all = LegendEntry.Of(figure.Panels.Where(panel => LegendOf(panel).Count > 0), inks);
        var agree = entries.SelectMany(list => list)
            .All(entry => all.First(other => string.Equals(other.Label, entry.Label, StringComparison.Ordinal)).AgreesWith(entry));
        var isShared = entries.Sum(list => list.Count) > all.Count && all.Count <= Math.Max(MostShared, entries.Max(list => list.Count));
        if (figure.Panels.Count > 1 && agree && isShared)
            return new Legends([.. entries.Select(_ => none)], new LegendBlock(all, Width - (4 * Style.OuterPadding)), false, noLabels);

        DirectLabels?[] labels = [.. entries.Select((list, index) => isDirect[index] && CellWidth >= LeastLabelled ? new DirectLabels(list, CellWidth) : null)];
        for (var index = 0; index < labels.Length; index++)
        {
            if (labels[index] is { Any: true } label)
                entries[index] = [.. entries[index].Where(entry => !label.Covers(entry))];
        }

        if (page.Columns == 1)
        {
            var column = entries.Select(list => new LegendBlock(list, 0.34 * CellWidth, mostColumns: 1)).ToList();
            var natural = entries.Select(list => new LegendBlock(list, CellWidth, mostColumns: 1)).ToList();
            var wraps = column.Zip(natural).Any(pair => pair.First.Height > pair.Second.Height);
            if (!wraps && CellWidth >= 520 && column.All(block => block.Height <= 0.8 * page.PanelHeight) && !Array.Exists(labels, label => label?.Any == true))
                return new Legends(column, none, true, labels);
        }

        return new Legends([.. entries.Select(list => new LegendBlock(list, CellWidth - (5 * Style.OuterPadding)))], none, false, labels);
    }

    // A lone curve that the axis names already needs no legend.
    private IReadOnlyList<LegendEntry> LegendOf(Panel panel)
    {
        var entries = LegendEntry.Of([panel], inks);
        return entries.Count == 1 && string.Equals(entries[0].Label, panel.Y.Label, StringComparison.Ordinal) ? [] : entries;
    }

    private double BesideWidth(int index) => legends.IsBeside && legends.PerPanel[index].Height > 0 ? legends.PerPanel.Max(legend => legend.Width) + 8 : 0;

    private double LegendLeft(Box cell, LegendBlock legend) =>
        cell.Left + Math.Max(Style.OuterPadding, (CellWidth - legend.Width) / 2);

    private static string LetterOf(int index) => index < 26 ? $"({(char)('a' + index)})" : "";

    // Panels of a row that show the same quantity have the same range, unless one of them would be squeezed.
    private void ShareOrdinates()
    {
        foreach (var group in frames.Select((frame, index) => (Frame: frame, Key: (Row: index / page.Columns, frame.Panel.Y.Label, frame.Y.IsLogarithmic))).GroupBy(pair => pair.Key, pair => pair.Frame))
        {
            var (low, high) = (group.Min(frame => frame.Y.Minimum), group.Max(frame => frame.Y.Maximum));
            if (group.All(frame => frame.Y.Maximum - frame.Y.Minimum >= LeastFilled * (high - low) && frame.Panel is { HeatMap: null, Field: null, Images: null, Y.Categories.Count: 0 }))
            {
                foreach (var frame in group)
                    frame.Share(new AxisRange(frame.Y.IsLogarithmic, low, high));
            }
        }
    }

    private double PlaceCells()
    {
        cells.Clear();
        var columns = page.Columns;
        var top = Style.OuterPadding + TitleHeight;
        for (var first = 0; first < frames.Count; first += columns)
        {
            var members = Enumerable.Range(first, Math.Min(columns, frames.Count - first)).ToList();
            foreach (var index in members)
            {
                var left = (index - first) * CellWidth;
                cells.Add(new Box(left, top, left + CellWidth - BesideWidth(index), top + page.PanelHeight));
            }

            var legendHeight = legends.IsBeside ? 0 : members.Max(index => legends.PerPanel[index].Height);
            top += page.PanelHeight + (legendHeight > 0 ? legendHeight + 10 : 0);
        }

        return Math.Ceiling(top + SharedHeight + CaptionHeight + Style.OuterPadding);
    }

    // Axes are aligned along rows and columns. Ticks depend on the plot area and its margins on the ticks: three passes settle it.
    private void PlacePlots()
    {
        var columns = page.Columns;
        for (var pass = 0; pass < 3; pass++)
        {
            var lefts = Enumerable.Range(0, columns).Select(column => frames.Where((_, i) => i % columns == column).Select(frame => frame.LeftMargin).DefaultIfEmpty(0).Max()).ToList();
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

    // Where the curves of a figure are named.
    private sealed record Legends(IReadOnlyList<LegendBlock> PerPanel, LegendBlock Shared, bool IsBeside, IReadOnlyList<DirectLabels?> Direct)
    {
        public static Legends None { get; } = new([], new LegendBlock([], 0), false, []);
    }
}
