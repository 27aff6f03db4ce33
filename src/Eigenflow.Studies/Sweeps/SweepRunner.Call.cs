using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Eigenflow.Settings;
using Eigenflow.Solutions;
namespace Eigenflow.Studies;

/// <content>The work of one call.</content>
public sealed partial class SweepRunner
{
    // What one call has done so far.
    private sealed class Call(SweepRunner sweep, RunStore store, ClaimBoard board, Action<SweepStep>? finished, CancellationTokenSource stop)
    {
        private readonly Lock gate = new();
        private readonly SweepLog log = new(store, board.Owner);

        public SweepProgress Progress { get; set; } = new(null, 0);

        public int Computed { get; private set; }

        public int ByOthers { get; private set; }

        public int Diverged { get; private set; }

        public int SetAside { get; private set; }

        public int Retried { get; private set; }

        public List<(StudyRun Run, string Error)> Failures { get; } = [];

        /// <summary>Computes what is free; returns what others hold, in order.</summary>
        public List<StudyRun> Pass(List<StudyRun> runs, CancellationToken cancellation)
        {
            var held = new bool[runs.Count];
            ParallelWork.ForEach(Enumerable.Range(0, runs.Count), sweep.Workers, position =>
            {
                try
                {
                    held[position] = !stop.IsCancellationRequested && !TryDo(runs[position], cancellation);
                }
                catch (Exception exception) when (StopsAll(exception))
                {
                    throw;
                }
            });
            return [.. runs.Where((_, position) => held[position])];
        }

        // What cannot be kept need not be computed to its end: the runs beside this one stop, too.
        private bool StopsAll(Exception exception)
        {
            if (Trouble.Of(exception).Kind == TroubleKind.Disk)
                stop.Cancel();
            return false;
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
            if (sweep.RetriesFailed || store.OwnErrorOf(run.Id) is not { } error)
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
                RunInputs.Check(run);
                var solution = RunSolver.Solve(sweep.Study.System, run, checkpoints, part, stop.Token);
                if (solution.Status.Outcome == SolveOutcome.Cancelled)
                    return;
                var predictions = run.InputHashes.Count > 0 ? KeptPrediction.Of(sweep.Study.System, run.Setting) : null;
                RunInputs.Check(run);
                if (solution.Status.Outcome == SolveOutcome.Failed)
                {
                    Fail(run, solution.Status.Message, TroubleKind.Request, clock.Elapsed.TotalSeconds);
                }
                else
                {
                    store.Save(run.Id, RunFile.Write(run, solution, predictions), board.Temporary(run.Id));
                    End(new SweepStep(run, solution.Status.Word, solution.Status.Message, clock.Elapsed.TotalSeconds));
                }

                store.Do(() => store.Files.DeleteFolder(store.CheckpointsOf(run.Id)));
                isDone = true;
            }
            catch (Exception exception)
            {
                // One run that cannot be computed must not take the others with it; a disk that keeps nothing takes all.
                var trouble = RunInputs.Judge(run, Trouble.Of(exception));
                if (trouble.Kind == TroubleKind.Disk)
                    ExceptionDispatchInfo.Throw(trouble.Cause is EigenflowException ? trouble.Cause : store.Refused(trouble.Cause));

                // Of a run that was cancelled its saved state, if any, continues it.
                isDone = !(trouble.Kind == TroubleKind.Cancelled && stop.IsCancellationRequested);
                if (isDone)
                    Fail(run, trouble.Message, trouble.Kind, clock.Elapsed.TotalSeconds);
            }
            finally
            {
                part.End(isDone);
            }
        }

        // A file that was given may be right another time: nothing is recorded. A lack of memory is told until the run is there.
        private void Fail(StudyRun run, string error, TroubleKind kind, double seconds)
        {
            var isOwn = kind is TroubleKind.Request or TroubleKind.Cancelled;
            if (kind != TroubleKind.Input)
                store.SaveFailure(run, error, isOwn, board.Temporary(run.Id));
            lock (gate)
            {
                Failures.Add((run, error));
                Retried += isOwn ? 0 : 1;
            }

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
