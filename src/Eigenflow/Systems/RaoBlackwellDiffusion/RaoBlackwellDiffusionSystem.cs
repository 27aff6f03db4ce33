using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems.RaoBlackwellDiffusion.Training;
using static Eigenflow.Systems.RaoBlackwellDiffusion.DiffusionParameters;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Rao–Blackwell gradient estimators for equivariant diffusion (arXiv 2502.09890), as hosts see it.</summary>
internal sealed class RaoBlackwellDiffusionSystem : LearningSystem<DiffusionProblem>
{
    public const string Identifier = "rao-blackwell-diffusion";

    // A second or two, in the units of the work of groups.
    private const double LongestCurve = 4e7;

    public override string Id => Identifier;

    public override string Title => "Rao-Blackwell gradients for equivariant diffusion";

    public override string Family => "Diffusion models";

    public override string Question => "How much gradient noise does averaging over poses remove?";

    public override string Summary =>
        "A denoiser learns from data in random poses of a group. The mean of the target over the orbit, given the noisy sample, leaves the gradient unbiased and takes noise from it. "
        + "How much, at which noise level, for which group; what is left between templates; and what does it do to the floor of SGD?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.RaoBlackwellDiffusion, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => OfProblem;

    public override IReadOnlyList<NamedQuantity> Observables => DiffusionColumns.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => DiffusionPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction { get; } = [.. DiffusionReproduction.Tasks, .. TrainingReproduction.Tasks];

    private protected override Overlay Overlay => DiffusionOverlay.Overlay;

    private protected override ScheduleParameters Schedule => ScheduleParameters.OfMethods;

    private protected override MethodTable<DiffusionProblem> Table => field ??= new()
    {
        {
            "variance", "Variance of the targets along the noise level, exact, and what estimators by sampling add to it, measured.", [Axes.Along, AxisParameters.At, AxisParameters.From, AxisParameters.To, Points, Draws, Seed],
            s => new VarianceCurve { Along = s.Get(Axes.Along), Replicas = s[Draws], Seed = s[Seed] }
        },
        { "sgd-theory", "Exact moments of SGD with fresh samples on a linear denoiser, for the targets plain, augmented, orbit and full.", Descent, s => new SgdTheory { Model = s.Get(Model), Batch = BatchOf(s) } },
        { "sgd", "SGD with fresh samples and any target: mean over replicas.", [.. Descent, Replicas, Seed], s => new OnlineSgd { Model = s.Get(Model), Batch = BatchOf(s), Replicas = ReplicasOf(s), Seed = s[Seed] }, MethodRole.Ensemble },
        { "network", "Trains a small network as a denoiser: excess risk, equivariance error, variance of gradients, quality of generated samples; mean over replicas.", NetworkParameters.All, NetworkParameters.Make, MethodRole.Ensemble },
        {
            "verify", "Tests the statements about orbit targets on this group, these templates and this kernel, along the noise level: equivariance, unbiasedness, the order of covariances, the constant gap of losses.", [AxisParameters.At, AxisParameters.From, AxisParameters.To, Points, Draws, Seed],
            s => new VerifyMethod { Along = DiffusionColumns.Sigma.Name, Replicas = s[Draws], Seed = s[Seed] }, MethodRole.Simulation
        },
    };

    private protected override DiffusionProblem Problem(SettingView setting) => ProblemOf(setting);

    private protected override IReadOnlyList<Prediction> Predict(DiffusionProblem problem, SettingView setting) => DiffusionPredictions.Of(problem, setting);

    /// <inheritdoc/>
    public override IReadOnlyList<Figures.Table> Compare(IReadOnlyList<Solution> solutions) => VerifyMethod.Report(solutions);

    /// <inheritdoc/>
    public override bool IsLongCurve(CompletedSetting run) => run.Values[Points.Name] is long points && points * NoiseIntegral.WorkOf(Problem(run)) > LongestCurve;

    /// <inheritdoc/>
    public override IEnumerable<string> Notes(CompletedSetting setting)
    {
        var templates = TemplatesOf(setting);
        if (Problem(setting) is { Group: SpatialRotations } problem && problem.Templates.Values.Any(template => TemplateRank.Of(template) <= 1))
            yield return "a template lies on a line through the origin: turns around it change nothing, and no noise level makes the pose certain";
        foreach (var note in (IEnumerable<string>)[.. FileOfTemplates(setting)?.Notes ?? [], .. NoisyOf(setting)?.Notes ?? []])
            yield return note;
        if (setting.Get(Noisy) is not null && setting.Get(Estimator) == EstimatorKind.Orbit && (templates.Count > 1 || setting[Spread] > 0))
            yield return "a noisy sample does not tell whose orbit it is from: the target is the mean over all clean samples, that of estimator = full";
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SummaryNumber> Numbers(CompletedSetting setting) => FileOfTemplates(setting) is null ? [] :
    [
        new("templates", "M", TemplatesOf(setting).Count, "Templates in the file."),
        new("template-points", "n", TemplatesOf(setting).Rows, "Points of a template."),
        new("template-columns", "c", TemplatesOf(setting).Columns, "Coordinates of a point."),
    ];

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        // Wrapped noise has one group.
        if (draft[Kernel] == Word(KernelKind.Torus) && !draft.IsGiven(Group))
            draft.Set(Group, new GroupForm("torus"));
        var group = draft.Get(Group);
        if (draft.Get(Templates) is { Path: not null } given)
            draft.Set(Templates, given);
        if (draft.Get(Noisy) is { } sample)
            draft.Set(Noisy, sample);
        draft.SetDefault(Templates, () => new Spectra.VectorForm(group.DefaultTemplates));
        draft.SetDefault(TemplateRows, () => UsualRows(draft));
        draft.SetDefault(Kernel, () => Word(KernelOf(null, group)));
        var estimator = draft.Get(Estimator);
        if (!estimator.IsSampled())
            draft.LeaveOut(Samples, $"left out with estimator = {Word(estimator)}", "only sampled targets have candidates");
        else
            draft.SetDefault(Samples, () => DefaultSamples);
        if (estimator != EstimatorKind.Tempered)
            draft.LeaveOut(Temperature, $"left out with estimator = {Word(estimator)}", "it belongs to estimator = tempered");
        else
            draft.SetDefault(Temperature, () => DefaultTemperature);
        if (draft.Method == "network")
            NetworkParameters.Check(draft);
        var problem = ProblemOf(draft);
        problem.Validate();
        if (draft[Form] is { } form && (problem.IsTorus ? form != Score : form == Velocity && problem.Kernel != KernelKind.FlowMatching))
            throw new ParameterException(Form.Name, form, problem.IsTorus ? "score on the torus" : "clean, noise or score with this kernel", problem.IsTorus ? "a mean of translations has no meaning there" : "velocity belongs to kernel = flow");
        draft.SetDefault(Form, () => problem.IsTorus ? Score : Clean);
        if (NoisyOf(draft) is not null && !(estimator is EstimatorKind.Orbit or EstimatorKind.Full || (problem.Templates.Count == 1 && estimator is EstimatorKind.Kabsch or EstimatorKind.Tempered)))
            throw new ParameterException(Estimator.Name, Word(estimator), "orbit or full with noisy, or kabsch or tempered with one template", "the others are random, or need to know the clean sample");
        if (draft.Method == "network")
            NetworkParameters.Check(draft, problem);
        if (draft.Method is null && !problem.IsTorus)
            draft.SetDefault(LearningRate, () => SgdRates.Default(problem, draft.Get(Model)));
        else if (draft.Method is "sgd" or "sgd-theory")
            CheckDescent(draft, problem, draft.Method);
    }

    private static void CheckDescent(SettingDraft draft, DiffusionProblem problem, string method)
    {
        var isTheory = method == "sgd-theory";
        draft.SetDefault(Batch, () => BatchOf(draft));
        if (!isTheory)
            draft.SetDefault(Replicas, () => ReplicasOf(draft));
        PoseMoments.Check(problem, isTheory && draft.Get(Model) == ModelKind.Linear);
        if (isTheory && problem.Estimator is not (EstimatorKind.Plain or EstimatorKind.Augmented or EstimatorKind.Orbit or EstimatorKind.Full))
            throw new ParameterException(Estimator.Name, Word(problem.Estimator), "plain, augmented, orbit or full for the method sgd-theory", "method = sgd takes every estimator");
        if (!isTheory)
            OnlineSgd.Check(problem, BatchOf(draft), ReplicasOf(draft));
        if (draft.Get(ScheduleParameters.OfMethods.Shape) is not Schedules.TableShape)
            draft.SetDefault(LearningRate, () => SgdRates.Default(problem, draft.Get(Model)));
    }
}
