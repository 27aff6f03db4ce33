namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class ScalingPredictions
{
    public const string Paper = "arXiv:2507.02119, section 3";
    public const string Derived = "derived (docs/systems/scaling-collapse.md)";

    // The place of the horizon at which normalised losses are stated.
    private const double Tenth = 0.1;

    private static readonly string[] Law = [SumOfPowerLaws.Identifier];
    private static readonly string[] Ladder = [LadderTheory.Identifier, "sgd"];

    private static readonly WindowCondition IsOptimal = new("|γ/γ* − 1|", WindowRelation.AtMost, 1e-9, "horizon against the compute-optimal one");
    private static readonly WindowCondition AllTie = new("terms beyond the tie", WindowRelation.Equal, 0, "terms that do not tie at the smallest exponent");
    private static readonly WindowCondition IsCorrect = new("offset", WindowRelation.Equal, 0, "error of the irreducible loss");
    private static readonly WindowCondition Wide = new("D_N/E", WindowRelation.AtMost, 0.02, "what features beyond N would add, over the risk of the largest model at its end");
    private static readonly WindowCondition Matched = new("γ/β", WindowRelation.Equal, 1, "horizon of the regression against its capacity");
    private static readonly WindowCondition Stable = new("ηTr H/2B", WindowRelation.Below, 1, "share of gradient noise in the risk", IsRequired: true);
    private static readonly WindowCondition Gentle = new("ηTr H/2B", WindowRelation.AtMost, 0.5, "share of gradient noise in the risk");
    private static readonly WindowCondition Long = new("K", WindowRelation.AtLeast, 100, "steps of the own model");

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("optimal-data-exponent", "γ*", "Compute-optimal exponent of the horizon of the law: where a term that wants more data and one that wants more parameters tie at the smallest total exponent.") { Methods = Law },
        new("used-data-exponent", "γ", "Exponent of the horizon κ p^γ of the law that is used.") { Methods = Law },
        new("optimal-scale", "κ*", "Factor with which the horizon κ p^γ* of the law is compute-optimal for p → ∞; horizon-scale is 1 unless given, and any factor keeps the collapse.") { Methods = Law },
        new("tied-terms", "#ties", "Terms of the law that tie at the smallest total exponent μγ + ν.") { Methods = Law },
        new("total-exponent", "min β", "Smallest total exponent: the final loss falls as p^(−min β).") { Methods = Law },
        new("gap", "ε", "Distance of the next total exponent: normalised curves approach their limit as p^(−ε).") { Methods = Law, Window = [new("terms beyond the tie", WindowRelation.Above, 0, "terms that do not tie", IsRequired: true)] },
        new("frontier-exponent", "δ", "The final loss of the law falls as c^(−δ) in the compute, δ = min β/(1 + γ).") { Methods = Law },
        new("exact-horizon", "t*(p)", "Compute-optimal tokens of the own model of the law at its finite size, a root of Σ a (μ − ν) t^(−μ) p^(−ν).") { Methods = Law },
        new("exact-horizon-count", "#t*", "Number of such roots.") { Methods = Law },
        new("collapse-limit", "ℓ(0.1)", "Normalised loss of the law at a tenth of its horizon κ p^γ for p → ∞.") { Methods = Law, Window = [IsCorrect], Mark = CurveMark.Value("normalized", "x") },
        new("collapse-deviation", "rms Δ", "Root mean square over x = 0.01 … 0.99 of the deviation of the ladder of the law; 0 is a collapse.") { Methods = Law, Window = [] },
        new("exact-collapse", "Δ", "Deviation where all terms tie and nothing is subtracted too much: zero at every size.") { Methods = Law, Window = [IsOptimal, AllTie, IsCorrect] },
        new("ladder-exponent", "γ", "Compute-optimal exponent of the horizon of the regression, its capacity β.") { Methods = Ladder },
        new("ladder-frontier", "δ", "The final risk of the regression falls as c^(−sβ/(1 + β)).") { Methods = Ladder, Window = [Matched] },
        new("optimal-horizon", "κ*", "Compute-optimal factor of the horizon κ M^β of the regression under gradient flow, M → ∞.") { Methods = Ladder },
        new("universal-loss", "Φ(κ)", "Risk at the end in units of M^(−sβ) under gradient flow, M → ∞.") { Methods = Ladder, Window = [Wide, Matched] },
        new("universal-curve", "ℓ(0.1)", "Normalised risk at a tenth of the horizon, Φ(κ/10)/Φ(κ), for a constant learning rate, M → ∞.") { Methods = Ladder, Window = [Wide, Matched, IsCorrect], Mark = CurveMark.Value("normalized", "x") },
        new("noise-share", "ηTr H/2B", "Share of gradient noise in the risk at the peak rate; at 1 SGD is unstable.") { Methods = Ladder },
        new("noise-factor", "1/R(η)", "Factor of the risk at a constant or slowly varying rate over that of gradient flow, 1/(1 − ηTr H/2B).") { Methods = Ladder, Window = [Stable, Gentle, Long] },
        new("alpha", "α", "Coefficient of (η′ − η) Tr Σ in the loss under another schedule at equal flow time.") { Words = "influence of the schedule", Methods = Ladder },
        new("seed-exponent", "q", "The deviation falls as (η (1 − τ/τ*))^q near the end: supercollapse.") { Methods = Ladder },
        new("ladder-steps", "K", "Steps of the own model at a horizon of κ M^γ.") { Methods = Ladder },
    ];

    /// <summary>The predictions of a problem, each with where it stands to its window.</summary>
    public static IReadOnlyList<Prediction> Of(ScalingProblem problem)
    {
        var list = new PredictionList(All);
        var optimum = CollapseTheorem.ComputeOptimal(problem.Terms);
        var used = problem.DataExponent ?? optimum?.Gamma;
        var theorem = new CollapseTheorem(problem.Terms, used ?? 1, problem.HorizonScale);
        var missing = optimum is null ? CollapseTheorem.WhyNone(problem.Terms) : "";
        var unknown = used is null ? missing : "";
        var size = problem.Own;
        var isModel = problem.IsLadder;
        var noModel = isModel ? "" : "the own model is no number of features of the regression";
        var share = isModel ? LadderStability.Gain(problem.Peak, Spectra.PowerSum.Of(problem.Capacity, (long)size), problem.Batch) : double.NaN;
        var curve = new Lazy<UniversalCurve>(() => new UniversalCurve(problem.Difficulty, problem.Capacity));
        list.Measure("|γ/γ* − 1|", () => optimum is null || used is null ? double.NaN : Math.Abs((used.Value / optimum.Gamma) - 1));
        list.Measure("terms beyond the tie", () => problem.Terms.Terms.Count - theorem.Tied.Length);
        list.Measure("offset", () => problem.Offset);
        list.Measure("D_N/E", () => Spectra.PowerSum.Between(1 + (problem.Difficulty * problem.Capacity), problem.Features, ScalingProblem.LargestFeatures) / 2 * Math.Pow(problem.Models[^1], problem.Difficulty * problem.Capacity) / curve.Value.Phi(problem.Horizon));
        list.Measure("γ/β", () => problem.LadderExponent / problem.Capacity);
        list.Measure("ηTr H/2B", () => share);
        list.Measure("K", () => problem.StepsOf(size));

        list.Add("optimal-data-exponent", () => optimum!.Gamma, PredictionKind.Exact, Paper, withheld: missing);
        list.Add("used-data-exponent", () => used!.Value, PredictionKind.Exact, Paper, withheld: unknown);
        list.Add("optimal-scale", () => optimum!.OptimalScale, PredictionKind.Asymptotic, Paper, "p → ∞", withheld: missing);
        list.Add("tied-terms", () => theorem.Tied.Length, PredictionKind.Exact, Paper, withheld: unknown);
        list.Add("total-exponent", () => theorem.TotalExponents.Min(), PredictionKind.Asymptotic, Paper, "p → ∞", withheld: unknown);
        list.Add("gap", () => theorem.Gap, PredictionKind.Asymptotic, Paper, "p → ∞", withheld: unknown);
        list.Add("frontier-exponent", () => theorem.FrontierExponent, PredictionKind.Asymptotic, Paper, "p → ∞", withheld: unknown);
        list.Add("exact-horizon", () => ExactHorizon.Of(problem.Terms, size), PredictionKind.Exact, Paper, "the first where there are several", withheld: ExactHorizon.Roots(problem.Terms, size).Count > 0 ? "" : missing.Length > 0 ? missing : "no balance of terms at this size");
        list.Add("exact-horizon-count", () => ExactHorizon.Roots(problem.Terms, size).Count, PredictionKind.Exact, Derived);
        list.Add("collapse-limit", () => theorem.Limit(Tenth), PredictionKind.Asymptotic, Paper, DisplayText.Plain($"p → ∞, κ = {problem.HorizonScale:G4}"), withheld: unknown, place: Tenth);
        list.Add("collapse-deviation", () => Deviation(problem, theorem), PredictionKind.Exact, Paper, withheld: unknown.Length > 0 ? unknown : problem.Models.Count > 1 ? "" : "collapse needs a ladder of at least two models");
        list.Add("exact-collapse", () => 0, PredictionKind.Exact, Paper, withheld: unknown);
        list.Add("ladder-exponent", () => problem.Capacity, PredictionKind.Asymptotic, Derived, "M → ∞");
        list.Add("ladder-frontier", () => curve.Value.FrontierExponent, PredictionKind.Asymptotic, Derived, "M → ∞");
        list.Add("optimal-horizon", () => curve.Value.OptimalHorizon, PredictionKind.Asymptotic, Derived, "M → ∞");
        list.Add("universal-loss", () => curve.Value.Phi(problem.Horizon), PredictionKind.Asymptotic, Derived, "M → ∞");
        list.Add("universal-curve", () => curve.Value.Normalized(Tenth, problem.Horizon), PredictionKind.Asymptotic, Derived, "M → ∞, constant rate", withheld: problem.Shape is Schedules.ConstantShape ? "" : "the learning rate is not constant", place: Tenth);
        list.Add("noise-share", () => share, PredictionKind.Exact, Derived, withheld: noModel);
        list.Add("noise-factor", () => 1 / (1 - share), PredictionKind.Heuristic, Derived, "slow rates, relaxed fast modes", withheld: noModel);
        list.Add("alpha", () => 0.25, PredictionKind.Heuristic, Paper, "full difference η′ Tr Σ′ − η Tr Σ, slow rates");
        list.Add("seed-exponent", () => 0.5, PredictionKind.Asymptotic, Paper, "τ → τ*");
        list.Add("ladder-steps", () => problem.StepsOf(size), PredictionKind.Exact, Derived, withheld: noModel);
        return list.Predictions;
    }

    private static double Deviation(ScalingProblem problem, CollapseTheorem theorem)
    {
        var sum = 0.0;
        const int Places = 100;
        foreach (var model in problem.Models)
            _ = ReducibleLoss.Of(problem.Terms.At(problem.HorizonScale * Math.Pow(model, theorem.Gamma), model), problem.Offset);
        for (var k = 1; k < Places; k++)
        {
            var spread = LadderSpread.Deviation([.. problem.Models.Select(model => (theorem.Normalized((double)k / Places, model, problem.Offset), 0.0))]);
            sum += spread * spread;
        }

        return Math.Sqrt(sum / (Places - 1));
    }
}
