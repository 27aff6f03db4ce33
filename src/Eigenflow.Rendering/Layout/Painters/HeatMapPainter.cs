using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;
using Eigenflow.Rendering.Text;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws the cells of a heat map and its colour bar.</summary>
internal static class HeatMapPainter
{
    private const double Gap = 10;
    private const double BarWidth = 11;

    // Neighbouring cells overlap by this much, so that no seam of the background shines through smoothed edges.
    private const double Overlap = 0.6;

    /// <summary>The range of the colours.</summary>
    public static AxisRange Range(HeatMap map) => AxisRange.Fit(new Axis(map.Label, map.IsLogarithmic, map.Minimum, map.Maximum), map.Values, margin: 0);

    /// <summary>Colour of a value, 0 to 255, or -1 where the scale has no place for it.</summary>
    public static int Level(AxisRange range, double value)
    {
        var fraction = range.Fraction(value);
        return double.IsNaN(fraction) ? -1 : (int)Math.Round(255 * Math.Clamp(fraction, 0, 1));
    }

    /// <summary>Width beside the plot that the bar takes.</summary>
    public static double Width(HeatMap map, double height)
    {
        var ticks = Ticks(Range(map), height);
        var labels = ticks.Major.Count == 0 ? 0 : ticks.Major.Max(tick => RichText.Shape(tick.Label, Style.TickLabelSize).Width);
        return Gap + BarWidth + Style.MajorTick + 3 + labels + 4 + (1.3 * Style.AxisLabelSize);
    }

    /// <summary>Edges of the cells in fractions of the axis.</summary>
    public static double[] Edges(double[] centers, AxisRange axis)
    {
        var places = centers.Select(axis.Fraction).ToArray();
        var edges = new double[places.Length + 1];
        for (var i = 1; i < places.Length; i++)
            edges[i] = (places[i - 1] + places[i]) / 2;
        edges[0] = places[0] - (edges[1] - places[0]);
        edges[^1] = places[^1] + (places[^1] - edges[^2]);
        return edges;
    }

    public static void DrawCells(Surface surface, PanelFrame frame, HeatMap map)
    {
        var (plot, range) = (frame.Plot, Range(map));
        var columns = Edges(map.X, frame.X);
        var rows = Edges(map.Y, frame.Y);
        for (var j = 0; j < map.Y.Length; j++)
        {
            for (var i = 0; i < map.X.Length;)
            {
                // Neighbours of one colour are one rectangle.
                var level = Level(range, map.Values[(j * map.X.Length) + i]);
                var end = i + 1;
                while (end < map.X.Length && Level(range, map.Values[(j * map.X.Length) + end]) == level)
                    end++;
                var (left, right) = (columns[i], columns[end]);
                i = end;
                if (level < 0 || double.IsNaN(left + right + rows[j] + rows[j + 1]) || right < 0 || left > 1 || rows[j + 1] < 0 || rows[j] > 1)
                    continue;
                var (bottom, top) = (Math.Clamp(rows[j], 0, 1), Math.Clamp(rows[j + 1], 0, 1));
                surface.Rectangle(
                    new Box(
                        plot.Left + (Math.Clamp(left, 0, 1) * plot.Width), plot.Bottom - (top * plot.Height),
                        plot.Left + (Math.Clamp(right, 0, 1) * plot.Width) + Overlap, plot.Bottom - (bottom * plot.Height) + Overlap),
                    Ink.Scale(level));
            }
        }
    }

    public static void DrawBar(Surface surface, PanelFrame frame, HeatMap map)
    {
        const int Pieces = 64;
        var plot = frame.Plot;
        var range = Range(map);
        var bar = new Box(plot.Right + Gap, plot.Top, plot.Right + Gap + BarWidth, plot.Bottom);
        for (var k = 0; k < Pieces; k++)
        {
            var bottom = bar.Bottom - (bar.Height * k / Pieces);
            surface.Rectangle(new Box(bar.Left, bottom - (bar.Height / Pieces) - (k < Pieces - 1 ? Overlap : 0), bar.Right, bottom), Ink.Scale(255 * k / (Pieces - 1)));
        }

        var line = new Stroke(InkRole.Axis, Style.FrameWidth);
        surface.Polyline([new(bar.Left, bar.Top), new(bar.Right, bar.Top), new(bar.Right, bar.Bottom), new(bar.Left, bar.Bottom), new(bar.Left, bar.Top)], line);
        var widest = 0.0;
        foreach (var tick in Ticks(range, plot.Height).Major)
        {
            var y = bar.Bottom - (range.Fraction(tick.Value) * bar.Height);
            surface.Line(bar.Right, y, bar.Right + Style.MajorTick, y, line);
            var label = RichText.Shape(tick.Label, Style.TickLabelSize);
            surface.Text(label, new Position(bar.Right + Style.MajorTick + 3, y + (label.CapHeight / 2)), vertical: false, InkRole.Text);
            widest = Math.Max(widest, label.Width);
        }

        var name = RichText.Shape(map.Label, Style.AxisLabelSize);
        surface.Text(name, new Position(bar.Right + Style.MajorTick + 3 + widest + 4 + Style.AxisLabelSize, plot.CenterY + (name.Width / 2)), vertical: true, InkRole.Text);
    }

    private static TickSet Ticks(AxisRange range, double height) => range.IsLogarithmic ? LogTicks.Find(range, height, 24) : LinearTicks.Find(range, height, 34);
}
