using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;
using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Layout;

/// <summary>Draws the cells of a heat map and its colour bar.</summary>
internal static class HeatMapPainter
{
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

    /// <summary>The bar beside the plot.</summary>
    public static ColorBar Bar(HeatMap map)
    {
        var range = Range(map);
        bool Any(Func<double, bool> isBeyond) => map.Values.Any(value => range.Fraction(value) is var part && isBeyond(part));
        return new ColorBar(map.Label, range, part => Ink.Scale((int)Math.Round(255 * part)), Any(part => part < -1e-9), Any(part => part > 1 + 1e-9));
    }

    /// <summary>Edges of the cells in fractions of the axis; a lone cell fills it.</summary>
    public static double[] Edges(double[] centers, AxisRange axis)
    {
        if (centers.Length == 1)
            return [0, 1];
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
}
