using Eigenflow.Schedules;
using MathNet.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class ScalingLawPredictions
{
    private const long LargestSummed = 10_000_000;
    private const string UpToConstants = "up to constants; noise ≳ 1";

    /// <summary>Names, symbols and meanings of all that can be predicted.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
    [
        new("intrinsic-difficulty", "α", "Intrinsic difficulty α = sβ, a property of the target alone."),
        new("regime-margin", "s − (1 − 1/β)", "Easy where it is ≥ 0, hard where it is negative."),
        new("initial-loss", "E(0)", "Excess risk of the start."),
        new("approximation", "D_M", "Excess risk that the model size leaves."),
        new("intrinsic-time", "T", "Sum of the learning rates."),
        new("floor-time", "M^β", "Intrinsic time at which the signal meets the approximation error."),
        new("stability-step", "ηλ₁(1 + 1/B)", "Must be below 2 for mean-square stability at the peak."),
        new("noise-gain", "Q", "Must be below 1 for mean-square stability at the peak; the laws assume that it is small."),
        new("largest-stable-rate", "η_max", "Largest learning rate that is stable in the mean square."),
        new("stationary-loss", "E_∞", "Stationary excess risk of the peak kept constant; left out when it is unstable."),
        new("signal-exponent", "−s", "e_M(t) ∝ t^(−s)."),
        new("kernel-exponent", "−(2 − 1/β)", "K_M(t) ∝ t^(−(2 − 1/β))."),
        new("signal-constant", "Γ(s)/(β2^s)", "Constant of e(t) at M = ∞."),
        new("kernel-constant", "Γ(2 − 1/β)/(β2^(2 − 1/β))", "Constant of K(t) at M = ∞."),
        new("closed-form-loss", "E(K)", "Final loss of a constant, exponential or wsd schedule by the closed forms: D_M + ½ (e_M(T) + (σ²/B) I)."),
        new("theorem-loss", "E(K)", "Final loss of a constant, exponential or wsd schedule by the paper's theorem, all constants one."),
        new("constant-data-exponent", "−s/(1 + s)", "Exponent of the loss in the data D under the best constant rate."),
        new("constant-compute-exponent", "−sβ/(1 + sβ + β)", "Exponent of the loss in the compute C = MD under the best constant rate and model size."),
        new("constant-model-exponent", "1/(1 + sβ + β)", "Exponent of the best model size in C under a constant rate."),
        new("decay-data-exponent", "−sβ/(1 + sβ) or −s", "Exponent of the loss in D under the best exponential or wsd decay (easy or hard), up to logarithms."),
        new("decay-rate-exponent", "−(1 + sβ − β)/(1 + sβ) or 0", "Exponent of the best peak in D for such decays, up to logarithms."),
        new("decay-compute-exponent", "−sβ/(2 + sβ) or −sβ/(1 + β)", "Exponent of the loss in C for such decays, up to logarithms."),
        new("decay-model-exponent", "1/(2 + sβ) or 1/(1 + β)", "Exponent of the best model size in C for such decays, up to logarithms."),
        new("wsd-rate-log-exponent", "−(β − 1)/(1 + sβ)", "Power of ln D in the best peak of wsd, easy regime."),
        new("wsd-model-log-exponent", "−(1 − 1/β)/(2 + sβ)", "Power of ln C in the best model size of wsd, easy regime."),
        new("optimal-power", "2β − 1", "Power with which the optimal schedule decays."),
        new("optimal-fraction-exponent", "−(β − 1 − sβ)/(2β − 1)", "Exponent in N of the decaying part of the optimal schedule, hard regime."),
        new("optimal-peak", "η(0)", "First learning rate of the schedule that is optimal for these steps, noise and batch, bounded by the peak."),
        new("optimal-decay-fraction", "N₂/N", "Part of the run over which that schedule decays."),
        new("optimal-loss", "J", "The noise-dominated law with constants one under that schedule."),
    ];

    /// <summary>The predictions that exist for a problem.</summary>
    public static IReadOnlyList<Prediction> Of(ScalingLawProblem problem, KernelModes modes)
    {
        var list = new List<Prediction>();
        var schedule = problem.Schedule;
        var isPowerLaw = problem.Eigenvalues is null && problem.Target is null;
        var (beta, s) = (problem.Capacity, problem.Difficulty);
        if (isPowerLaw)
        {
            Add("intrinsic-difficulty", problem.IntrinsicDifficulty, PredictionKind.Exact, LawCurves.Paper);
            Add("regime-margin", s - (1 - (1 / beta)), PredictionKind.Exact, LawCurves.Paper);
        }

        Add("initial-loss", modes.InitialLoss, PredictionKind.Exact, LawCurves.Derived);
        Add("approximation", modes.Approximation, PredictionKind.Exact, LawCurves.Derived);
        if (schedule.IsConstant || schedule.Steps <= LargestSummed)
            Add("intrinsic-time", schedule.TimeAt(schedule.Steps), PredictionKind.Exact, LawCurves.Paper);
        if (isPowerLaw)
            Add("floor-time", Math.Pow(problem.ModelSize, beta), PredictionKind.Asymptotic, LawCurves.Paper, UpToConstants);
        AddStability(Stability.Of(problem, modes));
        if (!isPowerLaw)
            return list;

        var window = "1 ≪ t ≪ M^β";
        Add("signal-exponent", -s, PredictionKind.Asymptotic, LawCurves.Paper, window);
        Add("kernel-exponent", -(2 - (1 / beta)), PredictionKind.Asymptotic, LawCurves.Paper, window);
        Add("signal-constant", SpecialFunctions.Gamma(s) / (beta * Math.Pow(2, s)), PredictionKind.Asymptotic, LawCurves.Derived, window);
        Add("kernel-constant", SpecialFunctions.Gamma(2 - (1 / beta)) / (beta * Math.Pow(2, 2 - (1 / beta))), PredictionKind.Asymptotic, LawCurves.Derived, window);
        AddFinal();
        AddExponents(new TunedExponents(beta, s));
        AddOptimum();
        return list;

        void AddStability(Stability stability)
        {
            Add("stability-step", stability.LargestStep, PredictionKind.Exact, LawCurves.Derived, "constant rate, Gaussian features");
            if (double.IsFinite(stability.NoiseGain))
                Add("noise-gain", stability.NoiseGain, PredictionKind.Exact, LawCurves.Derived, "constant rate, Gaussian features");
            Add("largest-stable-rate", stability.LargestRate, PredictionKind.Exact, LawCurves.Derived, "constant rate, Gaussian features");
            if (stability.IsStable)
                Add("stationary-loss", stability.StationaryLoss, PredictionKind.Exact, LawCurves.Derived, "peak kept constant, t → ∞");
        }

        void AddFinal()
        {
            if (!problem.Batch.IsConstant)
                return;
            double steps = schedule.Steps, decay = schedule.DecaySteps, batch = problem.Batch.First, a = schedule.Peak, b = schedule.Final;
            (double Time, double Noise, double Bound)? final = schedule.Shape switch
            {
                ConstantShape => (a * steps, ClosedForms.ConstantNoise(modes, a, steps), ClosedForms.ConstantBound(problem, a, steps, batch)),
                ExponentialShape => (ClosedForms.DecayTime(a, b, steps), ClosedForms.ExponentialNoise(modes, a, b, steps), ClosedForms.ExponentialBound(problem, a, b, steps, batch)),
                StableDecayShape { Decay: DecayKind.Exponential } => (
                    (a * (steps - decay)) + ClosedForms.DecayTime(a, b, decay), ClosedForms.StableDecayNoise(modes, a, b, steps, decay), ClosedForms.StableDecayBound(problem, a, b, steps, decay, batch)),
                _ => null,
            };
            if (final is not { } value)
                return;
            Add("closed-form-loss", modes.Approximation + ((modes.SignalProfile(value.Time) + (problem.Noise / batch * value.Noise)) / 2), PredictionKind.Heuristic, LawCurves.Derived, "small noise-gain; noise dominated by the labels");
            Add("theorem-loss", value.Bound, PredictionKind.Asymptotic, LawCurves.Paper, UpToConstants);
        }

        void AddExponents(TunedExponents exponents)
        {
            Add("constant-data-exponent", exponents.ConstantData, PredictionKind.Asymptotic, LawCurves.Paper, "D → ∞");
            Add("constant-compute-exponent", exponents.ConstantCompute, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Add("constant-model-exponent", exponents.ConstantModel, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Add("decay-data-exponent", exponents.DecayData, PredictionKind.Asymptotic, LawCurves.Paper, "D → ∞");
            Add("decay-rate-exponent", exponents.DecayRate, PredictionKind.Asymptotic, LawCurves.Paper, "D → ∞");
            Add("decay-compute-exponent", exponents.DecayCompute, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Add("decay-model-exponent", exponents.DecayModel, PredictionKind.Asymptotic, LawCurves.Paper, "C → ∞");
            Add("optimal-power", (2 * beta) - 1, PredictionKind.Asymptotic, LawCurves.SchedulePaper, "T → ∞; in the hard regime for the decay after a stable part");
            if (exponents.IsEasy)
            {
                Add("wsd-rate-log-exponent", exponents.WsdRateLogarithm, PredictionKind.Asymptotic, LawCurves.Derived, "D → ∞");
                Add("wsd-model-log-exponent", exponents.WsdModelLogarithm, PredictionKind.Asymptotic, LawCurves.Derived, "C → ∞");
            }
            else
            {
                Add("optimal-fraction-exponent", exponents.OptimalDecayFraction, PredictionKind.Asymptotic, LawCurves.Derived, "N → ∞");
            }
        }

        void AddOptimum()
        {
            if (problem.Noise == 0)
                return;
            var objective = new ScheduleObjective { Capacity = beta, Difficulty = s, Noise = problem.Noise / problem.Batch.First };
            var optimum = OptimalSchedule.Solve(objective, schedule.Steps, schedule.Peak);
            const string Window = "for the noise-dominated law with constants one";
            Add("optimal-peak", optimum.InitialRate, PredictionKind.Exact, LawCurves.Derived, Window);
            Add("optimal-decay-fraction", optimum.DecaySteps / optimum.Steps, PredictionKind.Exact, LawCurves.Derived, Window);
            Add("optimal-loss", optimum.Value, PredictionKind.Exact, LawCurves.Derived, Window);
        }

        void Add(string name, double value, PredictionKind kind, string source, string validity = "")
        {
            var quantity = All.First(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            if (double.IsFinite(value))
                list.Add(new Prediction(name, quantity.Symbol, value, kind, source, validity, quantity.Meaning));
        }
    }
}
