using System.Diagnostics;
using Eigenflow.Data;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>
/// Computes the runs of a study that its folder lacks. The same call continues after Ctrl-C, kill -9 or a power cut, and several processes may work on one folder:
/// none of this loses or repeats a finished run.
/// </summary>
public sealed class SweepRunner
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

    internal IStoreFiles Files { get; init; } = DiskFiles.Instance;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal ProcessIdentity Identity { get; init; } = ProcessIdentity.Current;

    /// <summary>Computes.</summary>
    /// <param name="progress">Receives the fraction of the missing runs, or null.</param>
    /// <param name="finished">Told of every run that has ended, from any thread but never twice at once; or null.</param>
    /// <param name="waiting">Told once how many runs others are computing that this call waits for; or null.</param>
    /// <param name="cancellation">Ends it; finished runs stay.</param>
    /// <exception cref="EigenflowException">The folder cannot be written.</exception>
    public SweepOutcome Run(IProgress<Progress>? progress = null, Action<SweepStep>? finished = null, Action<int>? waiting = null, CancellationToken cancellation = default)
    {
        AtomicFile.PrepareFolder(Folder);
        var store = new RunStore(Path.GetFullPath(Folder), Files);
        using var board = store.Guard(() => new ClaimBoard(store.Work, Files, Clock, Identity));
        store.Do(() => board.Clean());
        store.KeepStudy(Study, board.Temporary("study"));
        var runs = Shard.Of(Study.Runs);
        var call = new Call(this, store, board, finished);
        var missing = new List<StudyRun>();
        var earlier = new List<(StudyRun, string)>();
        foreach (var run in runs)
        {
            var state = Verifies ? store.VerifiedStateOf(run) : store.StateOf(run);
            if (state == RunState.Failed && !RetriesFailed)
                earlier.Add((run, store.ErrorOf(run.Id) ?? ""));
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
            Files.DeleteEmptyFolder(Path.Combine(Folder, "checkpoints"));
            Files.DeleteEmptyFolder(Path.Combine(Folder, "failed"));
        });
        return new SweepOutcome
        {
            Planned = runs.Count,
            Kept = runs.Count - missing.Count - earlier.Count,
            Computed = call.Computed,
            ByOthers = call.ByOthers,
            Diverged = call.Diverged,
            Failures = [.. earlier, .. call.Failures],
            SetAside = call.SetAside,
            IsCancelled = cancellation.IsCancellationRequested && call.Computed + call.ByOthers + call.Failures.Count < missing.Count,
        };
    }

    // What one call has done so far.
    private sealed class Call(SweepRunner sweep, RunStore store, ClaimBoard board, Action<SweepStep>? finished)
    {
        private readonly Lock gate = new();
        private readonly SweepLog log = new(store, board.Owner);

        public SweepProgress Progress { get; set; } = new(null, 0);

        public int Computed { get; private set; }

        public int ByOthers { get; private set; }

        public int Diverged { get; private set; }

        public int SetAside { get; private set; }

        public List<(StudyRun Run, string Error)> Failures { get; } = [];

        /// <summary>Computes what is free; returns what others hold, in order.</summary>
        public List<StudyRun> Pass(List<StudyRun> runs, CancellationToken cancellation)
        {
            var held = new bool[runs.Count];
            ParallelWork.ForEach(Enumerable.Range(0, runs.Count), sweep.Workers, position => held[position] = !cancellation.IsCancellationRequested && !TryDo(runs[position], cancellation));
            return [.. runs.Where((_, position) => held[position])];
        }

        // False when another process holds the run.
        private bool TryDo(StudyRun run, CancellationToken cancellation)
        {
            if (IsThere(run))
                return true;
            if (!store.Guard(() => board.TryTake(run.Id)))
                return false;
            try
            {
                // Its last owner may have finished it just before.
                if (!IsThere(run) && !HasFailed(run))
                    Compute(run, cancellation);
            }
            finally
            {
                store.Do(() => board.Release(run.Id));
            }

            return true;
        }

        private RunState StateOf(StudyRun run) => sweep.Verifies ? store.VerifiedStateOf(run) : store.StateOf(run);

        private bool IsThere(StudyRun run)
        {
            if (StateOf(run) != RunState.Done)
                return false;
            lock (gate)
                ByOthers++;
            Progress.Begin().End(isDone: true);
            return true;
        }

        // Another process has recorded an error since the plan was made.
        private bool HasFailed(StudyRun run)
        {
            if (sweep.RetriesFailed || store.ErrorOf(run.Id) is not { } error)
                return false;
            lock (gate)
                Failures.Add((run, error));
            Progress.Begin().End(isDone: true);
            return true;
        }

        private void Compute(StudyRun run, CancellationToken cancellation)
        {
            // Only the owner of the claim moves a file, so that nobody moves the good one that replaced it.
            if (StateOf(run) == RunState.Damaged && store.SetAside(run.Id))
            {
                lock (gate)
                    SetAside++;
            }

            var clock = Stopwatch.StartNew();
            var part = Progress.Begin();
            var isDone = false;
            try
            {
                Func<int, ICheckpointStore>? checkpoints = sweep.CheckpointEvery > TimeSpan.Zero
                    ? stage => new FileCheckpointStore(Path.Combine(store.CheckpointsOf(run.Id), FormattableString.Invariant($"{stage}")), sweep.CheckpointEvery)
                    : null;
                var solution = RunSolver.Solve(sweep.Study.System, run, checkpoints, part, cancellation);
                if (solution.Status.Outcome == SolveOutcome.Cancelled)
                    return;
                if (solution.Status.Outcome == SolveOutcome.Failed)
                {
                    Fail(run, solution.Status.Message, clock.Elapsed.TotalSeconds);
                }
                else
                {
                    store.Save(run.Id, RunFile.Write(run, solution), board.Temporary(run.Id));
                    End(new SweepStep(run, solution.Status.Word, solution.Status.Message, clock.Elapsed.TotalSeconds));
                }

                store.Do(() => store.Files.DeleteFolder(store.CheckpointsOf(run.Id)));
                isDone = true;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Its saved state, if any, continues it.
            }
            catch (Exception exception) when (exception is not InputFileException)
            {
                // One run that cannot be computed must not take the others with it.
                Fail(run, exception.Message.ReplaceLineEndings(" "), clock.Elapsed.TotalSeconds);
                isDone = true;
            }
            finally
            {
                part.End(isDone);
            }
        }

        private void Fail(StudyRun run, string error, double seconds)
        {
            store.SaveFailure(run, error, board.Temporary(run.Id));
            lock (gate)
                Failures.Add((run, error));
            finished?.Invoke(new SweepStep(run, "failed", error, seconds));
        }

        private void End(SweepStep step)
        {
            log.Add(step);
            lock (gate)
            {
                Computed++;
                if (string.Equals(step.Status, "diverged", StringComparison.Ordinal))
                    Diverged++;
                finished?.Invoke(step);
            }
        }
    }
}
