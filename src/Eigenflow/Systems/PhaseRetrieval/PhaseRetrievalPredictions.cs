using Eigenflow.Spectra;
using Eigenflow.Spectra.Estimation;
using MathNet.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The numbers that the theory states in advance for a problem.</summary>
internal static class PhaseRetrievalPredictions
{
    private const string Paper = "arXiv:2511.18661";
    private const string Derived = "derived (docs/systems/phase-retrieval.md)";

    /// <summary>Names, symbols and meanings of all that can be predicted.</summary>
    public static readonly IReadOnlyList<NamedQuantity> All =
    [
        new("teacher-overlap", "s*", "Overlap s* = w*ᵀQw* of the teacher with itself."),
        new("initial-self-overlap", "s(0)", "Self overlap of the start."),
        new("initial-teacher-overlap", "u(0)", "Teacher overlap of the start."),
        new("escape-rate", "ρ", "Rate at which |u| grows in Phase I: the root of 1 = 8 Σ (w*_i)² λ_i²/(ρ − 4λ_i s*)."),
        new("escape-coefficient", "C", "Coefficient of u(t) ≈ C e^(ρt) in Phase I; its sign is the final sign of u."),
        new("escape-time", "T₁", "Escape time log(δ s*/|C|)/ρ."),
        new("loss-exponent", "β", "Exponent of 1 − s, 1 − u and L ∝ t^(−β) in Phase IIb: β = (a + b − 1)/a."),
        new("loss-constant", "K", "Constant of L ≈ K t^(−β) in Phase IIb: K = 4 s* ⟨w*²⟩ (c/a) Γ(β) (16 c s*)^(−β), b = 0."),
        new("effective-exponent", "a_eff", "Exponent of λ_i ∝ i^(−a) over the longest range of modes in which a given spectrum follows one."),
        new("effective-loss-exponent", "β_eff", "Local exponent −d ln L/d ln t of the loss at the convergence time, by the sharp law for a given spectrum."),
        new("convergence-exponent", "1/β", "Exponent of the convergence time T₂(ε) ∝ ε^(−1/β)."),
        new("convergence-exponent-bound", "2a/(a − 1)", "The paper's exponent of its upper bound T₂ ≲ ε^(−2a/(a−1)) log(1/ε)."),
        new("convergence-time", "T₂", "Convergence time at the given accuracy by the sharp law."),
        new("plateau", "σ*²", "Level ‖w*‖²/d at which the MSE stays until T₂."),
        new("mse-exponent", "1/a", "Exponent of the MSE drop in Phase III: 1 − S_d ∝ τ^(1/a)."),
        new("mse-constant", "Γ(1 − 1/a)", "Constant of 1 − S_d ≈ Γ(1 − 1/a) x_d/d for 1 ≪ x_d ≪ d."),
        new("mse-onset-time", "1/β_d", "Time after T₂ at which the MSE leaves its early regime 1 − 16τ/d: β_d τ = 1."),
        new("mse-half-time", "τ(½)", "Time after T₂ at which S_d = ½."),
        new("mse-end-time", "d^a/β_d", "Time after T₂ at which x_d = d and the MSE turns exponential."),
        new("largest-stable-learning-rate", "η_max", "Largest stable learning rate of gradient descent at w*: 2/λ_max(16 (Qw*)(Qw*)ᵀ + 8s*Q)."),
        new("first-mode-learning-rate", "2/(8λ₁s* + 16λ₁²w*₁²)", "Upper bound of the largest stable learning rate from the first mode alone."),
        new("sgd-largest-stable-learning-rate", "η_max(B)", "Largest learning rate at which the linearised mean-field theory of SGD is stable."),
        new("sgd-noise-floor-loss", "L∞", "Stationary loss 4 s* p of SGD at the given learning rate, batch and label noise."),
        new("sgd-noise-floor-mse", "MSE∞", "Stationary MSE of SGD at the given learning rate, batch and label noise."),
    ];

    /// <summary>The predictions of a problem; those that do not exist for it are left out.</summary>
    public static IReadOnlyList<Prediction> Of(PhaseRetrievalProblem problem, WeightedModes modes, double sourceExponent, bool hasPowerLawTeacher, double learningRate, int batch)
    {
        var list = new List<Prediction>();
        var (startSquare, cross, overlap) = modes.Moments(1);
        var escape = EscapeTheory.Of(modes);
        Add("teacher-overlap", overlap, PredictionKind.Exact, $"{Paper}, section 1", "");
        Add("initial-self-overlap", startSquare, PredictionKind.Exact, $"{Paper}, section 1", "");
        Add("initial-teacher-overlap", cross, PredictionKind.Exact, $"{Paper}, section 1", "");
        Add("escape-rate", escape.Rate, PredictionKind.Exact, $"{Paper}, Phase I", "linearised flow, s ≪ s*/3");
        if (escape.Coefficient != 0)
        {
            Add("escape-coefficient", escape.Coefficient, PredictionKind.Exact, $"{Paper}, Phase I", "linearised flow, s ≪ s*/3");
            Add("escape-time", escape.TimeTo(problem.EscapeThreshold * overlap), PredictionKind.Asymptotic, $"{Paper}, Phase I", "d → ∞ at fixed δ, s ≪ s*/3 until then", "flow time");
        }

        var law = problem.Spectrum as PowerLawSpectrum;
        if (law is not null && law.Exponent > 0 && hasPowerLawTeacher && law.Exponent + sourceExponent > 1)
            AddLossLaw(law);
        if (law is { Exponent: > 1 } && sourceExponent == 0)
            Add("convergence-exponent-bound", 2 * law.Exponent / (law.Exponent - 1), PredictionKind.Bound, $"{Paper}, Phase II", "a > 1");
        var sharp = new SharpLaw(modes, escape.Coefficient < 0 ? -1 : 1);
        if (law is { Exponent: > 1 })
            Add("convergence-time", sharp.TimeTo(problem.Accuracy), PredictionKind.Asymptotic, Derived, "ε → 0, a > 1", "flow time");
        if (problem.Spectrum is ExplicitSpectrum given && EffectiveExponent(given) is { } effective)
            AddEffective(effective);
        Add("plateau", modes.TeacherNormSquared / modes.Dimension, PredictionKind.Asymptotic, $"{Paper}, Proposition 4", "until T₂, error ≲ (ε^(−a)/d)^(1/3) + (log d/d)^(1/3)");
        if (law is { Exponent: > 1 })
        {
            Add("mse-exponent", 1 / law.Exponent, PredictionKind.Asymptotic, $"{Paper}, Phase III", "1 ≪ x_d ≪ d");
            Add("mse-constant", SpecialFunctions.Gamma(1 - (1 / law.Exponent)), PredictionKind.Asymptotic, $"{Paper}, Phase III", "1 ≪ x_d ≪ d");
            Add("mse-onset-time", law.Normalization / 16 / overlap, PredictionKind.Asymptotic, $"{Paper}, Phase III", "a > 1", "flow time");
            Add("mse-end-time", Math.Pow(law.Dimension, law.Exponent) * law.Normalization / 16 / overlap, PredictionKind.Asymptotic, $"{Paper}, Phase III", "a > 1", "flow time");
        }

        if (SpectralRelaxation.TimeTo(modes, 0.5) is { } half)
            Add("mse-half-time", half / overlap, PredictionKind.Heuristic, $"{Paper}, Phase III", "after T₂, w(T₂) − w* flat over the modes", "flow time");
        Add("largest-stable-learning-rate", Stability.LargestLearningRate(modes), PredictionKind.Exact, Derived, "gradient descent near w*");
        var first = modes.LargestEigenvalue;
        var firstTeacher = modes.Sum(j => modes.Eigenvalues[j] == first ? modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j] : 0);
        Add("first-mode-learning-rate", 2 / ((8 * first * overlap) + (16 * first * first * firstTeacher)), PredictionKind.Bound, $"{Paper}, landscape", "gradient descent near w*");
        Add("sgd-largest-stable-learning-rate", NoiseFloor.LargestLearningRate(modes, batch), PredictionKind.Heuristic, Derived, FormattableString.Invariant($"mean field, batch = {batch}"));
        if (NoiseFloor.Of(modes, learningRate, batch, problem.Noise) is { } floor)
        {
            var window = FormattableString.Invariant($"t → ∞ at learning-rate = {learningRate:R}, batch = {batch}, small ησ²");
            Add("sgd-noise-floor-loss", 4 * overlap * floor.Quadratic, PredictionKind.Heuristic, Derived, window);
            Add("sgd-noise-floor-mse", floor.MeanSquaredError, PredictionKind.Heuristic, Derived, window);
        }

        return list;

        void AddEffective(ModeLaw fit)
        {
            Add("effective-exponent", fit.Exponent, PredictionKind.Heuristic, "least squares, log–log", FormattableString.Invariant($"modes {fit.First} to {fit.Last}"));
            if (!(fit.Exponent > 1))
                return;
            var time = sharp.TimeTo(problem.Accuracy);
            Add("convergence-time", time, PredictionKind.Heuristic, Derived, "ε → 0, effective exponent > 1", "flow time");

            // Over a fifth of the time the sum of smooth decays is a power law.
            const double Factor = 1.1;
            Add("effective-loss-exponent", -Math.Log(sharp.Loss(time * Factor) / sharp.Loss(time / Factor)) / (2 * Math.Log(Factor)), PredictionKind.Heuristic, Derived, "at T₂, effective exponent > 1");
        }

        void AddLossLaw(PowerLawSpectrum spectrum)
        {
            var beta = SharpLaw.Exponent(spectrum.Exponent, sourceExponent);
            Add("loss-exponent", beta, PredictionKind.Asymptotic, Derived, "1 ≪ 8ct ≪ d^a, a + b > 1");
            Add("convergence-exponent", 1 / beta, PredictionKind.Asymptotic, Derived, "d^(−a) ≪ ε^(1/β) ≪ 1");
            if (sourceExponent == 0)
            {
                var constant = 4 * overlap * SharpLaw.MesoscopicTail(spectrum, modes.TeacherNormSquared / modes.Dimension, 2 * overlap);
                Add("loss-constant", constant, PredictionKind.Asymptotic, Derived, "1 ≪ 8ct ≪ d^a");
            }
        }

        void Add(string name, double value, PredictionKind kind, string source, string validity, string unit = "")
        {
            var quantity = All.First(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));
            if (double.IsFinite(value))
                list.Add(new Prediction(name, quantity.Symbol, value, kind, source, validity, quantity.Meaning, unit));
        }
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
