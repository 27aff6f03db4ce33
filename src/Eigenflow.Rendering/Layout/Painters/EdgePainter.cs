using Eigenflow.Figures;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Says what a panel cannot show: arrows where a series leaves it at the top or at the bottom, and a rug below for values that a logarithmic axis has no place for.</summary>
internal static class EdgePainter
{
    private const double ArrowLength = 6.5;
    private const double ArrowHalf = 3.2;
    private const double LeastDistance = 12;
    private const double RugHeight = 6;
    private const double RugDistance = 2;

    /// <summary>The caption of a figure, and what the rug means where there is one.</summary>
    /// <param name="figure">The figure.</param>
    public static string Caption(Figure figure)
    {
        double[] without = [.. figure.Panels.Where(panel => panel.Y.IsLogarithmic).SelectMany(panel => panel.Series.SelectMany(series => series.Y.Where((y, row) => y <= 0 && double.IsFinite(y) && IsWithin(panel.X, series.X[row]))))];
        var words = without.Length == 0 ? "" : $"Ticks at the foot of a panel: {(without.Min() < 0 ? "zero or less" : "zero")}, which a logarithmic axis does not have.";
        return figure.Caption.Length > 0 && words.Length > 0 ? $"{figure.Caption} {words}" : figure.Caption + words;
    }

    private static bool IsWithin(Axis axis, double x) => double.IsFinite(x) && (x > 0 || !axis.IsLogarithmic) && !(x < axis.Minimum) && !(x > axis.Maximum);

    /// <summary>Draws the marks of a series.</summary>
    public static void Draw(Surface surface, PanelFrame frame, Series series, LabelPlacer placer)
    {
        var ink = frame.Inks.Of(series);
        foreach (var (x, isUp) in Leaves(frame, series))
        {
            var tip = isUp ? frame.Plot.Top + 0.5 : frame.Plot.Bottom - 0.5;
            var back = tip + (isUp ? ArrowLength : -ArrowLength);
            surface.Polygon([new(x, tip), new(x - ArrowHalf, back), new(x + ArrowHalf, back)], ink);
            placer.Mark(new Box(x - ArrowHalf, Math.Min(tip, back), x + ArrowHalf, Math.Max(tip, back)));
        }

        if (!frame.Y.IsLogarithmic)
            return;
        var last = double.NegativeInfinity;
        for (var i = 0; i < series.X.Length; i++)
        {
            var x = frame.Map(series.X[i], 1).X;
            if (series.Y[i] > 0 || !double.IsFinite(series.Y[i]) || !(x >= frame.Plot.Left - 1 && x <= frame.Plot.Right + 1) || x - last < RugDistance)
                continue;
            surface.Line(x, frame.Plot.Bottom, x, frame.Plot.Bottom - RugHeight, new Stroke(ink, 1.2));
            last = x;
        }
    }

    // Where a series leaves the panel or comes back, with a distance between the marks.
    private static IEnumerable<(double X, bool IsUp)> Leaves(PanelFrame frame, Series series)
    {
        var plot = frame.Plot;
        var last = (Up: double.NegativeInfinity, Down: double.NegativeInfinity);
        var before = new Position(double.NaN, double.NaN);
        for (var i = 0; i < series.X.Length; i++)
        {
            var at = frame.Map(series.X[i], series.Y[i]);
            foreach (var isUp in new[] { true, false })
            {
                var x = series.Style == SeriesStyle.Points ? (IsBeyond(plot, at, isUp) ? at.X : double.NaN) : Crossing(plot, before, at, isUp);
                if (!(x >= plot.Left && x <= plot.Right) || Math.Abs(x - (isUp ? last.Up : last.Down)) < LeastDistance)
                    continue;
                last = isUp ? (x, last.Down) : (last.Up, x);
                yield return (x, isUp);
            }

            before = at;
        }
    }

    private static bool IsBeyond(Box plot, Position point, bool isUp) => isUp ? point.Y < plot.Top - 1 : point.Y > plot.Bottom + 1;

    // Where a line goes through the upper or the lower edge; NaN where it does not.
    private static double Crossing(Box plot, Position from, Position to, bool isUp)
    {
        if (double.IsNaN(from.Y) || double.IsNaN(to.Y) || IsBeyond(plot, from, isUp) == IsBeyond(plot, to, isUp))
            return double.NaN;
        var edge = isUp ? plot.Top : plot.Bottom;
        return from.X + ((to.X - from.X) * Math.Clamp((edge - from.Y) / (to.Y - from.Y), 0, 1));
    }
}
