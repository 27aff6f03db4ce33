using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using static Eigenflow.Systems.MultiscaleDoubleDescent.MultiscaleParameters;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>Epoch-wise double descent from features of several scales (arXiv 2112.03215), as hosts see it.</summary>
internal sealed class MultiscaleSystem : LearningSystem<MultiscaleProblem>
{
    public const string Identifier = "multiscale-double-descent";

    public override string Id => Identifier;

    public override string Title => "Multi-scale features and epoch-wise double descent";

    public override string Family => "Double descent";

    public override string Question => "When does the test error fall, rise, and fall again during training?";

    public override string Summary =>
        "A linear student learns a linear teacher from features of several scales by gradient descent on the same samples again and again. "
        + "What is large is learned first and overfits, since the small features that are not learned yet act as label noise on it; then they are learned, and the error falls a second time. "
        + "When is the error over time monotone, U-shaped or a double descent, where should training stop, and is early stopping the same as a ridge?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.MultiscaleDoubleDescent, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => MultiscaleParameters.Problem;

    public override IReadOnlyList<NamedQuantity> Observables => MultiscaleColumns.All;

    public override IReadOnlyList<NamedQuantity> Events => ErrorPhases.Events;

    public override IReadOnlyList<PredictedQuantity> Predictions => MultiscalePredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => MultiscaleReproduction.Tasks;

    private protected override MethodTable<MultiscaleProblem> Table => field ??= new()
    {
        { "flow", "Gradient flow for large n and d, exact for any spectrum.", ContinuousParameters.Rows, _ => new GradientFlow() },
        { "ridge", "Ridge regression for large n and d along the ridge, exact for any spectrum; t = 1/λ.", RidgeRows, _ => new RidgePath { Along = MultiscaleColumns.Ridge.Name }, MethodRole.Approximation },
        { "closed-form", "The closed form of the paper for two scales, with t as the ridge λ + 1/t; an approximation.", [.. ContinuousParameters.Rows, Active], s => new PaperForm { Active = s.Get(Active) }, MethodRole.Approximation },
        { "finite", "Finite n and d, exact for each draw of the inputs: mean over draws.", Drawn, s => new FiniteSize { Update = UpdateOf(s), LearningRate = s[LearningRate], Replicas = s[Replicas], Seed = s[Seed] }, MethodRole.Ensemble },
        {
            "simulation", "Students of drawn data, teachers and noise: mean over draws.", [.. Drawn, Evaluation, Basis, Shrinkage, ShrinkageDecay],
            s => new Simulation
            {
                Update = UpdateOf(s),
                LearningRate = s[LearningRate],
                Replicas = s[Replicas],
                Seed = s[Seed],
                IsStepped = s.Get(Evaluation),
                IsRotated = s.Get(Basis),
                Shrinkage = s.Has(Shrinkage) ? s[Shrinkage] : 0,
                ShrinkageDecay = s.Has(ShrinkageDecay) ? s[ShrinkageDecay] : 1,
            }, MethodRole.Ensemble
        },
    };

    private protected override Overlay Overlay => MultiscaleOverlay.Overlay;

    /// <inheritdoc/>
    public override IReadOnlyList<Table> Compare(IReadOnlyList<Solution> solutions) => PhaseTable.Of(solutions, Parameters);

    private protected override MultiscaleProblem Problem(SettingView setting) => new()
    {
        Samples = setting[Samples]!.Value,
        Scales = ScalesOf(setting),
        Teacher = setting.Get(Teacher) switch
        {
            var form when form.Read() is { } weights => LatentTeacher.Of(weights),
            var form when form.Is("ones") => LatentTeacher.Ones,
            _ => LatentTeacher.Gaussian,
        },
        Noise = setting[Noise],
        Ridge = setting[Ridge],
    };

    private protected override IReadOnlyList<Prediction> Predict(MultiscaleProblem problem, SettingView setting) => MultiscalePredictions.Of(problem);

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        CheckScales(draft);
        var form = draft.Get(FeatureSpectrum);
        if (form.Form == SpectrumForms.TwoScale)
            draft.SetDefault(Fast, () => Math.Max(1, (long)Math.Round(0.7 * draft[Dimension])));
        else if (form.Form is SpectrumForms.List or SpectrumForms.File)
            draft.Follow(Dimension, ScalesOf(draft).Dimension, $"the number of features that {form.Text} holds");
        draft.SetDefault(Samples, () => ((11 * draft[Dimension]) + 9) / 10);
        var problem = Problem(draft);
        problem.Validate();
        if (draft.Method is null)
            return;
        var method = Table.Find(draft.Method);
        if (method.Reads(Active.Name))
            _ = problem.TwoBlocks();
        if (!method.Reads(Update.Name))
            return;
        draft.SetDefault(Update, () => draft.Has(Shrinkage) || draft.IsGiven(LearningRate) ? "gd" : "flow");
        if (draft.Has(Shrinkage) && draft[Update] != "gd")
            throw new ParameterException(Update.Name, draft[Update], "gd with evaluation = steps");
        if (draft[Update] != "gd")
            draft.LeaveOut(LearningRate, $"left out with update = {draft[Update]}", "it belongs to update = gd");
        else
            draft.Set(LearningRate, DrawnMethod.RateOf(problem, draft[LearningRate]));
    }

    private static StudentUpdate UpdateOf(SettingView setting) => setting[Update] switch { "gd" => StudentUpdate.Descent, "ridge" => StudentUpdate.Ridge, _ => StudentUpdate.Flow };

    // Scales choose their spectrum: typing them is enough.
    private static void CheckScales(SettingDraft draft)
    {
        if (draft.IsGiven(Scales) && !draft.IsGiven(FeatureSpectrum))
        {
            draft.Set(FeatureSpectrum, new SpectrumForm { Text = "scales", Form = SpectrumForms.Scales });
            draft.LeaveOut(Fast, "left out beside scales", "it belongs to spectrum = two-scale");
            draft.LeaveOut(Condition, "left out beside scales", "it belongs to spectrum = two-scale");
        }

        if (draft.Get(FeatureSpectrum) is not { Form: SpectrumForms.Scales } form)
        {
            var chosen = draft.Get(FeatureSpectrum).Text;
            draft.LeaveOut(Scales, $"left out when spectrum = {chosen}", "it belongs to spectrum = scales");
            draft.LeaveOut(Multiplicities, $"left out when spectrum = {chosen}", "it belongs to spectrum = scales");
            return;
        }

        draft.SetDefault(Scales, () => [1, 0.1, 0.01]);
        var (count, dimension) = (draft.Get(Scales)!.Length, draft[Dimension]);
        if (!draft.Has(Multiplicities) && dimension < count)
            throw new ParameterException(Dimension.Name, dimension, FormattableString.Invariant($"a whole number >= {count}, the number of scales"));
        draft.SetDefault(Multiplicities, () => [.. Enumerable.Range(0, count).Select(k => (double)((dimension / count) + (k < dimension % count ? 1 : 0)))]);
        foreach (var multiplicity in draft.Get(Multiplicities)!)
        {
            if (multiplicity != Math.Floor(multiplicity))
                throw new ParameterException(Multiplicities.Name, multiplicity, "a list of whole numbers >= 1 and <= 1e15");
        }

        draft.Follow(Dimension, ScalesOf(draft).Dimension, "the sum of the multiplicities");
    }

    private static FeatureScales ScalesOf(SettingView setting)
    {
        var form = setting.Get(FeatureSpectrum);
        switch (form.Form)
        {
            case SpectrumForms.TwoScale:
                return FeatureScales.TwoScale(setting[Dimension], setting[Fast] ?? 1, setting[Condition]);
            case SpectrumForms.PowerLaw:
                return FeatureScales.PowerLaw(setting[Dimension], setting[Exponent]);
            case SpectrumForms.Scales:
                return FeatureScales.Of(setting.Get(Scales)!, [.. setting.Get(Multiplicities)!.Select(count => (long)count)]);
            case SpectrumForms.List:
                return FeatureScales.Of(form.Values, form.Multiplicities, FeatureSpectrum.Name);
            default:
                var values = form.Explicit()!;
                return FeatureScales.Of(values, [.. Enumerable.Repeat(1L, values.Length)], FeatureSpectrum.Name);
        }
    }
}
