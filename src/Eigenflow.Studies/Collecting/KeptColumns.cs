using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>The numbers per run that the collected table has for every study, by the names of its columns: times of events, last values, work of the solver. Formulas of a study may use them.</summary>
internal static class KeptColumns
{
    public const string Event = "event-", Last = "last-", Solver = "solver-";

    /// <summary>What is counted of the solver.</summary>
    public static IReadOnlyList<string> SolverCounts { get; } = ["steps", "rejections", "evaluations", "linearizations", "state-size"];

    /// <summary>Their names.</summary>
    /// <param name="system">The system.</param>
    /// <param name="observables">The observables that are recorded.</param>
    public static IReadOnlyList<string> Names(ISystem system, IReadOnlyList<string> observables) =>
        [.. system.Events.Select(quantity => Event + quantity.Name), .. observables.Select(name => Last + name), .. SolverCounts.Select(name => Solver + name)];

    /// <summary>One of them; not a number where the run has none.</summary>
    public static double Value(string name, CollectedRun run) =>
        name.StartsWith(Event, StringComparison.Ordinal) ? run.Record?.Events.GetValueOrDefault(name[Event.Length..]) ?? double.NaN
        : name.StartsWith(Last, StringComparison.Ordinal) ? run.Last.GetValueOrDefault(name[Last.Length..], double.NaN)
        : name.StartsWith(Solver, StringComparison.Ordinal) && run.Record?.Counts.TryGetValue(name[Solver.Length..], out var count) == true ? count
        : double.NaN;
}
