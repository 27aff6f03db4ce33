using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using static Eigenflow.Systems.MultiClassSgd.MultiClassParameters;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>One-pass SGD on multi-class Gaussian mixtures (arXiv 2510.14074), as hosts see it.</summary>
internal sealed class MultiClassSgdSystem : LearningSystem<MultiClassProblem>
{
    public const string Identifier = "multiclass-sgd";

    /// <summary>The method of d = ∞: what holds until a finite dimension is felt holds for all times of it.</summary>
    public const string ContinuumMethod = "continuum";

    public override string Id => Identifier;

    public override string Title => "One-pass SGD on multi-class Gaussian mixtures";

    public override string Family => "Noise of SGD";

    public override string Question => "What does noise that differs by direction and class do to SGD?";

    public override string Summary =>
        "A linear classifier learns a mixture of Gaussian classes, each with a mean and a covariance spectrum of its own, from one fresh sample per step. In high dimension its learning curve is deterministic: a mean and a variance of the weights per mode. "
        + "How does the structure of the noise, which directions are noisy and for which class, decide what SGD learns and whether the loss goes to zero?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.MultiClassSgd, Bibliography.HighDimensionalNotes, Bibliography.HighLine, Bibliography.StiffSolver, Bibliography.OrthantProbabilities, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => MultiClassParameters.Problem;

    public override IReadOnlyList<Parameter> Parameters => All;

    public override IReadOnlyList<NamedQuantity> Observables => MixtureRows.Described;

    public override IReadOnlyList<PredictedQuantity> Predictions => MultiClassPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => MultiClassReproduction.Tasks;

    private protected override MethodTable<MultiClassProblem> Table => field ??= new()
    {
        { "theory", "The deterministic limit of the learning curve in the dimension d: ordinary differential equations per mode, error of the order 1/d of the mean.", [.. Steps, ContinuousParameters.Tolerance, Modes], s => Configure(s, new MultiClassTheory { Modes = s.Get(Modes) }) },
        { ContinuumMethod, "The same for d = ∞, of spectra and means that are functions of ρ/d; finite dimensions leave it where the smallest eigenvalue is felt.", [.. Steps, ContinuousParameters.Tolerance], s => Configure(s, new MultiClassTheory { IsContinuum = true }) },
        { "sgd", "One-pass SGD with fresh samples, or with the rows of a file of classes, each taken once: mean and quantile band over replicas.", [.. Steps, Replicas, Sampling], s => Configure(s, new OnlineSgd { Replicas = s[Replicas], Seed = s[Seed], Rows = s[Sampling] is "gaussian" ? null : MultiClassDefaults.RowsOf(s) }), MethodRole.Ensemble },
        { "homogenised", "Homogenised SGD, the diffusion with the drift and the noise of SGD, by Euler–Maruyama with the step 1/d.", [.. Steps, Replicas], s => Configure(s, new HomogenisedSgd { Replicas = s[Replicas], Seed = s[Seed] }), MethodRole.Ensemble },
    };

    private protected override Overlay Overlay => MultiClassOverlay.Overlay;

    public override IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => RowComparison.Tables(MultiClassOverlay.Comparison, solutions);

    private protected override MultiClassProblem Problem(SettingView setting)
    {
        ClassLoss loss = setting[Loss] switch
        {
            "least-squares" => new LeastSquaresLoss(),
            "one-hot" => new OneHotLoss(),
            "softmax" => new SoftmaxLoss(),
            _ => new LogisticLoss(),
        };
        return new MultiClassProblem { Dimension = setting[Dimension], Loss = loss, StartVariance = setting[StartVariance], Classes = MultiClassDefaults.RowsOf(setting)?.Mixture ?? ClassesOf(setting) };
    }

    private protected override IReadOnlyList<Prediction> Predict(MultiClassProblem problem, SettingView setting)
    {
        var isConstant = setting.Get(Rule).IsScheduled && MultiClassDefaults.RateOf(setting).IsConstant;
        return MultiClassPredictions.Of(problem, setting[LearningRate] ?? MixtureMethod.DefaultRate, isConstant, setting[Batch], MultiClassDefaults.UntilOf(setting), setting.Method == ContinuumMethod);
    }

    /// <inheritdoc/>
    public override CompletedSetting PredictedFor(CompletedSetting run, CompletedSetting problem) => run.Method == ContinuumMethod ? run : problem;

    public override IEnumerable<string> Notes(CompletedSetting setting) => Described(setting)?.Remarks ?? [];

    public override IReadOnlyList<SummaryNumber> Numbers(CompletedSetting setting) => Described(setting)?.Numbers ?? [];

    // The rows of which the method does not tell itself, as SGD on them does.
    private static ClassRows? Described(CompletedSetting setting) => setting.Method == "sgd" && setting[Sampling] is not "gaussian" ? null : MultiClassDefaults.RowsOf(setting);

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft) => MultiClassDefaults.Complete(draft);

    private static MixtureMethod Configure(SettingView setting, MixtureMethod method) => method with
    {
        LearningRate = setting[LearningRate] ?? MixtureMethod.DefaultRate,
        Batch = setting[Batch],
        RuleOfProblem = problem => setting.Get(Rule).Rule(() => MultiClassDefaults.RateOf(setting), () => PopulationOptimum.Risk(problem)),
    };

    private static IReadOnlyList<MixtureClass> ClassesOf(SettingView setting)
    {
        var count = MultiClassDefaults.CountOf(setting);
        var (form, means, exponents) = (setting.Get(ClassSpectra), setting.Get(Means), setting.Get(Exponent));
        double? clean = form.Form switch
        {
            SpectrumForms.ZeroOneFraction when form.Strength > 0 => form.Strength,
            SpectrumForms.PowerLaw => 0.5,
            _ => null,
        };
        ClassSpectrum[] files = form.Path is { } path ? [.. Enumerable.Range(0, ClassColumns.Shape(path).Columns).Select(number => ClassSpectrum.Of(ClassColumns.Of(path, number)))] : [];

        // Two classes of one profile have means of either sign; more take turns, unless each has a profile of its own.
        var areOwn = count > 2 || (means.Path is { } file && ClassColumns.Shape(file).Columns > 1);
        var takeTurns = areOwn && means.HasLimit;
        return
        [
            .. Enumerable.Range(0, count).Select(i => new MixtureClass(
                setting.Get(Probabilities)?[i] ?? (1.0 / count),
                means.Of(i, clean, setting[Seed], areOwn),
                form.Form switch
                {
                    SpectrumForms.Identity => ClassSpectrum.Identity,
                    SpectrumForms.ZeroOneFraction => ClassSpectrum.ZeroOne(form.Strength),
                    SpectrumForms.PowerLaw => ClassSpectrum.PowerLaw(exponents![Math.Min(i, exponents.Length - 1)]),
                    _ => files[Math.Min(i, files.Length - 1)],
                })
            {
                MeanSize = setting[MeanNorm] * (!areOwn && i == 1 ? -1 : 1),
                Label = count == 2 && i == 1 ? -1 : 1,
                Turn = takeTurns ? (i, count) : (0, 1),
            }),
        ];
    }
}
