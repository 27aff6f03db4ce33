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

    /// <summary>
    /// S_d(τ) at all times with x_d ≥ 5, to about 1e-6 (derived, by Euler and Maclaurin): with z = β_d τ d^(−a) and x = d z^(1/a),
    /// e^(−z) − (x/d) Γ(1 − 1/a, z) + e^(−z)/(2d) + a z e^(−z)/(12d²), upper incomplete Γ. With x/d fixed it collapses on
    /// e^(−z) − z^(1/a) Γ(1 − 1/a, z), which falls as e^(−z)/(az): the bound e^(−z) is loose by az.
    /// </summary>
    /// <param name="spectrum">A power law with a &gt; 1.</param>
    /// <param name="time">τ &gt; 0, times s*.</param>
    public static double Uniform(PowerLawSpectrum spectrum, double time)
    {
        var (a, d) = (spectrum.Exponent, (double)spectrum.Dimension);
        var z = 16 / spectrum.Normalization * time * Math.Pow(d, -a);
        var last = Math.Exp(-z);
        return Collapsed(a, z) + (last / (2 * d)) + (a * z * last / (12 * d * d));
    }

    /// <summary>The collapse function e^(−z) − z^(1/a) Γ(1 − 1/a, z) of S_d for d → ∞ at fixed z = (x_d/d)^a.</summary>
    /// <param name="exponent">a &gt; 1.</param>
    /// <param name="z">z &gt; 0.</param>
    public static double Collapsed(double exponent, double z) => Math.Exp(-z) - (Math.Pow(z, 1 / exponent) * SpecialFunctions.GammaUpperIncomplete(1 - (1 / exponent), z));

    /// <summary>Lower and upper bound of d(1 − S_d) (derived): xΓ(1 − 1/a) − 1 − x^a d^(1−a)/(a − 1) and xΓ(1 − 1/a) + 1, x = x_d.</summary>
    /// <param name="spectrum">A power law with a &gt; 1.</param>
    /// <param name="time">τ &gt; 0, times s*.</param>
    public static (double Lower, double Upper) LostBounds(PowerLawSpectrum spectrum, double time)
    {
        var (a, x) = (spectrum.Exponent, RelaxedModes(spectrum, time));
        var middle = x * SpecialFunctions.Gamma(1 - (1 / a));
        return (middle - 1 - (Math.Pow(x / spectrum.Dimension, a - 1) * x / (a - 1)), middle + 1);
    }

    /// <summary>The early series 1 − 16τ/d + (β_dτ)²H_{d,2a}/(2d), and the bound (β_dτ)³H_{d,3a}/(6d) of its error.</summary>
    /// <param name="spectrum">A power law.</param>
    /// <param name="time">τ ≥ 0, times s*.</param>
    public static (double Value, double Error) Early(PowerLawSpectrum spectrum, double time)
    {
        var rate = 16 / spectrum.Normalization * time;
        double d = spectrum.Dimension;
        return (
            1 - (16 * time / d) + (rate * rate * PowerSum.Of(2 * spectrum.Exponent, spectrum.Dimension) / (2 * d)),
            rate * rate * rate * PowerSum.Of(3 * spectrum.Exponent, spectrum.Dimension) / (6 * d));
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
