using Eigenflow.Numerics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>Exact limits of adaptive learning rates on least squares without target noise (derived; the setting of arXiv 2405.19585).</summary>
public static class AdaptiveLimits
{
    /// <summary>
    /// The rate at which AdaGrad-norm ends: the root below min(η/b, 2/τ) of ⟨D²(0)⟩ = (4η²/τ)(1/γ − b/η) − 2η² ln(η/(bγ)). Only Tr K/d of the spectrum enters, and no first rate is too large.
    /// Proposition 4.2 of the paper has η² and table 1 η in places that agree with this for η = 1 only.
    /// </summary>
    /// <param name="startDistance">⟨D²(0)⟩, finite.</param>
    /// <param name="trace">τ = Tr K/d.</param>
    /// <param name="scale">η.</param>
    /// <param name="offset">b.</param>
    /// <param name="noise">ω² of the target, which has to be 0.</param>
    /// <exception cref="ParameterException">There is target noise, or the distance is infinite: the rate tends to 0.</exception>
    public static double AdaGradNorm(double startDistance, double trace, double scale, double offset, double noise = 0)
    {
        if (noise > 0)
            throw new ParameterException("noise", noise, "0 where the limit of the rate is asked for", "with target noise the AdaGrad step tends to 0");
        if (!double.IsFinite(startDistance))
            throw new ParameterException("h + delta", startDistance, "below 1, where the start is at a finite distance from the optimum", "at an infinite distance the AdaGrad step tends to 0");
        var first = scale / offset;
        var top = Math.Min(first, 2 / trace);
        return ScalarRoot.Find(rate => (4 * scale * scale / trace * ((1 / rate) - (1 / first))) - (2 * scale * scale * Math.Log(first / rate)) - startDistance, top * 1e-300, top);
    }

    /// <summary>The line search, for any spectrum bounded below: μ in [λ_min/2, λ_min) solves μ Σ λ²/(λ − μ) = Σ λ²; the rate ends at 2μ/τ₂ and ln R falls at −2μγ.</summary>
    /// <param name="modes">The modes.</param>
    public static (double Mu, double Rate, double Slope) LineSearch(AdaptiveModes modes)
    {
        var (least, square) = (modes.Smallest, modes.SquareTrace);
        var mu = ScalarRoot.Find(value => (value * Sum(modes, value)) - square, least / 2, least * (1 - 1e-15));
        return (mu, 2 * mu / square, -4 * mu * mu / square);
    }

    /// <summary>Slope of ln R against t at a constant rate: −2μγ with (γ/2) ⟨λ²/(λ − μ)⟩ = 1, μ &lt; λ_min; Polyak's rate without noise is the constant 1/τ.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="learningRate">γ &lt; 2/τ.</param>
    public static double ConstantSlope(AdaptiveModes modes, double learningRate)
    {
        var least = modes.Smallest;
        return -2 * learningRate * ScalarRoot.Find(mu => (learningRate / 2 * Sum(modes, mu)) - 1, 0, least * (1 - 1e-15));
    }

    private static double Sum(AdaptiveModes modes, double mu) =>
        Enumerable.Range(0, modes.Weights.Length).Sum(i => modes.Weights[i] * modes.Eigenvalues[i] * modes.Eigenvalues[i] / (modes.Eigenvalues[i] - mu));
}
