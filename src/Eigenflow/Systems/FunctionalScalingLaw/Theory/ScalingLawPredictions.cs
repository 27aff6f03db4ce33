using Eigenflow.Schedules;
using MathNet.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class ScalingLawPredictions
{
    private const long LargestSummed = 10_000_000;
    private const string UpToConstants = "up to constants; noise ≳ 1";
    private const string WithoutMomentum = "it is for SGD without momentum";

    private static readonly WindowCondition StableStep = new("ηλ₁(1 + 1/B)", WindowRelation.Below, 2, "step along the first mode", IsRequired: true);
    private static readonly WindowCondition StableGain = new("Q", WindowRelation.Below, 1, "noise gain", IsRequired: true);
    private static readonly WindowCondition SmallGain = new("Q", WindowRelation.AtMost, 0.1, "noise gain");
    private static readonly WindowCondition Reached = new("e_M(aK)/(2E_∞)", WindowRelation.AtMost, 0.1, "signal that is left after all steps at the peak (with momentum also the scatter that is missing), against the stationary loss");
    private static readonly WindowCondition LabelNoise = new("2E/σ²", WindowRelation.AtMost, 0.1, "predicted loss against the label noise");
    private static readonly WindowCondition SignalFollows = new("|s(T)/s − 1|", WindowRelation.AtMost, 0.1, "departure of the local exponent of e_M (with momentum: of the exact signal) at the end of the run");
    private static readonly WindowCondition SignalConstant = new("|e_M(T)/e(T) − 1|", WindowRelation.AtMost, 0.1, "departure of e_M (with momentum: of the exact signal) from its law at the end of the run");
    private static readonly WindowCondition KernelFollows = new("|κ(T)/κ − 1|", WindowRelation.AtMost, 0.1, "departure of the local exponent of K_M at the end of the run");
    private static readonly WindowCondition KernelConstant = new("|K_M(T)/K(T) − 1|", WindowRelation.AtMost, 0.1, "departure of K_M from its law at the end of the run");
    private static readonly WindowCondition Noisy = new("σ²", WindowRelation.Above, 0, "label noise", IsRequired: true);
    private static readonly WindowCondition Easy = new("s − (1 − 1/β)", WindowRelation.AtLeast, 0, "regime margin", IsRequired: true);
    private static readonly WindowCondition Hard = new("s − (1 − 1/β)", WindowRelation.Below, 0, "regime margin", IsRequired: true);

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All =
    [
        new("intrinsic-difficulty", "α", "Intrinsic difficulty α = sβ, a property of the target alone."),
        new("regime-margin", "s − (1 − 1/β)", "Easy where it is ≥ 0, hard where it is negative."),
        new("initial-loss", "E(0)", "Excess risk of the start.") { Mark = CurveMark.Value("loss", "t") },
        new("approximation", "D_M", "Excess risk that the model size leaves.") { Mark = CurveMark.Level("loss") },
        new("intrinsic-time", "T", "Sum of the learning rates.") { Unmarked = "the end of the run" },
        new("floor-time", "M^β", "Intrinsic time at which the signal meets the approximation error.") { Mark = CurveMark.Time("t") },
        new("stability-step", "ηλ₁(1 + 1/B)", "Must be below 2 for mean-square stability at the peak; with momentum 2ηλ₁ over the step at which the first mode alone is unstable."),
        new("noise-gain", "Q", "Must be below 1 for mean-square stability at the peak; the laws assume that it is small. With momentum κ = Σ q/(BD − q).") { Window = [StableStep] },
        new("largest-stable-rate", "η_max", "Largest learning rate that is stable in the mean square."),
        new("stationary-loss", "E_∞", "Stationary excess risk of the peak kept constant; left out when it is unstable.") { Window = [StableStep, StableGain, Reached], Mark = CurveMark.Level("loss") },
        new("signal-exponent", "−s", "e_M(t) ∝ t^(−s).") { Window = [SignalFollows], Mark = CurveMark.Slope("signal", "t") },
        new("kernel-exponent", "−(2 − 1/β)", "K_M(t) ∝ t^(−(2 − 1/β)).") { Window = [KernelFollows] },
        new("signal-constant", "Γ(s)/(β2^s)", "Constant of e(t) at M = ∞; with momentum times (1 − ρ)^s, since slow modes have the time t/(1 − ρ).") { Window = [SignalConstant], Unmarked = "the constant of a law whose slope is drawn" },
        new("kernel-constant", "Γ(2 − 1/β)/(β2^(2 − 1/β))", "Constant of K(t) at M = ∞.") { Window = [KernelConstant] },
        new("closed-form-loss", "E(K)", "Final loss of a constant, exponential or wsd schedule by the closed forms: D_M + ½ (e_M(T) + (σ²/B) I); with momentum the exact mean and the stationary scatter of these modes as far as it is reached.") { Window = [StableStep, StableGain, SmallGain, LabelNoise], Mark = CurveMark.Value("loss", "step") },
        new("theorem-loss", "E(K)", "Final loss of a constant, exponential or wsd schedule by the paper's theorem, all constants one.") { Window = [StableStep, StableGain, LabelNoise], Unmarked = "up to a constant" },
        new("constant-data-exponent", "−s/(1 + s)", "Exponent of the loss in the data D under the best constant rate.") { Window = [Noisy] },
        new("constant-compute-exponent", "−sβ/(1 + sβ + β)", "Exponent of the loss in the compute C = MD under the best constant rate and model size.") { Window = [Noisy] },
        new("constant-model-exponent", "1/(1 + sβ + β)", "Exponent of the best model size in C under a constant rate.") { Window = [Noisy] },
        new("decay-data-exponent", "−sβ/(1 + sβ) or −s", "Exponent of the loss in D under the best exponential or wsd decay (easy or hard), up to logarithms.") { Window = [Noisy] },
        new("decay-rate-exponent", "−(1 + sβ − β)/(1 + sβ) or 0", "Exponent of the best peak in D for such decays, up to logarithms.") { Window = [Noisy] },
        new("decay-compute-exponent", "−sβ/(2 + sβ) or −sβ/(1 + β)", "Exponent of the loss in C for such decays, up to logarithms.") { Window = [Noisy] },
        new("decay-model-exponent", "1/(2 + sβ) or 1/(1 + β)", "Exponent of the best model size in C for such decays, up to logarithms.") { Window = [Noisy] },
        new("wsd-rate-log-exponent", "−(β − 1)/(1 + sβ)", "Power of ln D in the best peak of wsd, easy regime.") { Window = [Noisy, Easy] },
        new("wsd-model-log-exponent", "−(1 − 1/β)/(2 + sβ)", "Power of ln C in the best model size of wsd, easy regime.") { Window = [Noisy, Easy] },
        new("optimal-power", "2β − 1", "Power with which the optimal schedule decays.") { Window = [Noisy] },
        new("optimal-fraction-exponent", "−(β − 1 − sβ)/(2β − 1)", "Exponent in N of the decaying part of the optimal schedule, hard regime.") { Window = [Noisy, Hard] },
        new("optimal-peak", "η(0)", "First learning rate of the schedule that is optimal for these steps, noise and batch, bounded by the peak.") { Window = [Noisy] },
        new("optimal-decay-fraction", "N₂/N", "Part of the run over which that schedule decays.") { Window = [Noisy] },
        new("optimal-loss", "J", "The noise-dominated law with constants one under that schedule.") { Window = [Noisy] },
        .. MomentumPredictions.All,
    ];

    /// <summary>The predictions of a problem, each with where it stands to its window.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes.</param>
    /// <param name="momentum">The momentum; null for none.</param>
    public static IReadOnlyList<Prediction> Of(ScalingLawProblem problem, KernelModes modes, MomentumOptions? momentum = null)
    {
        var list = new PredictionList(All);
        var schedule = problem.Schedule;
        var (beta, s) = (problem.Capacity, problem.Difficulty);
        var stability = Stability.Of(problem, modes);
        var moving = momentum is { IsActive: true } ? StabilityLimit.Momentum(problem, modes, momentum) : null;
        var gain = new Lazy<double>(() => moving?.Gain ?? stability.NoiseGain);
        var step = moving is null ? stability.LargestStep : 2 * moving.Rate * modes.Largest / MomentumStability.LargestStep(moving.Kind, moving.Strength, moving.Batch);
        var foreign = problem.Eigenvalues is null && problem.Target is null ? "" : "spectrum and target are not both power laws";
        var isSummed = schedule.IsConstant || schedule.Steps <= LargestSummed;
        var isSteady = schedule.Shape is ConstantShape && momentum is { Growth: MomentumGrowth.Constant };
        var ordered = new Lazy<FirstOrderLoss>(() => new FirstOrderLoss(modes, moving!, problem.Noise, schedule.Steps));
        var isOver = moving is null || (1 - moving.Strength) * schedule.Steps >= MomentumPredictions.Memories;
        var transient = isOver ? "" : DisplayText.Plain($"the transient of momentum is not over: (1 − ρ)K = {(1 - moving!.Strength) * schedule.Steps:G4}, must be >= {MomentumPredictions.Memories}");
        var steady = moving is null ? "" : isSteady ? transient : "with momentum it is for constant learning rates and momentum";
        var end = new Lazy<double>(() => isSummed ? schedule.TimeAt(schedule.Steps) : double.NaN);
        var final = new Lazy<(double Loss, double Bound)?>(Final);
        var optimum = new Lazy<OptimalSchedule>(() => OptimalSchedule.Solve(
            new ScheduleObjective { Capacity = beta, Difficulty = s, Noise = problem.Noise / problem.Batch.First }, schedule.Steps, schedule.Peak));
        var signalLaw = SpecialFunctions.Gamma(s) / (beta * Math.Pow(2, s));
        var kernel = 2 - (1 / beta);
        var kernelLaw = SpecialFunctions.Gamma(kernel) / (beta * Math.Pow(2, kernel));
        Measures();

        Own("intrinsic-difficulty", () => problem.IntrinsicDifficulty, PredictionKind.Exact, LawCurves.Paper);
        Own("regime-margin", () => s - (1 - (1 / beta)), PredictionKind.Exact, LawCurves.Paper);
        list.Add("initial-loss", () => modes.InitialLoss, PredictionKind.Exact, LawCurves.Derived, place: 0);
        list.Add("approximation", modes.Approximation, PredictionKind.Exact, LawCurves.Derived);
        list.Add("intrinsic-time", () => end.Value, PredictionKind.Exact, LawCurves.Paper, withheld: isSummed ? "" : FormattableString.Invariant($"more than {LargestSummed} rates would have to be summed"));
        Own("floor-time", () => Math.Pow(problem.ModelSize, beta), PredictionKind.Asymptotic, LawCurves.Paper, UpToConstants, moving is null ? "" : WithoutMomentum);
        const string Gaussian = "constant rate, Gaussian features";
        list.Add("stability-step", step, PredictionKind.Exact, LawCurves.Derived, Gaussian);
        list.Add("noise-gain", () => gain.Value, PredictionKind.Exact, LawCurves.Derived, Gaussian);
        list.Add("largest-stable-rate", moving?.CriticalRate ?? stability.LargestRate, PredictionKind.Exact, LawCurves.Derived, Gaussian);
        list.Add("stationary-loss", Stationary, PredictionKind.Exact, LawCurves.Derived, "peak kept constant, t → ∞");
        const string Window = "1 ≪ t ≪ M^β";
        var still = moving is null ? "" : WithoutMomentum;
        Own("signal-exponent", () => -s, PredictionKind.Asymptotic, LawCurves.Paper, Window, steady, (1, Math.Pow(problem.ModelSize, beta)));
        Own("kernel-exponent", () => -kernel, PredictionKind.Asymptotic, LawCurves.Paper, Window, still);
        Own("signal-constant", SignalLaw, PredictionKind.Asymptotic, LawCurves.Derived, Window, steady);
        Own("kernel-constant", () => kernelLaw, PredictionKind.Asymptotic, LawCurves.Derived, Window, still);
        var open = foreign.Length > 0 ? foreign : final.Value is not null ? "" : moving is null ? "it is for constant batches and constant, exponential or wsd schedules" : isSteady && problem.Batch.IsConstant ? transient : MomentumPredictions.OfConstants;
        list.Add("closed-form-loss", () => final.Value!.Value.Loss, PredictionKind.Heuristic, LawCurves.Derived, "small noise-gain; noise dominated by the labels", withheld: open, place: schedule.Steps);
        list.Add("theorem-loss", () => final.Value!.Value.Bound, PredictionKind.Asymptotic, LawCurves.Paper, UpToConstants, withheld: moving is null ? open : WithoutMomentum);
        foreign = foreign.Length > 0 || moving is null ? foreign : WithoutMomentum;
        AddExponents(new TunedExponents(beta, s));
        const string Optimum = "for the noise-dominated law with constants one";
        Own("optimal-peak", () => optimum.Value.InitialRate, PredictionKind.Exact, LawCurves.Derived, Optimum);
        Own("optimal-decay-fraction", () => optimum.Value.DecaySteps / optimum.Value.Steps, PredictionKind.Exact, LawCurves.Derived, Optimum);
        Own("optimal-loss", () => optimum.Value.Value, PredictionKind.Exact, LawCurves.Derived, Optimum);
        if (moving is not null)
            MomentumPredictions.Add(list, problem, modes, momentum!, ReferenceEquals(foreign, WithoutMomentum) ? "" : foreign);
        return list.Predictions;

        void Measures()
        {
            list.Measure("ηλ₁(1 + 1/B)", () => step);
            list.Measure("Q", () => gain.Value);
            list.Measure("e_M(aK)/(2E_∞)", () => (moving is null ? modes.SignalProfile(schedule.Peak * schedule.Steps) / 2 : ordered.Value.Mean + ((1 - ordered.Value.Reached) * (Stationary() - modes.Approximation))) / Stationary());
            list.Measure("2E/σ²", () => 2 * (final.Value?.Loss ?? double.NaN) / problem.Noise);
            list.Measure("|s(T)/s − 1|", () => Math.Abs((LocalExponent(SignalAt) / s) - 1));
            list.Measure("|e_M(T)/e(T) − 1|", () => Math.Abs((SignalAt(end.Value) / (SignalLaw() * Math.Pow(end.Value, -s))) - 1));
            list.Measure("|κ(T)/κ − 1|", () => Math.Abs((LocalExponent(modes.ForgettingKernel) / kernel) - 1));
            list.Measure("|K_M(T)/K(T) − 1|", () => Math.Abs((modes.ForgettingKernel(end.Value) / (kernelLaw * Math.Pow(end.Value, -kernel))) - 1));
            list.Measure("σ²", () => problem.Noise);
            list.Measure("s − (1 − 1/β)", () => s - (1 - (1 / beta)));
        }

        // Over a fifth of the time sums of smooth decays are power laws.
        double LocalExponent(Func<double, double> profile)
        {
            const double Factor = 1.1;
            return -Math.Log(profile(end.Value * Factor) / profile(end.Value / Factor)) / (2 * Math.Log(Factor));
        }

        // Twice the signal at a time t = Ση.
        double SignalAt(double time) => moving is null ? modes.SignalProfile(time) : 2 * ordered.Value.MeanAfter(time / schedule.Peak);

        double SignalLaw() => signalLaw * (moving is null ? 1 : Math.Pow(1 - moving.Strength, s));

        double Stationary() => moving?.StationaryRisk ?? stability.StationaryLoss;

        (double Loss, double Bound)? Final()
        {
            if (!problem.Batch.IsConstant)
                return null;
            if (moving is not null)
            {
                return isSteady && isOver ? (ordered.Value.Loss, double.NaN) : null;
            }

            double steps = schedule.Steps, decay = schedule.DecaySteps, batch = problem.Batch.First, a = schedule.Peak, b = schedule.Final;
            (double Time, double Noise, double Bound)? value = schedule.Shape switch
            {
                ConstantShape => (a * steps, ClosedForms.ConstantNoise(modes, a, steps), ClosedForms.ConstantBound(problem, a, steps, batch)),
                ExponentialShape => (ClosedForms.DecayTime(a, b, steps), ClosedForms.ExponentialNoise(modes, a, b, steps), ClosedForms.ExponentialBound(problem, a, b, steps, batch)),
                StableDecayShape { Decay: DecayKind.Exponential } => (
                    (a * (steps - decay)) + ClosedForms.DecayTime(a, b, decay), ClosedForms.StableDecayNoise(modes, a, b, steps, decay), ClosedForms.StableDecayBound(problem, a, b, steps, decay, batch)),
                _ => null,
            };
            return value is { } found ? (modes.Approximation + ((modes.SignalProfile(found.Time) + (problem.Noise / batch * found.Noise)) / 2), found.Bound) : null;
        }

        void AddExponents(TunedExponents exponents)
        {
            Own("constant-data-exponent", () => exponents.ConstantData, PredictionKind.Asymptotic, LawCurves.Paper, "D → ∞");
            Own("constant-compute-exponent", () => exponents.ConstantCompute, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Own("constant-model-exponent", () => exponents.ConstantModel, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Own("decay-data-exponent", () => exponents.DecayData, PredictionKind.Asymptotic, LawCurves.Paper, "D → ∞");
            Own("decay-rate-exponent", () => exponents.DecayRate, PredictionKind.Asymptotic, LawCurves.Paper, "D → ∞");
            Own("decay-compute-exponent", () => exponents.DecayCompute, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Own("decay-model-exponent", () => exponents.DecayModel, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Own("optimal-power", () => (2 * beta) - 1, PredictionKind.Asymptotic, LawCurves.SchedulePaper, "T → ∞; in the hard regime for the decay after a stable part");
            Own("wsd-rate-log-exponent", () => exponents.WsdRateLogarithm, PredictionKind.Asymptotic, LawCurves.Derived, "D → ∞");
            Own("wsd-model-log-exponent", () => exponents.WsdModelLogarithm, PredictionKind.Asymptotic, LawCurves.Derived, "C → ∞");
            Own("optimal-fraction-exponent", () => exponents.OptimalDecayFraction, PredictionKind.Asymptotic, LawCurves.Derived, "N → ∞");
        }

        // What is stated for a power-law spectrum with a power-law target.
        void Own(string name, Func<double> value, PredictionKind kind, string source, string validity = "", string withheld = "", (double From, double To)? range = null) => list.Add(name, value, kind, source, validity, withheld: foreign.Length > 0 ? foreign : withheld, range: range);
    }
}
