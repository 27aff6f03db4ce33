using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using static Eigenflow.Systems.ScalingRenormalization.ScalingRenormalizationParameters;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Ridge regression and random features (arXiv 2405.00592), as hosts see it.</summary>
internal sealed class ScalingRenormalizationSystem : LearningSystem<RegressionProblem>
{
    public const string Identifier = "scaling-renormalization";

    // A guess: where sums over directions are no longer nearly Gaussian.
    private const double FewDirections = 20;

    public override string Id => Identifier;

    public override string Title => "Scaling and renormalisation in ridge regression";

    public override string Family => "Scaling laws";

    public override string Question => "What limits ridge regression on random features: samples, width, ridge or noise?";

    public override string Summary =>
        "Ridge regression on structured Gaussian data, directly or through layers of random features. Sampling acts as a renormalised ridge, from which every part of the error follows: "
        + "what limits the model, samples, width, ridge or noise? How much more data halves the error, which ridge is best, and where does the error peak?";

    public override IReadOnlyList<Citation> Citations => [Bibliography.ScalingRenormalization, Bibliography.RandomNumbers];

    public override IReadOnlyList<Parameter> ProblemParameters => ScalingRenormalizationParameters.Problem;

    public override IReadOnlyList<NamedQuantity> Observables => RegressionQuantities.All;

    public override IReadOnlyList<NamedQuantity> Events { get; } = [FlowCurve.BestTime, .. SweepExtrema.Events];

    public override IReadOnlyList<PredictedQuantity> Predictions => RegressionPredictions.All;

    public override IReadOnlyList<ReproductionTask> Reproduction => RegressionReproduction.Tasks;

    private protected override MethodTable<RegressionProblem> Table => field ??= new()
    {
        { "theory", "Mean error with all its parts, along samples, ridge or width; exact for large dimensions.", [.. Axis, Ensembles], s => new RiskCurve { Along = s.Get(Along)!, Ensemble = s.Get(Ensembles) } },
        { "simulation", "Regression on drawn data and features, mean over repeats; every part of the error without bias.", [.. Axis, Replicas, DataSets, FeatureDraws, Seed], s => new RegressionSimulation { Along = s.Get(Along)!, Replicas = s[Replicas], DataSets = s[DataSets], FeatureDraws = s[FeatureDraws], Seed = s[Seed] }, MethodRole.Ensemble },
        { "density", "Density of the eigenvalues of the kernel of the training set, with or without layers; exact for large dimensions.", Axis, s => new DensityCurve { Along = s.Get(Along)! } },
        { "s-transform", "The ridge that leaves a number of degrees of freedom, and the S-transform of the sample covariance; exact for large dimensions.", Axis, s => new TransformCurve { Along = s.Get(Along)! } },
        { "flow", "Mean error of gradient flow against time, without layers of features; exact for large dimensions.", Axis, s => new FlowCurve { Along = s.Get(Along)! } },
    };

    private protected override Overlay Overlay => new()
    {
        Title = "Ridge regression",
        Description = "Ridge regression, directly or on random features.",
        Panels =
        [
            new OverlayPanel("error", "test error", "E_g"),
            new OwnPanel([("bias", "squared bias"), ("var-x", "variance of data"), ("var-f", "variance of features"), ("var-xf", "variance of both"), ("var-x-noise", "label noise"), ("var-xf-noise", "label noise and features")], "parts of the test error", "part of E_g") { Solutions = (1, 2) },
            new OverlayPanel("train-error", "training error", "E_tr"),
            new OverlayPanel("gcv", "cross-validation", "E_gcv"),
            new OverlayPanel("signal", "error without label noise", "E_signal"),
            new OverlayPanel("noise-part", "error of label noise", "E_noise"),
            new OverlayPanel("density", "eigenvalues of the kernel", "density ρ"),
            new OverlayPanel("s-transform", "S-transform of the sample covariance", "S"),
        ],
        Caption = [Dimension, InputSpectrum, Exponent, Source, Samples, Ridge, Noise, Layers, AdditiveNoise, Activations, Ensembles, Replicas, Seed],
    };

    private protected override RegressionProblem Problem(SettingView setting) => new()
    {
        Target = Target(setting),
        Samples = setting[Samples],
        Ridge = setting[Ridge],
        Noise = setting[Noise],
        Layers = setting.Get(Layers),
        AdditiveNoise = setting[AdditiveNoise],
        Activation = setting.Get(Activations),
    };

    private protected override IReadOnlyList<Prediction> Predict(RegressionProblem problem, SettingView setting) =>
        RegressionPredictions.Of(problem, setting.Get(InputSpectrum).Form == SpectrumForms.PowerLaw ? (setting[Exponent], setting[Source]) : null);

    public override IEnumerable<string> Notes(CompletedSetting setting)
    {
        var problem = Problem(setting);
        if (problem.Activation != Activation.None && problem.Target.Population.EffectiveRank is < FewDirections and var rank)
            yield return DisplayText.Plain($"the effective rank (tr Σ)²/tr Σ² is {rank:G2}: below about {FewDirections} directions nonlinear features are not those of the Gaussian equivalent; compare with method = simulation");
    }

    /// <inheritdoc/>
    protected override void Check(SettingDraft draft)
    {
        var form = draft.Get(InputSpectrum);
        if (form.Form is SpectrumForms.List or SpectrumForms.File)
            draft.Follow(Dimension, form.Form == SpectrumForms.List ? form.Multiplicities.Sum() : form.Modes()!.Eigenvalues.LongLength, $"the number of eigenvalues that {form.Text} holds");
        if (draft.Method is null)
            return;
        if (draft.Method == "theory" && draft.Get(Ensembles) is { FeatureDraws: > 1 } ensemble && draft.Get(Layers).Length == 0)
            throw new ParameterException(Ensembles.Name, ensemble, "one draw of features where there are no layers", "set layers, or average over data sets as in ensembles = 4:1");
        string[] axes = draft.Method switch { "flow" => ["t"], "density" => ["eigenvalue"], "s-transform" => ["degrees"], _ => ["samples", "ridge", "width"] };
        draft.SetDefault(Along, () => axes[0]);
        if (!axes.Contains(draft.Get(Along)))
            throw new ParameterException(Along.Name, draft.Get(Along)!, $"{string.Join(" or ", axes)} for the method {draft.Method}", draft.Get(Along) == "t" ? "times are those of the method flow" : "other axes are those of other methods");
    }

    private static TargetSpectrum Target(SettingView setting)
    {
        var form = setting.Get(InputSpectrum);
        var dimension = setting[Dimension];
        switch (form.Form)
        {
            case SpectrumForms.PowerLaw:
                return TargetSpectrum.PowerLaw(dimension, setting[Exponent], setting[Source]);
            case SpectrumForms.Isotropic:
                return TargetSpectrum.Blocks([1], [dimension], [1]);
        }

        // The powers of a file are those of its labels; otherwise w² is the same in every mode, with Σ w² = 1, and blocks of a list stay blocks.
        var modes = form.Form == SpectrumForms.List ? null : form.Modes();
        var values = modes?.Eigenvalues ?? form.Values;
        IReadOnlyList<double> counts = form.Form == SpectrumForms.List ? [.. form.Multiplicities.Select(count => (double)count)] : [.. values.Select(_ => 1.0)];
        if (values.Any(value => !(value >= 0) || !double.IsFinite(value)) || !values.Any(value => value > 0))
            throw new ParameterException("spectrum", form.Text, "finite eigenvalues >= 0, not all zero");
        var total = counts.Sum();
        return TargetSpectrum.Blocks(values, counts, modes?.TargetPower ?? [.. values.Zip(counts, (value, count) => value * count / total)]);
    }
}
