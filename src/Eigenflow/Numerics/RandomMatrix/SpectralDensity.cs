using System.Numerics;

namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>
/// Densities of the eigenvalues of sample covariances, of data or of features: tr(K + z)⁻¹/P = 1/κ₁(z) for the P × P kernel K = ΦΦᵀ/P, so that ρ(l) = Im[1/κ₁(−l)]/π for every stack of layers
/// (Marčenko–Pastur, structured, and products of Wishart matrices are cases). Beside edges of a compressed population, where −κ comes near eigenvalues, digits are lost.
/// </summary>
public static class SpectralDensity
{
    private const double Vanishing = 1e-9;

    /// <summary>Density of the eigenvalues of the kernel, which integrates to the part of them that is not zero.</summary>
    /// <param name="equivalent">The regression.</param>
    /// <param name="eigenvalue">l &gt; 0.</param>
    public static double OfKernel(RidgeEquivalent equivalent, double eigenvalue)
    {
        if (!(eigenvalue > 0) || !double.IsFinite(eigenvalue))
            throw new ArgumentOutOfRangeException(nameof(eigenvalue), eigenvalue, "An eigenvalue at which there is a density is a finite number above 0.");
        var ridge = new ComplexRidge(equivalent, eigenvalue);
        ridge.MoveTo(eigenvalue * Complex.Exp(new Complex(0, Math.PI - 1e-3)));
        ridge.MoveTo(eigenvalue * Complex.Exp(new Complex(0, Math.PI - 1e-6)));
        var near = 1 / ridge.FeatureKappa;
        ridge.MoveTo(new Complex(-eigenvalue, 0));
        var density = 1 / ridge.FeatureKappa;

        // Outside the support κ is real on the axis, and rounding is all that is left.
        var imaginary = Math.Abs(density.Imaginary);
        return imaginary > Vanishing * Complex.Abs(density) && Math.Abs(near.Imaginary) > 1e-5 * Complex.Abs(near) ? imaginary / Math.PI : 0;
    }

    /// <summary>Density of the eigenvalues of the sample covariance of the inputs, normalised to their dimension: ρ = (P/D) ρ of the kernel, beside a point mass at zero where P &lt; D.</summary>
    /// <param name="equivalent">The regression.</param>
    /// <param name="eigenvalue">l &gt; 0.</param>
    public static double OfCovariance(RidgeEquivalent equivalent, double eigenvalue) => OfKernel(equivalent, eigenvalue) * equivalent.Samples / equivalent.Population.Rank;
}
