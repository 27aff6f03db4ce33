namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The numbers that the theory states in advance for a problem on blocks.</summary>
internal static class SpectralDescentPredictions
{
    private const string Derived = "derived (docs/systems/spectral-descent.md)";

    private static readonly WindowCondition Overtaken = new("q_b/(3q₀)", WindowRelation.Above, 1, "the loudest direction against the threshold", IsRequired: true);
    private static readonly WindowCondition Room = new("b*/α", WindowRelation.Above, 1, "the spike on the plateau against the start", IsRequired: true);
    private static readonly WindowCondition Start = new("α", WindowRelation.Below, 1, "size of the start", IsRequired: true);
    private static readonly WindowCondition Alone = new("overtaking/n_b", WindowRelation.AtMost, 1, "directions above the threshold over those of the loudest block");
    private static readonly WindowCondition Sharp = new("S(τ_b)/q₀", WindowRelation.AtMost, 0.1, "what signal and bulk have learned when the spike saturates");
    private static readonly WindowCondition Early = new("S(τ_a)/q₀", WindowRelation.AtMost, 0.1, "what the bulk has learned when the signal arrives, as if nothing slowed it");
    private static readonly WindowCondition SmallStart = new("α²trQ/q₀", WindowRelation.AtMost, 0.1, "mean response of the start against the signal");
    private static readonly WindowCondition SmallStep = new("η/η_max", WindowRelation.AtMost, 0.1, "learning rate of GD against the largest stable one; growth per step is ln(1 + ηρ)");
    private static readonly WindowCondition FineLattice = new("η√d", WindowRelation.AtMost, 0.05, "step of spectral descent against the bulk scale");
    private static readonly WindowCondition SmallSpectralStep = new("η", WindowRelation.AtMost, 0.01, "step of spectral descent");
    private static readonly WindowCondition ModestStep = SmallStep with { Bound = 0.26 };
    private static readonly WindowCondition SpikeLattice = new("η√(sd)", WindowRelation.AtMost, 0.1, "step of spectral descent against the spike while sliding");
    private static readonly WindowCondition SpikeSteps = new("η/(r_b − α)", WindowRelation.AtMost, 0.1, "one step against the distance");
    private static readonly WindowCondition BulkSteps = new("η/(r_c − α)", WindowRelation.AtMost, 0.1, "one step against the distance");
    private static readonly WindowCondition WeakSpike = new("s/trQ", WindowRelation.AtMost, 0.1, "part of the spike in the trace");
    private static readonly WindowCondition InsideBulk = new("α/r_c", WindowRelation.Below, 1, "start against the surface of the bulk", IsRequired: true);
    private static readonly WindowCondition NotLearned = new("α²trQ/q₀", WindowRelation.Below, 1, "mean response of the start against the signal");
    private static readonly WindowCondition Deep = new("A_min√d", WindowRelation.Below, 1, "dip against the alignment of the start");
    private static readonly WindowCondition QuietBulk = new("√d(c/b*)²", WindowRelation.AtMost, 0.5, "part of the bulk in the alignment when the spike saturates");
    private static readonly WindowCondition Inside = new("α/r_b", WindowRelation.Below, 1, "start against the surface of the spike", IsRequired: true);
    private static readonly WindowCondition LargeDimension = new("d", WindowRelation.AtLeast, 20, "dimension");
    private static readonly WindowCondition AboveFloor = new("(η² + d²η⁴)/L*", WindowRelation.AtMost, 0.1, "floor of a constant learning rate against the target");
    private static readonly WindowCondition StillSliding = new("(1 − a²)(d + 2)", WindowRelation.AtLeast, 1, "signal at the target against the end of sliding");
    private static readonly WindowCondition NoStall = new("η√(trQ/q₀)", WindowRelation.AtMost, 0.65, "step of spectral descent against the surface: above, the signal may stall before ½");
    private static readonly WindowCondition Several = new("d", WindowRelation.AtLeast, 4, "dimension", IsRequired: true);

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        OfDescent("signal-rate", "ρ_a", "Rate at which ln a grows in the escape, 3 q₀², less ω with weight decay.") with { Window = [SmallStart, SmallStep] },
        OfDescent("spike-rate", "ρ_b", "Rate at which ln b grows in the escape, q_b q₀, less ω with weight decay.") with { Window = [SmallStart, SmallStep] },
        OfDescent("bulk-rate", "ρ_c", "Rate at which ln c grows in the escape, q_c q₀, less ω with weight decay.") with { Window = [SmallStart, SmallStep] },
        OfDescent("threshold", "3q₀", "Eigenvalue above which a direction grows faster than the signal in the escape; s > 3, that is λ > 2."),
        OfDescent("overtaking", "#", "Number of directions that grow faster than the signal in the escape; where there are several, the first to saturate slow the others down."),
        OfDescent("plateau-loss", "L*", "Loss on the misalignment plateau, 2/3 with one spike.") with { Window = [Overtaken, Alone, Sharp, SmallStart], Mark = CurveMark.Level("loss") },
        OfDescent("plateau-spike", "b*", "Coefficient of the spike on the plateau, 1/√(3s).") with { Window = [Overtaken, Alone, Sharp, SmallStart], Mark = CurveMark.Level("b") },
        OfDescent("spike-time", "τ_b", "Time at which the spike has half saturated, b² = b*²/2: ln(b*/α)/ρ_b.") with { Window = [Overtaken, Room, Alone, Sharp, SmallStart, SmallStep], Mark = CurveMark.Time("t") },
        OfDescent("alignment-dip", "A_min", "Smallest alignment, (α/b*)^(2 − 6/s).") with { Window = [Overtaken, Room, Alone, Sharp, SmallStart, Deep, QuietBulk], Mark = CurveMark.Level("alignment") },
        OfDescent("signal-time", "τ_a", "Time at which the signal is learned, long after the event escape, at which the start is left.") with { Window = [Start, Alone, Early, SmallStart], Mark = CurveMark.Time("t") },
        OfDescent("signal-steps", "K_a", "The same in steps, at the given learning rate or the default.") with { Window = [Start, Alone, Early, SmallStart, ModestStep], Unmarked = "where τ_a stands" },
        OfDescent("largest-learning-rate", "η_max", "Largest stable learning rate, 1/max(s, 3)."),
        OfDescent("late-slope", "dS_c⁻¹/dτ", "Slope of 1/S_c late, S_c = (d − 2)c²: 4/3 + 4/(d − 2).") with { Window = [Several] },
        OfDescent("late-loss-constant", "K", "Constant of L ≈ K τ^(−2) late.") with { Window = [Several], Mark = CurveMark.Slope("loss", "step") with { Exponent = -2, LastAfter = PhaseTracker.Contraction } },
        OfSpectral("additive-alignment", "A_F", "Alignment while every direction grows alike, 1/√d.") with { Window = [Inside], Mark = CurveMark.Level("alignment") },
        OfSpectral("spike-surface-distance", "u_b", "Distance at which the spike turns, 1/√(tr Q + 2s) − α.") with { Window = [Inside, SpikeSteps], Mark = CurveMark.Time("t") with { Event = "spike-surface" } },
        OfSpectral("bulk-surface-distance", "u_c", "Distance at which the bulk turns, about 1/√(tr Q + 2) − α.") with { Window = [InsideBulk, BulkSteps, WeakSpike, LargeDimension], Mark = CurveMark.Time("t") with { Event = "bulk-surface" } },
        OfSpectral("half-steps", "k_½", "First step with a² ≥ ½, ⌈(√½ − α)/η⌉, whatever the spike; η times the factor of update-scale, and longer with weight decay.") with { Window = [NotLearned, NoStall], Mark = CurveMark.Time("step") with { Event = "half-step" } },
        OfSpectral("aligned-steps", "k_A", "First step with A_F ≥ 0.9, of order d^{-1/4}/η.") with { Window = [NotLearned, NoStall, SpikeLattice, FineLattice], Mark = CurveMark.Time("step") with { Event = "aligned-step" } },
        OfSpectral("target-steps", "k_L", "First step with L ≤ loss-target while sliding.") with { Window = [NotLearned, NoStall, SpikeLattice, FineLattice, AboveFloor, StillSliding], Mark = CurveMark.Time("step") with { Event = "target-step" } },
        OfSpectral("largest-spectral-rate", "η_s", "Learning rate above which the mean alignment does not come to 0.9, √(3/tr Q); a² ≥ ½ needs less than about 0.65 of √(1/tr Q), or 1 to 1.2 of it."),
        OfSpectral("sliding-bulk", "c_s", "c/√(1 − a²) while sliding, 1/√(d + 1).") with { Window = [SpikeLattice, FineLattice] },
        OfSpectral("sliding-loss-constant", "L/(1 − a²)²", "(d + 2)/(2(d + 1)).") with { Window = [SpikeLattice, FineLattice] },
        OfSpectral("sliding-end", "a²", "a² at which sliding ends, (d + 1)/(d + 2).") with { Window = [SpikeLattice, FineLattice] },
        OfSpectral("finish-distance", "u_f", "Distance at which all noise has vanished, 1 − α + 1/(2d).") with { Window = [SmallSpectralStep, LargeDimension, NotLearned], Mark = CurveMark.Time("t") },
        OfSpectral("lattice-limit", "1/√d", "Learning rate above which the lattice of steps is coarser than the bulk scale."),
    ];

    // Single rules without batches, in blocks or as whole matrices, which have the same curves.
    private static PredictedQuantity OfDescent(string name, string symbol, string meaning) => new(name, symbol, meaning) { Methods = ["gd", "full-gd"] };

    private static PredictedQuantity OfSpectral(string name, string symbol, string meaning) => new(name, symbol, meaning) { Methods = ["spectral", "full-spectral"] };

    /// <summary>The predictions, each with where it stands to its window.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rule">What is asked of the update, and the learning rate where there is one.</param>
    public static IReadOnlyList<Prediction> Of(SpectralDescentProblem problem, PredictedRule rule)
    {
        var learningRate = rule.LearningRate;
        var list = new PredictionList(All);
        var blocks = problem.Blocks();
        var descent = new GradientDescentTheory(blocks);
        var spectral = new SpectralTheory(blocks);
        var d = blocks.Dimension;
        var rate = learningRate ?? DefaultRates.Of(problem, UpdateRule.GradientDescent, false).LearningRate;
        var step = learningRate ?? DefaultRates.Of(problem, UpdateRule.Spectral with { Scale = rule.Scale }, false).LearningRate;
        var factor = rule.Scale.Factor(problem);
        var pace = step * factor;
        var stride = pace * Math.Sqrt(blocks.Trace / blocks.SignalEigenvalue);
        var limit = GradientDescentTheory.LargestLearningRate(blocks.SignalEigenvalue, blocks.LoudEigenvalue) * MomentumTheory.LimitFactor(rule.Momentum, rule.IsNesterov, rule.IsSum);
        Measures();

        const string Small = "small start, η → 0";
        const string Linear = "linearised at W = 0, η → 0";
        var decay = rule.WeightDecay;
        var decayed = decay > 0 ? "it is stated without weight decay" : "";

        // A sum of gradients is a larger learning rate.
        var paced = decayed.Length == 0 && rule is { IsSum: true, Momentum: > 0 } ? "it is stated for averages of gradients, not sums" : decayed;
        var steady = rule.IsConstant ? "" : "it is for a constant learning rate";
        var push = rule.IsSum ? 1 / (1 - rule.Momentum) : 1;
        Add("signal-rate", () => (push * descent.SignalRate) - decay, PredictionKind.Exact, Linear, "per unit τ");
        Add("spike-rate", () => (push * descent.LoudRate) - decay, PredictionKind.Exact, Linear, "per unit τ");
        Add("bulk-rate", () => (push * descent.QuietRate) - decay, PredictionKind.Exact, Linear, "per unit τ");
        Add("threshold", () => descent.Threshold, PredictionKind.Asymptotic, Small);
        Add("overtaking", () => descent.OvertakingCount, PredictionKind.Asymptotic, Small);
        var one = descent.OvertakingCount > 1 ? "one loud direction alone saturated" : "λ well above 2, (d − 2)c² ≪ 1";
        Add("plateau-loss", () => descent.PlateauLoss, PredictionKind.Asymptotic, one, withheld: decayed);
        Add("plateau-spike", () => descent.PlateauCoefficient, PredictionKind.Asymptotic, one, withheld: decayed);
        Add("spike-time", () => descent.LoudTime, PredictionKind.Asymptotic, Small, "τ", paced);
        Add("alignment-dip", () => descent.AlignmentDip, PredictionKind.Heuristic, "λ > 2, within a factor of about two, before the bulk matters", withheld: decayed);
        var late = descent.IsOvertaken && !(descent.LoudTime > 0) ? DisplayText.Plain($"b*/α = {descent.PlateauCoefficient / blocks.Scale:G4}, must be > 1") : "";
        Add("signal-time", () => descent.SignalTime, PredictionKind.Asymptotic, "α → 0, leading order", "τ", paced.Length > 0 ? paced : late);
        Add("signal-steps", () => descent.EscapeSteps(rate, rule), PredictionKind.Asymptotic, DisplayText.Plain($"α → 0, learning-rate = {rate:G4}, constant"), "steps", decayed.Length > 0 ? decayed : steady.Length > 0 ? steady : late);
        Add("largest-learning-rate", () => limit, PredictionKind.Exact, rule.Momentum > 0 ? DisplayText.Plain($"stable at the signal and on the plateau, momentum = {rule.Momentum:G4}") : "stable at the signal (1/3) and on the plateau (1/s)", withheld: decayed);
        var spiked = problem.Covariance.IsSpiked ? "" : "it is for a spike on a flat bulk";
        Add("late-slope", () => descent.LateSlope, PredictionKind.Asymptotic, "τ → ∞ after the signal is learned", withheld: paced.Length > 0 ? paced : spiked);
        Add("late-loss-constant", () => descent.LateLossConstant, PredictionKind.Asymptotic, "τ → ∞, d fixed", withheld: paced.Length > 0 ? paced : spiked);
        Add("additive-alignment", () => spectral.AdditiveAlignment, PredictionKind.Exact, "until the spike turns");
        Add("spike-surface-distance", () => spectral.LoudSurface - blocks.Scale, PredictionKind.Exact, "η → 0", "u", decayed);
        Add("bulk-surface-distance", () => spectral.QuietSurface - blocks.Scale, PredictionKind.Asymptotic, "d → ∞, η → 0", "u", decayed.Length > 0 ? decayed : spiked);
        Add("half-steps", () => spectral.StepsTo(Math.Sqrt(0.5), step, factor, rule.WeightDecay), NoStall.Holds(stride) ? PredictionKind.Exact : PredictionKind.Heuristic, DisplayText.Plain($"learning-rate = {step:G4}, constant, while h_a < 0"), "steps", steady.Length > 0 ? steady : Held(Math.Sqrt(0.5)));
        Add("aligned-steps", () => spectral.StepsTo(spectral.AlignedSignal, step, factor, rule.WeightDecay), PredictionKind.Asymptotic, DisplayText.Plain($"learning-rate = {step:G4}, constant, sliding"), "steps", steady.Length > 0 ? steady : spiked.Length > 0 ? spiked : Held(spectral.AlignedSignal));
        var end = spectral.TargetSignal(rule.LossTarget);
        Add("target-steps", () => spectral.StepsTo(end, step, factor, rule.WeightDecay), PredictionKind.Asymptotic, DisplayText.Plain($"L* = {rule.LossTarget:G4}, learning-rate = {step:G4}, constant, sliding"), "steps", steady.Length > 0 ? steady : spiked.Length > 0 ? spiked : double.IsNaN(end) ? "loss-target is above the loss at which sliding begins" : Held(end));
        Add("largest-spectral-rate", () => spectral.LargestLearningRate / factor, PredictionKind.Asymptotic, "√(3q₀/tr Q) over the factor of update-scale, tr Q → ∞", withheld: decayed);
        Add("sliding-bulk", () => 1 / Math.Sqrt(d + 1), PredictionKind.Exact, "η → 0, sliding", withheld: spiked);
        Add("sliding-loss-constant", () => (d + 2) / (2 * (d + 1)), PredictionKind.Exact, "η → 0, sliding", withheld: spiked);
        Add("sliding-end", () => spectral.ContractionStart, PredictionKind.Exact, "η → 0", withheld: decayed.Length > 0 ? decayed : spiked);
        Add("finish-distance", () => spectral.Finish, PredictionKind.Asymptotic, "d → ∞, η ≪ 1/d", "u", decayed.Length > 0 ? decayed : spiked);
        Add("lattice-limit", () => spectral.AdditiveAlignment, PredictionKind.Heuristic, "constant learning rate");
        return list.Predictions;

        void Measures()
        {
            var signal = blocks.SignalEigenvalue;
            list.Measure("q_b/(3q₀)", () => blocks.LoudEigenvalue / (3 * signal));
            list.Measure("b*/α", () => descent.PlateauCoefficient / blocks.Scale);
            list.Measure("α", () => blocks.Scale);
            list.Measure("overtaking/n_b", () => descent.OvertakingCount / blocks.Multiplicities[blocks.Loud]);
            list.Measure("S(τ_b)/q₀", () => Learned(descent.LoudTime, withSignal: true));
            list.Measure("S(τ_a)/q₀", () => Learned(descent.SignalTime, withSignal: false));
            list.Measure("α²trQ/q₀", () => blocks.Scale * blocks.Scale * blocks.Trace / signal);
            list.Measure("η/η_max", () => rate / limit);
            list.Measure("η√d", () => pace * Math.Sqrt(d));
            list.Measure("η", () => pace);
            list.Measure("η√(trQ/q₀)", () => stride);
            list.Measure("η√(sd)", () => pace * Math.Sqrt(blocks.LoudEigenvalue / signal * d));
            list.Measure("η/(r_b − α)", () => pace / (spectral.LoudSurface - blocks.Scale));
            list.Measure("η/(r_c − α)", () => pace / (spectral.QuietSurface - blocks.Scale));
            list.Measure("s/trQ", () => blocks.LoudEigenvalue / blocks.Trace);
            list.Measure("α/r_c", () => blocks.Scale / spectral.QuietSurface);
            list.Measure("A_min√d", () => descent.AlignmentDip * Math.Sqrt(d));
            list.Measure("√d(c/b*)²", () => Math.Sqrt(d) * Math.Pow(blocks.Scale * Math.Exp(descent.QuietRate * descent.LoudTime) / descent.PlateauCoefficient, 2));
            list.Measure("α/r_b", () => blocks.Scale / spectral.LoudSurface);
            list.Measure("d", () => d);
            list.Measure("(η² + d²η⁴)/L*", () => ((pace * pace) + (d * d * pace * pace * pace * pace)) / rule.LossTarget);
            list.Measure("(1 − a²)(d + 2)", () => (1 - Math.Pow(spectral.TargetSignal(rule.LossTarget), 2)) * (d + 2));
        }

        // Σ n_j q_j w_j²/q₀ of the directions that do not saturate first, each with its growth rate of the escape.
        double Learned(double time, bool withSignal)
        {
            var sum = 0.0;
            for (var j = 0; j < blocks.Count; j++)
            {
                if (j == blocks.Signal ? !withSignal : j == blocks.Loud && (withSignal || descent.IsOvertaken))
                    continue;
                var growth = j == blocks.Signal ? descent.SignalRate : blocks.Eigenvalues[j] * blocks.SignalEigenvalue;
                var coefficient = blocks.Scale * Math.Exp(growth * time);
                sum += blocks.Multiplicities[j] * blocks.Eigenvalues[j] * coefficient * coefficient;
            }

            return sum / blocks.SignalEigenvalue;
        }

        // Why weight decay keeps the signal from a value, or nothing.
        string Held(double a) => rule.WeightDecay > 0 && !(factor / rule.WeightDecay > a) ? DisplayText.Plain($"weight decay holds the signal at {factor / rule.WeightDecay:G4}") : "";

        void Add(string name, Func<double> value, PredictionKind kind, string validity, string unit = "", string withheld = "") =>
            list.Add(name, value, kind, Derived, validity, unit, withheld);
    }
}
