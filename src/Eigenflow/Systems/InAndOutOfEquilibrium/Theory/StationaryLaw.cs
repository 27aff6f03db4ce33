using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Mean and covariance of a stationary law, its circulation and its entropy production, in a time unit.</summary>
/// <param name="Mean">Mean of δ = θ − θ*.</param>
/// <param name="Covariance">Σ.</param>
/// <param name="Circulation">C_ij = mean of ½(δ_i δ'_j − δ_j δ'_i) over a time unit: the area that the parameters go round.</param>
/// <param name="Entropy">Mean entropy production of a time unit; not a number where D is singular.</param>
internal sealed record StationaryLaw(Vector<double> Mean, Matrix<double> Covariance, Matrix<double> Circulation, double Entropy)
{
    private const double SingularPart = 1e-13;
    private const double Rounding = 1e-13;

    /// <summary>
    /// The Ornstein–Uhlenbeck law of dδ = −ρHδ dt with diffusion D: HΣ + ΣH = (2/ρ)D, C = (ρ/2)(HΣ − ΣH), entropy −tr(C D⁻¹ C Σ⁻¹) (arXiv 2306.03521).
    /// </summary>
    /// <param name="hessian">H.</param>
    /// <param name="rate">ρ: learning rate times steps of a time unit.</param>
    /// <param name="diffusion">D of a time unit.</param>
    /// <param name="mean">Mean of δ.</param>
    public static StationaryLaw Continuous(Matrix<double> hessian, double rate, Matrix<double> diffusion, Vector<double> mean)
    {
        var sigma = new EigenBasis(hessian).Divide(diffusion * (2 / rate), (h, other) => h + other);
        var circulation = CirculationOf(hessian * rate, sigma);
        if (Rank(diffusion) < hessian.RowCount)
            return new StationaryLaw(mean, sigma, circulation, double.NaN);
        var entropy = circulation.Enumerate().All(value => value == 0) ? 0 : -(circulation * diffusion.Inverse() * circulation * sigma.Inverse()).Trace();
        return new StationaryLaw(mean, sigma, circulation, Math.Max(0, entropy));
    }

    /// <summary>The law of the chain δ' = (I − ρH)δ + N(0, 2D): Σ = AΣA + 2D, entropy of the two-time log-ratio; exact (derived).</summary>
    public static StationaryLaw Discrete(Matrix<double> hessian, double rate, Matrix<double> diffusion, Vector<double> mean)
    {
        var sigma = new EigenBasis(hessian).Divide(diffusion * (2 / rate), (h, other) => h + other - (rate * h * other));
        return Of(hessian * rate, mean, sigma, Rank(diffusion) == hessian.RowCount);
    }

    /// <summary>The law of a chain whose mean map I − X and covariance are known: entropy production is that of the Gaussian chain with both, Σ_ij W_ij C_ij ≥ 0 (derived).</summary>
    /// <param name="drift">X.</param>
    /// <param name="mean">Mean of δ.</param>
    /// <param name="sigma">Σ.</param>
    /// <param name="hasEntropy">Whether the noise has full rank.</param>
    public static StationaryLaw Of(Matrix<double> drift, Vector<double> mean, Matrix<double> sigma, bool hasEntropy)
    {
        var circulation = CirculationOf(drift, sigma);
        return new StationaryLaw(mean, sigma, circulation, (hasEntropy ? PathWeights.OfDrift(drift, sigma)?.MeanRate(circulation) : null) ?? double.NaN);
    }

    /// <summary>Rank of a diffusion matrix in units in which its diagonal is one.</summary>
    public static int Rank(Matrix<double> diffusion)
    {
        int[] kept = [.. Enumerable.Range(0, diffusion.RowCount).Where(i => diffusion[i, i] > 0)];
        if (kept.Length == 0 || diffusion.Enumerate().Any(value => !double.IsFinite(value)))
            return 0;
        var scaled = Matrix<double>.Build.Dense(kept.Length, kept.Length, (i, j) => diffusion[kept[i], kept[j]] / Math.Sqrt(diffusion[kept[i], kept[i]]) / Math.Sqrt(diffusion[kept[j], kept[j]]));
        var values = new EigenBasis(scaled).Values;
        return values.Count(value => value > SingularPart * values[^1]);
    }

    /// <summary>Whether a symmetric matrix is positive definite, in units in which its diagonal is one.</summary>
    public static bool IsPositive(Matrix<double> matrix) => Enumerable.Range(0, matrix.RowCount).All(i => matrix[i, i] > 0) && Rank(matrix) == matrix.RowCount;

    // ½(XΣ − ΣXᵀ); what is rounding of the two products is zero.
    private static Matrix<double> CirculationOf(Matrix<double> drift, Matrix<double> sigma)
    {
        var product = drift * sigma;
        var size = drift.PointwiseAbs() * sigma.PointwiseAbs();
        return Matrix<double>.Build.Dense(sigma.RowCount, sigma.RowCount, (i, j) =>
        {
            var twice = product[i, j] - product[j, i];
            return Math.Abs(twice) > Rounding * (size[i, j] + size[j, i]) ? twice / 2 : 0;
        });
    }
}
