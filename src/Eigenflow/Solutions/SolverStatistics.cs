namespace Eigenflow.Solutions;

/// <summary>The work that a solve took. Counts are reproducible; the wall time is not and never enters a result file.</summary>
public sealed record SolverStatistics
{
    /// <summary>Accepted solver steps, or update steps of a discrete method.</summary>
    public long Steps { get; init; }

    /// <summary>Rejected solver steps.</summary>
    public long Rejections { get; init; }

    /// <summary>Evaluations of the right-hand side (or gradient).</summary>
    public long Evaluations { get; init; }

    /// <summary>Linearisations (Jacobians).</summary>
    public long Linearizations { get; init; }

    /// <summary>Length of the state that was integrated: modes, or nodes after compression.</summary>
    public long StateSize { get; init; }

    /// <summary>How the modes were carried: <c>full</c>, <c>compressed</c>, <c>averaged</c>, or empty.</summary>
    public string Modes { get; init; } = "";

    /// <summary>Wall time in seconds.</summary>
    public double WallSeconds { get; init; }
}
