using Eigenflow.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Where stability ends for small learning rates, with constants (derived; Wang, Huang, Li and Wu 2026 state the scales B(1 − ρ) and B^β(1 − ρ)), and how long growing momentum stays stable.</summary>
public static class CriticalRates
{
    private const int Summed = 400;
    private const int Powers = 8;
    private const double LargestHorizon = 1e15;

    /// <summary>y*(β) of Polyak: the root of Σ_j y/(j^β − y) = 1.</summary>
    /// <param name="capacity">β &gt; 1.</param>
    public static double PolyakConstant(double capacity)
    {
        return ScalarRoot.Find(y => Sum(y) - 1, 1e-12, 1 - 1e-12);

        double Sum(double y)
        {
            var sum = 0.0;
            for (var n = 1; n <= Powers; n++)
                sum += Math.Pow(y, n) * Tail(n * capacity);
            for (var j = Summed; j >= 1; j--)
                sum += y / (Math.Pow(j, capacity) - y);
            return sum;
        }

        // Σ_{j > J} j^(−p) by Euler and Maclaurin.
        static double Tail(double power)
        {
            var first = Math.Pow(Summed, -power);
            return first * ((Summed / (power - 1)) - 0.5 + (power / (12.0 * Summed)) - (power * (power + 1) * (power + 2) / (720.0 * Summed * Summed * Summed)));
        }
    }

    /// <summary>The critical learning rate for B(1 − ρ) ≪ 1: 2B(1 − ρ)y*(β).</summary>
    /// <param name="capacity">β.</param>
    /// <param name="batch">B.</param>
    /// <param name="left">1 − ρ.</param>
    public static double Polyak(double capacity, double batch, double left) => 2 * batch * left * PolyakConstant(capacity);

    /// <summary>The critical learning rate while it is small and η_ρ^(1/β) ≪ N: (1 − ρ)(2B/(2B − 1))[(2B − ½) β sin(π/β)/π]^β.</summary>
    /// <param name="capacity">β.</param>
    /// <param name="batch">B.</param>
    /// <param name="left">1 − ρ.</param>
    public static double Nesterov(double capacity, double batch, double left) =>
        left * (2 * batch / ((2 * batch) - 1)) * Math.Pow(((2 * batch) - 0.5) * capacity * Math.Sin(Math.PI / capacity) / Math.PI, capacity);

    /// <summary>Either.</summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="capacity">β.</param>
    /// <param name="batch">B.</param>
    /// <param name="left">1 − ρ.</param>
    public static double Asymptote(MomentumKind kind, double capacity, double batch, double left) => kind == MomentumKind.Polyak ? Polyak(capacity, batch, left) : Nesterov(capacity, batch, left);

    /// <summary>k* of ρ_k = 1 − 1/(k + 1): the root of κ(η, 1 − 1/(k + 1), B) = 1; +∞ beyond 1e15 steps, 0 where the first step is unstable already.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="rate">η &gt; 0.</param>
    /// <param name="batch">B ≥ 1.</param>
    public static double Horizon(KernelModes modes, MomentumKind kind, double rate, double batch)
    {
        double Excess(double logarithm) => Math.Log(new MomentumStability(modes, 0, rate, batch, kind, 1 - (1 / (Math.Exp(logarithm) + 1))).Gain);
        var (low, high) = (Math.Log(1e-3), Math.Log(LargestHorizon));
        if (!(Excess(low) < 0))
            return 0;
        return Excess(high) < 0 ? double.PositiveInfinity : Math.Exp(ScalarRoot.Find(Excess, low, high));
    }

    /// <summary>k* for small η: 2By*(β)/η (Polyak), the bracket of Nesterov's critical rate divided by η.</summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="capacity">β.</param>
    /// <param name="rate">η.</param>
    /// <param name="batch">B.</param>
    public static double HorizonAsymptote(MomentumKind kind, double capacity, double rate, double batch) => Asymptote(kind, capacity, batch, 1) / rate;
}
