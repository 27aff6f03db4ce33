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
        return [.. solutions.OfType<Solution>()];
    }
}
