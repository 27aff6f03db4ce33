namespace Eigenflow.Studies;

/// <summary>Where a sweep stands, from its folder alone.</summary>
public sealed record StudyProgress
{
    /// <summary>Runs of the plan.</summary>
    public required int Planned { get; init; }

    /// <summary>Runs whose file is there and not known to be damaged.</summary>
    public required int Done { get; init; }

    /// <summary>Runs that ended with an error.</summary>
    public required int Failed { get; init; }

    /// <summary>Runs on which a process works, as far as can be seen from here.</summary>
    public required int Running { get; init; }

    /// <summary>Files that cannot be read as those of their run.</summary>
    public required int Damaged { get; init; }

    /// <summary>Runs that diverged, of those that have been read.</summary>
    public required int Diverged { get; init; }

    /// <summary>Runs that have been read: figures show these.</summary>
    public required int Read { get; init; }

    /// <summary>Files of runs that are not in the plan: those of an earlier study file, or of another version.</summary>
    public required int Strangers { get; init; }

    /// <summary>Runs that end per second; null where nothing says so.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Seconds until all runs are there at this rate; null where there is none.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>When the folder changed last, or null where it never did.</summary>
    public DateTime? Changed { get; init; }

    /// <summary>Grows with every change of what is there; never the same for two states, also where the folder was forgotten and is read again.</summary>
    public required long Version { get; init; }

    /// <summary>What is to be told of files that were left out: one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Runs that are neither done nor failed.</summary>
    public int Missing => Math.Max(0, Planned - Done - Failed);

    /// <summary>Whether all that is there has been read.</summary>
    public bool IsRead => Read >= Done;

    /// <summary>One word: <c>done</c>, <c>running</c>, <c>failed</c> (nothing is left but runs that failed), <c>empty</c> or <c>stopped</c>.</summary>
    public string Word => Running > 0 ? "running"
        : Planned > 0 && Done == Planned ? "done"
        : Planned > 0 && Missing == 0 ? "failed"
        : Done + Failed == 0 ? "empty" : "stopped";
}

/// <summary>A run that failed.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Method">Its method.</param>
/// <param name="Values">Its values of the parameters that differ between runs, in their order, as people read them.</param>
/// <param name="Error">What happened.</param>
/// <param name="IsOwn">Whether the run itself fails, and not the machine or a file.</param>
/// <param name="Command">The command that computes it alone.</param>
public sealed record StudyFailure(string Id, string Method, IReadOnlyList<string> Values, string Error, bool IsOwn, string Command);
