using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
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
    public virtual string Family => "Further systems";

    /// <inheritdoc/>
    public abstract string Question { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Citation> Citations { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Parameter> ProblemParameters { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<Parameter> Parameters =>
        field ??= [.. ProblemParameters.Concat(Methods.SelectMany(method => method.Parameters)).DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public abstract IReadOnlyList<MethodInfo> Methods { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<NamedQuantity> Observables { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<NamedQuantity> Events => [];

    /// <inheritdoc/>
    public abstract IReadOnlyList<PredictedQuantity> Predictions { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<ReproductionTask> Reproduction => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<ReproductionTask> Beyond => [];

    /// <summary>The parameters of the learning-rate schedule, or null where there is none.</summary>
    private protected virtual ScheduleParameters? Schedule => null;

    /// <inheritdoc/>
    public CompletedSetting Complete(string? method, Setting setting)
    {
        ISystem system = this;
        var info = method is null ? null : system.Method(method);
        var given = new List<KeyValuePair<string, object>>();
        foreach (var (name, value) in setting.Pairs)
        {
            var parameter = system.Parameter(name)
                ?? throw new ParameterException(name, Setting.Format(value), $"a parameter of {Id}", Suggestion.For(name, Parameters.Select(candidate => candidate.Name)));
            if (info is not null && !system.IsRead(info, name))
            {
                var readers = Methods.Where(candidate => candidate.Reads(name)).Select(candidate => candidate.Name);
                throw new ParameterException(name, Setting.Format(value), $"left out for the method {method}", $"it is read by {string.Join(", ", readers)}");
            }

            given.Add(new(name, parameter.Check(value)));
        }

        setting = new Setting(given);
        var read = Parameters.Where(parameter => info is null || system.IsRead(info, parameter.Name)).ToArray();
        var pairs = read.Select(parameter => (parameter.Name, Value: setting[parameter.Name] ?? (parameter.Default is { } value ? parameter.Check(value) : null)))
            .Where(pair => pair.Value is not null).Select(pair => new KeyValuePair<string, object>(pair.Name, pair.Value!));
        var draft = new SettingDraft(method, setting, new Setting(pairs));
        foreach (var parameter in read)
            _ = draft.Read(parameter);
        foreach (var parameter in read)
            draft.CheckCondition(parameter);
        GridParameters.Check(draft, areStepsFree: !system.IsOfProblem(ScheduleParameters.Steps.Name));
        Check(draft);
        if (Schedule is { } schedule && (method is not null || system.IsOfProblem(schedule.Shape.Name)) && draft.Has(schedule.Shape))
            schedule.Check(draft);
        Finish(draft);
        return new CompletedSetting(Id, method, draft.Values, draft);
    }

    /// <inheritdoc/>
    public abstract Solution Solve(CompletedSetting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default);

    /// <inheritdoc/>
    public virtual CompletedSetting PredictedFor(CompletedSetting run, CompletedSetting problem) => problem;

    /// <inheritdoc/>
    public abstract IReadOnlyList<Prediction> Predict(CompletedSetting setting, CancellationToken cancellation = default);

    /// <inheritdoc/>
    public abstract Figure Draw(IReadOnlyList<Solution> solutions);

    /// <inheritdoc/>
    public virtual IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => [];

    /// <inheritdoc/>
    public virtual string? Substitution(CompletedSetting setting) => null;

    /// <inheritdoc/>
    public virtual IEnumerable<string> Notes(CompletedSetting setting) => Substitution(setting) is { } substitution ? [substitution] : [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<SummaryNumber> Numbers(CompletedSetting setting) => [];

    /// <inheritdoc/>
    public virtual bool AllowsSubstitution(CompletedSetting setting) => false;

    /// <inheritdoc/>
    public virtual (string Parameter, string Value)? Substitute => null;

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> LearningCurves => Methods.Count > 0 && Methods[0].Role == MethodRole.Theory ? [Methods[0].Name] : [];

    /// <inheritdoc/>
    public virtual bool IsOfPredictions(string name) => ((ISystem)this).IsOfProblem(name);

    /// <inheritdoc/>
    public virtual bool IsLongCurve(CompletedSetting run) => false;

    /// <inheritdoc/>
    public virtual IReadOnlyList<MeasuredPrediction> Measure(PredictedCurve curve) => [];

    /// <inheritdoc/>
    public virtual DrawnSubject? Subject(IReadOnlyList<Solution> solutions) => null;

    /// <inheritdoc/>
    public virtual Figure DrawPredicted(IReadOnlyList<PredictedCurve> curves) => Draw([.. curves.Select(curve => curve.Solution)]);

    /// <summary>Checks what involves several parameters, and derives defaults from others.</summary>
    /// <param name="draft">What the user set, in the types of the table, with the defaults of the table.</param>
    protected virtual void Check(SettingDraft draft)
    {
    }

    /// <summary>Called once every value stands.</summary>
    private protected virtual void Finish(SettingDraft draft)
    {
    }
}
