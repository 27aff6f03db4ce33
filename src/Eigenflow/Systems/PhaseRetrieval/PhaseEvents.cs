namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The stopping times of a trajectory: escape T₁, first |u| ≥ δ s*; crossing T₁′, first s ≥ s*/3; convergence T₂, first |u|/s* and s/s*
/// both in [1 − ε, 1]. A method supplies how the crossing is located between two of its states.
/// </summary>
internal sealed class PhaseEvents
{
    /// <summary>Names as hosts spell them.</summary>
    public const string Escape = "escape", Crossing = "crossing", Convergence = "convergence";

    private readonly (string Name, Func<PhaseStatistics, double> Margin)[] conditions;
    private readonly double?[] times;

    /// <param name="problem">Holds the thresholds.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="isNoisy">Whether s and u fluctuate, so that convergence is to [1 − ε, 1 + ε].</param>
    public PhaseEvents(PhaseRetrievalProblem problem, double overlap, bool isNoisy = false)
    {
        var accuracy = problem.Accuracy;

        // A deterministic trajectory reaches 1 from below up to rounding.
        var excess = isNoisy ? accuracy : 1e-12;
        conditions =
        [
            (Escape, statistics => (Math.Abs(statistics.U) / overlap) - problem.EscapeThreshold),
            (Crossing, statistics => (statistics.S / overlap) - (1.0 / 3)),
            (Convergence, statistics => Math.Min(
                accuracy - Math.Max(statistics.Shortfall, statistics.Misalignment),
                excess + Math.Min(statistics.Shortfall, statistics.Misalignment))),
        ];
        times = new double?[conditions.Length];
    }

    /// <summary>Whether every event has happened.</summary>
    public bool AreComplete => Array.TrueForAll(times, time => time is not null);

    /// <summary>The first state, at time zero.</summary>
    public void Begin(PhaseStatistics statistics)
    {
        for (var k = 0; k < conditions.Length; k++)
        {
            if (conditions[k].Margin(statistics) >= 0)
                times[k] = 0;
        }
    }

    /// <summary>The next state; <paramref name="locate"/> finds the time at which a margin that is now positive became so.</summary>
    public void Advance(PhaseStatistics statistics, Func<Func<PhaseStatistics, double>, double> locate)
    {
        for (var k = 0; k < conditions.Length; k++)
        {
            if (times[k] is null && conditions[k].Margin(statistics) >= 0)
                times[k] = locate(conditions[k].Margin);
        }
    }

    /// <summary>The times by name; null for those that have not happened.</summary>
    public IReadOnlyDictionary<string, double?> ToDictionary()
    {
        var dictionary = new Dictionary<string, double?>(StringComparer.Ordinal);
        for (var k = 0; k < conditions.Length; k++)
            dictionary[conditions[k].Name] = times[k];
        return dictionary;
    }
}
