using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// Expectations of the logistic loss over u ~ N(m, B) by the trapezoidal rule in z, u = m + √B z. The poles of the logistic at ±iπ lie at the distance π/√B of the real axis of z, so that the step
/// h = 2πy/(c + y²/2) with y = min(π/√B, √(2c)) leaves e^(−c) of the integrand; about 35 nodes for B ≤ 1 and 45 √B beyond, eight at a time, in fixed lanes; from B = 8192 on <see cref="WideLogistic"/>. Relative accuracy 1e-13 also where the mass has moved
/// from z = 0 to z = −√B, as it does where margins are large.
/// </summary>
internal static class LogisticExpectation
{
    private const double Exponent = 44;
    private const double Reach = 9.6;
    private const double Pole = 0.97 * Math.PI;
    private const double InverseRootOfTwoPi = 0.3989422804014327;

    /// <summary>Risk, force, curvature and noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MarginMoments Moments(double mean, double variance)
    {
        if (variance >= WideLogistic.LeastVariance)
            return WideLogistic.Moments(mean, variance);
        var (first, step, groups, deviation) = Nodes(mean, variance);
        Vector512<double> risk = default, force = default, curvature = default, noise = default;
        var z = Vector512.Create(first) + (Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7) * step);
        for (var group = 0; group < groups; group++)
        {
            var weight = VectorExponential.Of(z * z * -0.5);
            var u = Vector512.FusedMultiplyAdd(Vector512.Create(deviation), z, Vector512.Create(mean));
            var (wrong, right, loss) = Logistic(u);
            risk = Vector512.FusedMultiplyAdd(weight, loss, risk);
            var part = weight * wrong;
            force += part;
            curvature = Vector512.FusedMultiplyAdd(part, right, curvature);
            noise = Vector512.FusedMultiplyAdd(part, wrong, noise);
            z += Vector512.Create(8 * step);
        }

        var scale = deviation == 0 ? 1 / 8.0 : step * InverseRootOfTwoPi;
        return new MarginMoments(scale * Vector512.Sum(risk), -scale * Vector512.Sum(force), scale * Vector512.Sum(curvature), scale * Vector512.Sum(noise));
    }

    /// <summary>Their derivatives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MarginSlopes Slopes(double mean, double variance)
    {
        if (variance >= WideLogistic.LeastVariance)
            return WideLogistic.Slopes(mean, variance);
        var (first, step, groups, deviation) = Nodes(mean, variance);
        Vector512<double> third = default, fourth = default, cross = default, square = default;
        var z = Vector512.Create(first) + (Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7) * step);
        for (var group = 0; group < groups; group++)
        {
            var weight = VectorExponential.Of(z * z * -0.5);
            var u = Vector512.FusedMultiplyAdd(Vector512.Create(deviation), z, Vector512.Create(mean));
            var (wrong, right, _) = Logistic(u);

            // f″ = s(1 − s), f‴ = f″(2s − 1) and f⁗ = f″(1 − 6 f″) with s the probability of the wrong label.
            var curvature = wrong * right;
            var bend = curvature * (wrong - right);
            third = Vector512.FusedMultiplyAdd(weight, bend, third);
            fourth = Vector512.FusedMultiplyAdd(weight * curvature, Vector512<double>.One - (6 * curvature), fourth);
            cross = Vector512.FusedMultiplyAdd(weight * wrong, curvature, cross);
            square = Vector512.FusedMultiplyAdd(weight, (curvature * curvature) - (wrong * bend), square);
            z += Vector512.Create(8 * step);
        }

        var scale = deviation == 0 ? 1 / 8.0 : step * InverseRootOfTwoPi;
        return new MarginSlopes(
            scale / 2 * Vector512.Sum(third), scale * Vector512.Sum(third), scale / 2 * Vector512.Sum(fourth), -2 * scale * Vector512.Sum(cross), scale * Vector512.Sum(square));
    }

    // Where the range of z begins, the step, groups of eight nodes, and √B. Without variance all lanes of one group are the mean itself.
    private static (double First, double Step, int Groups, double Deviation) Nodes(double mean, double variance)
    {
        if (!(variance > 0))
            return (0, 0, 1, 0);
        var deviation = Math.Sqrt(variance);
        var strip = Math.Min(Pole / deviation, Math.Sqrt(2 * Exponent));
        var step = 2 * Math.PI * strip / (Exponent + (strip * strip / 2));
        var below = Reach + Math.Min(deviation, Math.Max(mean, 0) / deviation);
        var above = Reach + Math.Min(deviation, Math.Max(-mean, 0) / deviation);
        var first = -Math.Ceiling(below / step);
        var groups = (int)Math.Ceiling((Math.Ceiling(above / step) - first + 1) / 8);
        return (first * step, step, groups, deviation);
    }

    // The probabilities of the wrong and the right label and the loss, each with full relative accuracy: with e = e^(−|u|), ln(1 + e) is ln y · e/(y − 1) of the rounded y = 1 + e.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Wrong, Vector512<double> Right, Vector512<double> Loss) Logistic(Vector512<double> u)
    {
        var size = Vector512.Abs(u);
        var small = VectorExponential.Of(-size);
        var sum = Vector512<double>.One + small;
        var larger = Vector512<double>.One / sum;
        var smaller = small * larger;
        var isRight = Vector512.GreaterThanOrEqual(u, Vector512<double>.Zero);
        var rounded = sum - Vector512<double>.One;
        var isLost = Vector512.Equals(rounded, Vector512<double>.Zero);
        var logarithm = Vector512.ConditionalSelect(isLost, small, VectorLogarithm.Of(sum) * (small / rounded));
        var loss = logarithm + Vector512.ConditionalSelect(isRight, Vector512<double>.Zero, size);
        return (Vector512.ConditionalSelect(isRight, smaller, larger), Vector512.ConditionalSelect(isRight, larger, smaller), loss);
    }
}
