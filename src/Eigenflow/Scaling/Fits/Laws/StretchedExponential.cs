using System.Runtime.CompilerServices;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// y = A exp(−(x/τ)^γ), γ &gt; 0 (Kohlrausch). Seen from the last point: ln f = a − s (e^(γu) − 1)/γ with its value a, its steepness s and γ, which stay well determined where A and τ run away together
/// (γ → 0 is a power law of exponent −s).
/// </summary>
internal sealed class StretchedExponential : ScalingLaw
{
    // γ times the span of ln x: below the first the law is a power law to rounding, above the second it falls between two points.
    private const double Smallest = 1e-8;
    private const double Largest = 500;

    // Starts: a grid of γ, on which value and steepness follow by linear least squares.
    private const double FirstOfGrid = 1e-2;
    private const int GridLength = 40;
    private const int MostStarts = 4;

    // A law that does not fall; not zero, so that its logarithm is a number.
    private const double NoFall = 1e-300;

    private static readonly double[] Reciprocals = [.. Enumerable.Range(0, 15).Select(k => 1 / Enumerable.Range(1, k + 1).Aggregate(1.0, (product, m) => product * m))];

    public override string Name => "stretched";

    public override string Formula => "y = A exp(-(x/tau)^gamma)";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } = [new("A", "value at the beginning", true), new("tau", "scale of x", true), new("gamma", "stretching exponent", true)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        var (value, steepness, gamma) = (theta[0], theta[1], theta[2]);
        for (var i = 0; i < u.Length; i++)
        {
            var (mean, change) = Mean(gamma * u[i]);
            values[i] = value - (steepness * u[i] * mean);
            slopes[3 * i] = 1;
            slopes[(3 * i) + 1] = -u[i] * mean;
            slopes[(3 * i) + 2] = -steepness * u[i] * u[i] * change;
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta) => -theta[1] * Math.Exp(theta[2] * u);

    public override LogPoints Centred(LogPoints points)
    {
        var centred = points.Centred();
        return centred.About(centred.Last, 0);
    }

    public override void ToFormula(Span<double> theta, double placeU, double placeV)
    {
        var (value, steepness, gamma) = (theta[0], theta[1], theta[2]);
        theta[0] = value + (steepness / gamma) + placeV;
        theta[1] = ((Math.Log(gamma) - Math.Log(steepness)) / gamma) + placeU;
        theta[2] = Math.Log(gamma);
    }

    public override string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise)
    {
        var (lower, upper) = Box(points);
        if (theta[1] <= lower[1])
            return "the curve does not fall: tau and gamma are not determined";
        if (theta[2] <= lower[2])
            return "no stretching: the fit runs to the power law that this law is in the limit of small gamma, where A, tau and gamma are not determined";
        if (theta[2] >= upper[2])
            return "the law falls between the last two points: gamma is not determined";
        var scale = (Math.Log(theta[2]) - Math.Log(theta[1])) / theta[2];
        return scale > points.Last
            ? "the scale tau lies beyond the data"
            : scale < points.First ? "the scale tau lies before the data" : null;
    }

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        var found = new List<(double Sum, double[] Theta)>();
        for (var k = 0; k <= GridLength; k++)
            found.Add(Linear(points, (k == 0 ? Smallest : FirstOfGrid * Math.Pow(Largest / FirstOfGrid, (k - 1) / (GridLength - 1.0))) / points.Span));
        return [.. found.Where((start, k) => (k == 0 || start.Sum <= found[k - 1].Sum) && (k == GridLength || start.Sum <= found[k + 1].Sum)).OrderBy(start => start.Sum).Take(MostStarts).Select(start => start.Theta)];
    }

    public override (double[] Lower, double[] Upper) Box(LogPoints points) =>
        ([-LargestLogarithm, NoFall, Smallest / points.Span], [LargestLogarithm, LargestLogarithm, Largest / points.Span]);

    // The best value and steepness for a γ; a constant where the curve does not fall.
    private static (double Sum, double[] Theta) Linear(LogPoints points, double gamma)
    {
        var bends = new double[points.Count];
        for (var i = 0; i < bends.Length; i++)
            bends[i] = -points.U[i] * Mean(gamma * points.U[i]).Value;
        var line = LeastSquaresLine.Fit(bends, points.V, points.Weights);
        return line.Slope > NoFall
            ? (line.SquaresY - (line.Products * line.Slope), [line.Intercept, line.Slope, gamma])
            : (line.SquaresY, [line.MeanY, NoFall, 1 / points.Span]);
    }

    // (e^z − 1)/z, the mean of e^t between 0 and z, and its derivative; by their series where the differences would cancel.
    private static (double Value, double Change) Mean(double z)
    {
        if (Math.Abs(z) > 0.5)
        {
            var power = Math.Exp(z);
            var mean = (power - 1) / z;
            return (mean, (power - mean) / z);
        }

        double value = 0, change = 0;
        for (var k = Reciprocals.Length - 1; k >= 0; k--)
        {
            change = (change * z) + value;
            value = (value * z) + Reciprocals[k];
        }

        return (value, change);
    }
}
