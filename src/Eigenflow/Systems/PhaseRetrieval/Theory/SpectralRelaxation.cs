using Eigenflow.Numerics.Special;
using Eigenflow.Spectra;
using MathNet.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The relaxation of the MSE in Phase III (arXiv 2511.18661): S_d(τ) = (1/d) Σ e^(−16 λ_i s* τ), and its three regimes for a power law with
/// β_d = 16/H_{d,a}, x_d = (β_d τ)^(1/a). Work O(n) per evaluation.
/// </summary>
public static class SpectralRelaxation
{
    /// <summary>S_d(τ), exact.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="time">τ ≥ 0, time since T₂ (times s* where that is not one).</param>
    public static double Of(WeightedModes modes, double time) =>
        modes.SumOverRates(rate => Math.Exp(-16 * rate * time)) / modes.Dimension;

    /// <summary>1 − S_d(τ), exact, with full relative accuracy at early times.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="time">τ ≥ 0.</param>
    public static double Lost(WeightedModes modes, double time) =>
        modes.SumOverRates(rate => -Exponential.MinusOne(-16 * rate * time)) / modes.Dimension;

    /// <summary>x_d = (β_d τ)^(1/a): the number of modes that have relaxed.</summary>
    /// <param name="spectrum">A power law with a &gt; 0.</param>
    /// <param name="time">τ.</param>
    public static double RelaxedModes(PowerLawSpectrum spectrum, double time) =>
        Math.Pow(16 / spectrum.Normalization * time, 1 / spectrum.Exponent);

    /// <summary>The regime that a time lies in, and the law there: early 1 − 16τ/d, middle 1 − Γ(1 − 1/a) x_d/d (a &gt; 1), late bound exp(−β_d τ d^(−a)).</summary>
    /// <param name="spectrum">A power law with a &gt; 1.</param>
    /// <param name="time">τ.</param>
    public static (double Early, double Middle, double LateBound) Regimes(PowerLawSpectrum spectrum, double time)
    {
        var rate = 16 / spectrum.Normalization;
        double dimension = spectrum.Dimension;
        return (
            1 - (16 * time / dimension),
            1 - (SpecialFunctions.Gamma(1 - (1 / spectrum.Exponent)) * RelaxedModes(spectrum, time) / dimension),
            Math.Exp(-rate * time * Math.Pow(dimension, -spectrum.Exponent)));
    }

    /// <summary>The time at which S_d has fallen to a level.</summary>
    /// <param name="modes">The modes, at least one of them with λ &gt; 0.</param>
    /// <param name="level">Level in (0, 1), above the part of modes with λ = 0.</param>
    /// <returns>τ, or null when the level is never reached.</returns>
    public static double? TimeTo(WeightedModes modes, double level)
    {
        double low = Math.Log(1e-6 / modes.LargestRate), high = Math.Log(100 / modes.SmallestRate);
        if (!(Of(modes, Math.Exp(high)) < level))
            return null;
        while (high - low > 1e-12)
        {
            var middle = 0.5 * (low + high);
            if (middle == low || middle == high)
                break;
            if (Of(modes, Math.Exp(middle)) > level)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp(high);
    }
}
