using Eigenflow.Numerics.Special;
using MathNet.Numerics;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Generated variances in closed form (arXiv 2503.03206; the forms of ties and of flow matching are derived): ln of the variance of a mode λ at T = 2ητ with the initial gain Q.</summary>
internal static class ClosedVariance
{
    /// <summary>One layer: Φ(σ) = (λ + σ²)^½ exp(−½(1 − Q) E₁(Tσ²) e^(−Tλ) + ½ E₁(T(σ² + λ))), variance σ_T² Φ(σ_0)²/Φ(σ_T)².</summary>
    /// <param name="eigenvalue">λ ≥ 0.</param>
    /// <param name="limit">ln of the variance at the end, <see cref="OneLayerRange.Limit"/>.</param>
    /// <param name="gain">Q.</param>
    /// <param name="range">The parts of a time that modes share.</param>
    public static double OneLayer(double eigenvalue, double limit, double gain, in OneLayerRange range)
    {
        if (!range.HasMoved)
            return range.Initial(gain);
        double decay = Math.Exp(-range.Time * eigenvalue), low = range.Time * (range.LowSquare + eigenvalue);

        // e^(−T(λ + σ₀²)) is a product of two exponentials that are there.
        var below = low >= 1 ? decay * range.LowDecay * ExponentialIntegral.ScaledE1(low) : ExponentialIntegral.E1(low);
        var above = range.IsHighOver ? 0 : ExponentialIntegral.E1(range.Time * (range.HighSquare + eigenvalue));
        return limit - ((1 - gain) * decay * range.Difference) + below - above;
    }

    /// <summary>Two tied layers: with e = e^(−4Tλ) and p = Q/(Q + (1 − Q)e), Φ(σ) = σ^(1−p) (λe + Q(1 − e)(λ + σ²))^(p/2).</summary>
    /// <param name="eigenvalue">λ ≥ 0.</param>
    /// <param name="exponent">4Tλ, or 2Tλ for two layers that are not tied.</param>
    /// <param name="gain">Q &gt; 0.</param>
    /// <param name="low">σ_0².</param>
    /// <param name="high">σ_T².</param>
    /// <param name="limit">The exponent per λ, for λ = 0.</param>
    public static double Logistic(double eigenvalue, double exponent, double gain, double low, double high, double limit)
    {
        if (eigenvalue == 0)
        {
            // w = Q/(1 + mTσ²Q): 2∫ w dln σ = Q ln(σ²/(1 + mTσ²Q)).
            return Math.Log(low) + (gain * (Math.Log(high / (1 + (limit * high * gain))) - Math.Log(low / (1 + (limit * low * gain)))));
        }

        double rest = -Exponential.MinusOne(-exponent), e = Math.Exp(-exponent), p = gain / (gain + ((1 - gain) * e));
        double Part(double square) => (eigenvalue * e) + (gain * rest * (eigenvalue + square));
        return ((1 - p) * Math.Log(low)) + (p * Math.Log(high)) + (p * (Math.Log(Part(low)) - Math.Log(Part(high))));
    }

    /// <summary>Flow matching with one layer: λ exp(E₁(Tλ) − E₁(T) + Q √(π/(T(λ+1))) e^(−Tλ/(λ+1)) (erf q + erf λq)), q = √(T/(λ + 1)).</summary>
    public static double Flow(double eigenvalue, double time, double gain)
    {
        if (time == 0)
            return 2 * gain;
        var q = Math.Sqrt(time / (eigenvalue + 1));
        var start = gain == 0 ? 0 : gain * Math.Sqrt(Math.PI) * q / time * Math.Exp(-time * (eigenvalue / (eigenvalue + 1))) * (SpecialFunctions.Erf(q) + SpecialFunctions.Erf(eigenvalue * q));

        // ln λ + E₁(Tλ) and E₁(T) without their logarithms: what is left of them cancels.
        return ExponentialIntegral.Entire(time * eigenvalue) - ExponentialIntegral.Entire(time) + start;
    }
}

/// <summary>What all modes of one layer share at a time.</summary>
internal readonly struct OneLayerRange
{
    // E₁ is below the smallest number from here on.
    private const double Underflow = 740;

    /// <param name="low">σ_0.</param>
    /// <param name="high">σ_T.</param>
    /// <param name="time">T.</param>
    public OneLayerRange(double low, double high, double time)
    {
        (LowSquare, HighSquare, Time) = (low * low, high * high, time);
        (LowDecay, IsHighOver) = (Math.Exp(-time * LowSquare), time * HighSquare > Underflow);
        HasMoved = time * LowSquare > 0;
        Difference = HasMoved ? ExponentialIntegral.E1(time * LowSquare) - ExponentialIntegral.E1(time * HighSquare) : 0;
    }

    /// <summary>σ_0².</summary>
    public double LowSquare { get; }

    /// <summary>σ_T².</summary>
    public double HighSquare { get; }

    /// <summary>T.</summary>
    public double Time { get; }

    /// <summary>e^(−Tσ_0²).</summary>
    public double LowDecay { get; }

    /// <summary>Whether all of E₁(T(σ_T² + λ)) vanish.</summary>
    public bool IsHighOver { get; }

    /// <summary>Whether the time is not zero.</summary>
    public bool HasMoved { get; }

    /// <summary>E₁(Tσ_0²) − E₁(Tσ_T²).</summary>
    public double Difference { get; }

    /// <summary>ln of the variance of a mode after infinite time, σ_T² (λ + σ_0²)/(λ + σ_T²).</summary>
    public static double Limit(double eigenvalue, double low, double high) => Math.Log(high * high * ((eigenvalue + (low * low)) / (eigenvalue + (high * high))));

    /// <summary>ln of the variance at time zero, σ_T^(2Q) σ_0^(2−2Q).</summary>
    public double Initial(double gain) => (gain * Math.Log(HighSquare)) + ((1 - gain) * Math.Log(LowSquare));
}
