using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Phase retrieval under power-law data (arXiv 2511.18661), as hosts see it.</summary>
public sealed class PhaseRetrievalSystem : SystemBase
{
    /// <summary>The identifier of this system.</summary>
    public const string Identifier = "phase-retrieval";

    /// <inheritdoc/>
    public override string Id => Identifier;

    /// <inheritdoc/>
    public override string Title => "Phase retrieval under power-law data";

    /// <inheritdoc/>
    public override string Summary =>
        "A single quadratic neuron learns y = ⟨x, w*⟩² from Gaussian inputs whose covariance spectrum is a power law. "
        + "Given the spectrum: how long does the escape from zero correlation take, how do loss and parameter error fall afterwards, with which exponents, "
        + "and do gradient flow, gradient descent and online SGD really follow?";

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations { get; } = [Bibliography.PhaseRetrieval, Bibliography.StiffSolver, Bibliography.RandomNumbers];

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters => PhaseRetrievalParameters.All;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodInfo> Methods => PhaseRetrievalParameters.Methods;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Observables { get; } =
    [
        new("t", "t", "Flow time; for discrete methods the sum of the learning rates of the steps before."),
        new("step", "n", "Number of update steps (discrete methods)."),
        .. PhaseObservables.All,
        PhaseObservables.BestSign,
        PhaseObservables.RowLoss,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Events => PhaseRetrievalParameters.Events;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Predictions => PhaseRetrievalPredictions.All;

    /// <inheritdoc/>
    public override IReadOnlyList<ReproductionTask> Reproduction => PhaseRetrievalReproduction.Tasks;

    /// <inheritdoc/>
    public override Solution Solve(
        string method, Setting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default)
    {
        var complete = Complete(method, setting);
        var problem = PhaseRetrievalSetting.Problem(complete);

        // Hosts read rows and events, not dense output; only SGD runs long enough to be continued.
        var chosen = PhaseRetrievalSetting.Method(method, complete) switch
        {
            GradientFlow flow => flow with { KeepsDenseOutput = false },
            OnlineSgd sgd => sgd with { Checkpoint = checkpoint },
            var other => other,
        };
        var solution = problem.Solve(chosen, progress, cancellation);
        return solution with { Setting = complete, Warnings = [.. solution.Warnings, .. Substitution(complete) is { } substitution ? [substitution] : Array.Empty<string>()] };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Prediction> Predict(Setting setting)
    {
        var complete = Complete(null, setting);
        var problem = PhaseRetrievalSetting.Problem(complete);
        var teacher = (string)complete["teacher"]!;
        return PhaseRetrievalPredictions.Of(
            problem,
            problem.Modes(PhaseRetrievalSetting.Representation(complete)),
            teacher.StartsWith("file:", StringComparison.Ordinal) ? null : (double)complete["source-exponent"]!,
            (double)complete["learning-rate"]!,
            (int)(long)complete["batch"]!);
    }

    /// <inheritdoc/>
    public override bool AllowsSubstitution(Setting setting) => setting["modes"] is "auto";

    /// <inheritdoc/>
    public override string? Substitution(Setting setting) =>
        AllowsSubstitution(setting) && setting["dimension"] is long dimension && PhaseRetrievalProblem.IsAveraged(dimension)
            ? FormattableString.Invariant($"modes = auto at dimension = {dimension} puts weights averaged over teachers and starts in place of drawn ones: the seed has no influence, and times differ from those of one drawn teacher")
            : null;

    /// <inheritdoc/>
    public override string? LearningCurve => "flow";

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => RowComparison.Tables(solutions);

    /// <inheritdoc/>
    public override Figure Draw(IReadOnlyList<Solution> solutions) => TrajectoryFigure.Of(solutions);

    /// <inheritdoc/>
    protected override Setting Check(string? method, Setting given, Setting completed) => PhaseRetrievalSetting.Check(method, given, completed);
}
