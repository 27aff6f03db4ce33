using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The entropy production of a path x_0 … x_T of the Gaussian chain x' = A x + N(0, 2D): the logarithm of its stationary probability over that of the reversed path,
/// Σ_t x_tᵀ W x_{t+1} + ½(x_TᵀR x_T − x_0ᵀR x_0) with W = −½(D⁻¹A − AᵀD⁻¹) and R = Σ⁻¹ − ½(D⁻¹ − AᵀD⁻¹A) (derived). Both fluctuation theorems are exact for it at every T.
/// It is the midpoint sum of vᵀD⁻¹dx of the paper with the second-order part of the boundary term kept. For noise that is not Gaussian it is the entropy production that second moments show.
/// </summary>
/// <param name="Pair">W, antisymmetric.</param>
/// <param name="Boundary">R, symmetric.</param>
internal sealed record PathWeights(Matrix<double> Pair, Matrix<double> Boundary)
{
    private const double Rounding = 1e-13;

    /// <summary>The weights of the mean map I − X and the noise Σ − (I − X)Σ(I − X)ᵀ = XΣ + ΣXᵀ − XΣXᵀ, or null where that is singular.</summary>
    public static PathWeights? OfDrift(Matrix<double> drift, Matrix<double> sigma)
    {
        var product = drift * sigma;
        var noise = product + product.Transpose() - (product * drift.Transpose());
        return StationaryLaw.Rank(noise) < drift.RowCount ? null : Of(drift, (noise + noise.Transpose()) / 4, sigma);
    }

    /// <summary>The weights of any linear map A with its noise.</summary>
    public static PathWeights OfMap(Matrix<double> map, Matrix<double> diffusion, Matrix<double> sigma) =>
        Of(Matrix<double>.Build.DenseIdentity(map.RowCount) - map, diffusion, sigma);

    /// <summary>Mean entropy production per time unit: Σ_ij W_ij C_ij.</summary>
    public double MeanRate(Matrix<double> circulation)
    {
        var terms = Pair.PointwiseMultiply(circulation);
        var sum = terms.Enumerate().Sum();
        return Math.Abs(sum) > Rounding * terms.PointwiseAbs().Enumerate().Sum() ? sum : 0;
    }

    // Of X and not of A: small step sizes would be lost against one.
    private static PathWeights Of(Matrix<double> drift, Matrix<double> diffusion, Matrix<double> sigma)
    {
        var inverse = diffusion.Inverse();
        var product = inverse * drift;
        var size = inverse.PointwiseAbs() * drift.PointwiseAbs();
        var pair = Matrix<double>.Build.Dense(drift.RowCount, drift.RowCount, (i, j) =>
        {
            var twice = product[i, j] - product[j, i];
            return Math.Abs(twice) > Rounding * (size[i, j] + size[j, i]) ? twice / 2 : 0;
        });
        var boundary = sigma.Inverse() - ((product + product.Transpose() - (drift.Transpose() * product)) / 2);
        return new PathWeights(pair, (boundary + boundary.Transpose()) / 2);
    }
}
