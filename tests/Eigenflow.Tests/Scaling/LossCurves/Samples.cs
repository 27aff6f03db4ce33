using Eigenflow.Random;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>Schedules and curves that the tests of this folder share.</summary>
internal static class Samples
{
    /// <summary>Parameters of the direct law in the range of measured curves: L₀ = 2, c₁ = 3, s = 0.4, τ = 0.05, c₂ = 100, c₃ = 0.5, p = 1.6, τ_K = 0.2.</summary>
    public static double[] Direct => DirectLaw.Values(2, 3, 0.4, 0.05, 100, 0.5, 1.6, 0.2);

    public static StepRates Rates(string shape, double peak, long steps, double? final = null, long? decaySteps = null) =>
        StepRates.Of(new LearningRateSchedule(ScheduleText.Parse(shape), peak, steps, final, decaySteps));

    /// <summary>The curve of a law, with multiplicative noise.</summary>
    public static LossCurve Curve(LossLaw law, double[] values, StepRates rates, int every, double noise = 0, ulong seed = 1, string name = "curve")
    {
        var steps = Enumerable.Range(1, rates.Steps / every).Select(row => row * every).ToArray();
        var draws = new double[steps.Length];
        GaussianGenerator.Fill(new GaussianAddress(seed, 0, 0, 0), 0, draws);
        return new LossCurve(name, rates, steps, [.. steps.Select((step, row) => law.ExactAt(rates, step, values) * Math.Exp(noise * draws[row]))]);
    }
}
