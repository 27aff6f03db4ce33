using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Fits;

/// <summary>y = A x^p [1 + (x/x₀)^(1/w)]^((q − p) w): exponent p below the break x₀ and q above it, over a width w in ln x (the smoothly broken law of arXiv 2210.14891 with one break).</summary>
internal sealed class BrokenPowerLaw : ScalingLaw
{
    private const double Narrowest = 0.02;

    // With fewer points beyond the break, or on less of the range, it is at the edge.
    private const int FewestBeyond = 4;
    private const double SmallestPart = 0.08;

    public override string Name => "broken-power-law";

    public override string Formula => "y = A x^p (1 + (x/x0)^(1/w))^((q - p) w)";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } =
    [
        new("A", "amplitude", true), new("p", "exponent below the break"), new("q", "exponent above the break"), new("x0", "place of the break", true), new("w", "width of the break in ln x", true),
    ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        var width = Math.Exp(theta[4]);
        for (var i = 0; i < u.Length; i++)
        {
            var away = u[i] - theta[3];
            var (soft, step) = Soft(away / width);
            var bend = width * soft;
            var turn = theta[2] - theta[1];
            values[i] = theta[0] + (theta[1] * u[i]) + (turn * bend);
            slopes[5 * i] = 1;
            slopes[(5 * i) + 1] = u[i] - bend;
            slopes[(5 * i) + 2] = bend;
            slopes[(5 * i) + 3] = -turn * step;
            slopes[(5 * i) + 4] = turn * (bend - (away * step));
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta) =>
        theta[1] + ((theta[2] - theta[1]) * Soft((u - theta[3]) / Math.Exp(theta[4])).Step);

    public override void Move(Span<double> theta, double shift, double lift)
    {
        theta[0] += lift - (theta[1] * shift);
        theta[3] += shift;
    }

    public override void Settle(Span<double> theta, LogPoints points)
    {
        if (!IsBroken(theta, points))
            (theta[3], theta[4]) = (0, Math.Log(Narrowest));
    }

    public override string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise)
    {
        if (!IsBroken(theta, points))
            return "no break: p and q are equal";
        var place = theta[3];
        var below = points.U.ToArray().Count(u => u < place);
        var fewest = Math.Min(below, points.Count - below);
        if (fewest < FewestBeyond || Math.Min(place - points.First, points.Last - place) < SmallestPart * points.Span)
        {
            var isFirst = below < points.Count - below;
            return FormattableString.Invariant($"the break is at the edge of the data: {fewest} {(fewest == 1 ? "point" : "points")} {(isFirst ? "before" : "after")} it, so that {(isFirst ? "p" : "q")} is not established");
        }

        return theta[4] >= Box(points).Upper[4] ? "the break is as wide as the data: its exponents are reached nowhere" : null;
    }

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        var starts = new List<double[]>();
        foreach (var part in (double[])[0.2, 0.35, 0.5, 0.65, 0.8])
        {
            var place = points.First + (part * points.Span);
            LogPoints left = points.Within(points.First, place), right = points.Within(place, points.Last);
            if (left.Count < 3 || right.Count < 3)
                continue;
            var (low, intercept, _, _) = left.Line();
            var high = right.Line().Slope;
            foreach (var width in (double[])[0.1, 0.5])
                starts.Add([intercept, low, high, place, Math.Log(Math.Max(Narrowest, width))]);
        }

        return starts;
    }

    // A break outside of the points, or one as wide as all of them, is no break.
    public override (double[] Lower, double[] Upper) Box(LogPoints points) =>
        ([-1e4, -100, -100, points.First, Math.Log(Narrowest)], [1e4, 100, 100, points.Last, Math.Log(Math.Max(2 * Narrowest, points.Span / 3))]);

    private static bool IsBroken(ReadOnlySpan<double> theta, LogPoints points) => Math.Abs(theta[2] - theta[1]) * points.Span > Noise.LawTest.Rounding;

    // ln(1 + e^z) and its derivative.
    private static (double Value, double Step) Soft(double z)
    {
        var small = Math.Exp(-Math.Abs(z));
        return (Math.Max(z, 0) + Math.Log(1 + small), z > 0 ? 1 / (1 + small) : small / (1 + small));
    }
}
