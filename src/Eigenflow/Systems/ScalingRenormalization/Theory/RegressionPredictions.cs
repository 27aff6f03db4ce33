namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The numbers of the theory (arXiv 2405.00592, phase table; sheet 4).</summary>
internal static class RegressionPredictions
{
    private const string Paper = "arXiv:2405.00592", Derived = "derived (docs/systems/scaling-renormalization.md)";

    private static readonly WindowCondition Source = new("α", WindowRelation.Above, 0, "a power law", IsRequired: true);
    private static readonly WindowCondition Noisy = new("σ²", WindowRelation.Above, 0, "label noise", IsRequired: true);
    private static readonly WindowCondition Capacity = new("α", WindowRelation.Above, 1, "a trace that converges", IsRequired: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("test-error", "E_g", "Test error at these samples and this ridge."),
        new("resolution", "κ_2", "Renormalised ridge: eigenvalues above it are learned."),
        new("train-test-gap", "S²", "(E_g + σ²)/E_tr = (κ_1/λ)², by which generalised cross-validation corrects the training error."),
        new("threshold", "P_*", "Samples at which the error without a ridge is infinite: the smallest width, or the dimension.") { Mark = CurveMark.Time("samples") },
        new("optimal-ridge", "λ_*", "Ridge with the smallest test error; 0 where none is better."),
        new("optimal-error", "E_*", "Test error at that ridge.") { Mark = CurveMark.Level("error") },
        new("samples-to-halve", "P'/P", "Factor by which samples must grow until the test error at the best ridge has halved."),
        new("data-exponent", "p", "Signal limited by data falls as P^(−p), p = 2α min(r, 1).") { Window = [Source], Mark = CurveMark.Slope("bias") with { Factor = -1 } },
        new("noise-plateau", "E_σ", "What label noise adds without a ridge, σ²(α − 1), at any number of samples far below the dimension.") { Window = [Capacity, Noisy, new("P/D", WindowRelation.AtMost, 0.1, "samples far below the dimension")] },
        new("optimal-ridge-exponent", "l_*", "The best ridge falls as P^(−l), l = α/(1 + 2α min(r, 1)).") { Window = [Source, Noisy] },
        new("optimal-error-exponent", "p_*", "The error at the best ridge falls as P^(−p), p = 2α min(r, 1)/(1 + 2α min(r, 1)).") { Window = [Source, Noisy] },
    ];

    /// <summary>Those of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="law">Capacity and source, or null for other spectra.</param>
    public static IReadOnlyList<Prediction> Of(RegressionProblem problem, (double Exponent, double Source)? law)
    {
        var list = new PredictionList(All);
        var at = problem.Equivalent().At(problem.Ridge);
        var best = new Lazy<(double Ridge, double Error)>(() => OptimalRidge.Of(problem));
        var (exponent, source) = law ?? (double.NaN, double.NaN);
        var decay = 2 * exponent * Math.Min(source, 1);
        list.Measure("α", () => exponent);
        list.Measure("σ²", () => problem.Noise);
        list.Measure("P/D", () => problem.Samples / problem.Target.Population.Rank);
        const string Large = "large dimensions";
        list.Add("test-error", () => at.Risk(problem.Noise).Error, PredictionKind.Asymptotic, Paper, Large);
        list.Add("resolution", at.Kappa, PredictionKind.Asymptotic, Paper, Large);
        list.Add("train-test-gap", () => 1 / (at.TrainFactor * at.TrainFactor), PredictionKind.Asymptotic, Paper, Large, withheld: at.TrainFactor == 0 ? "the training error is zero without a ridge" : "");
        list.Add("threshold", problem.Layers.Select(layer => layer.Width).Append(problem.Target.Population.Rank).Min(), PredictionKind.Exact, Paper, "ridge 0");
        list.Add("optimal-ridge", () => best.Value.Ridge, PredictionKind.Asymptotic, Derived, Large);
        list.Add("optimal-error", () => best.Value.Error, PredictionKind.Asymptotic, Derived, Large);
        list.Add("samples-to-halve", () => OptimalRidge.FactorToHalve(problem), PredictionKind.Asymptotic, Derived, Large);
        list.Add("data-exponent", () => decay, PredictionKind.Asymptotic, Paper, "no label noise, ridge below P^(−α), widths above P");
        list.Add("noise-plateau", () => problem.Noise * (exponent - 1), PredictionKind.Asymptotic, Paper, "ridge below P^(−α)");
        list.Add("optimal-ridge-exponent", () => exponent / (1 + decay), PredictionKind.Asymptotic, Derived, "1 ≪ P ≪ D");
        list.Add("optimal-error-exponent", () => decay / (1 + decay), PredictionKind.Asymptotic, Derived, "1 ≪ P ≪ D");
        return list.Predictions;
    }
}
