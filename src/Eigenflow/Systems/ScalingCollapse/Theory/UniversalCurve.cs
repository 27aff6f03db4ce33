using Eigenflow.Numerics;
using MathNet.Numerics;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// The regression under gradient flow for M → ∞ (derived): the excess risk at flow time τ = u M^β is M^(−sβ) Φ(u), Φ(u) = ½[1/(sβ) + (2u)^(−s) Γ(s, 2u)/β] with the upper incomplete Γ. So the horizon κ M^β
/// collapses all models on ℓ(x) = Φ(κx)/Φ(κ), and κ* makes it compute-optimal. Constant or slowly varying learning rates multiply the risk by a factor that ℓ does not see.
/// </summary>
public sealed class UniversalCurve
{
    // (2u)^(−s) stays within the range of numbers.
    private const double SmallestLogarithm = 60, LargestLogarithm = 5, LargestPower = 600;

    private readonly double difficulty, capacity;

    /// <summary>The curve of a spectrum and a target.</summary>
    /// <param name="difficulty">s &gt; 0.</param>
    /// <param name="capacity">β &gt; 1.</param>
    public UniversalCurve(double difficulty, double capacity)
    {
        (this.difficulty, this.capacity) = (difficulty, capacity);
        OptimalHorizon = Math.Exp(ScalarRoot.Find(Slope, -Math.Min(SmallestLogarithm, LargestPower / difficulty), LargestLogarithm));
    }

    /// <summary>κ*, which minimises the risk M^(−sβ) Φ(u) at equal compute M^(1+β) u.</summary>
    public double OptimalHorizon { get; }

    /// <summary>The exponent of the risk in the compute at any κ, sβ/(1 + β).</summary>
    public double FrontierExponent => difficulty * capacity / (1 + capacity);

    /// <summary>Φ(u).</summary>
    /// <param name="time">u &gt; 0.</param>
    public double Phi(double time) => ((1 / (difficulty * capacity)) + (Decay(time) / capacity)) / 2;

    /// <summary>ℓ(x) at a horizon.</summary>
    /// <param name="x">Place in the horizon, 0 &lt; x ≤ 1.</param>
    /// <param name="horizon">κ &gt; 0.</param>
    public double Normalized(double x, double horizon) => Phi(x * horizon) / Phi(horizon);

    // (2u)^(−s) Γ(s, 2u).
    private double Decay(double time) => Math.Pow(2 * time, -difficulty) * SpecialFunctions.GammaUpperIncomplete(difficulty, 2 * time);

    // Derivative of [sβ/(1 + β)] ln u + ln Φ(u) in ln u.
    private double Slope(double logarithm)
    {
        var time = Math.Exp(logarithm);
        return FrontierExponent - (((difficulty * Decay(time)) + Math.Exp(-2 * time)) / (2 * capacity) / Phi(time));
    }
}
