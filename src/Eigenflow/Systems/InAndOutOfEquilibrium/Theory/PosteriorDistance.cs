using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>How far a Gaussian of given moments is from the posterior N(0, T H⁻¹).</summary>
/// <param name="Kl">Kullback–Leibler divergence KL(N(m, Σ) ‖ N(0, TH⁻¹)).</param>
/// <param name="Covariance">|Σ − TH⁻¹| / |TH⁻¹| in the Frobenius norm.</param>
/// <param name="Wasserstein">Wasserstein-2 distance.</param>
internal readonly record struct PosteriorDistance(double Kl, double Covariance, double Wasserstein)
{
    /// <summary>Measures.</summary>
    public static PosteriorDistance Of(Vector<double> mean, Matrix<double> sigma, Matrix<double> hessian, double temperature)
    {
        var precision = hessian / temperature;
        var basis = new EigenBasis(precision);
        Matrix<double> root = basis.Map(Math.Sqrt), posterior = basis.Map(value => 1 / value), half = basis.Map(value => 1 / Math.Sqrt(value));

        // x − 1 − ln x per eigenvalue of H^(1/2) Σ H^(1/2): without cancellation where it is small.
        var kl = new EigenBasis(root * sigma * root).Values.Sum(value => Excess(value - 1)) + mean.DotProduct(precision * mean);
        var common = new EigenBasis(half * sigma * half).Values.Sum(value => Math.Sqrt(Math.Max(0, value)));
        var transport = mean.DotProduct(mean) + sigma.Trace() + posterior.Trace() - (2 * common);
        return new PosteriorDistance(kl / 2, (sigma - posterior).FrobeniusNorm() / posterior.FrobeniusNorm(), Math.Sqrt(Math.Max(0, transport)));
    }

    // u − ln(1 + u).
    private static double Excess(double u) => Math.Abs(u) < 1e-4 ? u * u * ((1.0 / 2) - (u * ((1.0 / 3) - (u / 4)))) : u > -1 ? u - Math.Log(1 + u) : double.PositiveInfinity;
}
