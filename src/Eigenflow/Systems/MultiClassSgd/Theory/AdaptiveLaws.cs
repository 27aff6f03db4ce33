using MathNet.Numerics;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The rules of arXiv 2405.19585, table 1.</summary>
public enum AdaptiveRule
{
    /// <summary>γ.</summary>
    Constant,

    /// <summary>η/√(b² + G).</summary>
    AdaGradNorm,

    /// <summary>The rate at which the risk falls fastest.</summary>
    LineSearch,

    /// <summary>The rate at which the distance falls fastest.</summary>
    Polyak,
}

/// <summary>
/// Late laws of excess risk and learning rate on the power law with density (1 − h) λ^(−h) and D²(0) = λ^(−δ), while λ_min u ≪ 1; κ = 2 − h − δ. The exponents of AdaGrad-norm are those of arXiv 2405.19585,
/// table 1; constants and the other rules are derived. The distance of the start is infinite from h + δ = 1 on, where the exponents of AdaGrad-norm have a kink.
/// </summary>
/// <param name="Density">h (β of the paper), below 1.</param>
/// <param name="Start">δ of the paper.</param>
public sealed record AdaptiveLaws(double Density, double Start)
{
    /// <summary>κ = 2 − h − δ, above 0.</summary>
    public double Kappa => 2 - Density - Start;

    /// <summary>A of e = A u^(−κ) without noise: (1 − h) Γ(κ) 2^(−κ−1).</summary>
    public double Amplitude => (1 - Density) * SpecialFunctions.Gamma(Kappa) * Math.Pow(2, -Kappa - 1);

    /// <summary>τ = Tr K/d.</summary>
    public double Trace => (1 - Density) / (2 - Density);

    /// <summary>τ₂ = Tr K²/d.</summary>
    public double SquareTrace => (1 - Density) / (3 - Density);

    /// <summary>⟨D²(0)⟩; +∞ from h + δ = 1 on.</summary>
    public double StartDistance => Density + Start < 1 ? (1 - Density) / (1 - Density - Start) : double.PositiveInfinity;

    /// <summary>Refuses powers at which the initial risk diverges.</summary>
    /// <param name="density">h.</param>
    /// <param name="start">δ.</param>
    /// <exception cref="ParameterException">h ≥ 1 or κ ≤ 0.</exception>
    public static void Check(double density, double start)
    {
        if (!(density < 1))
            throw new ParameterException("h", density, "a power < 1", "the density of eigenvalues cannot be normalised");
        if (!(2 - density - start > 0))
            throw new ParameterException("h + delta", density + start, "a number < 2", "the initial risk diverges");
    }

    /// <summary>Exponents d ln e/d ln t and d ln γ/d ln t, late; at κ = 1 AdaGrad-norm has logarithms beside them.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="isNoisy">Whether ω² &gt; 0.</param>
    public (double Excess, double Rate) Exponents(AdaptiveRule rule, bool isNoisy) => (rule, isNoisy) switch
    {
        (AdaptiveRule.Constant, false) => (-Kappa, 0),
        (AdaptiveRule.Constant, true) => (0, 0),
        (AdaptiveRule.Polyak, false) => (-Kappa, 0),
        (AdaptiveRule.Polyak, true) => (-Kappa / (1 + Kappa), -Kappa / (1 + Kappa)),
        (AdaptiveRule.LineSearch, false) => (-Kappa / 2, -0.5),
        (AdaptiveRule.LineSearch, true) => (-Kappa / (Kappa + 2), -(Kappa + 1) / (Kappa + 2)),
        (_, true) => (-Math.Min(1, Kappa) / 2, -0.5),
        _ when Kappa >= 1 => (-Kappa, 0),
        _ => (-Kappa / (2 - Kappa), -(1 - Kappa) / (2 - Kappa)),
    };

    /// <summary>Excess risk and rate at a late time.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="time">t.</param>
    /// <param name="noise">ω².</param>
    /// <param name="learningRate">γ of a constant rate.</param>
    /// <param name="scale">η of AdaGrad-norm.</param>
    /// <param name="offset">b of AdaGrad-norm.</param>
    /// <returns>Not numbers for AdaGrad-norm without noise at κ = 1, where only d(1/γ)/d ln u → τA/η² is known.</returns>
    public (double Excess, double Rate) At(AdaptiveRule rule, double time, double noise, double learningRate = 1, double scale = 1, double offset = 1)
    {
        var (kappa, a, tau, square) = (Kappa, Amplitude, Trace, SquareTrace);
        switch (rule)
        {
            case AdaptiveRule.Constant:
                return (Constant(learningRate) + (noise * learningRate * tau / (4 - (2 * learningRate * tau))), learningRate);
            case AdaptiveRule.Polyak when noise == 0:
                return (2 * a * Math.Pow(time / tau, -kappa), 1 / tau);
            case AdaptiveRule.Polyak:
                var polyak = Math.Pow(Math.Pow(4 * a * (1 + kappa) * time / (tau * noise), 1 / (1 + kappa)), -kappa);
                return (2 * a * polyak, 4 * a * polyak / (tau * noise));
            case AdaptiveRule.LineSearch when noise == 0:
                return (a * Math.Pow(2 * kappa * time / square, -kappa / 2), Math.Sqrt(kappa / (2 * square * time)));
            case AdaptiveRule.LineSearch:
                var line = Math.Pow(2 * kappa * (kappa + 2) * a * time / (square * noise), 1 / (kappa + 2));
                return (a * Math.Pow(line, -kappa), 2 * kappa * a * Math.Pow(line, -kappa - 1) / (square * noise));
            case var _ when noise > 0:
                var rate = scale / Math.Sqrt((offset * offset) + (tau * noise * time));
                return ((rate * noise * tau / 4) + (a * Math.Pow(2 * scale * Math.Sqrt(time / (tau * noise)), -kappa)), rate);
            case var _ when kappa > 1:
                var last = AdaptiveLimits.AdaGradNorm(StartDistance, tau, scale, offset);
                return (Constant(last), last);
            case var _ when kappa < 1:
                var u = Math.Pow(time * (1 - kappa) * (2 - kappa) * scale * scale / (tau * a), 1 / (2 - kappa));
                return (a * Math.Pow(u, -kappa), scale * scale * (1 - kappa) * Math.Pow(u, kappa - 1) / (tau * a));
            default:
                return (double.NaN, double.NaN);
        }

        double Constant(double rate) => a * Math.Pow(rate * time, -kappa) / (1 - (rate * tau / 2));
    }
}
