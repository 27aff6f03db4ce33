using Eigenflow.Schedules;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The predictions of a setting with momentum: they are there only where it has one.</summary>
internal static class MomentumPredictions
{
    /// <summary>The paper.</summary>
    public const string Paper = "Wang, Huang, Li, Wu: Momentum in large-batch training (2026)";

    /// <summary>Why laws of constant settings have no value for others.</summary>
    internal const string OfConstants = "with momentum it is for constant learning rates, batches and momentum";

    /// <summary>Memories 1/(1 − ρ) after which the transient is over.</summary>
    internal const double Memories = 20;

    private static readonly WindowCondition SmallGain = new("Q", WindowRelation.AtMost, 0.05, "noise gain");
    private static readonly WindowCondition Forgotten = new("(1 − ρ)K", WindowRelation.AtLeast, Memories, "steps in units of the memory of momentum");
    private static readonly WindowCondition SmallStep = new("ηλ₁", WindowRelation.AtMost, 0.1, "step along the first mode");
    private static readonly WindowCondition Learning = new("η_ρK", WindowRelation.AtLeast, 10, "intrinsic time of η_ρ");
    private static readonly WindowCondition Close = new("|E/E₁ − 1|", WindowRelation.AtMost, 0.07, "departure of the law from the loss of these modes at K: κ, ripples, features that are missing, a floor that is not reached, scatter of the start that is remembered");
    private static readonly WindowCondition Level = new("|S/E_floor − 1|", WindowRelation.AtMost, 0.07, "departure of the scatter of these modes at K from the floor");
    private static readonly WindowCondition SmallRate = new("η_crit", WindowRelation.AtMost, 0.1, "the critical rate itself");
    private static readonly WindowCondition Rooted = new("|η_small/η_crit − 1|", WindowRelation.AtMost, 0.1, "departure from the root for these modes: of few modes, large capacity or single samples");
    private static readonly WindowCondition Lasting = new("20η*λ₁/K", WindowRelation.AtMost, 0.1, "step along the first mode that the optimum needs where its transient is over, (1 − ρ)K = 20");
    private static readonly WindowCondition Long = new("η*K", WindowRelation.AtLeast, 10, "intrinsic time of the optimum");
    private static readonly WindowCondition Near = new("|E*/E₁* − 1|", WindowRelation.AtMost, 0.07, "departure of E* from the loss of these modes there");
    private static readonly WindowCondition Noisy = new("κ*", WindowRelation.AtMost, 0.1, "noise gain of the optimum: small where the noise of the labels dominates");
    private static readonly WindowCondition Fast = new("η*", WindowRelation.AtLeast, 1, "the optimum itself; for Polyak it is not asked for");

    /// <summary>Names, symbols, meanings and windows.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        Quantity("effective-rate", "η_ρ", "Learning rate η/(1 − ρ) of SGD that moves slow modes as fast; of the last step where momentum grows."),
        Quantity("effective-batch", "B_e", "Batch B(1 − ρ)/(1 + ρ) of SGD with the rate η/(1 + ρ) that is as stable and has the same stationary loss; Polyak."),
        Quantity("critical-learning-rate", "η_crit", "Learning rate with κ = 1 for this momentum and batch."),
        Quantity("small-critical-rate", "η_crit", "The same where it is small: 2B(1 − ρ)y* with Σ y*λ/(1 − y*λ) = 1 (Polyak), (1 − ρ)(2B/(2B − 1))[(2B − ½)β sin(π/β)/π]^β (Nesterov).").With(SmallRate, Rooted),
        Quantity("damping-boundary", "λ_c", "Eigenvalue above which modes oscillate: (1 − √ρ)²/η (Polyak), ((1 − ρ)/(1 + ρ))²/η (Nesterov)."),
        Quantity("transient-time", "1/(1 − ρ)", "Steps over which the memory of momentum fades.") with { Mark = CurveMark.Time("step") },
        Quantity("momentum-floor", "E_floor", "Floor of the loss law: σ²η_ρTr/(4B) (Polyak), (σ²/4B) Σ λ/(λ + 1/η_ρ) (Nesterov).").With(SmallGain, SmallStep, Forgotten, Level) with { Mark = CurveMark.Level("loss") },
        Quantity("momentum-loss", "E(K)", "Loss law at the end: Γ(s)/(2β) (2η_ρK)^(−s) and the floor.").With(SmallGain, Forgotten, SmallStep, Learning, Close) with { Mark = CurveMark.Value("loss", "step") },
        Quantity("momentum-horizon", "k*", "Step at which growing momentum becomes unstable: κ(η, 1 − 1/(k + 1), B) = 1.") with { Mark = CurveMark.Time("step") },
        Quantity("batch-exponent", "r(b)", "Exponent of the best loss in the data, E ∝ D^(−r), at the batch B = D^b of this setting, D = BK.").With(Noisy, Lasting, Long, Near),
        Quantity("first-batch-kink", "b₁", "s/(s + 1): up to B = D^b₁ momentum does not pay."),
        Quantity("second-batch-kink", "b₂", "(2s + 1/β)/(2s + 1 + 1/β): Nesterov's largest exponent."),
        Quantity("third-batch-kink", "b₃", "(2s + 1)/(2s + 2): Polyak keeps the rate s/(s + 1) up to it."),
        Quantity("optimal-effective-rate", "η*", "Best η_ρ of the loss law for these steps and this batch.").With(Noisy, Fast, Lasting, Long, Near),
        Quantity("optimal-momentum-loss", "E*", "The loss law there.").With(Noisy, Fast, Lasting, Long, Near),
        Quantity("label-noise-check", "κ*", "Noise gain of that optimum, twice its floor over σ², for Polyak 2sE*/((1 + s)σ²): near one or above, tuning ends at the edge of stability and the exponents are others."),
    ];

    /// <summary>Adds those of a setting with momentum.</summary>
    /// <param name="list">Receives them; its measures Q and the like are those of momentum.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes.</param>
    /// <param name="momentum">The momentum.</param>
    /// <param name="foreign">Why laws of powers do not apply; empty where they do.</param>
    public static void Add(PredictionList list, ScalingLawProblem problem, KernelModes modes, MomentumOptions momentum, string foreign)
    {
        var stability = StabilityLimit.Momentum(problem, modes, momentum);
        var (beta, s, steps, batch) = (problem.Capacity, problem.Difficulty, (double)problem.Schedule.Steps, (double)problem.Batch.First);
        var (left, effective) = (1 - stability.Strength, stability.EffectiveRate);
        var isConstant = problem.Schedule.Shape is ConstantShape && problem.Batch.IsConstant && momentum.Growth == MomentumGrowth.Constant;
        var law = foreign.Length > 0 ? foreign : isConstant ? "" : OfConstants;
        var noiseless = law.Length > 0 ? law : problem.Noise > 0 ? "" : "it needs label noise";
        var rule = momentum.Kind == MomentumKind.Polyak ? TunedRule.Polyak : TunedRule.Nesterov;
        var regimes = new BatchRegimes(beta, s);
        var trace = new Lazy<double>(() => modes.NoiseWeights.Sum());
        var best = new Lazy<MomentumOptimum>(() => MomentumOptimum.Of(rule, beta, s, problem.Noise, trace.Value, steps, batch));
        var critical = new Lazy<double>(() => stability.CriticalRate);
        var first = new Lazy<FirstOrderLoss>(() => new FirstOrderLoss(modes, stability, problem.Noise, steps));
        var bestLoss = new Lazy<double>(BestLoss);
        list.Measure("(1 − ρ)K", () => left * steps);
        list.Measure("ηλ₁", () => stability.Rate * modes.Largest);
        list.Measure("η_ρK", () => effective * steps);
        list.Measure("|E/E₁ − 1|", () => Math.Abs((Loss() / first.Value.Loss) - 1));
        list.Measure("|S/E_floor − 1|", () => Math.Abs(((first.Value.LabelScatter + first.Value.OtherScatter) / Floor()) - 1));
        list.Measure("η_crit", () => critical.Value);
        list.Measure("|η_small/η_crit − 1|", () => Math.Abs((Small() / critical.Value) - 1));
        list.Measure("20η*λ₁/K", () => Memories * best.Value.EffectiveRate * modes.Largest / steps);
        list.Measure("η*K", () => best.Value.EffectiveRate * steps);
        list.Measure("|E*/E₁* − 1|", () => Math.Abs((best.Value.Risk / bestLoss.Value) - 1));
        list.Measure("κ*", () => problem.Noise > 0 ? best.Value.LabelNoise : double.NaN);
        list.Measure("η*", () => rule == TunedRule.Polyak ? 1 : best.Value.EffectiveRate);

        list.Add("effective-rate", effective, PredictionKind.Exact, Paper);
        list.Add("effective-batch", () => stability.EffectiveBatch, PredictionKind.Exact, LawCurves.Derived, "every spectrum", withheld: momentum.Kind == MomentumKind.Polyak ? "" : "Nesterov's momentum is no SGD with another batch");
        list.Add("critical-learning-rate", () => critical.Value, PredictionKind.Exact, Paper, "constant rate, Gaussian features");
        list.Add("small-critical-rate", Small, PredictionKind.Asymptotic, LawCurves.Derived, "M → ∞", withheld: foreign);
        list.Add("damping-boundary", MomentumStability.CriticalDamping(momentum.Kind, stability.Strength) / stability.Rate, PredictionKind.Exact, Paper);
        list.Add("transient-time", 1 / left, PredictionKind.Asymptotic, Paper);
        list.Add("momentum-floor", Floor, PredictionKind.Asymptotic, LawCurves.Derived, "κ → 0, all modes at their floor", withheld: isConstant ? "" : OfConstants);
        list.Add("momentum-loss", Loss, PredictionKind.Asymptotic, LawCurves.Derived, "after the transient", withheld: law, place: steps);
        list.Add("momentum-horizon", () => CriticalRates.Horizon(modes, momentum.Kind, problem.Schedule.Peak, batch), PredictionKind.Exact, LawCurves.Derived, "κ = 1 of the momentum of the step", withheld: momentum.Growth == MomentumGrowth.Increasing ? "" : "the momentum is constant");
        list.Add("batch-exponent", () => regimes.Exponent(rule, Math.Log(batch) / Math.Log(batch * steps)), PredictionKind.Asymptotic, Paper, "D → ∞, tuned η and ρ", withheld: noiseless.Length > 0 ? noiseless : batch * steps > 1 ? "" : "it needs more than one sample");
        list.Add("first-batch-kink", () => regimes.First, PredictionKind.Asymptotic, Paper, "D → ∞", withheld: foreign);
        list.Add("second-batch-kink", () => regimes.Second, PredictionKind.Asymptotic, Paper, "D → ∞", withheld: foreign);
        list.Add("third-batch-kink", () => regimes.Third, PredictionKind.Asymptotic, Paper, "D → ∞", withheld: foreign);
        list.Add("optimal-effective-rate", () => best.Value.EffectiveRate, PredictionKind.Asymptotic, LawCurves.Derived, "of the loss law", withheld: noiseless);
        list.Add("optimal-momentum-loss", () => best.Value.Risk, PredictionKind.Asymptotic, LawCurves.Derived, "of the loss law", withheld: noiseless);
        list.Add("label-noise-check", () => best.Value.LabelNoise, PredictionKind.Asymptotic, LawCurves.Derived, "of the loss law", withheld: noiseless);

        double Floor() => MomentumLaw.Floor(momentum.Kind, modes, problem.Noise, effective, batch);

        double Loss() => MomentumLaw.Signal(beta, s, effective * steps) + Floor();

        double Small() => CriticalRates.Asymptote(momentum.Kind, beta, batch, left);

        // The optimum as a run could have it: the largest momentum whose transient is over.
        double BestLoss()
        {
            var strength = Math.Max(0, 1 - (Memories / steps));
            return new FirstOrderLoss(modes, new MomentumStability(modes, problem.Noise, best.Value.EffectiveRate * (1 - strength), batch, momentum.Kind, strength), problem.Noise, steps).Loss;
        }
    }

    private static PredictedQuantity Quantity(string name, string symbol, string meaning) => new(name, symbol, meaning) { IsAskedFor = true };

    private static PredictedQuantity With(this PredictedQuantity quantity, params IReadOnlyList<WindowCondition> window) => quantity with { Window = window };
}
