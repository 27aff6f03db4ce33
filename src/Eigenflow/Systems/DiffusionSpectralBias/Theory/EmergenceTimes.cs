using Eigenflow.Numerics;
using Eigenflow.Numerics.Special;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>When a mode emerges.</summary>
/// <param name="Time">τ*; not a number where the mode never does, or has nowhere to go.</param>
/// <param name="Initial">v₀, the variance at τ = 0.</param>
/// <param name="Target">λ.</param>
/// <param name="Threshold">What is passed.</param>
internal readonly record struct Emergence(double Time, double Initial, double Target, double Threshold)
{
    /// <summary>Factor around the target within which a start is too near to tell.</summary>
    public const double GreyZone = 2;

    /// <summary>Whether the variance has to rise.</summary>
    public bool Rises => Initial < Threshold;

    /// <summary>Whether the start is within a factor two of the target.</summary>
    public bool IsGrey => Initial >= Target / GreyZone && Initial <= Target * GreyZone;
}

/// <summary>Emergence times of theory: the first passage towards the target on a fine logarithmic grid, and then its exact place.</summary>
internal static class EmergenceTimes
{
    private const int PerDecade = 200;
    private const int PerDecadeIterated = 24;

    /// <summary>The emergence time of a mode.</summary>
    /// <param name="theory">Theory of the modes.</param>
    /// <param name="mode">From 0.</param>
    /// <param name="target">λ of the mode.</param>
    /// <param name="criterion">The criterion.</param>
    public static Emergence Of(ModeTheory theory, int mode, double target, Criterion criterion)
    {
        var initial = Math.Exp(theory.LogVariance(mode, 0));
        if (!(target > 0) || !(initial > 0))
            return new(double.NaN, initial, target, double.NaN);
        var threshold = criterion.Threshold(initial, target);
        if (initial == target || !(threshold > 0))
            return new(double.NaN, initial, target, threshold);
        var (first, last) = theory.Times(mode);
        var isBand = criterion.Kind is CriterionKind.Band or CriterionKind.Stay;
        double Excess(double logTime)
        {
            var log = theory.LogVariance(mode, Math.Exp(logTime));
            return isBand ? Math.Abs(Exponential.MinusOne(log - Math.Log(target))) - criterion.Part : (log - Math.Log(threshold)) * (initial < threshold ? -1 : 1);
        }

        if (isBand && Math.Abs((initial / target) - 1) <= criterion.Part && criterion.Kind == CriterionKind.Band)
            return new(0, initial, target, threshold);
        var decades = Math.Log10(last / first);
        var points = Math.Max(2, (int)Math.Ceiling(decades * (theory.Law.IsClosed ? PerDecade : PerDecadeIterated)));
        double from = Math.Log(first), step = Math.Log(last / first) / points;
        var found = criterion.Kind == CriterionKind.Stay ? LastEntry(Excess, from, step, points) : FirstEntry(Excess, from, step, points);
        return new(found is var (low, high) ? Math.Exp(ScalarRoot.Find(Excess, low, high)) : double.NaN, initial, target, threshold);
    }

    // Excess falls to zero where the mode emerges.
    private static (double Low, double High)? FirstEntry(Func<double, double> excess, double from, double step, int points)
    {
        for (var k = 0; k <= points; k++)
        {
            if (excess(from + (k * step)) <= 0)
                return (from + ((k - 1) * step), from + (k * step));
        }

        return null;
    }

    private static (double Low, double High)? LastEntry(Func<double, double> excess, double from, double step, int points)
    {
        if (excess(from + (points * step)) > 0)
            return null;
        for (var k = points - 1; k >= 0; k--)
        {
            if (excess(from + (k * step)) > 0)
                return (from + (k * step), from + ((k + 1) * step));
        }

        return (from - step, from);
    }
}
