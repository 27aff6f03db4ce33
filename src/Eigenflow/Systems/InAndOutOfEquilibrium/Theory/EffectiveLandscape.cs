using MathNet.Numerics.Integration;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// The stationary law P = exp(−Φ) of one parameter with replacement, Φ = ln D + η ∫ L'/D with D(δ) = (η²/2)c_B Γ(δ): there is no current on a line, and probability gathers where D is small (derived).
/// The loss is quadratic, so that Γ is a quadratic function of δ.
/// </summary>
internal sealed class EffectiveLandscape
{
    private const int Rule = 64;
    private const int Cells = 4000;
    private const double Deviations = 12;

    private readonly LocalExpansion expansion;
    private readonly double rate;
    private readonly double constant;
    private readonly double linear;
    private readonly double square;
    private readonly double normalisation;

    /// <param name="expansion">A loss of one parameter.</param>
    /// <param name="rate">η.</param>
    public EffectiveLandscape(LocalExpansion expansion, double rate)
    {
        (this.expansion, this.rate) = (expansion, rate);
        var h = expansion.Hessian[0, 0];
        for (var i = 0; i < expansion.Samples; i++)
        {
            double g = expansion.Gradients[i], spread = expansion.Hessians[i] - h;
            constant += g * g / expansion.Samples;
            linear += 2 * g * spread / expansion.Samples;
            square += spread * spread / expansion.Samples;
        }

        Scale = Math.Sqrt(rate * expansion.BatchFactor * constant / (2 * h));
        normalisation = 0;
        var sum = 0.0;
        for (var k = 0; k <= Cells; k++)
            sum += Math.Exp(-Potential((((2.0 * k) / Cells) - 1) * Deviations * Scale)) * 2 * Deviations * Scale / Cells;
        normalisation = Math.Log(sum);
    }

    /// <summary>Standard deviation of the Ornstein–Uhlenbeck law.</summary>
    public double Scale { get; }

    /// <summary>D at a distance from the minimum.</summary>
    public double Diffusion(double delta) => rate * rate / 2 * expansion.BatchFactor * (constant + (delta * (linear + (delta * square))));

    /// <summary>Φ, with ∫ exp(−Φ) = 1.</summary>
    public double Potential(double delta) => Math.Log(Diffusion(delta)) + normalisation
        + (rate * GaussLegendreRule.Integrate(at => expansion.Hessian[0, 0] * at / Diffusion(at), 0, delta, Rule));
}
