using Eigenflow.Numerics;
using Eigenflow.Numerics.RandomMatrix;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Generalised cross-validation of ridge regression on the rows, from eigenvalues and target power alone: with k_i the eigenvalues of the n × n kernel X̃X̃ᵀ/n and ỹ the labels without their mean,
/// E_tr(λ) = (1/n) |λ(K + λ)⁻¹ỹ|², and the test error on new rows, label noise included, is about E_tr S², S = 1/(1 − (1 + Σ k/(k + λ))/n); the mean is one degree of freedom (arXiv 2405.00592: S is the gap between training and test error;
/// Golub, Heath and Wahba 1979). It knows neither the covariance nor the noise. (1/n)|ỹ − X̃w|² + λ|w|² is minimised; classes share a ridge and their errors are summed.
/// </summary>
public sealed record CrossValidation
{
    // Beyond these multiples of the largest eigenvalue nothing is learned, or the ridge is not felt.
    private const double Smallest = 1e-12, Largest = 1e3;
    private const int Points = 121;

    private readonly double[] values;
    private readonly double[] power;
    private readonly double rest;
    private readonly double degrees;
    private readonly double noise;
    private readonly RidgeEquivalent? theory;

    /// <summary>From eigenvalues of the covariance and the power of the labels in them.</summary>
    /// <param name="eigenvalues">All eigenvalues above rounding, with the divisor of <see cref="TargetPower.Degrees"/>, descending.</param>
    /// <param name="target">The power of the labels.</param>
    /// <param name="samples">Number of rows n.</param>
    public CrossValidation(IReadOnlyList<double> eigenvalues, TargetPower target, long samples)
    {
        Samples = samples;
        degrees = target.Degrees;
        power = target.Power;
        values = [.. eigenvalues.Take(power.Length).Select(value => value * degrees / samples)];

        // What no mode explains, which rounding may leave below zero where there are as many modes as rows.
        rest = values.Length < degrees ? Math.Max(0, target.Variance - power.Sum()) : 0;
        var largest = Math.Log(values[0]);
        var (place, error) = ScalarMinimum.Find(logarithm => At(Math.Exp(logarithm)), largest + Math.Log(Smallest), largest + Math.Log(Largest), Points);
        var ridgeless = At(0);
        (BestRidge, BestError) = ridgeless <= error ? (0, ridgeless) : (Math.Exp(place), error);
        BestFreedom = values.Sum(value => value / (value + BestRidge));
        if (target is not { WithoutChance: { } own, NoiseVariance: { } variance })
            return;
        noise = variance;
        theory = new RidgeEquivalent(Population.Of([.. eigenvalues.Take(power.Length)], [.. power.Select(_ => 1.0)], own), degrees);
    }

    /// <summary>Estimate of what the same rows give in theory, label noise included: the measured spectrum as that of the population, power without chance. It needs the noise, thus more rows than modes.</summary>
    /// <param name="ridge">λ ≥ 0.</param>
    /// <returns>The error; not a number where the noise is not known.</returns>
    public double Theory(double ridge) => theory?.At(ridge).Risk(noise) is { } risk ? risk.Error + noise : double.NaN;

    /// <summary>Number of rows.</summary>
    public long Samples { get; }

    /// <summary>The ridge with the smallest estimate, in the squared unit of the data; 0 where least squares has.</summary>
    public double BestRidge { get; }

    /// <summary>The estimate there.</summary>
    public double BestError { get; }

    /// <summary>Degrees of freedom there, Σ k/(k + λ), without the mean.</summary>
    public double BestFreedom { get; }

    /// <summary>The ridges over which it is drawn: those at which some but not all modes are learned.</summary>
    public double[] Grid => Solutions.TimeGrid.Logarithmic(Math.Max(1e-3 * values[^1], 1e-9 * values[0]), 1e2 * values[0], Points)[1..];

    /// <summary>Estimate of the mean squared error on new rows; not a number without a ridge where there are as many modes as degrees of freedom: 0/0.</summary>
    /// <param name="ridge">λ ≥ 0.</param>
    public double At(double ridge)
    {
        if (ridge == 0 && values.Length >= degrees)
            return double.NaN;
        var training = rest;
        var kept = degrees - values.Length;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var left = ridge / (values[i] + ridge);
            training += power[i] * left * left;
            kept += left;
        }

        // E_tr = training · degrees/n, and of the degrees of freedom those are kept that the ridge does not learn.
        return training * degrees * Samples / (kept * kept);
    }
}
