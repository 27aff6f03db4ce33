using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The functional scaling law of one-pass SGD on power-law kernel regression (arXiv 2509.19189), as hosts see it.</summary>
public sealed class FunctionalScalingLawSystem : SystemBase
{
    /// <summary>The identifier of this system.</summary>
    public const string Identifier = "functional-scaling-law";

    /// <inheritdoc/>
    public override string Id => Identifier;

    /// <inheritdoc/>
    public override string Title => "Functional scaling law of learning-rate schedules";

    /// <inheritdoc/>
    public override string Summary =>
        "Linear regression on features with a power-law spectrum and a power-law target, trained by one-pass mini-batch SGD under any learning-rate and batch schedule. "
        + "How does the whole loss curve depend on the schedule? In intrinsic time, the sum of the learning rates, the loss is an approximation error, a signal that does not "
        + "see the schedule, and the convolution of the schedule with a power-law forgetting kernel; from it follow scaling exponents and optimal schedules.";

    /// <inheritdoc/>
    public override IReadOnlyList<Citation> Citations { get; } = [Bibliography.FunctionalScalingLaw, Bibliography.OptimalSchedules, Bibliography.RandomNumbers];

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterInfo> Parameters => ScalingLawParameters.All;

    /// <inheritdoc/>
    public override IReadOnlyList<MethodInfo> Methods => ScalingLawParameters.Methods;

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Observables { get; } =
    [
        new("t", "t", "Intrinsic time t_k = Σ_{i<k} η_i."),
        new("step", "k", "Number of update steps."),
        .. LossRows.Quantities,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Events => [];

    /// <inheritdoc/>
    public override IReadOnlyList<NamedQuantity> Predictions => ScalingLawPredictions.All;

    /// <inheritdoc/>
    public override IReadOnlyList<ReproductionTask> Reproduction => ScalingLawReproduction.Tasks;

    /// <inheritdoc/>
    public override Solution Solve(
        string method, Setting setting, IProgress<Progress>? progress = null, ICheckpointStore? checkpoint = null, CancellationToken cancellation = default)
    {
        var complete = Complete(method, setting);
        var chosen = ScalingLawSetting.Method(method, complete);
        if (chosen is OnlineSgd sgd)
            chosen = sgd with { Checkpoint = checkpoint };
        return ScalingLawSetting.Problem(complete).Solve(chosen, progress, cancellation) with { Setting = complete };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Prediction> Predict(Setting setting)
    {
        var complete = Complete(null, setting);
        var problem = ScalingLawSetting.Problem(complete);
        return ScalingLawPredictions.Of(problem, problem.Modes(ScalingLawSetting.Representation(complete)));
    }

    /// <inheritdoc/>
    public override Figure Draw(IReadOnlyList<Solution> solutions) => TrajectoryFigure.Of(solutions);

    /// <inheritdoc/>
    protected override Setting Check(string? method, Setting given, Setting completed) => ScalingLawSetting.Check(given, completed);
}
