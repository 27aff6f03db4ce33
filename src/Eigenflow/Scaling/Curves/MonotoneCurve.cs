using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling;

/// <summary>
/// A curve through points by monotone cubics (Fritsch and Butland): where points rise or fall, so does the curve, and between few points of a convex curve it is not biased upwards as straight lines are.
/// Callers choose the coordinates. Two points make a line.
/// </summary>
internal sealed class MonotoneCurve
{
    private const int FewestForCubics = 3;
    private readonly double[] x;
    private readonly double[] y;
    private readonly double unit;
    private readonly IInterpolation spline;

    /// <summary>Makes the curve.</summary>
    /// <param name="x">Abscissae, ascending, at least two.</param>
    /// <param name="y">Ordinates, as many.</param>
    public MonotoneCurve(double[] x, double[] y)
    {
        // Slopes are multiplied: of very small ordinates their products would vanish.
        (this.x, this.y, unit) = (x, y, y.Max(Math.Abs));
        unit = unit > 0 ? unit : 1;
        double[] scaled = [.. y.Select(value => value / unit)];
        spline = x.Length < FewestForCubics ? LinearSpline.InterpolateSorted(x, scaled) : CubicSpline.InterpolatePchipSorted(x, scaled);
    }

    /// <summary>The curve at a place; before its first and behind its last point it keeps its value there.</summary>
    /// <param name="place">The place.</param>
    public double At(double place) => place <= x[0] ? y[0] : place >= x[^1] ? y[^1] : unit * spline.Interpolate(place);

    /// <summary>The curve at places.</summary>
    /// <param name="places">Where.</param>
    public double[] At(ReadOnlySpan<double> places)
    {
        var values = new double[places.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = At(places[i]);
        return values;
    }
}
