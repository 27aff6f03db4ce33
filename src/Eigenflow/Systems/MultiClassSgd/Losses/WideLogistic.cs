using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Expectations of the logistic loss over u ~ N(m, B) for B ≥ <see cref="LeastVariance"/>: those of the limit max(−u, 0), whose slope is a step, and of the difference from it, which falls as e^(−|u|) on either side of the kink.
/// There the density is that at the kink times e^(um/B − u²/2B), so that 112 fixed Gauss–Legendre nodes on 0 ≤ |u| ≤ 80 do for every B, while |m| &lt; B/2; beyond, the density at the kink is below the numbers.
/// Relative accuracy 1e-12; work 112 nodes for the kink and as many for the limit.
/// </summary>
internal static class WideLogistic
{
    /// <summary>From here on |m| ≥ B/2 implies m²/2B ≥ 1024, where exponentials are zero.</summary>
    public const double LeastVariance = 8192;

    private const double InverseRootOfTwoPi = 0.3989422804014327;
    private const int NodesPerPanel = 16;

    // The functions are analytic but for poles at ±iπ and beyond: panels grow with the distance from them.
    private static readonly double[] Ends = [0, 2, 5, 10, 18, 30, 48, 80];
    private static readonly Vector512<double>[] Places = Packed(place => place, weighted: false);
    private static readonly Vector512<double>[] Weights = Packed(_ => 1, weighted: true);
    private static readonly Vector512<double>[] Loss = Packed(u => Math.Exp(-u) is var small && small > 1e-3 ? Math.Log(1 + small) : small * (1 - (small / 2) + (small * small / 3) - (small * small * small / 4) + (small * small * small * small / 5)), weighted: true);
    private static readonly Vector512<double>[] Wrong = Packed(Probability, weighted: true);
    private static readonly Vector512<double>[] WrongSquared = Packed(u => Probability(u) * Probability(u), weighted: true);
    private static readonly Vector512<double>[] RightLost = Packed(u => Probability(u) * (2 - Probability(u)), weighted: true);
    private static readonly Vector512<double>[] Bend = Packed(Curvature, weighted: true);
    private static readonly Vector512<double>[] Third = Packed(u => Curvature(u) * ((2 * Probability(u)) - 1), weighted: true);
    private static readonly Vector512<double>[] Fourth = Packed(u => Curvature(u) * (1 - (6 * Curvature(u))), weighted: true);
    private static readonly Vector512<double>[] CrossAbove = Packed(u => Probability(u) * Curvature(u), weighted: true);
    private static readonly Vector512<double>[] CrossBelow = Packed(u => (1 - Probability(u)) * Curvature(u), weighted: true);
    private static readonly Vector512<double>[] SquareAbove = Packed(u => Square(Probability(u), Curvature(u)), weighted: true);
    private static readonly Vector512<double>[] SquareBelow = Packed(u => Square(1 - Probability(u), Curvature(u)), weighted: true);

    /// <summary>Risk, force, curvature and noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MarginMoments Moments(double mean, double variance)
    {
        var deviation = Math.Sqrt(variance);
        var (loss, negative) = Limit(mean, deviation);
        var density = Density(mean, deviation);
        if (density == 0)
            return new MarginMoments(loss, -negative, 0, negative);
        Vector512<double> risk = default, force = default, curvature = default, noise = default;
        for (var group = 0; group < Places.Length; group++)
        {
            var (above, below) = Tilts(Places[group], mean, variance);
            var both = above + below;
            risk = Vector512.FusedMultiplyAdd(Loss[group], both, risk);
            force = Vector512.FusedMultiplyAdd(Wrong[group], above - below, force);
            curvature = Vector512.FusedMultiplyAdd(Bend[group], both, curvature);
            noise = Vector512.FusedMultiplyAdd(WrongSquared[group], above, noise) - (RightLost[group] * below);
        }

        return new MarginMoments(
            loss + (density * Vector512.Sum(risk)), -(negative + (density * Vector512.Sum(force))), density * Vector512.Sum(curvature), negative + (density * Vector512.Sum(noise)));
    }

    /// <summary>Their derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MarginSlopes Slopes(double mean, double variance)
    {
        var density = Density(mean, Math.Sqrt(variance));
        if (density == 0)
            return default;
        Vector512<double> third = default, fourth = default, cross = default, square = default;
        for (var group = 0; group < Places.Length; group++)
        {
            var (above, below) = Tilts(Places[group], mean, variance);
            third = Vector512.FusedMultiplyAdd(Third[group], above - below, third);
            fourth = Vector512.FusedMultiplyAdd(Fourth[group], above + below, fourth);
            cross = Vector512.FusedMultiplyAdd(CrossAbove[group], above, cross) + (CrossBelow[group] * below);
            square = Vector512.FusedMultiplyAdd(SquareAbove[group], above, square) + (SquareBelow[group] * below);
        }

        return new MarginSlopes(
            density / 2 * Vector512.Sum(third), density * Vector512.Sum(third), density / 2 * Vector512.Sum(fourth), -2 * density * Vector512.Sum(cross), density * Vector512.Sum(square));
    }

    // E max(−u, 0) and P(u < 0). With z = |m|/√B the part beyond zero has the density φ(z) e^(−zx − x²/2), whose range is that of the nodes in w = (1 + z) x.
    private static (double Loss, double Negative) Limit(double mean, double deviation)
    {
        var z = Math.Abs(mean) / deviation;
        Vector512<double> whole = default, first = default;
        for (var group = 0; group < Places.Length; group++)
        {
            var x = Places[group] / (1 + z);
            var part = Weights[group] * VectorExponential.Of(-x * (Vector512.Create(z) + (x * 0.5)));
            whole += part;
            first = Vector512.FusedMultiplyAdd(part, x, first);
        }

        var scale = InverseRootOfTwoPi * Math.Exp(-z * z / 2) / (1 + z);
        var (beyond, moment) = scale == 0 ? (0, 0) : (scale * Vector512.Sum(whole), scale * Vector512.Sum(first) * deviation);
        return mean > 0 ? (moment, beyond) : (moment - mean, 1 - beyond);
    }

    private static double Density(double mean, double deviation) => InverseRootOfTwoPi * Math.Exp(-mean / deviation * (mean / deviation) / 2) / deviation;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Above, Vector512<double> Below) Tilts(Vector512<double> place, double mean, double variance)
    {
        var (tilt, narrow) = (place * (mean / variance), place * (place * (0.5 / variance)));
        return (VectorExponential.Of(tilt - narrow), VectorExponential.Of(-tilt - narrow));
    }

    private static double Probability(double margin) => Math.Exp(-margin) / (1 + Math.Exp(-margin));

    private static double Curvature(double margin) => Probability(margin) / (1 + Math.Exp(-margin));

    // f″² + f′f‴ by the probability of the wrong label.
    private static double Square(double wrong, double curvature) => (curvature * curvature) - (wrong * curvature * ((2 * wrong) - 1));

    private static Vector512<double>[] Packed(Func<double, double> function, bool weighted)
    {
        var rule = new GaussLegendreRule(-1, 1, NodesPerPanel);
        var values = new List<double>();
        for (var panel = 0; panel + 1 < Ends.Length; panel++)
        {
            var (middle, half) = ((Ends[panel] + Ends[panel + 1]) / 2, (Ends[panel + 1] - Ends[panel]) / 2);
            for (var node = 0; node < NodesPerPanel; node++)
                values.Add(function(middle + (half * rule.GetAbscissa(node))) * (weighted ? half * rule.GetWeight(node) : 1));
        }

        return [.. values.Chunk(Vector512<double>.Count).Select(chunk => Vector512.Create(chunk))];
    }
}
