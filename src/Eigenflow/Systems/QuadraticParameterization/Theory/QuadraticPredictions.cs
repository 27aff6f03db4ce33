namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class QuadraticPredictions
{
    public const string Paper = "arXiv:2502.09106";
    public const string Derived = "derived (docs/systems/quadratic-parameterization.md)";
    private const string Limit = "up to logarithms and constants";

    // Means over samples, in closed moments and simulated.
    private static readonly string[] Sampled = ["closure", "exact", "sgd"];
    private static readonly string[] Descent = ["gd"];

    private static readonly WindowCondition Stable = new("η/η_max", WindowRelation.Below, 1, "step size against the edge of stability", IsRequired: true);
    private static readonly WindowCondition Table = new("η/η_max", WindowRelation.AtMost, 0.9, "step size against the edge of stability, as far as it was measured");
    private static readonly WindowCondition Follows = new("|p(t)/p − 1|", WindowRelation.AtMost, 0.1, "departure of the local exponent of the flow in the middle of its escapes");
    private static readonly WindowCondition Noisy = new("σ²", WindowRelation.Above, 0, "label noise", IsRequired: true);
    private static readonly WindowCondition Many = new("T", WindowRelation.AtLeast, 1e6, "samples: below, exponents are those of logarithms and not of the limit");

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("regime-margin", "α − β", "Where it is > 0 the quadratic model has a better exponent than the linear one; where it is ≤ 0 both are optimal."),
        new("initial-risk", "R(0)", "Excess risk of the start.") { Mark = CurveMark.Value("risk", "t") },
        new("tail", "R_{tail}", "Risk of the coordinates that the model does not see, Σ_{i > M} λ_i w*_i².") { Mark = CurveMark.Level("risk") },
        new("negative-floor", "Σ λw*²", "Risk of the negative targets, which the positive model cannot learn.") { Unmarked = "a part of the level at the end" },
        new("largest-rate", "η_max", "Edge of linear stability under sampling near the optimum, S(η) = 1; local and necessary only for the quadratic models.") { Methods = Sampled },
        new("population-edge", "1/h₁", "Largest step size of population gradient descent, η max λ|w*| = 1 (2/λ₁ for the linear model).") { Methods = Descent },
        new("rate-part", "η/η_max", "Step size against the edge of stability; a quarter is safe, from 0.3 on single runs diverge.") { Methods = Sampled },
        new("diverged-low", "P_low", "Smallest of the measured fractions of runs that diverge in 1000 constant steps at this part of the edge.") { Words = "smallest diverged fraction", Methods = Sampled, Window = [Table] },
        new("diverged-high", "P_high", "Largest of the measured fractions of runs that diverge in 1000 constant steps at this part of the edge.") { Words = "largest diverged fraction", Methods = Sampled, Window = [Table] },
        new("noise-floor", "L_∞", "Stationary risk above the tail at this step size kept constant, (σ² + tail) S/(1 − S).") { Methods = Sampled, Window = [Stable], Unmarked = "it counts from R_{tail}" },
        new("product-rate", "η²λ₁(σ² + tail)", "Decay of v₊v₋ of the first coordinate per step once it is learned (signed model).") { Methods = Sampled },
        new("first-escape", "t₁", "Flow time at which the first coordinate has half of its target.") { Mark = CurveMark.Time("t") },
        new("last-escape", "t_M", "Flow time at which the last coordinate of the model has half of its target.") { Mark = CurveMark.Time("t") },
        new("effective-dimension", "D(t)", "Number of coordinates that the flow has learned at t = gηT."),
        new("flow-exponent", "p_flow", "R ∝ t^(−p) of the flow: p = 2(β − 1)/(α + β), (β − 1)/α for the linear model.") { Methods = ["flow"], Window = [Follows], Mark = CurveMark.Slope("risk", "t") with { Factor = -1, From = "first-escape", To = "last-escape" } },
        new("data-exponent", "p", "R ∝ T^(−p) of this model: (β − 1)/max(β, (α + β)/2), with α in place of (α + β)/2 for the linear model.") { Methods = Sampled, Window = [Many] },
        new("data-exponent-linear", "p_lin", "The same of the linear model.") { Methods = Sampled, Window = [Many] },
        new("lower-bound-exponent", "1 − 1/β", "The exponent that no estimator can beat.") { Methods = Sampled },
        new("optimality-gap", "1 − 1/β − p", "How far the exponent of this model is from it.") { Methods = Sampled },
        new("model-size-exponent", "β − 1", "R ∝ M^(−(β − 1)) at T → ∞."),
        new("dimension-exponent", "x_D", "D ∝ T^x: the number of coordinates that T samples teach.") { Methods = Sampled, Window = [Many] },
        new("rate-exponent", "x_η", "η ∝ T^x of the best step size.") { Methods = Sampled, Window = [Many] },
        new("compute-exponent", "q", "R ∝ C^(−q) for C = MT.") { Methods = Sampled, Window = [Many] },
        new("compute-model-exponent", "x_M", "M ∝ C^x at the best split of C.") { Methods = Sampled, Window = [Many] },
        new("bound-model", "M^(−(β−1))", "Term of the model size in the bound, constant one.") { Methods = Sampled },
        new("bound-noise", "σ²D/T", "Term of the noise, constant one.") { Methods = Sampled },
        new("bound-data", "D^(−(β−1))", "Term of what the data has not taught, constant one; 0 once D = M.") { Methods = Sampled },
        new("bound", "R(T)", "The bound with constants one; its validity names the largest term.") { Methods = Sampled, Unmarked = "up to a constant" },
        new("recommended-rate", "η*", "Step size of the theorem, D^min(0, (α−β)/2) (T^(α/β−1) for the linear model), at most a quarter of the edge.") { Methods = Sampled },
        new("optimal-model-size", "M*", "Model size at the best split of C = MT of this setting, constant one.") { Methods = Sampled },
        new("optimal-samples", "T*", "Samples at that split.") { Methods = Sampled },
        new("lower-bound", "LB(T)", "No estimator has a smaller risk on average over Gaussian targets of these sizes.") { Methods = Sampled, Window = [Noisy], Unmarked = "a mean over targets" },
    ];

    /// <summary>The predictions of a problem, each with where it stands to its window.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rate">gη.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="batch">B.</param>
    public static IReadOnlyList<Prediction> Of(QuadraticProblem problem, double rate, long steps, long batch)
    {
        var list = new PredictionList(All);
        var stability = Stability.Of(problem, batch);
        var exponents = ScalingExponents.Of(problem);
        var samples = steps * (double)batch;
        var bound = new RiskBound(problem, samples);
        double first = Half(1), last = Half(problem.ModelSize);
        var foreign = problem.IsPowerLaw ? "" : "spectrum and target are not both power laws";
        var rotated = problem.Rotation > 0 ? "the inputs are rotated" : "";
        var law = foreign.Length > 0 ? foreign : problem.Model == QuadraticModel.Linear ? "" : rotated;
        list.Measure("η/η_max", () => rate / stability.Edge);
        list.Measure("σ²", () => problem.Noise);
        list.Measure("T", () => samples);
        list.Measure("|p(t)/p − 1|", () => Math.Abs((LocalExponent(problem, Math.Sqrt(first * last)) / exponents.Flow) - 1));

        Own("regime-margin", () => problem.Exponent - problem.SignalExponent, PredictionKind.Exact, Paper);
        list.Add("initial-risk", () => FlowRisk.Of(problem with { Rotation = 0 }, IsCompressed(problem)).At(0), PredictionKind.Exact, Derived, withheld: problem.Model == QuadraticModel.Positive ? rotated : "", place: 0);
        list.Add("tail", () => problem.Tail, PredictionKind.Exact, Derived);
        list.Add("negative-floor", () => QuadraticWarnings.NegativeFloor(problem), PredictionKind.Exact, Derived, withheld: problem.Model == QuadraticModel.Positive ? rotated : "only the positive model has one");
        list.Add("largest-rate", () => stability.Edge, PredictionKind.Heuristic, Derived, stability.IsLinear ? "exact for Gaussian inputs" : "near the optimum");
        list.Add("population-edge", () => stability.PopulationEdge, PredictionKind.Exact, Derived, "near the optimum");
        list.Add("rate-part", () => rate / stability.Edge, PredictionKind.Heuristic, Derived);
        var measured = stability.IsLinear ? "no run of the linear model diverged up to 0.9 of its edge" : "";
        list.Add("diverged-low", () => DivergenceTable.Range(rate / stability.Edge).Low, PredictionKind.Heuristic, Derived, "1000 steps, batch 1, M = 64, four settings", withheld: measured);
        list.Add("diverged-high", () => DivergenceTable.Range(rate / stability.Edge).High, PredictionKind.Heuristic, Derived, "1000 steps, batch 1, M = 64, four settings", withheld: measured);
        list.Add("noise-floor", () => stability.Floor(rate), PredictionKind.Heuristic, Derived, "near the optimum, constant rate", withheld: problem.Model == QuadraticModel.Linear ? "" : rotated);
        list.Add("product-rate", () => rate * rate * problem.EigenvalueAt(1) * (problem.Noise + problem.Tail), PredictionKind.Heuristic, Derived, "batch 1, after the first coordinate is learned", withheld: problem.Model == QuadraticModel.Signed ? rotated : "only the signed model has it");
        list.Add("first-escape", () => first, PredictionKind.Exact, Derived, withheld: rotated.Length > 0 ? rotated : NeverHalf(first));
        list.Add("last-escape", () => last, PredictionKind.Exact, Derived, withheld: rotated.Length > 0 ? rotated : NeverHalf(last));
        list.Add("effective-dimension", () => Relaxation.EffectiveDimension(problem, rate * steps), PredictionKind.Exact, Derived, "of the population flow", withheld: rotated.Length > 0 ? rotated : problem.ModelSize > 1_000_000 && !problem.IsSmooth ? "more than 10⁶ modes would have to be counted" : "");
        Law("flow-exponent", () => exponents.Flow, Derived, Limit + "; M → ∞, t → ∞");
        Law("data-exponent", () => exponents.Data, Paper, Limit);
        Own("data-exponent-linear", () => (exponents with { IsLinear = true }).Data, PredictionKind.Asymptotic, Paper, Limit);
        Own("lower-bound-exponent", () => exponents.LowerBound, PredictionKind.Bound, Paper);
        Law("optimality-gap", () => exponents.Gap, Derived, Limit);
        Law("model-size-exponent", () => exponents.ModelSize, Paper, Limit);
        Law("dimension-exponent", () => exponents.Dimension, Paper, Limit);
        Law("rate-exponent", () => exponents.Rate, Paper, Limit);
        Law("compute-exponent", () => exponents.Compute, Derived, Limit);
        Law("compute-model-exponent", () => exponents.ComputeModelSize, Derived, Limit);
        Law("bound-model", () => bound.ModelTerm, Paper, Limit);
        Law("bound-noise", () => bound.NoiseTerm, Paper, Limit);
        Law("bound-data", () => bound.DataTerm, Paper, Limit);
        Law("bound", () => bound.Total, Paper, bound.Label);
        Law("recommended-rate", () => Math.Min(stability.SafeRate, bound.Rate), Paper, Limit);
        var compute = problem.ModelSize * samples;
        Law("optimal-model-size", () => Math.Pow(compute, exponents.ComputeModelSize), Derived, Limit);
        Law("optimal-samples", () => Math.Pow(compute, 1 - exponents.ComputeModelSize), Derived, Limit);
        list.Add("lower-bound", () => RiskBound.LowerBound(problem.SignalExponent, problem.Noise, samples, problem.Ambient), PredictionKind.Bound, Derived, "on average over Gaussian targets; every parameterisation", withheld: foreign);
        return list.Predictions;

        double Half(long number) => ClosedForms.HalfTime(problem.Model, problem.EigenvalueAt(number), problem.TargetAt(number), problem.StartSlope);

        static string NeverHalf(double time) => time > 0 ? "" : "this coordinate begins beyond half of its target, or never comes there";

        void Law(string name, Func<double> value, string source, string validity) => list.Add(name, value, PredictionKind.Asymptotic, source, validity, withheld: law);

        // What is stated for a power-law spectrum with a power-law target.
        void Own(string name, Func<double> value, PredictionKind kind, string source, string validity = "") => list.Add(name, value, kind, source, validity, withheld: foreign);
    }

    private static bool IsCompressed(QuadraticProblem problem) => problem.ModelSize > 4096 && (problem with { Rotation = 0 }).IsSmooth;

    // Over a fifth of the time sums of smooth decays are power laws.
    private static double LocalExponent(QuadraticProblem problem, double time)
    {
        const double Factor = 1.1;
        if (!(time > 0) || problem.Rotation > 0)
            return double.NaN;
        var risk = FlowRisk.Of(problem, IsCompressed(problem));
        return -Math.Log(risk.At(time * Factor) / risk.At(time / Factor)) / (2 * Math.Log(Factor));
    }
}
