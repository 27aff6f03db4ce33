using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Fits;

/// <summary>y = A exp(−(x/τ)^γ), γ &gt; 0 (Kohlrausch).</summary>
internal sealed class StretchedExponential : ScalingLaw
{
    public override string Name => "stretched";

    public override string Formula => "y = A exp(-(x/tau)^gamma)";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } = [new("A", "value at the beginning", true), new("tau", "scale of x", true), new("gamma", "stretching exponent", true)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        var gamma = Math.Exp(theta[2]);
        for (var i = 0; i < u.Length; i++)
        {
            var away = u[i] - theta[1];
            var power = Math.Exp(gamma * away);
            values[i] = theta[0] - power;
            slopes[3 * i] = 1;
            slopes[(3 * i) + 1] = gamma * power;
            slopes[(3 * i) + 2] = -power * away * gamma;
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta) => -Math.Exp(theta[2]) * Math.Exp(Math.Exp(theta[2]) * (u - theta[1]));

    public override void Move(Span<double> theta, double shift, double lift)
    {
        theta[0] += lift;
        theta[1] += shift;
    }

    public override string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise)
    {
        var (lower, upper) = Box(points);
        if (theta[1] <= lower[1] || theta[1] >= upper[1] || theta[2] <= lower[2] || theta[2] >= upper[2])
            return "a parameter stops at the end of its range: the curve does not determine it";
        return theta[1] > points.Last
            ? "the scale tau lies beyond the data"
            : theta[1] < points.First ? "the scale tau lies before the data" : null;
    }

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        // ln(ln A − ln y) is a straight line in ln x, where A is the unknown value at the beginning.
        var largest = points.Highest;
        var starts = new List<double[]>();
        foreach (var above in (double[])[0.01, 0.1, 0.5, 2])
        {
            var top = largest + above;
            var line = points.Select(v => Math.Log(top - v)).Line();
            var gamma = Math.Clamp(line.Slope, 0.05, 20);
            starts.Add([top, -line.Intercept / gamma, Math.Log(gamma)]);
        }

        return starts;
    }

    public override (double[] Lower, double[] Upper) Box(LogPoints points) =>
        ([-1e4, points.First - (20 * points.Span), Math.Log(0.01)], [1e4, points.Last + (5 * points.Span), Math.Log(50)]);
}
