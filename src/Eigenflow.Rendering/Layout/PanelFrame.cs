using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>One panel with its place: ranges, ticks, shaped texts and margins. Margins are settled before the plot area is.</summary>
internal sealed class PanelFrame
{
    private const double TickGap = 4;

    // Part of the height that the strip of departures takes, and what lies between it and the panel.
    private const double RatioShare = 0.24;
    private const double RatioGap = 7;

    /// <param name="panel">The panel.</param>
    /// <param name="inks">The colours of its figure.</param>
    /// <param name="letter">Letter of the panel, or empty.</param>
    /// <param name="cellWidth">Width with axes and title.</param>
    /// <param name="cellHeight">Height with axes and title.</param>
    public PanelFrame(Panel panel, SeriesInks inks, string letter, double cellWidth, double cellHeight)
    {
        Panel = panel;
        Inks = inks;
        X = PanelRanges.Horizontal(panel);
        Y = PanelRanges.Vertical(panel, X);
        Letter = letter.Length == 0 ? null : RichText.Shape(letter, Style.PanelTitleSize, bold: true);
        Title = RichText.Wrap(panel.Title, Style.PanelTitleSize, cellWidth - (2 * Style.OuterPadding) - LetterWidth, bold: true);
        XLabel = RichText.Wrap(panel.X.Label, Style.AxisLabelSize, 0.62 * cellWidth);
        Ratio = RatioStrip.Of(panel) is { } ratio ? new PanelFrame(ratio, this, cellWidth, RatioShare * cellHeight) : null;

        // The plot area is not known yet; its least likely size gives the widest margin that the labels can need.
        SetTicks(0.6 * cellWidth, 0.62 * cellHeight);
        YLabel = NameAlong(0.8 * (Ratio is null ? 1 : 1 - RatioShare) * cellHeight);
    }

    // The strip below a panel, over the same abscissae.
    private PanelFrame(Panel panel, PanelFrame above, double cellWidth, double cellHeight)
    {
        Panel = panel;
        Inks = above.Inks;
        X = above.X;
        Y = PanelRanges.Vertical(panel, X);
        Title = [];
        IsStrip = true;
        SetTicks(0.6 * cellWidth, 0.8 * cellHeight);
        YLabel = NameAlong(cellHeight);
        XLabel = above.XLabel;
    }

    /// <summary>Whether this is a strip of departures below a panel.</summary>
    public bool IsStrip { get; }

    /// <summary>The colours of the figure.</summary>
    public SeriesInks Inks { get; }

    /// <summary>The strip of departures from theory below the panel, or null.</summary>
    public PanelFrame? Ratio { get; }

    /// <summary>The letter of the panel, or null.</summary>
    public ShapedText? Letter { get; }

    /// <summary>Room that the letter takes before the title.</summary>
    public double LetterWidth => Letter is null ? 0 : Letter.Width + 6;

    public Panel Panel { get; }

    public AxisRange X { get; }

    public AxisRange Y { get; private set; }

    public TickSet XTicks { get; private set; } = new([], []);

    public TickSet YTicks { get; private set; } = new([], []);

    public IReadOnlyList<ShapedText> Title { get; }

    public IReadOnlyList<ShapedText> XLabel { get; }

    public IReadOnlyList<ShapedText> YLabel { get; private set; }

    /// <summary>The area in which data are drawn.</summary>
    public Box Plot { get; private set; }

    public RegionStrip Strip { get; private set; } = new([], default, 0, 1);

    /// <summary>Labels at the ends of the curves, or null.</summary>
    public DirectLabels? Direct { get; init; }

    public double LeftMargin => Math.Max(
        Style.OuterPadding + LabelHeight(YLabel) + Widest(YTicks) + Style.MajorTick + TickGap, Ratio?.LeftMargin ?? 0);

    public double RightMargin =>
        Style.OuterPadding + (Panel.HeatMap is { } map ? HeatMapPainter.Bar(map).Width(Math.Max(100, Plot.Height)) : 0) + (Direct?.Any == true ? Direct.Width : XTicks.Major.Count == 0 ? 0 : Math.Max(0, (RichText.Shape(XTicks.Major[^1].Label, Style.TickLabelSize).Width / 2) - 4));

    public double TopMargin =>
        Style.OuterPadding + (Math.Max(Title.Count, Letter is null ? 0 : 1) * Style.PanelTitleSize * 1.35) + Strip.Height + (YTicks.Multiplier.Length == 0 ? 4 : 16);

    public double BottomMargin =>
        Style.MajorTick + TickGap + (1.15 * Style.TickLabelSize) + LabelHeight(XLabel) + 4;

    /// <summary>Finds the ticks for a plot area of the given size.</summary>
    public void SetTicks(double width, double height)
    {
        YTicks = Panel.Y.Categories.Count > 0 ? CategoryTicks.Find(Panel.Y.Categories, height, 1.2 * Style.TickLabelSize)
            : Y.IsLogarithmic ? LogTicks.Find(Y, height, 24) : LinearTicks.Find(Y, height, IsStrip ? 15 : 34);

        // The highest label of a strip would touch the lowest one of the panel above.
        if (IsStrip)
            YTicks = YTicks with { Major = [.. YTicks.Major.Where(tick => (1 - Y.Fraction(tick.Value)) * height > RatioGap)] };
        XTicks = TickFitting.Horizontal(Panel.X.Categories, X, width, 30, 9, label => RichText.Shape(label, Style.TickLabelSize).Width);
    }

    /// <summary>Lays out the names of the phases between two edges.</summary>
    public void SetStrip(double left, double right) => Strip = new RegionStrip(Panel.Regions, X, left, right);

    /// <summary>Makes the vertical range that of other panels, so that they can be compared.</summary>
    public void Share(AxisRange range) => Y = range;

    /// <summary>Settles the plot area; the strip of departures takes its lower part.</summary>
    public void SetPlot(Box plot)
    {
        if (Ratio is not null)
        {
            var strip = plot with { Top = plot.Bottom - (RatioShare * plot.Height) };
            Ratio.SetPlot(strip);
            plot = plot with { Bottom = strip.Top - RatioGap };
        }

        Plot = plot;
        SetTicks(plot.Width, plot.Height);
        YLabel = NameAlong(plot.Height);
        SetStrip(plot.Left, plot.Right);
    }

    /// <summary>Pixel position of a point; NaN where the scale has no place. Values far outside are held at 10⁹ pixels.</summary>
    public Position Map(double x, double y) => new(
        Math.Clamp(Plot.Left + (X.Fraction(x) * Plot.Width), -1e9, 1e9),
        Math.Clamp(Plot.Bottom - (Y.Fraction(y) * Plot.Height), -1e9, 1e9));

    // The name of the ordinate along the panel; a strip has its factor there too, for which it has no room above.
    private IReadOnlyList<ShapedText> NameAlong(double height) => !IsStrip ? RichText.Wrap(Panel.Y.Label, Style.AxisLabelSize, height)
        : RichText.Wrap(YTicks.Multiplier.Length == 0 ? Panel.Y.Label : $"{Panel.Y.Label}\n({YTicks.Multiplier.Replace(" ", "", StringComparison.Ordinal)})", Style.TickLabelSize, height + (2 * RatioGap));

    private static double LabelHeight(IReadOnlyList<ShapedText> lines) => lines.Count == 0 ? 4 : (lines.Count * Style.AxisLabelSize * 1.3) + 5;

    private static double Widest(TickSet ticks) =>
        ticks.Major.Count == 0 ? 0 : ticks.Major.Max(tick => RichText.Shape(tick.Label, Style.TickLabelSize).Width);
}
