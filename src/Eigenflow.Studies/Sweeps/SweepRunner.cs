using Eigenflow.Data;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>
/// Computes the runs of a study that its folder lacks. The same call continues after Ctrl-C, kill -9 or a power cut, and several processes may work on one folder:
/// none of this loses or repeats a finished run.
/// </summary>
public sealed partial class SweepRunner
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>The study.</summary>
    public required Study Study { get; init; }

    /// <summary>The folder of its runs.</summary>
    public required string Folder { get; init; }

    /// <summary>Runs at the same time. The results do not depend on it.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The part of the plan to compute.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Whether runs that ended with an error are computed again.</summary>
    public bool RetriesFailed { get; init; }

    /// <summary>Whether every file that is there is read and its checksum compared; otherwise only its ends are looked at.</summary>
    public bool Verifies { get; init; }

    /// <summary>Time between two saved states of a long run; zero saves none.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    internal IStoreFiles Files { get; init; } = FileContext.Current.Files;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal ProcessIdentity Identity { get; init; } = FileContext.Current.Identity;

    /// <summary>Computes.</summary>
    /// <param name="progress">Receives the fraction of the missing runs, or null.</param>
    /// <param name="finished">Told of every run that has ended, from any thread but never twice at once; or null.</param>
    /// <param name="waiting">Told once how many runs others are computing that this call waits for; or null.</param>
    /// <param name="cancellation">Ends it; finished runs stay.</param>
    /// <exception cref="EigenflowException">The folder cannot be written, or finished runs were deleted from it meanwhile.</exception>
    public SweepOutcome Run(IProgress<Progress>? progress = null, Action<SweepStep>? finished = null, Action<int>? waiting = null, CancellationToken cancellation = default)
    {
        AtomicFile.PrepareFolder(Folder);
        var store = new RunStore(Path.GetFullPath(Folder), Files);
        using var board = store.Guard(() => new ClaimBoard(store.Work, Files, Clock, Identity));
        store.Do(() => board.Clean());
        store.KeepStudy(Study, board.Temporary("study"));
        var runs = Shard.Of(Study.Runs);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var call = new Call(this, store, board, finished, stop);
        var missing = new List<StudyRun>();
        var earlier = new List<(StudyRun, string)>();
        foreach (var run in runs)
        {
            var state = Verifies ? store.VerifiedStateOf(run) : store.StateOf(run);
            if (state == RunState.Failed && !RetriesFailed && store.OwnErrorOf(run.Id) is { } error)
                earlier.Add((run, error));
            else if (state != RunState.Done)
                missing.Add(run);
        }

        call.Progress = new SweepProgress(progress, missing.Count);
        var held = call.Pass(missing, cancellation);
        if (held.Count > 0 && !cancellation.IsCancellationRequested)
            waiting?.Invoke(held.Count);
        while (held.Count > 0 && !cancellation.WaitHandle.WaitOne(PollEvery))
            held = call.Pass(held, cancellation);
        store.Do(() =>
        {
            board.Clean();
            store.CleanCheckpoints();
            Files.DeleteEmptyFolder(Path.Combine(Folder, "failed"));
        });
        if (!cancellation.IsCancellationRequested)
            RequireAll(store, runs, [.. earlier.Concat(call.Failures).Select(failure => failure.Item1)]);
        return new SweepOutcome
        {
            Planned = runs.Count,
            Kept = runs.Count - missing.Count - earlier.Count,
            Computed = call.Computed,
            ByOthers = call.ByOthers,
            Diverged = call.Diverged,
            Failures = [.. earlier, .. call.Failures],
            SetAside = call.SetAside,
            Retried = call.Retried,
            IsCancelled = cancellation.IsCancellationRequested && call.Computed + call.ByOthers + call.Failures.Count < missing.Count,
        };
    }

    // Success is what is there, and not what was done: the folder may have been emptied meanwhile.
    private static void RequireAll(RunStore store, IReadOnlyList<StudyRun> runs, HashSet<StudyRun> failed)
    {
        var vanished = runs.Count(run => !failed.Contains(run) && store.StateOf(run) != RunState.Done);
        if (vanished > 0)
            throw new InputFileException(store.Folder, $"{vanished} of its {runs.Count} runs were finished and are no longer there", "a folder from which nobody deletes meanwhile; the same command computes them again") { IsOutput = true };
    }
}
