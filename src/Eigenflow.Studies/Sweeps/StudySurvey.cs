namespace Eigenflow.Studies;

/// <summary>A run of a plan and where it stands.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">What the store says.</param>
/// <param name="Claim">Null when nobody works on it; true when its owner is known to have ended, false when it runs, as far as can be seen from here.</param>
/// <param name="Error">The recorded error, or null.</param>
public sealed record SurveyedRun(StudyRun Run, RunState State, bool? Claim, string? Error)
{
    /// <summary>Whether a sweep computes it although it ended with an error: that was this or another machine's, and not the run's own.</summary>
    public bool IsRetried { get; init; }

    /// <summary>One word: <c>done</c>, <c>running</c>, <c>failed</c>, <c>interrupted</c>, <c>damaged</c> or <c>missing</c>.</summary>
    public string Word => State switch
    {
        RunState.Done => "done",
        _ when Claim == false => "running",
        RunState.Failed => "failed",
        RunState.Damaged => "damaged",
        _ when Claim == true => "interrupted",
        _ => "missing",
    };

    /// <summary>Why it stands there, in words.</summary>
    public string Reason => Word switch
    {
        "done" => "its file is there",
        "running" => "a process works on it",
        "failed" => Error is { Length: > 0 } error ? error : "it ended with an error",
        "damaged" => "its file is cut off or not one of this run",
        "interrupted" => "the process that worked on it has ended",
        _ => "there is no file of it",
    };
}

/// <summary>Looks at the folder of a study without changing it.</summary>
public static class StudySurvey
{
    /// <summary>Every run of a part of the plan, in its order.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of its runs; it need not exist.</param>
    /// <param name="shard">The part.</param>
    public static IReadOnlyList<SurveyedRun> Of(Study study, string folder, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(shard);
        var store = new RunStore(folder);
        var claims = store.Guard(() => ClaimBoard.Claims(store.Work, store.Files));
        return
        [
            .. shard.Of(study.Runs).Select(run =>
            {
                var state = store.StateOf(run);
                return new SurveyedRun(run, state, claims.TryGetValue(run.Id, out var hasEnded) ? hasEnded : null, state == RunState.Failed ? store.ErrorOf(run.Id) : null)
                {
                    IsRetried = state == RunState.Failed && store.OwnErrorOf(run.Id) is null,
                };
            }),
        ];
    }
}
