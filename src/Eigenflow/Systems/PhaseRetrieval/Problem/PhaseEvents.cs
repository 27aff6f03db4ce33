using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The stopping times of a trajectory: escape T₁, first |u| ≥ δ s*; crossing T₁′, first s ≥ s*/3; convergence T₂, first |u|/s* and s/s*
/// both within ε of 1, from either side; and the dip, s back below s*/3 after T₁′ and before T₂, which most trajectories do not have. Where s waits at s*/3, which side it is on is no more than the error of s:
/// crossing and dip are told once s is beyond by more than that. A method hands over its states one after another; one in continuous time also says how to look between two of them.
/// </summary>
internal sealed class PhaseEvents : IContinuousWatch<PhaseStatistics>
{
    /// <summary>Names as hosts spell them.</summary>
    public const string Escape = "escape", Crossing = "crossing", Convergence = "convergence", Dip = "dip";

    /// <summary>Their descriptions.</summary>
    public static readonly IReadOnlyList<NamedQuantity> Described =
    [
        new(Escape, "T₁", "First time with |u| ≥ δ s*: the end of Phase I."),
        new(Crossing, "T₁′", "First time with s ≥ s*/3: the end of Phase IIa. Where s waits at s*/3, the first time at which it is beyond by more than its error."),
        new(Convergence, "T₂", "First time with |u|/s* and s/s* both in [1 − ε, 1 + ε]: the end of Phase IIb."),
        new(Dip, "T_dip", "First time after T₁′ and before T₂ with s back below s*/3; null where s never dips, as when u·u⁽²⁾ > 0 at T₁′ along the flow.") { IsIncidental = true },
    ];

    // Every trajectory that converges has the phases; only they are waited for.
    private const int Phases = 3, CrossingNumber = 1, DipNumber = 3;

    // A start at s*/3 is no dip.
    private const double LeastDip = 1e-12;

    // From the first time with s ≥ s*/3 on until it is beyond it by more than its error a crossing is one time, as long as that takes no larger part of the time: errors are mostly a tenth of what they may be.
    private const double OneTime = 0.2;

    private static readonly string[] Names = [Escape, Crossing, Convergence, Dip];

    private readonly double threshold;
    private readonly double accuracy;
    private readonly double overlap;
    private readonly double error;
    private readonly double?[] times = new double?[Names.Length];
    private PhaseStatistics before;
    private double? reached;
    private bool hasCrossed;
    private int pending = Phases;

    /// <param name="problem">Holds the thresholds.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="error">Relative error of s that the method may make; 0 where its states are exact to rounding.</param>
    public PhaseEvents(PhaseRetrievalProblem problem, double overlap, double error = 0)
    {
        this.error = Math.Max(LeastDip, error / 3);
        threshold = problem.EscapeThreshold;
        accuracy = problem.Accuracy;
        this.overlap = overlap;
    }

    /// <summary>Whether every phase has ended: the loss is too small for a dip then.</summary>
    public bool AreComplete => pending == 0;

    /// <summary>The first state, at time zero.</summary>
    public void Begin(PhaseStatistics statistics)
    {
        Mark(statistics, 0);
        before = statistics;
    }

    /// <summary>The state at a time, for methods whose states are all there is.</summary>
    public void Mark(PhaseStatistics statistics, double time)
    {
        for (var k = 0; k < Names.Length; k++)
        {
            if (IsAwaited(k) && Margin(k, statistics) >= 0)
                Set(k, time);
        }

        hasCrossed = times[CrossingNumber] is not null;
    }

    /// <summary>Whether an event that has not happened yet happens in a state.</summary>
    public bool Happens(PhaseStatistics statistics)
    {
        for (var k = 0; k < Names.Length; k++)
        {
            if (IsAwaited(k) && Margin(k, statistics) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>
    /// The state after a step in continuous time. An event is looked for inside the step where the ranges of s and |u| between its ends, half as wide again
    /// on either side, hold one.
    /// </summary>
    /// <param name="statistics">The state at the end of the step.</param>
    /// <param name="locate">The first time in the step at which a margin stops being negative, or null.</param>
    public void Advance(PhaseStatistics statistics, Func<Func<PhaseStatistics, double>, double?> locate)
    {
        for (var k = 0; k < Names.Length; k++)
        {
            if (!IsAwaited(k) || !MayHappen(k, before, statistics))
                continue;
            var number = k;
            if (k == CrossingNumber)
                Cross(statistics, locate);
            else if (locate(state => Margin(number, state)) is { } time)
                Set(k, time);
        }

        before = statistics;
        hasCrossed = times[CrossingNumber] is not null;
    }

    /// <summary>The times by name; null for those that have not happened.</summary>
    public IReadOnlyDictionary<string, double?> ToDictionary()
    {
        var dictionary = new Dictionary<string, double?>(StringComparer.Ordinal);
        for (var k = 0; k < Names.Length; k++)
            dictionary[Names[k]] = times[k];
        return dictionary;
    }

    // The first time at s*/3 counts where s is beyond it at once.
    private void Cross(PhaseStatistics statistics, Func<Func<PhaseStatistics, double>, double?> locate)
    {
        reached ??= locate(state => Margin(CrossingNumber, state));
        if (reached is { } first && locate(state => Margin(CrossingNumber, state) - error) is { } told)
            Set(CrossingNumber, told - first <= OneTime * told ? first : told);
        else if (Margin(CrossingNumber, statistics) < -error)
            reached = null;
    }

    private void Set(int number, double time)
    {
        times[number] = time;
        if (number < Phases)
            pending--;
    }

    // A dip is looked for from the state after the crossing on.
    private bool IsAwaited(int number) => times[number] is null && (number != DipNumber || (hasCrossed && times[2] is null));

    // Not negative where the event holds.
    private double Margin(int number, PhaseStatistics statistics) => number switch
    {
        0 => (Math.Abs(statistics.U) / overlap) - threshold,
        CrossingNumber => (statistics.S / overlap) - (1.0 / 3),
        DipNumber => (1.0 / 3) - error - (statistics.S / overlap),
        _ => accuracy - Math.Max(Math.Abs(statistics.Shortfall), Math.Abs(statistics.Misalignment)),
    };

    private bool MayHappen(int number, PhaseStatistics first, PhaseStatistics second)
    {
        if (Margin(number, second) >= 0)
            return true;
        var (smallestS, largestS) = Range(first.S / overlap, second.S / overlap);
        var (smallestU, largestU) = Range(Math.Abs(first.U) / overlap, Math.Abs(second.U) / overlap);
        return number switch
        {
            0 => largestU >= threshold,
            CrossingNumber => largestS >= 1.0 / 3,
            DipNumber => smallestS <= 1.0 / 3,
            _ => smallestS <= 1 + accuracy && largestS >= 1 - accuracy && smallestU <= 1 + accuracy && largestU >= 1 - accuracy,
        };
    }

    private static (double Smallest, double Largest) Range(double a, double b)
    {
        var margin = Math.Abs(a - b) / 2;
        return (Math.Min(a, b) - margin, Math.Max(a, b) + margin);
    }
}
