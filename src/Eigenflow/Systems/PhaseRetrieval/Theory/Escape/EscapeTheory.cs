using Eigenflow.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The linear theory of Phase I (s ≈ 0): u(t) = Σ λ_i w_i(0) w*_i e^(4λ_i s* t) + 8 ∫₀ᵗ Σ (w*_i)² λ_i² e^(4λ_i s* (t−τ)) u(τ) dτ,
/// whose Laplace transform û(p) = â(p)/D(p) with D(p) = 1 − 8 Σ (w*_i)² λ_i²/(p − 4λ_i s*) has its leading pole at ρ
/// (arXiv 2511.18661, Phase I). Under a preconditioner e^(4λ_i…) and λ_i² become e^(4r_i…) and λ_i r_i with r_i = λ_i^(1−κ) (derived).
/// </summary>
/// <param name="Rate">The escape rate ρ: |u| grows as e^(ρt).</param>
/// <param name="Coefficient">C = â(ρ)/D'(ρ): u(t) ≈ C e^(ρt). Its sign is the final sign of u.</param>
public sealed record EscapeTheory(double Rate, double Coefficient)
{
    // e^−700 is the smallest number with all its digits.
    private const double LowestLogarithm = -700;

    /// <summary>D'(ρ) = 8 Σ (w*_i)² λ_i²/(ρ − 4λ_i s*)².</summary>
    public double Slope { get; init; }

    /// <summary>The theory of a problem.</summary>
    /// <param name="modes">Its modes.</param>
    public static EscapeTheory Of(WeightedModes modes)
    {
        var (rate, gaps) = Resolve(modes);
        var drive = modes.Sum(j => Square(modes, j) == 0 ? 0 : modes.Weights[j] * modes.Eigenvalues[j] * modes.Start[j] * modes.Teacher[j] / gaps[j]);

        // In this order: (λ/gap)² alone leaves the range of numbers for a weight of 1e-240.
        var slope = 8 * modes.Sum(j => Square(modes, j) == 0 ? 0 : Square(modes, j) * (modes.Eigenvalues[j] / gaps[j]) * (modes.Rates[j] / gaps[j]));
        return new EscapeTheory(rate, drive / slope) { Slope = slope };
    }

    /// <summary>ρ, and ρ − 4λ_j s* of every entry from its distance to the pole, which a teacher with little weight there makes far smaller than ρ.</summary>
    /// <param name="modes">The modes.</param>
    internal static (double Rate, double[] Gaps) Resolve(WeightedModes modes)
    {
        var squares = new double[modes.Size];
        for (var j = 0; j < squares.Length; j++)
            squares[j] = Square(modes, j);
        var overlap = modes.TeacherOverlap;
        var (top, distance) = FindRoot(modes.Eigenvalues, modes.Rates, squares, overlap);
        return ((4 * top * overlap) + distance, [.. modes.Rates.Select(rate => distance + (4 * overlap * (top - rate)))]);
    }

    /// <summary>Predicted escape time log(δ s*/|C|)/ρ, not below zero.</summary>
    /// <param name="level">The level δ s* that |u| reaches.</param>
    public double TimeTo(double level) => Math.Max(0, Math.Log(level / Math.Abs(Coefficient)) / Rate);

    /// <summary>The unique root of 1 = 8 Σ (w*_i)² λ_i²/(ρ − 4λ_i s*) above the largest 4λ_i s* on which the teacher has weight.</summary>
    /// <param name="eigenvalues">Eigenvalues λ_i.</param>
    /// <param name="rates">Rates of the modes, λ_i^(1−κ) under a preconditioner: λ_i² becomes λ_i times it, and 4λ_i four times it.</param>
    /// <param name="teacherSquares">(w*_i)² times weight.</param>
    /// <param name="overlap">s*.</param>
    internal static double FindRate(double[] eigenvalues, double[] rates, double[] teacherSquares, double overlap)
    {
        var (top, distance) = FindRoot(eigenvalues, rates, teacherSquares, overlap);
        return (4 * top * overlap) + distance;
    }

    private static double Square(WeightedModes modes, int j) => modes.Weights[j] * modes.Teacher[j] * modes.Teacher[j];

    // The largest rate on which the teacher has weight, and ρ − 4λ_top s* to full relative accuracy.
    private static (double Top, double Distance) FindRoot(double[] eigenvalues, double[] rates, double[] teacherSquares, double overlap)
    {
        var top = 0.0;
        var strength = 0.0;
        for (var j = eigenvalues.Length - 1; j >= 0; j--)
        {
            if (teacherSquares[j] != 0)
                top = Math.Max(top, rates[j]);
            strength += 8 * teacherSquares[j] * eigenvalues[j] * rates[j];
        }

        // With x = ρ − 4 λ_top s*, the sum falls from +∞ at x = 0 to at most one at x = 8 Σ (w*_i)² λ_i² (exactly one where all eigenvalues are equal, which rounding puts on
        // either side); the search runs in ln x, because a teacher with little weight on the top mode has a root many decades below.
        double low = Math.Log(strength) - 90, high = Math.Log(strength) + 1e-9;
        while (Terms(Math.Exp(low)).Sum <= 1 && low > LowestLogarithm)
            low -= 90;
        if (Terms(Math.Exp(low)).Sum <= 1)
            return (top, Math.Exp(low));
        var root = Math.Exp(ScalarRoot.Find(logarithm => Math.Log(Math.Max(Terms(Math.Exp(logarithm)).Sum, double.Epsilon)), low, high));

        // A number near ln x resolves x to |ln x| units in the last place only: one step of Newton in x has them all.
        var (sum, slope) = Terms(root);
        var polished = root + ((sum - 1) / slope);
        return (top, polished > 0 && Math.Abs(polished - root) < 1e-9 * root ? polished : root);

        // The sum, and its slope with the sign changed.
        (double Sum, double Slope) Terms(double distance)
        {
            double sum = 0, slope = 0;
            for (var j = eigenvalues.Length - 1; j >= 0; j--)
            {
                if (teacherSquares[j] == 0)
                    continue;
                var gap = distance + (4 * overlap * (top - rates[j]));
                var term = 8 * teacherSquares[j] * eigenvalues[j] * rates[j] / gap;
                sum += term;
                slope += term / gap;
            }

            return (sum, slope);
        }
    }
}
