using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// ⟨exp(−kσ)⟩ of the entropy production of one step of a linear Gaussian chain: det(M_f)^(−½) det(M_f⁻¹ + k(M_r⁻¹ − M_f⁻¹))^(−½) with the covariance M_f of (x, x') and M_r of (x', x).
/// It is 1 at k = 0 and 1 and symmetric under k → 1 − k: the detailed theorem (derived).
/// </summary>
internal static class GeneratingFunction
{
    /// <summary>Its value for the mean map I − X and the covariance Σ; not a number where it does not exist.</summary>
    public static double At(double k, Matrix<double> drift, Matrix<double> sigma)
    {
        if (PathWeights.OfDrift(drift, sigma) is not { } weights)
            return double.NaN;

        // In independent normal numbers: x = Σ^½ u and x' = (I − X)x + N^½ w, where 2σ is a quadratic form.
        var d = drift.RowCount;
        var product = drift * sigma;
        var noise = product + product.Transpose() - (product * drift.Transpose());
        Matrix<double> start = Root(sigma), kick = Root(noise);
        var zero = Matrix<double>.Build.Dense(d, d);
        var path = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { start, zero }, { start - (drift * start), kick } });
        var form = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { -weights.Boundary, weights.Pair }, { weights.Pair.Transpose(), weights.Boundary } });
        var mixed = Matrix<double>.Build.DenseIdentity(2 * d) + (path.TransposeThisAndMultiply(form * path) * k);
        if (mixed.Enumerate().Any(value => !double.IsFinite(value)))
            return double.NaN;
        var values = new EigenBasis(mixed).Values;
        return values[0] > 0 ? Math.Exp(-0.5 * values.Sum(Math.Log)) : double.NaN;
    }

    private static Matrix<double> Root(Matrix<double> covariance) => new EigenBasis(covariance).Map(value => Math.Sqrt(Math.Max(0, value)));
}
