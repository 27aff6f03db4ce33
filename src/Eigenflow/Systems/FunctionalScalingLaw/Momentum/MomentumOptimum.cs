using Eigenflow.Numerics;
using MathNet.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The best η_ρ of the loss law at the end of T steps, with constants (derived).</summary>
/// <param name="EffectiveRate">η_ρ*.</param>
/// <param name="Risk">E*.</param>
/// <param name="LabelNoise">κ*, twice the floor over σ²: 2sE*/((1 + s)σ²), for Nesterov 2sβ(E* + σ²/(8B))/((1 + sβ)σ²) − 1/(4B). Where it is not ≪ 1 the noise of the labels does not dominate, and tuning ends at the edge of stability.</param>
public readonly record struct MomentumOptimum(double EffectiveRate, double Risk, double LabelNoise)
{
    // Above this η_ρ sums over modes and the closed form of Nesterov's floor agree to 1e-5.
    private const double SummedRate = 100;

    // The largest learning rate of the minimised law.
    private const double LargestRate = 0.5;

    /// <summary>The closed form; that of Nesterov for η_ρ* ≫ 1.</summary>
    /// <param name="rule">What is tuned.</param>
    /// <param name="capacity">β.</param>
    /// <param name="difficulty">s.</param>
    /// <param name="noise">σ² &gt; 0.</param>
    /// <param name="trace">Σλ.</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    public static MomentumOptimum Of(TunedRule rule, double capacity, double difficulty, double noise, double trace, double steps, double batch)
    {
        var (s, beta, a) = (difficulty, capacity, MomentumLaw.Signal(capacity, difficulty, steps));
        double rate, risk;
        if (rule == TunedRule.Nesterov)
        {
            var floor = noise * Math.PI / (4 * batch * beta * Math.Sin(Math.PI / beta));
            rate = Math.Pow(s * beta * a / floor, beta / (1 + (s * beta)));
            risk = ((1 + (s * beta)) * a * Math.Pow(rate, -s)) - (noise / (8 * batch));
        }
        else
        {
            rate = Math.Pow(s * a / (noise * trace / (4 * batch)), 1 / (1 + s));
            risk = (1 + s) * a * Math.Pow(rate, -s);
        }

        return new MomentumOptimum(rate, risk, 2 * (risk - (a * Math.Pow(rate, -s))) / noise);
    }

    /// <summary>
    /// The law minimised over η ≤ ½ and ρ, with the transient S e^(−(1 − ρ)T) of the start, times min(1, (ηT)^(−s)) for Nesterov: for a given η_ρ the transient is shortest with the largest η. It holds for
    /// budgets that no run reaches.
    /// </summary>
    /// <param name="rule">What is tuned.</param>
    /// <param name="modes">Many modes of the power laws, σ² = 1.</param>
    /// <param name="problem">β and s are read.</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    public static double Minimised(TunedRule rule, KernelModes modes, ScalingLawProblem problem, double steps, double batch)
    {
        var (beta, s) = (problem.Capacity, problem.Difficulty);
        var start = modes.InitialLoss;
        double[] rates = [.. modes.Eigenvalues], weights = [.. modes.NoiseWeights];
        var (_, risk) = ScalarMinimum.Find(logarithm => Law(Math.Exp(logarithm)), -Math.Log(steps), rule == TunedRule.Sgd ? Math.Log(LargestRate) : Math.Log(steps), 400, 1e-12);
        return risk;

        double Law(double effective)
        {
            var left = Math.Min(1, LargestRate / effective);
            var transient = left < 1 ? start * Math.Exp(-left * steps) * (rule == TunedRule.Nesterov ? Math.Min(1, Math.Pow(LargestRate * steps, -s)) : 1) : 0;
            return transient + MomentumLaw.Signal(beta, s, effective * steps) + Floor(effective);
        }

        double Floor(double effective)
        {
            if (rule == TunedRule.Nesterov && effective > SummedRate)
                return MomentumLaw.NesterovFloor(beta, 1, effective, batch);
            var sum = 0.0;
            for (var j = rates.Length - 1; j >= 0; j--)
                sum += weights[j] / (rule == TunedRule.Nesterov && effective > LargestRate ? rates[j] + (1 / effective) : 1 / effective);
            return sum / (4 * batch);
        }
    }
}
