namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The numbers of the theory (arXiv 2405.00592, phase table).</summary>
internal static class RegressionPredictions
{
    private const string Paper = "arXiv:2405.00592", Derived = "derived (docs/systems/scaling-renormalization.md)";

    private const string NoLayers = "there are no features";

    private static readonly string[] Flow = ["flow"];
    private static readonly string[] Ridge = ["theory", "simulation"];

    private static readonly WindowCondition Source = new("α", WindowRelation.Above, 0, "a power law", IsRequired: true);
    private static readonly WindowCondition Noisy = new("σ²", WindowRelation.Above, 0, "label noise", IsRequired: true);
    private static readonly WindowCondition Capacity = new("α", WindowRelation.Above, 1, "a trace that converges", IsRequired: true);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("test-error", "E_g", "Test error at these samples and this ridge.") { Methods = Ridge, Mark = CurveMark.Value("error") with { OnlyAt = ["samples", "ridge", "width"] } },
        new("resolution", "κ_2", "Renormalised ridge: eigenvalues above it are learned.") { Mark = CurveMark.Value("kappa") with { OnlyAt = ["samples", "ridge", "width"] } },
        new("train-test-gap", "S²", "(E_g + σ²)/E_tr = (κ_1/λ)², by which generalised cross-validation corrects the training error.") { Methods = Ridge },
        new("threshold", "P_*", "Samples at which the error without a ridge is infinite: the smallest width, or the dimension, which does not limit noisy or nonlinear features.") { Mark = CurveMark.Time("samples") },
        new("optimal-ridge", "λ_*", "Ridge with the smallest test error; 0 where none is better.") { Methods = Ridge, Mark = CurveMark.Time("ridge") with { Observable = "error" } },
        new("optimal-error", "E_*", "Test error at that ridge.") { Methods = Ridge, Mark = CurveMark.Level("error") with { OnlyAt = ["samples", "width"], LeastAlong = ["ridge"] } },
        new("optimal-width", "N_*", "Width of the last layer with the smallest test error at this ridge.") { Methods = Ridge, Mark = CurveMark.Time("width") with { Observable = "error" } },
        new("early-stopping-time", "t_*", "Time of gradient flow without a ridge at which its test error is smallest.") { Methods = Flow, Mark = CurveMark.Time("t") with { Event = "best-time", IsExtreme = true } },
        new("early-stopping-error", "E_t*", "Test error at that time.") { Methods = Flow, Mark = CurveMark.Value("error") with { At = "early-stopping-time" } },
        new("samples-to-halve", "P'/P", "Factor by which samples must grow until the test error at the best ridge has halved.") { Methods = Ridge },
        new("data-exponent", "p", "Signal limited by data falls as P^(−p), p = 2α min(r, 1).") { Methods = Ridge, Window = [Source], Mark = CurveMark.Slope("bias", "samples") with { Factor = -1 } },
        new("ridge-exponent", "p_λ", "Signal limited by the ridge falls as P^(−p), p = 2l min(r, 1), where the ridge falls as P^(−l), l = −ln(λD/N)/ln P here.") { Methods = Ridge, Window = [Source] },
        new("width-exponent", "p_N", "Signal limited by the width falls as P^(−p), p = 2αq min(r, ½), where the width grows as P^q, q = ln N/ln P here.") { Methods = Ridge, Window = [Source] },
        new("features-exponent", "p_F", "The variance of features falls as P^(−p), p = 2m min(r, ½) + c(q − m/α), m = min(l, α); c = 1 unless weights are of unequal size.") { Methods = Ridge, Window = [Source] },
        new("noise-exponent", "p_σ", "Label noise falls as P^(−p), p = 1 − min(1, l/α, q).") { Methods = Ridge, Window = [Source, Noisy] },
        new("learning-exponent", "p_E", "The error falls as P^(−p), p the smallest exponent of data, ridge, width, features and noise, where ridge and width scale as they stand here.") { Methods = Ridge, Window = [Source] },
        new("variance-onset", "P_F", "Samples from which on the variance of features is larger than the rest of the signal, at this width and ridge.") { Methods = Ridge, Mark = CurveMark.Time("samples") },
        new("additive-onset", "P_ξ", "Samples from which on noise on the features takes more degrees of freedom than the inputs, 2n_1(κ) with κ n_1(κ) = Dσ_ξ².") { Methods = Ridge, Mark = CurveMark.Time("samples") },
        new("noise-plateau", "E_σ", "What label noise adds without a ridge, σ²(α − 1), at any number of samples far below the dimension.") { Methods = Ridge, Window = [Capacity, Noisy, new("P/D", WindowRelation.AtMost, 0.1, "samples far below the dimension")], Mark = CurveMark.Level("noise-part") },
        new("optimal-ridge-exponent", "l_*", "The best ridge falls as P^(−l), l = α/(1 + 2α min(r, 1)).") { Methods = Ridge, Window = [Source, Noisy] },
        new("optimal-error-exponent", "p_*", "The error at the best ridge falls as P^(−p), p = 2α min(r, 1)/(1 + 2α min(r, 1)).") { Methods = Ridge, Window = [Source, Noisy] },
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
        list.Add("threshold", problem.Threshold, PredictionKind.Exact, Paper, "ridge 0");
        list.Add("optimal-ridge", () => best.Value.Ridge, PredictionKind.Asymptotic, Derived, Large);
        list.Add("optimal-error", () => best.Value.Error, PredictionKind.Asymptotic, Derived, Large);
        var hasLayers = problem.Layers.Count > 0;
        var width = new Lazy<double>(() => OptimalWidth.Of(problem));
        list.Add("optimal-width", () => width.Value, PredictionKind.Asymptotic, Derived, Large, withheld: !hasLayers ? NoLayers : double.IsInfinity(width.Value) ? "wider is always better at this ridge" : "");
        var stopped = new Lazy<(double Time, double Error)>(() => EarlyStopping.Of(problem));
        list.Add("early-stopping-time", () => stopped.Value.Time, PredictionKind.Asymptotic, Derived, Large, withheld: hasLayers ? "the theory of the flow is that of regression on the inputs" : double.IsInfinity(stopped.Value.Time) ? "the flow is best at its end" : "");
        list.Add("early-stopping-error", () => stopped.Value.Error, PredictionKind.Asymptotic, Derived, Large, withheld: hasLayers ? "the theory of the flow is that of regression on the inputs" : "");
        list.Add("samples-to-halve", () => OptimalRidge.FactorToHalve(problem), PredictionKind.Asymptotic, Derived, Large);
        list.Add("data-exponent", () => decay, PredictionKind.Asymptotic, Paper, "no label noise, ridge below P^(−α), widths above P", range: (1, Math.Min(problem.Threshold, problem.Ridge > 0 ? Math.Pow(problem.Ridge / problem.Gain, -1 / exponent) : double.PositiveInfinity)));
        AddPhase(list, problem, exponent, source);
        list.Add("variance-onset", () => Crossovers.VarianceOnset(problem), PredictionKind.Asymptotic, Derived, Large, withheld: hasLayers ? "" : NoLayers);
        list.Add("additive-onset", () => Crossovers.AdditiveOnset(problem), PredictionKind.Asymptotic, Derived, "no ridge, widths above P", withheld: problem.AdditiveInput > 0 ? "" : "there is no noise on features");
        list.Add("noise-plateau", () => problem.Noise * (exponent - 1), PredictionKind.Asymptotic, Paper, "ridge below P^(−α)");
        list.Add("optimal-ridge-exponent", () => exponent / (1 + decay), PredictionKind.Asymptotic, Derived, "1 ≪ P ≪ D");
        list.Add("optimal-error-exponent", () => decay / (1 + decay), PredictionKind.Asymptotic, Derived, "1 ≪ P ≪ D");
        return list.Predictions;
    }

    // The rows of the phase table, where ridge and width of this setting are powers of its samples.
    private static void AddPhase(PredictionList list, RegressionProblem problem, double exponent, double source)
    {
        const string Scaled = "1 ≪ P ≪ D, far from the borders of regions";
        var layer = problem.Layers.Count == 1 ? problem.Layers[0] : null;
        var unit = Math.Log(problem.Samples);
        var (ridge, width) = (-Math.Log(problem.Ridge / problem.Gain) / unit, layer is null ? double.PositiveInfinity : Math.Log(layer.Width) / unit);
        var table = new PhaseTable(exponent, source, layer is null ? 1 : PhaseTable.AveragingOf(layer));
        var few = problem.Layers.Count > 1 ? "the table is that of one layer" : unit > 0 ? "" : "one sample has no exponents";
        var none = few.Length > 0 ? few : layer is null ? NoLayers : "";
        double Of(PhaseTerm term) => table.Terms(ridge, width, isNoisy: true).First(row => row.Term == term).Exponent;
        list.Add("ridge-exponent", () => Of(PhaseTerm.Ridge), PredictionKind.Asymptotic, Paper, Scaled, withheld: few.Length > 0 ? few : problem.Ridge == 0 ? "there is no ridge" : "");
        list.Add("width-exponent", () => Of(PhaseTerm.Width), PredictionKind.Asymptotic, Paper, Scaled, withheld: none);
        list.Add("features-exponent", () => Of(PhaseTerm.Features), PredictionKind.Asymptotic, Paper, Scaled, withheld: none);
        list.Add("noise-exponent", () => Of(PhaseTerm.Noise), PredictionKind.Asymptotic, Paper, Scaled, withheld: few);
        list.Add("learning-exponent", () => table.Dominant(ridge, width, problem.Noise > 0).Exponent, PredictionKind.Asymptotic, Paper, Scaled, withheld: few);
    }
}
