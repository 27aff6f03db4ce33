using Eigenflow.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>When a mode emerges.</summary>
/// <param name="Time">τ*; not a number where the mode never does, or has nowhere to go.</param>
/// <param name="LogInitial">ln v₀ of the variance at τ = 0, whose exponential may be beyond the range of numbers.</param>
/// <param name="Target">λ.</param>
internal readonly record struct Emergence(double Time, double LogInitial, double Target)
{
    /// <summary>Factor around the target within which a start is too near to tell.</summary>
    public const double GreyZone = 2;

    private double Ahead => Math.Log(Target) - LogInitial;

    /// <summary>v₀.</summary>
    public double Initial => Math.Exp(LogInitial);

    /// <summary>Whether a measurement cannot tell the time: too few rows before it, or a target that is not reached.</summary>
    public bool IsUnresolved { get; init; }

    /// <summary>Half-width of the interval of a measured time; 0 of theory.</summary>
    public double Error { get; init; }

    /// <summary>Measured times of the same mode by every second row, by the others, with a start before the first row, and with an end behind the last one; null of theory.</summary>
    public IReadOnlyList<double>? Alternatives { get; init; }

    /// <summary>Whether the first row of a measurement is well after its start.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether the variance has to rise.</summary>
    public bool Rises => Ahead > 0;

    /// <summary>Whether the start is within a factor two of the target.</summary>
    public bool IsGrey => Math.Abs(Ahead) <= Math.Log(GreyZone);

    /// <summary>Whether the mode is in a fit.</summary>
    public bool IsFitted => Time > 0 && double.IsFinite(Time) && Target > 0 && !IsGrey && !IsUnresolved;
}

/// <summary>Emergence times of theory: the first passage towards the target on a fine logarithmic grid, and then its exact place.</summary>
internal static class EmergenceTimes
{
    private const int PerDecade = 200;
    private const int PerDecadeIterated = 24;
    private const int MostDecadesEarlier = 60;

    /// <summary>The emergence time of a mode.</summary>
    /// <param name="theory">Theory of the modes.</param>
    /// <param name="mode">From 0.</param>
    /// <param name="target">λ of the mode.</param>
    /// <param name="criterion">The criterion.</param>
    public static Emergence Of(ModeTheory theory, int mode, double target, Criterion criterion)
    {
        double initial = theory.LogVariance(mode, 0), goal = Math.Log(target);
        if (!(target > 0) || !double.IsFinite(initial) || initial == goal)
            return new(double.NaN, initial, target);
        var (first, last) = theory.Times(mode);
        double Excess(double logTime) => criterion.Excess(initial, goal, theory.LogVariance(mode, Math.Exp(logTime)));
        var startsInside = criterion.IsBand && criterion.Excess(initial, goal, initial) <= 0;
        if (startsInside && criterion.Kind == CriterionKind.Band)
            return new(0, initial, target);
        double from = Math.Log(first), to = Math.Log(last);

        // A large gain passes a mean long before the rates of the mode say that anything moves.
        for (var k = 0; k < MostDecadesEarlier && !startsInside && Excess(from) <= 0; k++)
            from -= Math.Log(10);
        var points = Math.Max(2, (int)Math.Ceiling((to - from) / Math.Log(10) * (theory.Law.IsClosed ? PerDecade : PerDecadeIterated)));
        var step = (to - from) / points;
        if (criterion.Kind == CriterionKind.Stay)
        {
            var entry = LastEntry(Excess, from, step, points);
            return new(entry is null ? double.NaN : entry == 0 ? (startsInside ? 0 : double.NaN) : Root(entry.Value), initial, target);
        }

        var passage = 0;
        while (passage <= points && !(Excess(from + (passage * step)) <= 0))
            passage++;
        return new(passage == 0 || passage > points ? double.NaN : Root(passage), initial, target);

        double Root(int point) => Math.Exp(ScalarRoot.Find(Excess, from + ((point - 1) * step), from + (point * step)));
    }

    // The first point of the grid after the last one outside of the band; null where the end is outside.
    private static int? LastEntry(Func<double, double> excess, double from, double step, int points)
    {
        for (var k = points; k >= 0; k--)
        {
            if (excess(from + (k * step)) > 0)
                return k == points ? null : k + 1;
        }

        return 0;
    }
}
