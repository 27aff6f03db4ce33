using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling;

/// <summary>
/// A curve through points by monotone cubics (Fritsch and Butland): where points rise or fall, so does the curve, and between few points of a convex curve it is not biased upwards as straight lines are.
/// Callers choose the coordinates. Two points make a line.
/// </summary>
internal sealed class MonotoneCurve
{
    private const int FewestForCubics = 3;
    private readonly double first;
    private readonly double last;
    private readonly IInterpolation spline;

    /// <summary>Makes the curve.</summary>
    /// <param name="x">Abscissae, ascending, at least two.</param>
    /// <param name="y">Ordinates, as many.</param>
    public MonotoneCurve(double[] x, double[] y)
    {
        (first, last) = (x[0], x[^1]);
        spline = x.Length < FewestForCubics ? LinearSpline.InterpolateSorted(x, y) : CubicSpline.InterpolatePchipSorted(x, y);
    }

    /// <summary>The curve at a place; before its first and behind its last point it keeps its value there.</summary>
    /// <param name="place">The place.</param>
    public double At(double place) => spline.Interpolate(Math.Clamp(place, first, last));

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
