using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Mean and covariance of a stationary law, its circulation and its entropy production, in a time unit.</summary>
/// <param name="Mean">Mean of δ = θ − θ*.</param>
/// <param name="Covariance">Σ.</param>
/// <param name="Circulation">C_ij = mean of ½(δ_i δ'_j − δ_j δ'_i) over a time unit: the area that the parameters go round.</param>
/// <param name="Entropy">Mean entropy production of a time unit; not a number where D is singular.</param>
internal sealed record StationaryLaw(Vector<double> Mean, Matrix<double> Covariance, Matrix<double> Circulation, double Entropy)
{
    private const double SingularPart = 1e-11;

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
        var circulation = (hessian * sigma - sigma * hessian) * (rate / 2);
        if (Rank(diffusion) < hessian.RowCount)
            return new StationaryLaw(mean, sigma, circulation, double.NaN);
        var inverse = diffusion.Inverse();
        return new StationaryLaw(mean, sigma, circulation, -(circulation * inverse * circulation * sigma.Inverse()).Trace());
    }

    /// <summary>The law of the chain δ' = (I − ρH)δ + N(0, 2D): Σ = AΣA + 2D, entropy of the two-time log-ratio; exact (derived).</summary>
    public static StationaryLaw Discrete(Matrix<double> hessian, double rate, Matrix<double> diffusion, Vector<double> mean)
    {
        var sigma = new EigenBasis(hessian).Divide(diffusion * (2 / rate), (h, other) => h + other - (rate * h * other));
        return Of(hessian, rate, diffusion, mean, sigma);
    }

    /// <summary>The law of a linear map of mean I − ρH whose covariance is known.</summary>
    public static StationaryLaw Of(Matrix<double> hessian, double rate, Matrix<double> diffusion, Vector<double> mean, Matrix<double> sigma)
    {
        var circulation = (hessian * sigma - sigma * hessian) * (rate / 2);
        return new StationaryLaw(mean, sigma, circulation, PathWeights.Of(hessian, rate, diffusion, sigma)?.MeanRate(circulation) ?? double.NaN);
    }

    /// <summary>Rank of a diffusion matrix.</summary>
    public static int Rank(Matrix<double> diffusion)
    {
        var values = diffusion.Evd(Symmetricity.Symmetric).EigenValues.Select(value => value.Real).ToArray();
        return values.Count(value => value > SingularPart * values.Max());
    }
}
