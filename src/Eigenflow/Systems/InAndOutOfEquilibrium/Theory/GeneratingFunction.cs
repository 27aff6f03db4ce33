using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// ⟨exp(−kσ)⟩ of the entropy production of one step of a linear Gaussian chain: det(M_f)^(−½) det(M_f⁻¹ + k(M_r⁻¹ − M_f⁻¹))^(−½) with the covariance M_f of (x, x') and M_r of (x', x).
/// It is 1 at k = 0 and 1 and symmetric under k → 1 − k: the detailed theorem (derived).
/// </summary>
internal static class GeneratingFunction
{
    /// <summary>Its value; not a number where it does not exist.</summary>
    public static double At(double k, Matrix<double> hessian, double rate, Matrix<double> sigma)
    {
        var d = hessian.RowCount;
        var cross = sigma - (rate * sigma * hessian);
        var forward = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { sigma, cross }, { cross.Transpose(), sigma } });
        var reverse = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { sigma, cross.Transpose() }, { cross, sigma } });
        Matrix<double> inverse = forward.Inverse(), other = reverse.Inverse();
        var mixed = inverse + ((other - inverse) * k);
        var values = mixed.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real);
        if (values.Any(value => !(value > 0)))
            return double.NaN;

        // In the basis of M_f: |I + k M_f^(1/2)(M_r⁻¹ − M_f⁻¹)M_f^(1/2)|.
        var root = new EigenBasis(forward).Map(value => Math.Sqrt(Math.Max(0, value)));
        var relative = Matrix<double>.Build.DenseIdentity(2 * d) + (root * (other - inverse) * root * k);
        return Math.Exp(-0.5 * new EigenBasis(relative).Values.Sum(Math.Log));
    }
}
