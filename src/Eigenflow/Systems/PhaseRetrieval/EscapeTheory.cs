using MathNet.Numerics.RootFinding;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The linear theory of Phase I (s ≈ 0): u(t) = Σ λ_i w_i(0) w*_i e^(4λ_i s* t) + 8 ∫₀ᵗ Σ (w*_i)² λ_i² e^(4λ_i s* (t−τ)) u(τ) dτ,
/// whose Laplace transform û(p) = â(p)/D(p) with D(p) = 1 − 8 Σ (w*_i)² λ_i²/(p − 4λ_i s*) has its leading pole at ρ
/// (arXiv 2511.18661, Phase I).
/// </summary>
/// <param name="Rate">The escape rate ρ: |u| grows as e^(ρt).</param>
/// <param name="Coefficient">C = â(ρ)/D'(ρ): u(t) ≈ C e^(ρt). Its sign is the final sign of u.</param>
public sealed record EscapeTheory(double Rate, double Coefficient)
{
    /// <summary>The theory of a problem.</summary>
    /// <param name="modes">Its modes.</param>
    public static EscapeTheory Of(WeightedModes modes)
    {
        var weights = new double[modes.Size];
        for (var j = 0; j < weights.Length; j++)
            weights[j] = modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j];
        var overlap = modes.TeacherOverlap;
        var rate = FindRate(modes.Eigenvalues, weights, overlap);
        var drive = modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Start[j] * modes.Teacher[j] / (rate - (4 * modes.Eigenvalues[j] * overlap)));
        var slope = 8 * modes.Sum(j => weights[j] * Square(modes.Eigenvalues[j] / (rate - (4 * modes.Eigenvalues[j] * overlap))));
        return new EscapeTheory(rate, drive / slope);
    }

    /// <summary>Predicted escape time log(δ s*/|C|)/ρ, not below zero.</summary>
    /// <param name="level">The level δ s* that |u| reaches.</param>
    public double TimeTo(double level) => Math.Max(0, Math.Log(level / Math.Abs(Coefficient)) / Rate);

    /// <summary>The unique root of 1 = 8 Σ (w*_i)² λ_i²/(ρ − 4λ_i s*) above the largest 4λ_i s* on which the teacher has weight.</summary>
    /// <param name="eigenvalues">Eigenvalues λ_i.</param>
    /// <param name="teacherSquares">(w*_i)² times weight.</param>
    /// <param name="overlap">s*.</param>

    internal static double FindRate(double[] eigenvalues, double[] teacherSquares, double overlap)
    {
        var top = 0.0;
        var strength = 0.0;
        for (var j = eigenvalues.Length - 1; j >= 0; j--)
        {
            if (teacherSquares[j] != 0)
                top = Math.Max(top, eigenvalues[j]);
            strength += 8 * teacherSquares[j] * eigenvalues[j] * eigenvalues[j];
        }

        // With x = ρ − 4 λ_top s*, the sum falls from +∞ at x = 0 to at most one at x = 8 Σ (w*_i)² λ_i²; the search runs in log x.
        var pole = 4 * top * overlap;
        var logarithm = Brent.FindRoot(Mismatch, Math.Log(strength) - 90, Math.Log(strength) + 1e-9, 1e-15, 500);
        return pole + Math.Exp(logarithm);

        double Mismatch(double logarithmOfDistance)
        {
            var distance = Math.Exp(logarithmOfDistance);
            var sum = 0.0;
            for (var j = eigenvalues.Length - 1; j >= 0; j--)
            {
                if (teacherSquares[j] != 0)
                    sum += 8 * teacherSquares[j] * eigenvalues[j] * eigenvalues[j] / (distance + (4 * overlap * (top - eigenvalues[j])));
            }

            return Math.Log(Math.Max(sum, double.Epsilon));
        }
    }

    private static double Square(double value) => value * value;
}
