using Eigenflow.Spectra;
using Eigenflow.Spectra.Estimation;
using MathNet.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class PhaseRetrievalPredictions
{
    private const string Paper = "arXiv:2511.18661";
    private const string Derived = "derived (docs/systems/phase-retrieval.md)";
    private const string Linear = "linearised flow, s ≪ s*/3";

    private static readonly WindowCondition Steep = new("a", WindowRelation.Above, 1, "spectral exponent", IsRequired: true);
    private static readonly WindowCondition Summable = new("a + b", WindowRelation.Above, 1, "spectral and source exponent", IsRequired: true);
    private static readonly WindowCondition Flat = new("b", WindowRelation.Equal, 0, "source exponent of the teacher");
    private static readonly WindowCondition FlatRequired = Flat with { IsRequired = true };
    private static readonly WindowCondition EarlyStart = new("s(0)/(s*/3)", WindowRelation.AtMost, 0.1, "self overlap of the start against its value at the saddle");
    private static readonly WindowCondition NotEscaped = new("|u(0)|/(δs*)", WindowRelation.AtMost, 0.2, "overlap of the start against the threshold");
    private static readonly WindowCondition EarlyEscape = new("s(T₁)/(s*/3)", WindowRelation.AtMost, 0.5, "self overlap at the escape against its value at the saddle, linear theory");
    private static readonly WindowCondition SmallCorrection = new("ΔT₁/T₁", WindowRelation.AtMost, 0.05, "estimate of what the other rates and the slowing by s change");
    private static readonly WindowCondition Accurate = new("ε/β(T₂)", WindowRelation.AtMost, 0.05, "accuracy over the local exponent of the loss at T₂: relative error of the sharp law");
    private static readonly WindowCondition LateConvergence = new("T₁/T₂", WindowRelation.AtMost, 0.05, "predicted escape over predicted convergence time");
    private static readonly WindowCondition Slow = new("β(T₂)", WindowRelation.AtMost, 1.6, "local exponent of the loss at T₂: where it is large the last modes relax, and nothing is slaved");
    private static readonly WindowCondition TeacherLoss = new("p₀/τ₁ − 1", WindowRelation.AtMost, 0.1, "part of the start in the loss at T₂");
    private static readonly WindowCondition Follows = new("|β(T₂)/β − 1|", WindowRelation.AtMost, 0.1, "departure of the local exponent at T₂ for this spectrum, teacher and start");
    private static readonly WindowCondition FollowsConstant = new("|L(T₂)/(KT₂^(−β)) − 1|", WindowRelation.AtMost, 0.1, "departure of the linear loss at T₂ for this spectrum, teacher and start");
    private static readonly WindowCondition Untouched = new("|MSE(T₂)/σ*² − 1|", WindowRelation.AtMost, 0.1, "departure from the plateau at T₂ when every mode relaxes by itself");
    private static readonly WindowCondition Middle = new("corrections", WindowRelation.AtMost, 0.1, "smallest relative correction of the middle law over all times");
    private static readonly WindowCondition FlatDeviation = new("|τ_w/τ(½) − 1|", WindowRelation.AtMost, 0.1, "departure of the half time with the deviation of this teacher and start");
    private static readonly WindowCondition StableRate = new("η/η_max(B)", WindowRelation.Below, 1, "learning rate against the largest stable one of the mean-field theory", IsRequired: true);
    private static readonly WindowCondition SmallRate = new("η/η_max(B)", WindowRelation.AtMost, 0.3, "learning rate against the largest stable one of the mean-field theory");
    private static readonly WindowCondition SmallFloor = new("L∞/(4s*²)", WindowRelation.AtMost, 0.1, "size of the floor");

    private static readonly WindowCondition SmallStep = new("q", WindowRelation.AtMost, 0.15, "relative correction of the floors by finite steps");

    private static readonly CurveMark Decay = CurveMark.Slope("loss", "t") with { Factor = -1, From = "escape-time", To = "convergence-time", FromEvent = PhaseEvents.Crossing, ToEvent = PhaseEvents.Convergence };
    private static readonly CurveMark AfterConvergence = CurveMark.Time("t") with { Observable = "mse", After = "convergence-time" };

    private static readonly IReadOnlyList<PredictedQuantity> SmallSteps =
    [
        new("sgd-floor-mse", "ησ²/B", "Stationary MSE of SGD for small steps, where the covariance of w is (ησ²/B) I.") { Methods = FluctuationPredictions.Sgd, Window = [SmallStep], Unmarked = "the floor of finite steps is drawn" },
        new("sgd-floor-overlap-variance", "Var u", "Stationary variance ησ² s*⁽²⁾/B of u for small steps.") { Methods = FluctuationPredictions.Sgd, Window = [SmallStep] },
        new("sgd-floor-loss", "E L", "Stationary mean loss ησ² (4s* + 8s*⁽²⁾)/B for small steps.") { Methods = FluctuationPredictions.Sgd, Window = [SmallStep], Unmarked = "the floor of finite steps is drawn" },
        new("sgd-floor-correction", "q", "Relative size η(12s* + 48s*⁽²⁾)/B of what finite steps add to these floors: 1 to 4 times it for MSE and loss, 1 to 5.5 for Var u, the more the fewer modes carry the noise; floor-loss, floor-mse and floor-overlap-deviation contain it.") { Methods = FluctuationPredictions.Sgd },
    ];

    // Students, links and inputs of their own: what is predicted of the flow is nothing that their curves have to show.
    private static readonly string[] OtherDynamics = ["isotropic", "projected", "link-flow", "wide", "finite-sample", "universality"];

    private static readonly IReadOnlyList<PredictedQuantity> Declared =
    [
        new("teacher-overlap", "s*", "Overlap s* = w*ᵀQw* of the teacher with itself."),
        new("initial-self-overlap", "s(0)", "Self overlap of the start.") { Mark = CurveMark.Value("s", "t") },
        new("initial-teacher-overlap", "u(0)", "Teacher overlap of the start.") { Mark = CurveMark.Value("u", "t") },
        new("escape-rate", "ρ", "Rate at which |u| grows in Phase I: the root of 1 = 8 Σ (w*_i)² λ_i²/(ρ − 4λ_i s*).") { Window = [EarlyStart] },
        new("escape-coefficient", "C", "Coefficient of u(t) ≈ C e^(ρt) in Phase I; its sign is the final sign of u.") { Window = [EarlyStart] },
        new("escape-time", "T₁", "Escape time log(δ s*/|C|)/ρ.") { Window = [NotEscaped, EarlyStart, EarlyEscape, SmallCorrection], Mark = CurveMark.Time("t") with { Event = "escape" } },
        .. EscapePredictions.All,
        new("loss-exponent", "β", "Exponent of 1 − s, 1 − u and L ∝ t^(−β) in Phase IIb: β = (a + b − 1)/a.") { Window = [Summable, Follows, TeacherLoss, Accurate, Slow, LateConvergence], Mark = Decay },
        new("loss-constant", "K", "Constant of L ≈ K t^(−β) in Phase IIb: K = 4 s* ⟨w*²⟩ (c/a) Γ(β) (16 c s*)^(−β), b = 0.") { Window = [Steep, FlatRequired, FollowsConstant, Accurate, LateConvergence], Unmarked = "the constant of a law whose slope is drawn" },
        new("effective-exponent", "a_eff", "Exponent of λ_i ∝ i^(−a) over the longest range of modes in which a given spectrum follows one."),
        new("effective-loss-exponent", "β_eff", "Local exponent −d ln L/d ln t of the loss at the convergence time, by the sharp law for a given spectrum.") { Window = [Steep, TeacherLoss, Accurate, Slow, LateConvergence], Mark = CurveMark.Slope("loss", "t") with { Factor = -1, At = "convergence-time" } },
        new("convergence-exponent", "1/β", "Exponent of the convergence time T₂(ε) ∝ ε^(−1/β).") { Window = [Summable, Follows, TeacherLoss, Accurate, Slow, LateConvergence] },
        new("convergence-exponent-bound", "2a/(a − 1)", "The paper's exponent of its upper bound T₂ ≲ ε^(−2a/(a−1)) log(1/ε).") { Window = [Steep, FlatRequired] },
        new("convergence-time", "T₂", "Convergence time at the given accuracy by the sharp law.") { Window = [Steep, TeacherLoss, Accurate, Slow, LateConvergence], Mark = CurveMark.Time("t") with { Event = "convergence" } },
        new("convergence-time-limit", "T₂^∞", "Convergence time of the sharp law for d = ∞, [k⟨w*²⟩(c/a)Γ(β)/ε]^(1/β)/(8c) with k = max(⅔, ⅓ + 2^(−β−1)), b = 0 (s* = 1; ⟨w*²⟩/s* and times s* otherwise).") { Window = [Steep, FlatRequired, FollowsConstant, Accurate, LateConvergence], Unmarked = "it is of d = ∞" },
        new("plateau", "σ*²", "Level ‖w*‖²/d at which the MSE stays until T₂.") { Window = [Untouched], Mark = CurveMark.Level("mse") },
        new("mse-exponent", "1/a", "Exponent of the MSE drop in Phase III: 1 − S_d ∝ τ^(1/a).") { Window = [Steep, Flat, FlatDeviation, Middle] },
        new("mse-constant", "Γ(1 − 1/a)", "Constant of 1 − S_d ≈ Γ(1 − 1/a) x_d/d for 1 ≪ x_d ≪ d.") { Window = [Steep, Flat, FlatDeviation, Middle] },
        new("mse-onset-time", "1/β_d", "Time after T₂ at which the MSE leaves its early regime 1 − 16τ/d: β_d τ = 1.") { Window = [Steep, Flat, FlatDeviation], Unmarked = "next to T₂, which is drawn" },
        new("mse-half-time", "τ(½)", "Time after T₂ at which S_d = ½.") { Window = [FlatDeviation], Mark = AfterConvergence },
        new("mse-end-time", "d^a/β_d", "Time after T₂ at which x_d = d and the MSE turns exponential.") { Window = [Steep, Flat, FlatDeviation], Mark = AfterConvergence },
        new("largest-stable-learning-rate", "η_max", "Largest stable learning rate of gradient descent at w*: 2/λ_max(16 (Qw*)(Qw*)ᵀ + 8s*Q).") { Methods = ["gd"] },
        new("first-mode-learning-rate", "2/(8λ₁s* + 16λ₁²w*₁²)", "Upper bound of the largest stable learning rate from the first mode alone.") { Methods = ["gd"] },
        new("sgd-largest-stable-learning-rate", "η_max(B)", "Largest learning rate at which the linearised mean-field theory of SGD is stable.") { Methods = FluctuationPredictions.Sgd },
        new("sgd-noise-floor-loss", "L∞", "Stationary loss 4 s* p of SGD at the given learning rate, batch and label noise.") { Methods = FluctuationPredictions.Sgd, Window = [StableRate, SmallRate, SmallFloor, FluctuationPredictions.SameLoss], Unmarked = "the floor of finite steps is drawn" },
        new("model-floor", "L_p", "Least loss of a student of the first model-size modes: 4 s*² r (1 − r/3), r = Σ_{i>p} λ_i w*_i²/s*.") { IsAskedFor = true, Mark = CurveMark.Level("loss") },
        new("model-floor-mse", "MSE_p", "MSE of that student: ((c − 1)² ‖w*_{≤p}‖² + ‖w*_{>p}‖²)/d, c² = (3 − 2r)/(3 − 3r).") { IsAskedFor = true, Mark = CurveMark.Level("mse") },
        new("model-floor-exponent", "a + b − 1", "Exponent of the least loss L_p ∝ p^(−(a+b−1)) for 1 ≪ p ≪ d.") { IsAskedFor = true, Window = [Summable] },
        new("compute-exponent", "(a + b − 1)/(a + 1)", "Exponent of the least loss at the compute C = p t, over model sizes and times of the flow: L ∝ C^(−(a+b−1)/(a+1)).") { IsAskedFor = true, Window = [Summable] },
        new("compute-model-exponent", "1/(a + 1)", "Exponent of the best model size p ∝ C^(1/(a+1)) there.") { IsAskedFor = true, Window = [Summable] },
        new("sgd-noise-floor-mse", "MSE∞", "Stationary MSE of SGD at the given learning rate, batch and label noise.") { Methods = FluctuationPredictions.Sgd, Window = [StableRate, SmallRate, SmallFloor, FluctuationPredictions.SameError], Unmarked = "the floor of finite steps is drawn" },
        .. SmallSteps,
        .. FluctuationPredictions.All,
    ];

    /// <summary>Names, symbols, meanings and windows of all that can be predicted.</summary>
    public static readonly IReadOnlyList<PredictedQuantity> All = [.. Declared.Select(quantity => quantity with { NotOf = OtherDynamics })];

    /// <summary>The predictions of a problem, each with where it stands to its window.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="modes">Its modes.</param>
    /// <param name="sourceExponent">b, or null for a teacher that is given by a file.</param>
    /// <param name="learningRate">η of SGD.</param>
    /// <param name="batch">B of SGD.</param>
    public static IReadOnlyList<Prediction> Of(PhaseRetrievalProblem problem, WeightedModes modes, double? sourceExponent, double learningRate, int batch)
    {
        var list = new PredictionList(All);
        var (startSquare, cross, _) = modes.Moments(1);
        var overlap = modes.TeacherOverlap;
        var windows = new PhaseRetrievalWindows(problem, modes);
        var (escape, sharp) = (windows.Escape, windows.Sharp);
        var law = problem.Spectrum as PowerLawSpectrum;
        var effective = problem.Spectrum is ExplicitSpectrum given ? EffectiveExponent(given) : null;
        var a = law?.Exponent ?? effective?.Exponent ?? double.NaN;
        var b = sourceExponent ?? double.NaN;
        var (kappa, target) = (problem.Preconditioner, modes.Target);
        var exponent = new Lazy<double>(() => law is null ? EffectiveLossExponent() : Preconditioning.LossExponent(a, kappa, b));
        var local = new Lazy<double>(windows.LocalExponent);
        var few = target.IsWhole ? "" : "a student of few modes ends at another point, at a floor of its loss (model-floor)";
        var driven = kappa == 0 ? "" : "it is stated for the flow without a preconditioner";
        var other = First(few, driven);
        var noPowerLaw = First(few, law is null ? "the spectrum is not given as a power law" : "");
        var noPlainLaw = First(noPowerLaw, driven);
        var noSlope = First(noPowerLaw, problem.Rotation != 0 ? "a rotated preconditioner mixes all modes" : kappa == 1 ? "at preconditioner = 1 all modes relax at one rate" : "");
        var noEffective = problem.Spectrum is not ExplicitSpectrum ? "it is for spectra given by their eigenvalues" : effective is null ? "no range of modes follows a power law" : "";

        Measures();
        list.Add("teacher-overlap", overlap, PredictionKind.Exact, $"{Paper}, section 1");
        list.Add("initial-self-overlap", () => startSquare, PredictionKind.Exact, $"{Paper}, section 1", place: 0);
        list.Add("initial-teacher-overlap", () => cross, PredictionKind.Exact, $"{Paper}, section 1", place: 0);
        var dead = escape.Coefficient == 0 ? "the start has no part along the growing direction, so that u never grows" : "";
        list.Add("escape-rate", escape.Rate, PredictionKind.Exact, $"{Paper}, Phase I", Linear);
        list.Add("escape-coefficient", () => escape.Coefficient, PredictionKind.Exact, $"{Paper}, Phase I", Linear, withheld: dead);
        list.Add("escape-time", () => windows.EscapeTime, PredictionKind.Asymptotic, $"{Paper}, Phase I", "d → ∞ at fixed δ, s ≪ s*/3 until then", "flow time", dead);
        EscapePredictions.Add(list, problem, modes, windows, dead, other);
        list.Add("loss-exponent", () => exponent.Value, PredictionKind.Asymptotic, Derived, "1 ≪ 8ct ≪ d^a, a + b > 1", withheld: noSlope);
        list.Add("convergence-exponent", () => 1 / exponent.Value, PredictionKind.Asymptotic, Derived, "d^(−a) ≪ ε^(1/β) ≪ 1", withheld: noSlope);
        list.Add("loss-constant", LossConstant, PredictionKind.Asymptotic, Derived, "1 ≪ 8ct ≪ d^a", withheld: noPlainLaw);
        list.Add("convergence-exponent-bound", () => 2 * a / (a - 1), PredictionKind.Bound, $"{Paper}, Phase II", "a > 1", withheld: noPlainLaw);
        list.Add("effective-exponent", () => a, PredictionKind.Heuristic, "fitted (least squares, log–log)", effective is null ? "" : FormattableString.Invariant($"modes {effective.First} to {effective.Last}"), withheld: noEffective);
        list.Add(
            "convergence-time", () => windows.ConvergenceTime, law is null ? PredictionKind.Heuristic : PredictionKind.Asymptotic, Derived,
            law is null ? "ε → 0, effective exponent > 1" : "ε → 0, a > 1", "flow time", few.Length > 0 ? few : law is not null ? "" : problem.Spectrum is ExplicitSpectrum ? noEffective : "the spectrum follows no power law");
        list.Add("convergence-time-limit", () => SharpLaw.LimitTimeTo(law!, modes.TeacherNormSquared / modes.Dimension / overlap, problem.Accuracy) / overlap, PredictionKind.Asymptotic, Derived, "d^(−(a−1)) ≪ ε ≪ 1", "flow time", noPlainLaw);
        list.Add("effective-loss-exponent", () => exponent.Value, PredictionKind.Heuristic, Derived, "at T₂, effective exponent > 1", withheld: First(few, noEffective));
        list.Add("plateau", () => modes.TeacherNormSquared / modes.Dimension, PredictionKind.Asymptotic, $"{Paper}, Proposition 4", "until T₂, error ≲ (ε^(−a)/d)^(1/3) + (log d/d)^(1/3)", withheld: few);
        list.Add("mse-exponent", () => 1 / a, PredictionKind.Asymptotic, $"{Paper}, Phase III", "1 ≪ x_d ≪ d", withheld: noPlainLaw);
        list.Add("mse-constant", () => SpecialFunctions.Gamma(1 - (1 / a)), PredictionKind.Asymptotic, $"{Paper}, Phase III", "1 ≪ x_d ≪ d", withheld: noPlainLaw);
        list.Add("mse-onset-time", () => law!.Normalization / 16 / overlap, PredictionKind.Asymptotic, $"{Paper}, Phase III", "a > 1", "flow time", noPlainLaw);
        list.Add("mse-end-time", () => Math.Pow(law!.Dimension, a) * law.Normalization / 16 / overlap, PredictionKind.Asymptotic, $"{Paper}, Phase III", "a > 1", "flow time", noPlainLaw);
        var half = SpectralRelaxation.TimeTo(modes, 0.5);
        list.Add(
            "mse-half-time", () => half!.Value / overlap, PredictionKind.Heuristic, $"{Paper}, Phase III", "after T₂, w(T₂) − w* flat over the modes", "flow time",
            few.Length > 0 ? few : problem.Rotation != 0 ? "a rotated preconditioner mixes all modes" : half is null ? "modes with eigenvalue zero keep the MSE above one half" : "");
        list.Add("largest-stable-learning-rate", Stability.LargestLearningRate(modes), PredictionKind.Exact, Derived, "gradient descent near w*");
        var first = modes.LargestEigenvalue;
        var firstTeacher = modes.Sum(j => modes.Eigenvalues[j] == first ? modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j] : 0);
        list.Add("first-mode-learning-rate", () => 2 / ((8 * first * overlap) + (16 * first * first * firstTeacher)), PredictionKind.Bound, $"{Paper}, landscape", "gradient descent near w*", withheld: other);
        var limit = NoiseFloor.LargestLearningRate(modes, batch);
        list.Add("sgd-largest-stable-learning-rate", () => limit, PredictionKind.Heuristic, Derived, FormattableString.Invariant($"mean field, batch = {batch}"), withheld: other);
        var floor = NoiseFloor.Of(modes, learningRate, batch, problem.Noise);
        var window = FormattableString.Invariant($"t → ∞ at learning-rate = {learningRate:R}, batch = {batch}, small ησ²");
        list.Measure("η/η_max(B)", () => learningRate / limit);
        list.Measure("L∞/(4s*²)", () => (floor?.Quadratic ?? double.NaN) / overlap);
        var fluctuations = other.Length > 0 ? null : FluctuationPredictions.Measure(list, problem, modes, learningRate, batch, floor);
        list.Add("sgd-noise-floor-loss", () => 4 * overlap * (floor?.Quadratic ?? double.NaN), PredictionKind.Heuristic, Derived, window, withheld: other);
        list.Add("sgd-noise-floor-mse", () => floor?.MeanSquaredError ?? double.NaN, PredictionKind.Heuristic, Derived, window, withheld: other);
        if (fluctuations is null)
        {
            list.Withhold([.. SmallSteps, .. FluctuationPredictions.All], Derived, other);
        }
        else
        {
            var small = StationaryFloor.Of(modes, learningRate, batch, problem.Noise);
            list.Measure("q", () => small.Correction);
            list.Add("sgd-floor-mse", small.MeanSquaredError, PredictionKind.Asymptotic, Derived, window);
            list.Add("sgd-floor-overlap-variance", small.OverlapVariance, PredictionKind.Asymptotic, Derived, window);
            list.Add("sgd-floor-loss", small.Loss, PredictionKind.Asymptotic, Derived, window);
            list.Add("sgd-floor-correction", small.Correction, PredictionKind.Heuristic, Derived, window);
            fluctuations();
        }

        if (!target.IsWhole)
            AddFloors();
        return list.Predictions;

        void AddFloors()
        {
            list.Add("model-floor", target.LossFloor, PredictionKind.Exact, Derived, "t → ∞");
            list.Add("model-floor-mse", target.ErrorFloor(modes.TeacherNormSquared), PredictionKind.Exact, Derived, "t → ∞");
            var noLaw = law is null ? "the spectrum is not given as a power law" : double.IsNaN(b) ? "the teacher is given by a file" : "";
            list.Add("model-floor-exponent", () => ModelScaling.FloorExponent(a, b), PredictionKind.Asymptotic, Derived, "1 ≪ p ≪ d", withheld: noLaw);
            list.Add("compute-exponent", () => ModelScaling.ComputeExponent(a, b, kappa), PredictionKind.Asymptotic, Derived, "1 ≪ p ≪ d, C = p t of the flow", withheld: noLaw);
            list.Add("compute-model-exponent", () => ModelScaling.SizeExponent(a, kappa), PredictionKind.Asymptotic, Derived, "1 ≪ p ≪ d, C = p t of the flow", withheld: noLaw);
        }

        void Measures()
        {
            list.Measure("a", () => a);
            list.Measure("b", () => b);
            list.Measure("a + b", () => a > 0 ? a + b : double.NaN);
            list.Measure("s(0)/(s*/3)", () => startSquare / (overlap / 3));
            list.Measure("|u(0)|/(δs*)", windows.EscapedAtStart);
            list.Measure("s(T₁)/(s*/3)", windows.LateSelfOverlap);
            list.Measure("ΔT₁/T₁", windows.EscapeError);
            list.Measure("β(T₂)", () => local.Value);
            list.Measure("ε/β(T₂)", () => problem.Accuracy / local.Value);
            list.Measure("T₁/T₂", () => windows.EscapeTime / windows.ConvergenceTime);
            list.Measure("p₀/τ₁ − 1", windows.StartShare);
            list.Measure("|β(T₂)/β − 1|", () => Math.Abs((local.Value / exponent.Value) - 1));
            list.Measure("|L(T₂)/(KT₂^(−β)) − 1|", () => windows.ConstantError(LossConstant(), exponent.Value));
            list.Measure("|MSE(T₂)/σ*² − 1|", windows.PlateauError);
            list.Measure("corrections", () => windows.MiddleCorrection(law!));
            list.Measure("|τ_w/τ(½) − 1|", () => SpectralRelaxation.TimeTo(modes, 0.5) is { } flat ? windows.HalfTimeError(flat / overlap) : double.NaN);
        }

        double LossConstant() => 4 * overlap * SharpLaw.MesoscopicTail(law!, modes.TeacherNormSquared / modes.Dimension, 2 * overlap);

        // Over a fifth of the time the sum of smooth decays is a power law.
        double EffectiveLossExponent()
        {
            const double Factor = 1.1;
            var time = windows.ConvergenceTime;
            return -Math.Log(sharp.Loss(time * Factor) / sharp.Loss(time / Factor)) / (2 * Math.Log(Factor));
        }
    }

    /// <summary>A prediction where the learning rate is not constant: stationary states of SGD are withheld.</summary>
    /// <param name="prediction">The prediction at a constant rate.</param>
    public static Prediction OfFallingRate(Prediction prediction) => prediction.Name.StartsWith("sgd-noise-floor-", StringComparison.Ordinal) || prediction.Name.StartsWith("sgd-floor-", StringComparison.Ordinal) || prediction.Name.StartsWith("floor-", StringComparison.Ordinal)
        ? prediction with { Value = double.NaN, Checks = [], Withheld = "it is a stationary state at a constant learning rate" }
        : prediction;

    // The first reason that there is.
    private static string First(params ReadOnlySpan<string> reasons)
    {
        foreach (var reason in reasons)
        {
            if (reason.Length > 0)
                return reason;
        }

        return "";
    }

    // Null where no decade of modes follows a power law.
    private static ModeLaw? EffectiveExponent(ExplicitSpectrum spectrum)
    {
        var eigenvalues = new double[spectrum.Dimension];
        spectrum.Fill(0, eigenvalues);
        var rank = Array.FindIndex(eigenvalues, value => value <= 0);
        return ModeWindow.OfGiven(eigenvalues.AsSpan(0, rank < 0 ? eigenvalues.Length : rank));
    }
}
