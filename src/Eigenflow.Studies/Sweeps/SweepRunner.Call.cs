using System.Diagnostics;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <content>The work of one call.</content>
public sealed partial class SweepRunner
{
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
