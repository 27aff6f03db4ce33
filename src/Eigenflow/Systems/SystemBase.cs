using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>
/// What every system shares: checking a setting against its parameter table, with suggestions for mistyped names, and completing it with defaults.
/// A system adds its tables and its physics.
/// </summary>
public abstract class SystemBase : ISystem
{
    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Citation> Citations { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<MethodInfo> Methods { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<NamedQuantity> Observables { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<NamedQuantity> Events { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<NamedQuantity> Predictions { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<ReproductionTask> Reproduction { get; }

    /// <inheritdoc/>
    public Setting Complete(string? method, Setting setting)
    {
        var info = method is null ? null : FindMethod(method);
        var given = new List<KeyValuePair<string, object>>();
        foreach (var (name, value) in setting.Pairs)
        {
            var parameter = Parameters.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            if (parameter is null)
            {
                throw new ParameterException(
                    name, Setting.Format(value), $"a parameter of {Id}", Suggestion.For(name, Parameters.Select(candidate => candidate.Name)));
            }

            if (info is not null && !IsRead(parameter, info))
            {
                var readers = Methods.Where(candidate => IsRead(parameter, candidate)).Select(candidate => candidate.Name);
                throw new ParameterException(name, Setting.Format(value), $"left out for the method {method}", $"it is read by {string.Join(", ", readers)}");
            }

            given.Add(new(name, parameter.Check(value)));
        }

        setting = new Setting(given);

        var pairs = new List<KeyValuePair<string, object>>();
        foreach (var parameter in Parameters.Where(parameter => info is null || IsRead(parameter, info)))
        {
            if (setting[parameter.Name] is { } chosen)
                pairs.Add(new(parameter.Name, chosen));
            else if (parameter.Default is { } value)
                pairs.Add(new(parameter.Name, parameter.Check(value)));
        }

        return Check(method, setting, new Setting(pairs));
    }

    /// <inheritdoc/>
    public abstract Solution Solve(string method, Setting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default);

    /// <inheritdoc/>
    public abstract IReadOnlyList<Prediction> Predict(Setting setting);

    /// <inheritdoc/>
    public abstract Figure Draw(IReadOnlyList<Solution> solutions);

    /// <inheritdoc/>
    public virtual IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => [];

    /// <inheritdoc/>
    public virtual string? Substitution(Setting setting) => null;

    /// <inheritdoc/>
    public virtual bool AllowsSubstitution(Setting setting) => false;

    /// <inheritdoc/>
    public virtual string? LearningCurve => null;

    /// <summary>Checks what involves several parameters, and derives defaults from others.</summary>
    /// <param name="method">The method, or null.</param>
    /// <param name="given">What the user set, in the types of the table.</param>
    /// <param name="completed">The setting with the defaults of the table.</param>
    /// <returns>The canonical setting.</returns>
    protected virtual Setting Check(string? method, Setting given, Setting completed) => completed;

    /// <summary>The method of a name.</summary>
    /// <param name="method">The name.</param>
    /// <exception cref="ParameterException">No such method.</exception>
    protected MethodInfo FindMethod(string method) =>
        Methods.FirstOrDefault(candidate => string.Equals(candidate.Name, method, StringComparison.Ordinal))
        ?? throw new ParameterException(
            "method", method, "one of " + string.Join(", ", Methods.Select(candidate => candidate.Name)),
            Suggestion.For(method, Methods.Select(candidate => candidate.Name)));

    private static bool IsRead(ParameterInfo parameter, MethodInfo method) =>
        parameter.BelongsToProblem || method.Parameters.Contains(parameter.Name, StringComparer.Ordinal);
}
