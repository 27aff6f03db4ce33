using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Solves the runs of a plan side by side.</summary>
public static class RunExecutor
{
    /// <summary>Solves.</summary>
    /// <param name="system">The system.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="checkpoints">Where each run keeps its state, or null for none.</param>
    /// <param name="workers">Runs at the same time, ≥ 1. The results do not depend on it.</param>
    /// <param name="progress">Receives the fraction of all runs, or null.</param>
    /// <param name="cancellation">Ends running solves early, with their trajectories up to there, and starts no more.</param>
    /// <returns>The solutions in the order of the runs; after a cancellation those that had begun.</returns>
    /// <exception cref="EigenflowException">A run that cannot be solved as asked.</exception>
    /// <remarks>Runs in continuous time that differ in their parameters, and whose end is left to a default, all end at the latest of them: curves that are compared have a common end.</remarks>
    public static IReadOnlyList<Solution> Solve(
        ISystem system, IReadOnlyList<CompletedSetting> runs, Func<CompletedSetting, ICheckpointStore?>? checkpoints, int workers, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        var solutions = new Solution?[runs.Count];
        var total = progress is null ? null : new SharedProgress(progress, [.. runs.Select(_ => 1.0)]);
        ParallelWork.ForEach(Enumerable.Range(0, runs.Count), workers, index =>
        {
            if (cancellation.IsCancellationRequested)
                return;
            try
            {
                var part = total?.Part(index, runs[index].Method!);
                solutions[index] = system.Solve(runs[index], part, checkpoints?.Invoke(runs[index]), cancellation);
                part?.Report(new Progress(1, "done"));
            }
            catch (OperationCanceledException)
            {
                // Cancelled before there was a trajectory: nothing to keep.
            }
        });
        return ToCommonEnd(system, runs, solutions, workers, cancellation);
    }

    // The default end is known only with the solution; solving again takes as long as the first time, which is little for methods in continuous time.
    private static IReadOnlyList<Solution> ToCommonEnd(ISystem system, IReadOnlyList<CompletedSetting> runs, Solution?[] solutions, int workers, CancellationToken cancellation)
    {
        var shorter = new List<(int Index, CompletedSetting Run)>();
        foreach (var group in Enumerable.Range(0, runs.Count).Where(index => HasDefaultEnd(system, runs[index]) && solutions[index] is { Rows: > 1, Status.Outcome: SolveOutcome.Completed }).GroupBy(index => runs[index].Method!, StringComparer.Ordinal))
        {
            var end = group.Max(index => solutions[index]!.Axis.Values[^1]);
            foreach (var index in group.Where(index => solutions[index]!.Axis.Values[^1] < end))
                shorter.Add((index, system.Complete(group.Key, runs[index].Values.With(ContinuousParameters.Until.Name, end))));
        }

        ParallelWork.ForEach(shorter, workers, one =>
        {
            if (cancellation.IsCancellationRequested)
                return;
            try
            {
                var longer = system.Solve(one.Run, null, null, cancellation);
                if (longer.Status.Outcome == SolveOutcome.Completed)
                    solutions[one.Index] = longer;
            }
            catch (OperationCanceledException)
            {
                // What was solved first is whole.
            }
        });
        return [.. solutions.OfType<Solution>()];
    }

    /// <summary>Whether a run's end is left to a default, so that it ends at the latest of the runs that it is compared with.</summary>
    /// <param name="system">The system.</param>
    /// <param name="run">The run.</param>
    public static bool HasDefaultEnd(ISystem system, CompletedSetting run) =>
        run.Method is { } method && system.IsRead(system.Method(method), ContinuousParameters.Until.Name) && run.Values[ContinuousParameters.Until.Name] is null && run.Values[ContinuousParameters.Times.Name] is null;
}
