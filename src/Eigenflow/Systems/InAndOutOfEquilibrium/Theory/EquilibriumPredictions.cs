namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class EquilibriumPredictions
{
    public const string Paper = "arXiv:2306.03521";
    public const string Derived = "derived (docs/systems/in-and-out-of-equilibrium.md)";
    private const string Small = "ηh_max → 0";

    // The theory is of the scheme that it is given.
    private static readonly string[] Steps = ["theory", "with-replacement"];
    private static readonly string[] Epochs = ["theory", "without-replacement"];
    private static readonly string[] Sgld = ["theory", "sgld"];
    private static readonly string[] Sgworld = ["theory", "sgworld"];
    private static readonly string[] Langevin = ["theory", "langevin"];

    private static readonly WindowCondition StepSize = new("ηh_max", WindowRelation.AtMost, 0.1, "step size against the fastest mode");
    private static readonly WindowCondition EpochSize = new("ηMh_max", WindowRelation.AtMost, 0.3, "step size of an epoch against the fastest mode");
    private static readonly WindowCondition Stable = new("η/η_ms", WindowRelation.Below, 1, "step size against the mean-square limit", IsRequired: true);
    private static readonly WindowCondition HasPlane = new("d", WindowRelation.AtLeast, 2, "parameters", IsRequired: true);
    private static readonly WindowCondition HasNoise = new("rank D/d", WindowRelation.Equal, 1, "rank of the diffusion matrix against the dimension", IsRequired: true);
    private static readonly WindowCondition IsNoisy = new("tr D", WindowRelation.Above, 0, "batch noise of a step", IsRequired: true);
    private static readonly WindowCondition HasEpochs = new("M", WindowRelation.AtLeast, 2, "batches of an epoch", IsRequired: true);
    private static readonly WindowCondition IsQuadratic = new("quadratic", WindowRelation.Equal, 1, "1 where the loss is quadratic, 0 where it is not");
    private static readonly WindowCondition HasEpochLaw = new("epochs settle", WindowRelation.Equal, 1, "1 where shuffled epochs have a stationary state", IsRequired: true);
    private static readonly WindowCondition HasSamples = new("N", WindowRelation.AtLeast, 2, "samples", IsRequired: true);

    /// <summary>All that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("mean-square-limit", "η_ms", "Learning rate up to which the second moment of steps with replacement stays finite; 2/h_max where noise does not depend on the state.") { Methods = Steps, Window = [IsQuadratic] },
        new("cov-11", "Σ_11", "Stationary variance of the first parameter with replacement, HΣ + ΣH = (2/η)D with D = (η²/2)c_B Γ.") { Methods = Steps, Window = [IsNoisy, Stable, StepSize], Mark = CurveMark.Level("cov-11") },
        new("cov-12", "Σ_12", "Stationary covariance of the first two parameters with replacement.") { Methods = Steps, Window = [IsNoisy, HasPlane, Stable, StepSize], Mark = CurveMark.Level("cov-12") },
        new("cov-22", "Σ_22", "Stationary variance of the second parameter with replacement.") { Methods = Steps, Window = [IsNoisy, HasPlane, Stable, StepSize], Mark = CurveMark.Level("cov-22") },
        new("circulation-12", "C_12", "Circulation in the plane of the first two parameters, C = (η/2)(HΣ − ΣH), per step with replacement.") { Methods = Steps, Window = [IsNoisy, HasPlane, Stable, StepSize], Mark = CurveMark.Level("circulation-12") },
        new("entropy", "σ̇", "Entropy production −tr(C D⁻¹ C Σ⁻¹) per step with replacement; zero where H and D commute.") { Methods = Steps, Window = [IsNoisy, HasNoise, Stable, StepSize], Mark = CurveMark.Level("entropy") },
        new("effective-temperature", "T_eff", "Temperature tr D/(η tr H) of batch noise with replacement, where 1 is that of the posterior.") { Methods = Steps, Window = [IsNoisy, Stable, StepSize] },
        new("excess-loss", "ΔL", "Mean of L − L(θ*) with replacement, tr D/(2η).") { Methods = Steps, Window = [IsNoisy, Stable, StepSize] },
        new("shift", "|θ_WOR − θ*|", "Length of the shift −(η/4)c_B H⁻¹∇ tr Γ of the minimum of shuffled epochs.") { Methods = Epochs, Window = [HasEpochs, EpochSize] },
        new("epoch-variance", "tr Σ_WOR", "Sum of the stationary variances at the ends of shuffled epochs, of order η³.") { Methods = Epochs, Window = [HasEpochs, HasEpochLaw, EpochSize] },
        new("kl-sgld", "KL_SGLD", "Divergence from the posterior of the Gaussian with the moments of SGLD at T = 1; exact moments.") { Methods = Sgld, Window = [HasSamples, Stable, IsQuadratic] },
        new("kl-sgworld", "KL_SGWORLD", "Divergence from the posterior of the Gaussian with the moments of Langevin dynamics in shuffled epochs at T = 1.") { Methods = Sgworld, Window = [HasEpochs, HasEpochLaw, EpochSize, IsQuadratic] },
        new("kl-langevin", "KL_L", "Divergence from the posterior of Langevin dynamics with all samples at T = 1: the floor that the step size sets.") { Methods = Langevin, Window = [HasSamples, IsQuadratic] },
    ];

    /// <summary>The predictions of a problem.</summary>
    public static IReadOnlyList<Prediction> Of(EquilibriumProblem problem)
    {
        var expansion = problem.Expand();
        var rate = problem.Rate;
        var list = new PredictionList(All);
        var limit = new Lazy<double>(() => MeanSquareMap.Limit(expansion));
        var batch = SchemeTheory.BatchDiffusion(expansion, rate);
        SchemeTheory Theory(SamplingScheme scheme) => SchemeTheory.Of(expansion, new SchemeOptions(scheme, rate, 1));
        var steps = new Lazy<SchemeTheory>(() => Theory(SamplingScheme.WithReplacement));
        var epochs = new Lazy<SchemeTheory>(() => Theory(SamplingScheme.WithoutReplacement));
        var sampler = new Lazy<SchemeTheory?>(() =>
        {
            try
            {
                return Theory(SamplingScheme.Sgworld);
            }
            catch (ParameterException)
            {
                return null;
            }
        });
        var hasWholeEpochs = expansion.Samples > 0 && expansion.Samples % expansion.Batch == 0;
        list.Measure("ηh_max", () => rate * expansion.Largest);
        list.Measure("ηMh_max", () => rate * expansion.Batches * expansion.Largest);
        list.Measure("η/η_ms", () => rate / limit.Value);
        list.Measure("d", () => expansion.Dimension);
        list.Measure("tr D", () => batch.Trace());
        list.Measure("rank D/d", () => batch.Trace() > 0 ? (double)StationaryLaw.Rank(batch) / expansion.Dimension : 0);
        list.Measure("M", () => hasWholeEpochs ? expansion.Batches : double.NaN);
        list.Measure("N", () => expansion.Samples);
        list.Measure("quadratic", () => expansion.IsQuadratic ? 1 : 0);
        list.Measure("epochs settle", () => hasWholeEpochs && sampler.Value is not null ? 1 : 0);
        list.Add("mean-square-limit", () => limit.Value, PredictionKind.Exact, Derived);
        list.Add("cov-11", () => steps.Value.Leading.Covariance[0, 0], PredictionKind.Asymptotic, Paper, Small);
        list.Add("cov-12", () => steps.Value.Leading.Covariance[0, 1], PredictionKind.Asymptotic, Paper, Small);
        list.Add("cov-22", () => steps.Value.Leading.Covariance[1, 1], PredictionKind.Asymptotic, Paper, Small);
        list.Add("circulation-12", () => steps.Value.Leading.Circulation[0, 1], PredictionKind.Asymptotic, Paper, Small);
        list.Add("entropy", () => steps.Value.Leading.Entropy, PredictionKind.Asymptotic, Paper, Small);
        list.Add("effective-temperature", () => steps.Value.EffectiveTemperature, PredictionKind.Asymptotic, Paper, Small);
        list.Add("excess-loss", () => steps.Value.ExcessLoss, PredictionKind.Asymptotic, Paper, Small);
        list.Add("shift", () => SchemeTheory.Shift(expansion, rate).L2Norm(), PredictionKind.Asymptotic, Derived, "ηMh_max → 0");
        list.Add("epoch-variance", () => epochs.Value.Leading.Covariance.Trace(), PredictionKind.Asymptotic, Derived, "ηMh_max → 0");
        list.Add("kl-sgld", () => Theory(SamplingScheme.Sgld).Distance.Kl, PredictionKind.Exact, Derived, "quadratic losses");
        list.Add("kl-sgworld", () => sampler.Value?.Distance.Kl ?? double.NaN, hasWholeEpochs && !EpochOrders.IsFew(expansion) ? PredictionKind.Heuristic : PredictionKind.Exact, Derived, "quadratic losses; heuristic where it is over sampled orders");
        list.Add("kl-langevin", () => Theory(SamplingScheme.Langevin).Distance.Kl, PredictionKind.Exact, Derived, "quadratic losses");
        return list.Predictions;
    }
}
