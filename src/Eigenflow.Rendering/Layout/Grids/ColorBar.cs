using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>A bar that says which colour stands for which value.</summary>
/// <param name="Label">What the values are.</param>
/// <param name="Range">The range.</param>
/// <param name="InkAt">The colour at a part of the range from 0 to 1.</param>
/// <param name="HasLower">Whether values below the range have its lowest colour.</param>
/// <param name="HasHigher">Whether values above the range have its highest colour.</param>
internal sealed record ColorBar(string Label, AxisRange Range, Func<double, Ink> InkAt, bool HasLower = false, bool HasHigher = false)
{
    private const double Gap = 10;
    private const double BarWidth = 11;
    private const double LeastSpacing = 14;

    // A bar is lower than its panel by axes, titles and strips, which are not known yet.
    private static readonly double[] Parts = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4];

    // Neighbouring pieces overlap by this much, so that no seam of the background shines through smoothed edges.
    private const double Overlap = 0.6;

    /// <summary>Width beside the plot that the bar takes, whatever part of a height it will have.</summary>
    /// <param name="height">Largest height.</param>
    public double Width(double height) => Parts.Max(part => Gap + BarWidth + Style.MajorTick + 3 + Widest(Ticks(part * height)) + 4 + (Lines(part * height).Count * 1.3 * Style.AxisLabelSize));

    /// <summary>Draws it to the right of a plot.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="left">Right edge of the plot.</param>
    /// <param name="top">Upper end.</param>
    /// <param name="bottom">Lower end.</param>
    public void Draw(Surface surface, double left, double top, double bottom)
    {
        const int Pieces = 64;
        var bar = new Box(left + Gap, top, left + Gap + BarWidth, bottom);
        for (var k = 0; k < Pieces; k++)
        {
            var low = bar.Bottom - (bar.Height * k / Pieces);
            surface.Rectangle(new Box(bar.Left, low - (bar.Height / Pieces) - (k < Pieces - 1 ? Overlap : 0), bar.Right, low), InkAt(k / (Pieces - 1.0)));
        }

        var line = new Stroke(InkRole.Axis, Style.FrameWidth);
        surface.Polyline([new(bar.Left, bar.Top), new(bar.Right, bar.Top), new(bar.Right, bar.Bottom), new(bar.Left, bar.Bottom), new(bar.Left, bar.Top)], line);
        var ticks = Ticks(bar.Height);
        foreach (var (part, text) in ticks)
        {
            var y = bar.Bottom - (part * bar.Height);
            surface.Line(bar.Right, y, bar.Right + Style.MajorTick, y, line);
            var label = RichText.Shape(text, Style.TickLabelSize);
            surface.Text(label, new Position(bar.Right + Style.MajorTick + 3, y + (label.CapHeight / 2)), vertical: false, InkRole.Text);
        }

        var column = bar.Right + Style.MajorTick + 3 + Widest(ticks) + 4 + Style.AxisLabelSize;
        foreach (var name in Lines(bar.Height))
        {
            surface.Text(name, new Position(column, bar.CenterY + (name.Width / 2)), vertical: true, InkRole.Text);
            column += 1.3 * Style.AxisLabelSize;
        }
    }

    private static double Widest(List<(double Part, string Label)> ticks) =>
        ticks.Count == 0 ? 0 : ticks.Max(tick => RichText.Shape(tick.Label, Style.TickLabelSize).Width);

    private IReadOnlyList<ShapedText> Lines(double height) => RichText.Wrap(Label, Style.AxisLabelSize, height);

    // An end that stands for all beyond it says so, in place of the ticks beside it.
    private List<(double Part, string Label)> Ticks(double height)
    {
        var found = Range.IsLogarithmic ? LogTicks.Find(Range, height, 24) : LinearTicks.Find(Range, height, 34);
        var factor = found.Multiplier.Length == 0 ? "" : found.Multiplier.Replace("× ", "×", StringComparison.Ordinal);
        List<(double Part, string Label)> ticks = [.. found.Major.Select(tick => (Range.Fraction(tick.Value), tick.Label + factor))];
        foreach (var (part, sign, value) in new[] { (0.0, HasLower ? "≤" : "", Range.Minimum), (1.0, HasHigher ? "≥" : "", Range.Maximum) })
        {
            if (sign.Length == 0)
                continue;
            ticks.RemoveAll(tick => Math.Abs(tick.Part - part) * height < LeastSpacing);
            ticks.Add((part, $"{sign} {DisplayNumber.Of(Range.IsLogarithmic ? Math.Pow(10, value) : value, 3)}"));
        }

        return ticks;
    }
}
