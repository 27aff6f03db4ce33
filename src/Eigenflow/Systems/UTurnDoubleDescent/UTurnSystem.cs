using Eigenflow.Data;
using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using static Eigenflow.Systems.UTurnDoubleDescent.UTurnParameters;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Effective parameters of smoothers (arXiv 2310.18988), as hosts see them.</summary>
internal sealed class UTurnSystem : LearningSystem<SmootherProblem>
{
    public const string Identifier = "u-turn-double-descent";

    public override string Id => Identifier;

    public override string Title => "Effective parameters and the U-turn on double descent";

    public override string Family => "Double descent";

    public override string Question => "Does the test error descend twice, or does the axis of complexity turn?";

    public override string Summary =>
        "Trees, forests, boosting, least squares on random features and nearest neighbours predict by weighted means of training labels, and the squared weights at new points count their effective parameters. "
        + "Pictures of double descent glue two axes of complexity together: does the error of your models descend twice because they interpolate, or because the axis turns, and which of them has fewer effective parameters?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.UTurnDoubleDescent, Bibliography.ScalingRenormalization, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => UTurnParameters.Problem;

    public override IReadOnlyList<NamedQuantity> Observables => UTurnQuantities.All;

    public override IReadOnlyList<NamedQuantity> Events => FoldBackEvents.All;

    public override IReadOnlyList<PredictedQuantity> Predictions => UTurnPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => UTurnReproduction.Tasks;

    private protected override MethodTable<SmootherProblem> Table => field ??= new()
    {
        { "theory", "Least squares and ridge regression on the first columns of Gaussian data; exact for large dimensions.", [.. AxisOptions, Columns, Ridge], s => new TheoryCurve { Along = s.Get(Along)!, Columns = s[Columns] ?? 1, Ridge = s.Has(Ridge) ? s[Ridge] : 0 } },
        { "tree", "One regression tree grown best first, along its leaves.", [.. AxisOptions, Candidates, Outputs, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "forest", "The mean of regression trees, along trees, leaves or both.", [.. AxisOptions, Switch, Leaves, Trees, Candidates, Bootstrap, Outputs, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "boosting", "Gradient boosting of the squared loss, along rounds, averaged boosters or both.", [.. AxisOptions, Switch, Rounds, Boosters, Leaves, LearningRate, Candidates, Outputs, Normalised, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "features", "Least squares on random Fourier features, the shortest solution, along columns or a ridge.", [.. AxisOptions, Columns, Ridge, Bandwidth, Bias, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "components", "Least squares on principal components of random Fourier features, along components, the excess of columns or both.", [.. AxisOptions, Switch, Columns, Components, Bandwidth, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "neighbours", "The mean of the nearest training points, along their number.", [.. AxisOptions, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "ridge", "Least squares or ridge regression on the inputs, along the ridge or the first columns of them.", [.. AxisOptions, Columns, Ridge, Bias, Replicas, Seed], Sweep, MethodRole.Ensemble },
        { "kernel", "Kernel ridge regression with a Gaussian kernel, along the ridge.", [.. AxisOptions, Bandwidth, Replicas, Seed], Sweep, MethodRole.Ensemble },
    };

    private protected override Overlay Overlay => new()
    {
        Title = "Smoothers",
        Description = "Errors and effective parameters.",
        Panels =
        [
            new OverlayPanel("test-error", "test error", "E_test"),
            new OwnPanel([("p-test", "p_test"), ("p-train", "p_train"), ("trace", "tr S")], "effective parameters", "parameters") { Solutions = (1, 1) },
            new OverlayPanel("p-test", "effective parameters of new points", "p_test") { Solutions = (2, int.MaxValue) },
            new OverlayPanel("train-error", "training error", "E_train"),
            new OverlayPanel("test-error", "test error against effective parameters", "E_test") { Abscissa = "p-test", AbscissaLabel = "effective parameters p_test", Folds = true },
        ],
        IsTheoryOf = (_, runs) => runs.Method == "ridge",
        Caption = [TrainingData, Samples, Dimension, Exponent, Classes, Separation, Relabelled, Noise, Leaves, Trees, Rounds, Boosters, Columns, Components, Ridge, Switch, LearningRate, Candidates, Bandwidth, Replicas, Seed],
    };

    private protected override SmootherProblem Problem(SettingView setting) => new()
    {
        Data = setting.Get(TrainingData)!,
        Test = setting.Get(Test),
        Label = setting[Label],
        LabelKind = setting.Has(LabelIs) ? setting.Get(LabelIs) : LabelKind.Automatic,
        Samples = (int)setting[Samples]!.Value,
        TestSamples = (int)setting[TestSamples]!.Value,
        Dimension = setting[Dimension] ?? 1,
        Exponent = setting[Exponent] ?? 0,
        Classes = (int)(setting[Classes] ?? 2),
        Separation = setting[Separation] ?? 0,
        Relabelled = setting[Relabelled] ?? 0,
        Noise = setting[Noise] ?? 0,
    };

    private protected override IReadOnlyList<Prediction> Predict(SmootherProblem problem, SettingView setting) => UTurnPredictions.Of(problem);

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        UTurnDefaults.CompleteData(draft);
        if (draft.Method is null)
            return;
        if (draft.Method == "theory")
        {
            UTurnDefaults.CompleteAxes(draft, ["columns", "ridge", "samples"], path: null);
            draft.SetDefault(UTurnParameters.Points, () => GridParameters.DefaultPoints);
            if (draft.Get(Along) != "columns")
                draft.SetDefault(Columns, () => draft[Dimension]);
            return;
        }

        draft.SetDefault(UTurnParameters.Points, () => SmootherSweep.DefaultPoints);
        var family = FamilyOf(draft, draft.Method);
        UTurnDefaults.CompleteAxes(draft, family.Axes, family.Path);
        UTurnDefaults.CompleteModel(draft);
    }

    public override IEnumerable<string> Notes(CompletedSetting setting)
    {
        if (setting.Get(TrainingData)!.Kind != DataKind.File)
            return [];
        var file = UTurnDefaults.FileOf(setting);
        var labels = $"{setting.Get(TrainingData)!}: {(file.LabelColumn is { } column ? $"labels of the column {column}" : "labels")} are";
        return [.. file.Notes, file.Classes is { } classes ? $"{labels} {classes.Count} classes ({string.Join(", ", classes.Take(12))}{(classes.Count > 12 ? ", …" : "")})" : $"{labels} numbers"];
    }

    private static SmootherFamily FamilyOf(SettingView setting, string method)
    {
        var candidates = setting.Get(Candidates) ?? CandidateForm.All;
        var isSeparate = setting[Outputs] == "separate";
        return method switch
        {
            "tree" => new ForestFamily(false, candidates, false, isSeparate),
            "forest" => new ForestFamily(true, candidates, setting.Get(Bootstrap), isSeparate),
            "boosting" => new BoostingFamily((int)(setting[Leaves] ?? 10), setting[LearningRate], candidates, setting.Get(Normalised), isSeparate),
            "features" => new LeastSquaresFamily(new ColumnForm(setting[Bandwidth] ?? 1, setting.Get(Bias))),
            "components" => new ComponentsFamily(new ColumnForm(setting[Bandwidth] ?? 1, false)),
            "neighbours" => new NeighboursFamily(),
            "ridge" => new LeastSquaresFamily(new ColumnForm(null, setting.Get(Bias))),
            _ => new KernelFamily(setting[Bandwidth] ?? 1),
        };
    }

    private static SmootherSweep Sweep(SettingView setting) => new()
    {
        MethodName = setting.Method!,
        Along = setting.Get(Along)!,
        Family = FamilyOf(setting, setting.Method!),
        Switch = setting.Has(Switch) ? setting.Get(Switch) : SwitchForm.Interpolation,
        Replicas = setting[Replicas],
        Seed = setting[Seed],
        Model = ModelOf(setting),
    };

    private static SmootherModel ModelOf(SettingView setting) => new()
    {
        Leaves = setting.Has(Leaves) ? setting[Leaves] ?? double.PositiveInfinity : double.PositiveInfinity,
        Trees = setting.Has(Trees) ? setting[Trees] : 1,
        Rounds = setting.Has(Rounds) ? setting[Rounds] : 1,
        Boosters = (int)(setting.Has(Boosters) ? setting[Boosters] ?? 1 : 1),
        Columns = setting.Has(Columns) ? (int)(setting[Columns] ?? 1) : 1,
        Components = setting.Has(Components) ? (int)(setting[Components] ?? 0) : 0,
        Ridge = setting.Has(Ridge) ? setting[Ridge] : 0,
    };
}
