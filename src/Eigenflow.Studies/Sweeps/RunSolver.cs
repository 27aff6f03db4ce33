using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Solves one run of a study, extending its range while its stopping rule says so.</summary>
internal static class RunSolver
{
    /// <summary>Solves.</summary>
    /// <param name="system">The system.</param>
    /// <param name="run">The run.</param>
    /// <param name="checkpoints">Where a stage keeps its state, or null for none.</param>
    /// <param name="progress">Receives the fraction, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Solution Solve(ISystem system, StudyRun run, Func<int, ICheckpointStore>? checkpoints, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (run.Stop is not { } stop)
            return system.Solve(run.Request, progress, checkpoints?.Invoke(0), cancellation);
        var info = system.Parameter(stop.Parameter)!;
        var limit = run.Setting[stop.Parameter] switch { double number => number, long whole => whole, _ => stop.From };
        var value = Math.Min(stop.From, limit);
        for (var stage = 0; ; stage++)
        {
            var end = info.Kind == ParameterKind.Integer ? (object)(long)Math.Round(value) : value;


            // A stage is a request of its own: other rows, and another schedule.
            var solution = system.Solve(system.Complete(run.Method, run.Setting.With(stop.Parameter, end)), progress, checkpoints?.Invoke(stage), cancellation);
            if (solution.Status.Outcome != SolveOutcome.Completed || value >= limit || HasHappened(stop, solution))
                return solution with { Setting = run.Setting };
            value = Math.Min(value * stop.Factor, limit);
        }
    }

    private static bool HasHappened(StopRule stop, Solution solution)
    {
        if (stop.Event is { } name)
            return solution.Events.TryGetValue(name, out var time) && time is not null;
        var values = solution.Has(stop.Observable!) ? solution[stop.Observable!] : [];
        return Array.Exists(values, value => value <= stop.Below || value >= stop.Above);
    }
}
