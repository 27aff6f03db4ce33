using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>What a solve is given beside problem and method.</summary>
/// <param name="Progress">Receives reports, or null.</param>
/// <param name="Checkpoint">Where methods that may run for hours keep their state, so that the same solve continues after an interruption with the same bits; null keeps none.</param>
/// <param name="Cancellation">Ends the solve early with the trajectory up to there.</param>
internal readonly record struct SolveContext(IProgress<Progress>? Progress, ICheckpointStore? Checkpoint, CancellationToken Cancellation);

/// <summary>A way to solve a problem. Immutable options; all defaults make sense alone.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record Method<TProblem>
    where TProblem : IProblem
{
    /// <summary>Name as hosts spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Solves.</summary>
    /// <param name="problem">The problem, already validated.</param>
    /// <param name="context">Progress, checkpoints, cancellation.</param>
    internal abstract Solution Solve(TProblem problem, SolveContext context);

    /// <summary>This method with the options that its base reads from a setting.</summary>
    /// <param name="setting">A completed setting.</param>
    internal virtual Method<TProblem> Configured(SettingView setting) => this;

    /// <summary>Evaluates the points one after another; an interruption keeps those that are done.</summary>
    /// <param name="grid">The values of the independent variable.</param>
    /// <param name="row">The numbers at a value.</param>
    /// <param name="context">Progress and cancellation.</param>
    private protected static (List<TRow> Rows, SolveStatus Status) Evaluate<TRow>(double[] grid, Func<double, TRow> row, SolveContext context)
    {
        var rows = new List<TRow>(grid.Length);
        try
        {
            foreach (var value in grid)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                rows.Add(Numerics.Interruption.During(() => row(value), context.Cancellation));
                context.Progress?.Report(new Progress((double)rows.Count / grid.Length, "evaluating"));
            }
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            // A point that takes long may end in its middle; those before it are whole.
            return (rows, new SolveStatus(SolveOutcome.Cancelled, $"cancelled after {rows.Count} of {grid.Length} points; they are kept"));
        }

        return (rows, SolveStatus.Completed);
    }

    /// <summary>The solution with what all methods share.</summary>
    private protected Solution Assemble(
        TProblem problem, IReadOnlyList<Observable> columns, SolveStatus status, SolverStatistics statistics, IReadOnlyDictionary<string, double?>? events = null) => new()
        {
            System = problem.SystemId,
            Method = Name,
            Setting = problem.Describe(),
            Observables = columns,
            Events = events ?? new Dictionary<string, double?>(StringComparer.Ordinal),
            Status = status,
            Statistics = statistics,
        };
}
