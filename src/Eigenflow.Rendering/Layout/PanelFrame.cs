using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>One panel with its place: ranges, ticks, shaped texts and margins. Margins are settled before the plot area is.</summary>
internal sealed class PanelFrame
{
    private const double TickGap = 4;

    public PanelFrame(Panel panel, double cellWidth, double cellHeight)
    {
        Panel = panel;
        X = PanelRanges.Horizontal(panel);
        Y = PanelRanges.Vertical(panel, X);
        Title = RichText.Wrap(panel.Title, Style.PanelTitleSize, cellWidth - (2 * Style.OuterPadding), bold: true);

        // The plot area is not known yet; its least likely size gives the widest margin that the labels can need.
        SetTicks(0.6 * cellWidth, 0.62 * cellHeight);
        YLabel = RichText.Wrap(panel.Y.Label, Style.AxisLabelSize, 0.8 * cellHeight);
        XLabel = RichText.Wrap(panel.X.Label, Style.AxisLabelSize, 0.62 * cellWidth);
    }

    public Panel Panel { get; }

    public AxisRange X { get; }

    public AxisRange Y { get; }

    public TickSet XTicks { get; private set; } = new([], []);

    public TickSet YTicks { get; private set; } = new([], []);

    public IReadOnlyList<ShapedText> Title { get; }

    public IReadOnlyList<ShapedText> XLabel { get; }

    public IReadOnlyList<ShapedText> YLabel { get; }

    /// <summary>The area in which data are drawn.</summary>
    public Box Plot { get; private set; }

    public RegionStrip Strip { get; private set; } = new([], default, 0, 1);

    public double LeftMargin =>
        Style.OuterPadding + LabelHeight(YLabel) + Widest(YTicks) + Style.MajorTick + TickGap;

    public double RightMargin =>
        Style.OuterPadding + (Panel.HeatMap is { } map ? HeatMapPainter.Width(map, Math.Max(100, Plot.Height)) : 0) + (XTicks.Major.Count == 0 ? 0 : Math.Max(0, (RichText.Shape(XTicks.Major[^1].Label, Style.TickLabelSize).Width / 2) - 4));

    public double TopMargin =>
        Style.OuterPadding + (Title.Count * Style.PanelTitleSize * 1.35) + Strip.Height + (YTicks.Multiplier.Length == 0 ? 4 : 16);

    public double BottomMargin =>
        Style.MajorTick + TickGap + (1.15 * Style.TickLabelSize) + LabelHeight(XLabel) + 4;

    /// <summary>Finds the ticks for a plot area of the given size.</summary>
    public void SetTicks(double width, double height)
    {
        YTicks = Y.IsLogarithmic ? LogTicks.Find(Y, height, 24) : LinearTicks.Find(Y, height, 34);
        XTicks = TickFitting.Horizontal(X, width, 30, 9, label => RichText.Shape(label, Style.TickLabelSize).Width);
    }

    /// <summary>Lays out the names of the phases between two edges.</summary>
    public void SetStrip(double left, double right) => Strip = new RegionStrip(Panel.Regions, X, left, right);

    /// <summary>Settles the plot area.</summary>
    public void SetPlot(Box plot)
    {
        Plot = plot;
        SetTicks(plot.Width, plot.Height);
        SetStrip(plot.Left, plot.Right);
    }

    /// <summary>Pixel position of a point; NaN where the scale has no place. Values far outside are held at 10⁹ pixels.</summary>
    public Position Map(double x, double y) => new(
        Math.Clamp(Plot.Left + (X.Fraction(x) * Plot.Width), -1e9, 1e9),
        Math.Clamp(Plot.Bottom - (Y.Fraction(y) * Plot.Height), -1e9, 1e9));

    private static double LabelHeight(IReadOnlyList<ShapedText> lines) => lines.Count == 0 ? 4 : (lines.Count * Style.AxisLabelSize * 1.3) + 5;

    private static double Widest(TickSet ticks) =>
        ticks.Major.Count == 0 ? 0 : ticks.Major.Max(tick => RichText.Shape(tick.Label, Style.TickLabelSize).Width);
}
