namespace Eigenflow.Studies;

/// <summary>A run has ended: what a host tells its user.</summary>
/// <param name="Run">The run.</param>
/// <param name="Status">How its solve ended: <c>completed</c>, <c>diverged</c> or <c>failed</c>.</param>
/// <param name="Message">Empty, or what happened and what to do.</param>
/// <param name="Seconds">Seconds that it took.</param>
public sealed record SweepStep(StudyRun Run, string Status, string Message, double Seconds);

/// <summary>How a sweep ended.</summary>
public sealed record SweepOutcome
{
    /// <summary>Runs of the plan, or of the shard.</summary>
    public required int Planned { get; init; }

    /// <summary>Runs that were there already.</summary>
    public required int Kept { get; init; }

    /// <summary>Runs that this call computed.</summary>
    public required int Computed { get; init; }

    /// <summary>Runs that another process finished meanwhile.</summary>
    public required int ByOthers { get; init; }

    /// <summary>Runs of this call that diverged; their files hold the trajectory up to there.</summary>
    public required int Diverged { get; init; }

    /// <summary>Runs that ended with an error, now or earlier, with its text.</summary>
    public required IReadOnlyList<(StudyRun Run, string Error)> Failures { get; init; }

    /// <summary>How many of <see cref="Failures"/> were this machine's or those of files that were given, and not the runs' own: the same call tries them again.</summary>
    public int Retried { get; init; }

    /// <summary>Files that were cut off or foreign, and were set aside.</summary>
    public required int SetAside { get; init; }

    /// <summary>Whether it was interrupted.</summary>
    public required bool IsCancelled { get; init; }

    /// <summary>Whether every run has its file.</summary>
    public bool IsComplete => !IsCancelled && Failures.Count == 0 && Kept + Computed + ByOthers == Planned;
}
