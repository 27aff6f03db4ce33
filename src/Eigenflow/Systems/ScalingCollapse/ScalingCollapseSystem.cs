using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.ScalingCollapse.ScalingParameters;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>Scaling collapse and supercollapse of compute-optimal loss curves (arXiv 2507.02119), as hosts see it.</summary>
internal sealed class ScalingCollapseSystem : LearningSystem<ScalingProblem>
{
    public const string Identifier = "scaling-collapse";

    private static readonly double[] LawSizes = [.. Enumerable.Range(1, 9).Select(k => Math.Pow(10, k))], LadderSizes = [32, 64, 128];

    public override string Id => Identifier;

    public override string Title => "Scaling collapse of compute-optimal loss curves";

    public override string Family => "Scaling laws";

    public override string Question => "When do the loss curves of models of all sizes fall on one?";

    public override string Summary =>
        "A ladder of models, each trained up to its compute-optimal horizon: divided by their own ends, the loss curves of all sizes fall on one. "
        + "When do they, and when do models differ by less than the seeds of one of them (supercollapse)? Exactly for sums of power laws, and solvably for one-pass SGD on power-law regression under any schedule.";

    public override IReadOnlyList<Citation> Citations => [Bibliography.ScalingCollapse, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => ScalingParameters.Problem;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override IReadOnlyList<NamedQuantity> Observables => ScalingColumns.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => ScalingPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => ScalingReproduction.Tasks;

    private protected override ScheduleParameters Schedule => ScalingParameters.Schedule;

    private protected override MethodTable<ScalingProblem> Table => field ??= new()
    {
        { SumOfPowerLaws.Identifier, "Loss curves of a sum of power laws in tokens and parameters; exact.", Law, _ => new SumOfPowerLaws() },
        { LadderTheory.Identifier, "Mean loss and gradient covariance of one-pass SGD on power-law regression at every step, exact, with the noise of seeds by Wick's theorem, good to about 10 %.", Ladder, _ => new LadderTheory() },
        { "sgd", "One-pass SGD with fresh Gaussian samples for every model: mean, standard error and quantile band over seeds, deviation and floor.", [.. Ladder, Replicas, Seed], s => new LadderSgd { Replicas = s[Replicas], Seed = s[Seed] }, MethodRole.Ensemble },
    };

    private protected override Overlay Overlay => ScalingOverlay.Overlay;

    private protected override ScalingProblem Problem(SettingView setting)
    {
        var problem = new ScalingProblem { Models = setting.Get(Models) ?? LadderSizes, ModelSize = setting[ModelSize], DataExponent = setting[DataExponent], Offset = setting[Offset] };
        if (setting.Has(Terms))
            problem = problem with { Terms = setting.Get(Terms), HorizonScale = setting[HorizonScale] };
        if (!setting.Has(Capacity))
            return problem;
        return problem with
        {
            Capacity = setting[Capacity],
            Difficulty = setting[Difficulty],
            Features = setting[Features],
            Noise = setting[Noise],
            Batch = setting[Batch],
            Peak = setting[Peak] ?? problem.Peak,
            Shape = ScalingParameters.Schedule.ShapeOf(setting),
            FinalRate = setting[ScalingParameters.Schedule.Final],
            DecaySteps = setting[ScalingParameters.Schedule.DecaySteps],
            Horizon = setting[Horizon] ?? problem.Horizon,
        };
    }

    private protected override IReadOnlyList<Prediction> Predict(ScalingProblem problem, SettingView setting) => ScalingPredictions.Of(problem);

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        CompleteModels(draft);
        if (draft.Method == SumOfPowerLaws.Identifier)
        {
            // What has no optimum needs an exponent: the message of the solve says so at once.
            draft.SetDefault(DataExponent, () => CollapseTheorem.ComputeOptimal(draft.Get(Terms))?.Gamma ?? throw new ParameterException(Terms.Name, draft.Get(Terms).Text, "terms with a compute-optimal horizon, or given with data-exponent", CollapseTheorem.WhyNone(draft.Get(Terms))));
            return;
        }

        if (draft.Method is not null)
            draft.SetDefault(DataExponent, () => draft[Capacity]);
        // Predictions are also of laws, whose models may be of any size.
        if (draft.Method is not null || Problem(draft).IsLadder)
            CompleteSteps(draft);
    }

    private protected override void Finish(SettingDraft draft)
    {
        base.Finish(draft);
        if (draft.Method is null or SumOfPowerLaws.Identifier)
            return;
        var problem = Problem(draft);
        if (problem.Own > problem.Features)
            throw new ParameterException(ModelSize.Name, problem.Own, $"at most features = {problem.Features}", "raise features, or choose a smaller model");
        foreach (var size in problem.Models)
            _ = LadderModel.Of(problem, size);
    }

    private static void CompleteModels(SettingDraft draft)
    {
        if (draft.Get(Models) is { } given)
        {
            double[] sizes = [.. given.Distinct().Order()];
            if (sizes.Length > ScalingProblem.MostModels)
                throw new ParameterException(Models.Name, $"({sizes.Length} sizes)", $"a list of at most {ScalingProblem.MostModels} sizes");
            draft.Set(Models, sizes);
        }
        else
        {
            draft.Set(Models, draft[ModelSize] is { } own ? [own] : draft.Method == SumOfPowerLaws.Identifier ? LawSizes : LadderSizes);
        }

        draft.SetDefault(ModelSize, () => draft.Get(Models)![^1]);
    }

    // A horizon and a number of steps say the same of one model.
    private void CompleteSteps(SettingDraft draft)
    {
        var problem = Problem(draft);
        problem.Validate();
        var rate = problem.Shape is TableShape table ? table.LargestRate : problem.Peak;
        if (draft[Steps] is { } steps && !draft.IsGiven(Horizon))
        {
            if (steps <= problem.Warmup)
                throw new ParameterException(Steps.Name, steps, $"more than the {problem.Warmup} steps of the warm-up");
            draft.Set(Horizon, (steps - problem.Warmup) * rate / Math.Pow(problem.Own, problem.LadderExponent));
            return;
        }

        draft.SetDefault(Horizon, () => problem.Horizon);
        var wanted = Problem(draft).StepsOf(problem.Own);
        if (draft.IsGiven(Steps) && draft[Steps] != wanted)
            throw new ParameterException(Steps.Name, draft[Steps], FormattableString.Invariant($"{wanted}, which horizon = {draft[Horizon]:R} means for the model of size {problem.Own:R}"), "give one of the two");
        if (draft.Get(AtSteps) is { } saved && saved.Max() > wanted)
            throw new ParameterException(AtSteps.Name, saved.Max(), $"a list of whole numbers >= 0 and <= steps = {wanted}", "raise horizon, or leave the later ones out");
        draft.Set(Steps, wanted);
    }
}
