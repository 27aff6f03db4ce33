using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>An update rule without random numbers that can be advanced and observed.</summary>
/// <typeparam name="TRow">What is recorded of a state.</typeparam>
internal interface ISteppedEngine<TRow>
{
    /// <summary>Steps done.</summary>
    long Step { get; }

    /// <summary>Steps at most between two looks at progress and cancellation: some ten milliseconds.</summary>
    long Piece { get; }

    /// <summary>About the number of elementary operations of a step.</summary>
    double StepWork => 10;

    /// <summary>Does steps; false once the state has left every bound, with <see cref="Step"/> at the step that made it so.</summary>
    bool Advance(long count);

    /// <summary>The state now.</summary>
    TRow Observe();
}

/// <summary>Runs an update rule over a grid of steps.</summary>
internal static class SteppedRun
{
    /// <summary>The rows that were reached, and how it ended.</summary>
    /// <param name="engine">The update rule.</param>
    /// <param name="grid">The saved steps, ascending.</param>
    /// <param name="context">Progress and cancellation.</param>
    /// <param name="divergence">What is said of a state that left every bound.</param>
    /// <param name="saved">Called after a row was recorded, or null.</param>
    public static (List<TRow> Rows, SolveStatus Status) Run<TRow>(ISteppedEngine<TRow> engine, long[] grid, SolveContext context, Func<Divergence> divergence, Action? saved = null)
    {
        WorkLimit.Check(grid.Length == 0 ? 0 : grid[^1], 1, engine.StepWork);
        var rows = new List<TRow>(grid.Length);
        try
        {
            foreach (var target in grid)
            {
                while (engine.Step < target)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    if (!engine.Advance(Math.Min(engine.Piece, target - engine.Step)))
                        return (rows, new SolveStatus(SolveOutcome.Diverged, divergence().Message("the trajectory is kept up to there")));
                    context.Progress?.Report(new Progress((double)engine.Step / grid[^1], "stepping"));
                }

                rows.Add(engine.Observe());
                saved?.Invoke();
            }
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            // A step that takes long may end in its middle; the rows before it are whole.
            return (rows, new SolveStatus(SolveOutcome.Cancelled, $"cancelled at step {engine.Step}; the trajectory is kept up to there"));
        }

        return (rows, SolveStatus.Completed);
    }
}
