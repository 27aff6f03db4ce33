using Eigenflow.Settings;

namespace Eigenflow.Solutions;

/// <summary>
/// What every method returns: observables along an independent variable, located events, how it ended, and the work it took.
/// All columns have the same length.
/// </summary>
public sealed record Solution
{
    /// <summary>Identifier of the system, such as <c>phase-retrieval</c>.</summary>
    public required string System { get; init; }

    /// <summary>Name of the method, such as <c>flow</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The canonical setting from which the solve can be repeated.</summary>
    public required Setting Setting { get; init; }

    /// <summary>How the solve ended.</summary>
    public SolveStatus Status { get; init; } = SolveStatus.Completed;

    /// <summary>The columns. The first is the independent variable: <c>t</c> of a trajectory, whose methods with update steps also have <c>step</c>, or the axis of a static method.</summary>
    public required IReadOnlyList<Observable> Observables { get; init; }

    /// <summary>Named times of the trajectory; <see langword="null"/> means not reached within the solved range.</summary>
    public IReadOnlyDictionary<string, double?> Events { get; init; } = new Dictionary<string, double?>(StringComparer.Ordinal);

    /// <summary>The work it took.</summary>
    public SolverStatistics Statistics { get; init; } = new();

    /// <summary>What the user should know although the solve is valid, one line each: what was noticed, and what to do about it. Hosts print them beside the results.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Numbers that describe the trajectory as a whole, such as the largest or smallest value of an observable; those that do not exist are left out.</summary>
    public IReadOnlyList<SummaryNumber> Summary { get; init; } = [];

    /// <summary>
    /// Evaluates the observables at any time of the solved range from the solver's dense output;
    /// <see langword="null"/> when the method is discrete or the states were not kept.
    /// </summary>
    public Func<double, IReadOnlyDictionary<string, double>>? Interpolant { get; init; }

    /// <summary>The independent variable.</summary>
    public Observable Axis => Observables[0];

    /// <summary>Number of rows.</summary>
    public int Rows => Axis.Values.Length;

    /// <summary>The times of a trajectory, in units of the flow time.</summary>
    /// <exception cref="ParameterException">The solution runs along another axis.</exception>
    public double[] Times => this["t"];

    /// <summary>The values of an observable.</summary>
    /// <param name="observable">Its name.</param>
    /// <exception cref="ParameterException">No such observable.</exception>
    public double[] this[string observable] =>
        Observables.FirstOrDefault(candidate => string.Equals(candidate.Name, observable, StringComparison.Ordinal))?.Values
        ?? throw new ParameterException(
            "observable", observable, "one of " + string.Join(", ", Observables.Select(candidate => candidate.Name)));

    /// <summary>Whether the solution has the observable.</summary>
    /// <param name="observable">Its name.</param>
    public bool Has(string observable) =>
        Observables.Any(candidate => string.Equals(candidate.Name, observable, StringComparison.Ordinal));

    /// <summary>The time of an event, or a clear error when it was not reached.</summary>
    /// <param name="name">Name of the event, such as <c>escape</c>.</param>
    /// <exception cref="ParameterException">No such event, or not reached.</exception>
    public double TimeOf(string name)
    {
        if (!Events.TryGetValue(name, out var time))
            throw new ParameterException("event", name, "one of " + string.Join(", ", Events.Keys));
        return time ?? throw new ParameterException(
            "event", name, "reached within the solved range", "raise until (or steps), or ask Events, which says null for this");
    }

    /// <summary>A summary number by name, or null where the trajectory has none.</summary>
    /// <param name="name">Its name, such as <c>half-step</c>.</param>
    public double? SummaryOf(string name) => Summary.FirstOrDefault(number => string.Equals(number.Name, name, StringComparison.Ordinal))?.Value;

    /// <summary>All observables at one time of the solved range, by dense output.</summary>
    /// <param name="time">Flow time within the solved range.</param>
    /// <exception cref="ParameterException">Outside the range, or the method keeps no dense output.</exception>
    public IReadOnlyDictionary<string, double> At(double time)
    {
        if (Interpolant is null)
            throw new ParameterException("time", time, "one of the saved times of this solution", "name it in times (or at-steps) before solving");
        return Interpolant(time);
    }
}
