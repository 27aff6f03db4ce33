using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.FunctionalScalingLaw.ScalingLawParameters;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The functional scaling law of one-pass SGD on power-law kernel regression (arXiv 2509.19189), as hosts see it.</summary>
internal sealed class FunctionalScalingLawSystem : LearningSystem<ScalingLawProblem>
{
    public const string Identifier = "functional-scaling-law";

    // Modes times steps of some ten seconds, and nodes that stand for many modes.
    private const double LongestCurve = 1e10;
    private const double Nodes = 400;

    public override string Id => Identifier;

    public override string Title => "Functional scaling law of learning-rate schedules";

    public override string Family => "Scaling laws";

    public override string Question => "How does the whole loss curve depend on the learning-rate schedule?";

    public override string Summary =>
        "Linear regression on features with a power-law spectrum and a power-law target, trained by one-pass mini-batch SGD under any learning-rate and batch schedule. "
        + "How does the whole loss curve depend on the schedule? In intrinsic time, the sum of the learning rates, the loss is an approximation error, a signal that does not "
        + "see the schedule, and the convolution of the schedule with a power-law forgetting kernel; from it follow scaling exponents and optimal schedules.";

    public override IReadOnlyList<Citation> Citations => [Bibliography.FunctionalScalingLaw, Bibliography.OptimalSchedules, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => ScalingLawParameters.Problem;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override IReadOnlyList<NamedQuantity> Observables => LossRows.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => ScalingLawPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => ScalingLawReproduction.Tasks;

    public override IReadOnlyList<ReproductionTask> Beyond => ScalingLawBeyond.Tasks;

    private protected override ScheduleParameters Schedule => ScalingLawParameters.Schedule;

    private protected override MethodTable<ScalingLawProblem> Table => field ??= new()
    {
        { "exact", "Exact mean loss of SGD on Gaussian features at every step, by its second moments; no limit is taken.", [.. Rows, Modes, .. MomentumSettings], s => new ExactMoments { Modes = s.Get(Modes), Momentum = Momentum(s) } },
        { "sde", "Second moments of the stochastic differential equation of SGD in intrinsic time; differs from exact by O(η).", [.. Rows, Modes, SubSteps], s => new StochasticDifferential { Modes = s.Get(Modes), SubSteps = s[SubSteps] }, MethodRole.Approximation },
        { "volterra", "The Volterra equation of the loss: the SDE without its λ²m term.", [.. Rows, Modes, SubSteps], s => new VolterraEquation { Modes = s.Get(Modes), SubSteps = s[SubSteps] }, MethodRole.Approximation },
        { "law", "The functional scaling law of a model of size M with first-order coefficients, D_M + ½(e_M + noise).", [.. Rows, Modes, SubSteps, .. MomentumSettings], s => new ScalingLaw { Modes = s.Get(Modes), SubSteps = s[SubSteps], Momentum = Momentum(s) }, MethodRole.Approximation },
        { InfiniteScalingLaw.Identifier, "The functional scaling law with the profiles of infinite width, all constants one: for exponents.", Rows, _ => new InfiniteScalingLaw(), MethodRole.Approximation },
        { "sgd", "One-pass SGD with fresh Gaussian samples: mean, standard error and quantile band over replicas.", [.. Rows, Replicas, .. MomentumSettings], s => new OnlineSgd { Replicas = s[Replicas], Seed = s[Seed], Momentum = Momentum(s) }, MethodRole.Ensemble },
    };

    /// <inheritdoc/>
    public override bool IsOfPredictions(string name) => base.IsOfPredictions(name) || MomentumSettings.Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool IsLongCurve(CompletedSetting run)
    {
        var problem = Problem(run);
        var isMoving = run.Has(KindOfMomentum) && Momentum(run).IsActive;
        var isFull = isMoving || problem.ModelSize <= KernelModes.LargestAutoFull || run.Get(Modes) == ModeRepresentation.Full;
        return (isMoving && problem.ModelSize > MomentumEngine.LargestModel) || problem.Schedule.Steps * (isFull ? problem.ModelSize : Nodes) > LongestCurve;
    }

    private protected override Overlay Overlay => LawPanels.Overlay;

    private protected override ScalingLawProblem Problem(SettingView setting)
    {
        var (eigenvalues, target) = (setting.Get(FeatureEigenvalues).Explicit(), setting.Get(TargetVector).Read());
        if (eigenvalues is not null)
        {
            if (Array.FindIndex(eigenvalues, value => !(value > 0)) is >= 0 and var wrong)
                throw new ParameterException(FeatureEigenvalues.Name, eigenvalues[wrong], "a file of eigenvalues > 0", $"eigenvalue number {wrong + 1} is not; leave out what is zero");

            // Modes are numbered by descending eigenvalue; a target keeps to its eigenvalue.
            var order = Enumerable.Range(0, eigenvalues.Length).OrderByDescending(k => eigenvalues[k]).ToArray();
            if (target is not null && target.Length == eigenvalues.Length)
                target = [.. order.Select(k => target[k])];
            eigenvalues = [.. order.Select(k => eigenvalues[k])];
        }

        if (target is not null && Array.TrueForAll(target, value => value == 0))
            throw new ParameterException(TargetVector.Name, "(all zero)", "a file with at least one coefficient that is not zero");
        return new ScalingLawProblem
        {
            Capacity = setting[Capacity],
            Difficulty = setting[Difficulty],
            Features = setting[Features],
            ModelSize = setting[ModelSize],
            Noise = setting[Noise],
            Schedule = ScalingLawParameters.Schedule.Schedule(setting),
            Batch = setting.Get(Batch),
            Projection = setting.Get(ProjectionKind),
            Seed = setting[Seed],
            Eigenvalues = eigenvalues,
            Target = target,
        };
    }

    private protected override IReadOnlyList<Prediction> Predict(ScalingLawProblem problem, SettingView setting) => ScalingLawPredictions.Of(problem, problem.Modes(setting.Get(Modes)), Momentum(setting));

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        if (draft.Get(FeatureEigenvalues).Explicit() is { } eigenvalues)
            draft.Follow(Features, eigenvalues.Length, $"the number of eigenvalues that {draft.Get(FeatureEigenvalues).Path} holds");
        else if (draft.Get(TargetVector).Read() is { } target && !draft.IsGiven(Features))
            draft.Set(Features, target.Length);
        if (!draft.IsGiven(ModelSize))
            draft.Set(ModelSize, Math.Min(draft[ModelSize], draft[Features]));
        if (draft.Method == "exact" && Momentum(draft).IsActive)
            MomentumEngine.Check(draft.Get(Modes));
    }
}
