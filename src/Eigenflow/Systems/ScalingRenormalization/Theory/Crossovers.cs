using Eigenflow.Numerics;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Numbers of samples at which one source of error overtakes another.</summary>
internal static class Crossovers
{
    /// <summary>
    /// Samples from which on the variance of the features is larger than the rest of the signal, at this width and ridge; not a number where it is not at any number of samples up to the width.
    /// Without a ridge it grows as N^(1/(1 + α)) for r &gt; 1 and as N^(1/(1 + α(2r − 1))) for ½ &lt; r &lt; 1.
    /// </summary>
    /// <param name="problem">The problem, with layers; its samples are ignored.</param>
    public static double VarianceOnset(RegressionProblem problem)
    {
        // Below the threshold, where both are infinite.
        const double Below = 0.5;
        var last = Math.Log(Below * problem.Threshold);
        return last > 0 && Excess(0) < 0 && Excess(last) > 0 ? Math.Exp(ScalarRoot.Find(Excess, 0, last)) : double.NaN;

        double Excess(double logarithm)
        {
            var one = problem with { Samples = Math.Exp(logarithm) };
            var risk = one.Equivalent().At(one.Ridge).Risk(0);
            return Math.Log((risk.Features + risk.Both) / (risk.Bias + risk.Data));
        }
    }

    /// <summary>
    /// Samples from which on noise on the features takes more degrees of freedom than the inputs do: x/κ = n₁(κ), with x = D σ_ξ². It falls as x^(−1/(α − 1)); not a number where the noise is larger than all inputs together.
    /// </summary>
    /// <param name="problem">The problem, with additive noise; samples, ridge and width are ignored: without a ridge n = P.</param>
    public static double AdditiveOnset(RegressionProblem problem)
    {
        var population = problem.Target.Population;
        var noise = problem.AdditiveInput;
        if (!(noise > 0) || noise >= population.Trace)
            return double.NaN;

        // κ n₁(κ) grows from 0 to the trace.
        var kappa = Math.Exp(ScalarRoot.Find(logarithm => Math.Log(Math.Exp(logarithm) * population.At(Math.Exp(logarithm)).Learned / noise), Math.Log(noise / population.Rank) - 1, Math.Log(population.Trace) + 40));
        return 2 * population.At(kappa).Learned;
    }
}
