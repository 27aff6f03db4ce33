using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The entropy production of a path x_0 … x_T of the chain x' = A x + N(0, 2D) with A = I − ρH: the logarithm of its stationary probability over that of the reversed path,
/// Σ_t x_tᵀ W x_{t+1} + ½(x_TᵀR x_T − x_0ᵀR x_0) with W = (ρ/2)(D⁻¹H − HD⁻¹) and R = Σ⁻¹ − ½(D⁻¹ − AD⁻¹A) (derived). Both fluctuation theorems are exact for it at every T.
/// It is the midpoint sum of vᵀD⁻¹dx of the paper with the second-order part of the boundary term kept.
/// </summary>
/// <param name="Pair">W, antisymmetric.</param>
/// <param name="Boundary">R, symmetric.</param>
internal sealed record PathWeights(Matrix<double> Pair, Matrix<double> Boundary)
{
    /// <summary>The weights, or null where D is singular.</summary>
    public static PathWeights? Of(Matrix<double> hessian, double rate, Matrix<double> diffusion, Matrix<double> sigma)
    {
        if (StationaryLaw.Rank(diffusion) < hessian.RowCount)
            return null;
        var drift = Matrix<double>.Build.DenseIdentity(hessian.RowCount) - (rate * hessian);
        return OfMap(drift, diffusion, sigma);
    }

    /// <summary>The weights of any linear map A: W = −½(D⁻¹A − AᵀD⁻¹).</summary>
    public static PathWeights OfMap(Matrix<double> map, Matrix<double> diffusion, Matrix<double> sigma)
    {
        var inverse = diffusion.Inverse();
        var product = inverse * map;
        var pair = (product - product.Transpose()) * -0.5;
        var boundary = sigma.Inverse() - ((inverse - (map.Transpose() * product)) * 0.5);
        return new PathWeights(pair, (boundary + boundary.Transpose()) / 2);
    }

    /// <summary>Mean entropy production per time unit: Σ_ij W_ij C_ij.</summary>
    public double MeanRate(Matrix<double> circulation) => Pair.PointwiseMultiply(circulation).Enumerate().Sum();
}
