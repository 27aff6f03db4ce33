using System.Numerics;
using MathNet.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// The loss law of constant momentum after its transient, with constants (scales by Wang, Huang, Li and Wu 2026, constants derived): E ≈ Γ(s)/(2β) (2η_ρk)^(−s) + floor, floor σ²η_ρTr/(4B) for SGD and
/// Polyak, (σ²/4B) Σ λ/(λ + 1/η_ρ) for Nesterov. It needs κ ≤ 0.05, (1 − ρ)k ≫ 1, small ηλ₁, and a finished floor and a signal near its power law, which <see cref="FirstOrderLoss"/> tells.
/// </summary>
public static class MomentumLaw
{
    /// <summary>Γ(s)/(2β) (2η_ρk)^(−s).</summary>
    /// <param name="capacity">β.</param>
    /// <param name="difficulty">s.</param>
    /// <param name="time">η_ρ k.</param>
    public static double Signal(double capacity, double difficulty, double time) => SpecialFunctions.Gamma(difficulty) / (2 * capacity) * Math.Pow(2 * time, -difficulty);

    /// <summary>The floor of a model.</summary>
    /// <param name="kind">Where gradients are taken; SGD has the floor of Polyak.</param>
    /// <param name="modes">The modes.</param>
    /// <param name="noise">σ².</param>
    /// <param name="effectiveRate">η_ρ.</param>
    /// <param name="batch">B.</param>
    public static double Floor(MomentumKind kind, KernelModes modes, double noise, double effectiveRate, double batch)
    {
        var sum = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
            sum += modes.NoiseWeights[j] / (kind == MomentumKind.Polyak ? 1 / effectiveRate : modes.Eigenvalues[j] + (1 / effectiveRate));
        return noise / (4 * batch) * sum;
    }

    /// <summary>Nesterov's floor for 1 ≪ η_ρ ≪ N^β: (σ²/4B)[(π/β)/sin(π/β) η_ρ^(1/β) − ½].</summary>
    /// <param name="capacity">β.</param>
    /// <param name="noise">σ².</param>
    /// <param name="effectiveRate">η_ρ.</param>
    /// <param name="batch">B.</param>
    public static double NesterovFloor(double capacity, double noise, double effectiveRate, double batch) =>
        noise / (4 * batch) * ((Math.PI / capacity / Math.Sin(Math.PI / capacity) * Math.Pow(effectiveRate, 1 / capacity)) - 0.5);

    /// <summary>
    /// What is left of the mean of a mode after k steps, relative to its start: h_k = (1 − x) S_{k−1} − p S_{k−2} with S_n = (y₊^{n+1} − y₋^{n+1})/(y₊ − y₋), y± the roots of
    /// y² − (1 + ρ − x)y + ρ (Polyak) or y² − (1 + ρ)(1 − x)y + ρ(1 − x) (Nesterov) and p their product.
    /// </summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="step">x = ηλ.</param>
    /// <param name="strength">ρ.</param>
    /// <param name="steps">k ≥ 0.</param>
    public static double Multiplier(MomentumKind kind, double step, double strength, double steps)
    {
        if (steps == 0)
            return 1;
        var (sum, product) = kind == MomentumKind.Polyak ? (1 + strength - step, strength) : ((1 + strength) * (1 - step), strength * (1 - step));
        if (product == 0)
            return Math.Pow(1 - step, steps);
        var root = Complex.Sqrt((sum * sum / 4) - product);
        Complex plus = (sum / 2) + root, minus = (sum / 2) - root;
        Complex Quotient(double power) => root == 0 ? power * Complex.Pow(plus, power - 1) : (Complex.Pow(plus, power) - Complex.Pow(minus, power)) / (2 * root);
        return (((1 - step) * Quotient(steps)) - (product * Quotient(steps - 1))).Real;
    }

    /// <summary>Risk of the mean in the modes that oscillate and in those that do not, ½ Σ λθ*² h_k² over either.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="rate">η.</param>
    /// <param name="strength">ρ.</param>
    /// <param name="steps">k.</param>
    public static (double Under, double Over) Transient(KernelModes modes, MomentumKind kind, double rate, double strength, double steps)
    {
        var (under, over, critical) = (0.0, 0.0, MomentumStability.CriticalDamping(kind, strength));
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var step = rate * modes.Eigenvalues[j];
            var left = Multiplier(kind, step, strength, steps);
            var part = modes.SignalWeights[j] * left * left / 2;
            if (step > critical)
                under += part;
            else
                over += part;
        }

        return (under, over);
    }
}
