using Eigenflow.Figures;
using Eigenflow.Rendering.Axes;

namespace Eigenflow.Rendering.Layout;

/// <summary>A vector field as it is seen on a pair of axes: the velocity in fractions of the axes, between the points of the grid by bilinear interpolation in the scales of the axes.</summary>
internal sealed class FieldSampler
{
    // Vectors below this part of the largest are rounding and have no direction.
    private const double Rounding = 1e-9;
    private readonly double[] columns;
    private readonly double[] rows;
    private readonly double[] across;
    private readonly double[] up;
    private readonly double least;

    /// <param name="field">The field.</param>
    /// <param name="x">What the horizontal axis shows.</param>
    /// <param name="y">What the vertical axis shows.</param>
    public FieldSampler(VectorField field, AxisRange x, AxisRange y)
    {
        columns = [.. field.X.Select(x.Fraction)];
        rows = [.. field.Y.Select(y.Fraction)];
        across = [.. field.HorizontalParts.Select((part, i) => part * Slope(x, field.X[i % field.X.Length]))];
        up = [.. field.VerticalParts.Select((part, i) => part * Slope(y, field.Y[i / field.X.Length]))];
        var largest = across.Zip(up, double.Hypot).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        least = Rounding * largest;
    }

    /// <summary>The velocity at a place given in fractions of the axes; null beyond the grid, where it is not known, and where it vanishes.</summary>
    /// <param name="x">From 0 at the left to 1 at the right.</param>
    /// <param name="y">From 0 at the bottom to 1 at the top.</param>
    public (double Across, double Up)? At(double x, double y)
    {
        var (i, j) = (Cell(columns, x), Cell(rows, y));
        if (i < 0 || j < 0)
            return null;
        var (right, above) = ((x - columns[i]) / (columns[i + 1] - columns[i]), (y - rows[j]) / (rows[j + 1] - rows[j]));
        double Between(double[] parts)
        {
            var first = (j * columns.Length) + i;
            var second = first + columns.Length;
            return ((1 - above) * (((1 - right) * parts[first]) + (right * parts[first + 1]))) + (above * (((1 - right) * parts[second]) + (right * parts[second + 1])));
        }

        var (a, u) = (Between(across), Between(up));
        var size = double.Hypot(a, u);
        return double.IsFinite(size) && size > least ? (a, u) : null;
    }

    // The part of the axis that one data unit takes.
    private static double Slope(AxisRange axis, double value) =>
        1 / (axis.Maximum - axis.Minimum) / (axis.IsLogarithmic ? value * Math.Log(10) : 1);

    private static int Cell(double[] places, double place)
    {
        if (!(place >= places[0] && place <= places[^1]))
            return -1;
        var found = Array.BinarySearch(places, place);
        return Math.Min(found >= 0 ? found : ~found - 1, places.Length - 2);
    }
}
