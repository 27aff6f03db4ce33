using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Fits;

/// <summary>y = C + A x^p with C ≥ 0: an irreducible loss below a falling power, or an offset below a growing one.</summary>
internal sealed class FlooredPowerLaw : ScalingLaw
{
    // Exponents of starts, times the span of ln x: from a law that hardly bends to one that is over within a tenth of the range.
    private const double SlightestBend = 0.1;
    private const double SharpestBend = 60;
    private const int Exponents = 18;
    private const int MostStarts = 4;

    // Fewer points than this that stand out of the floor, or a floor below this part of the nearest point, are the edge of the data.
    private const int FewestBeyond = 4;
    private const double DeepestFloor = 0.5;

    public override string Name => "power-law-floor";

    public override string Formula => "y = C + A x^p, C >= 0";

    public override IReadOnlyList<ScalingParameter> Parameters { get; } = [new("A", "amplitude", true), new("p", "exponent of what is above the floor"), new("C", "floor")];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(ReadOnlySpan<double> u, ReadOnlySpan<double> theta, Span<double> values, Span<double> slopes)
    {
        var (amplitude, exponent, floor) = (theta[0], theta[1], theta[2]);
        for (var i = 0; i < u.Length; i++)
        {
            var power = Math.Exp(amplitude + (exponent * u[i]));
            var y = floor + power;
            values[i] = Math.Log(y);
            slopes[3 * i] = power / y;
            slopes[(3 * i) + 1] = power / y * u[i];
            slopes[(3 * i) + 2] = 1 / y;
        }
    }

    public override double LocalExponent(double u, ReadOnlySpan<double> theta)
    {
        var power = Math.Exp(theta[0] + (theta[1] * u));
        return theta[1] * power / (theta[2] + power);
    }

    public override void ToFormula(Span<double> theta, double placeU, double placeV)
    {
        theta[0] += placeV - (theta[1] * placeU);
        theta[2] *= Math.Exp(placeV);
    }

    public override void Settle(Span<double> theta, LogPoints points)
    {
        if (theta[2] <= Noise.LawTest.Rounding * Math.Exp(points.Lowest))
            theta[2] = 0;
    }

    public override string? Edge(ReadOnlySpan<double> theta, LogPoints points, double noise)
    {
        if (theta[2] <= 0)
            return "no floor: C stops at zero";
        var nearest = double.PositiveInfinity;
        var standing = 0;
        foreach (var u in points.U)
        {
            var ratio = 1 + (Math.Exp(theta[0] + (theta[1] * u)) / theta[2]);
            nearest = Math.Min(nearest, ratio);
            standing += Math.Log(ratio) > 3 * noise ? 1 : 0;
        }

        if (standing < FewestBeyond)
            return FormattableString.Invariant($"the power is seen at the edge of the data alone: {standing} {(standing == 1 ? "point stands" : "points stand")} out of the floor, so that p is not established");
        return 1 / nearest < DeepestFloor
            ? DisplayText.Of($"the floor is extrapolated: the curve ends at {nearest:0.0#} C")
            : null;
    }

    public override IReadOnlyList<double[]> Starts(LogPoints points)
    {
        // For a given exponent y/y_i = (C + A x^p)/y_i ≈ 1 is linear in C and A; the best exponents of a wide grid, of either sign, are the starts.
        var found = new List<(double Sum, double[] Theta)>();
        foreach (var sign in (double[])[-1, 1])
        {
            for (var k = 0; k < Exponents; k++)
            {
                var exponent = sign * SlightestBend * Math.Pow(SharpestBend / SlightestBend, k / (Exponents - 1.0)) / points.Span;
                if (Linear(points, exponent) is { } start)
                    found.Add(start);
            }
        }

        var (slope, intercept, _, _) = points.Line();
        found.Sort((a, b) => a.Sum.CompareTo(b.Sum));
        return [.. found.Take(MostStarts).Select(start => start.Theta), [intercept, slope, 0], [intercept, slope, 0.5 * Math.Exp(points.Lowest)]];
    }

    public override (double[] Lower, double[] Upper) Box(LogPoints points) => ([-LargestLogarithm, -LargestLogarithm, 0], [LargestLogarithm, LargestLogarithm, Math.Exp(points.Highest)]);

    private static (double Sum, double[] Theta)? Linear(LogPoints points, double exponent)
    {
        double floors = 0, mixed = 0, powers = 0, one = 0, other = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var scale = Math.Exp(-points.V[i]);
            var power = Math.Exp(exponent * points.U[i]) * scale;
            floors += points.Weights[i] * scale * scale;
            mixed += points.Weights[i] * scale * power;
            powers += points.Weights[i] * power * power;
            one += points.Weights[i] * scale;
            other += points.Weights[i] * power;
        }

        var determinant = (floors * powers) - (mixed * mixed);
        var floor = ((one * powers) - (other * mixed)) / determinant;
        var amplitude = ((floors * other) - (mixed * one)) / determinant;
        if (!(floor >= 0))
            (floor, amplitude) = (0, other / powers);
        if (!(amplitude > 0) || !double.IsFinite(amplitude))
            return null;
        var sum = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            var rest = Math.Log(floor + (amplitude * Math.Exp(exponent * points.U[i]))) - points.V[i];
            sum += points.Weights[i] * rest * rest;
        }

        return double.IsFinite(sum) ? (sum, [Math.Log(amplitude), exponent, floor]) : null;
    }
}
