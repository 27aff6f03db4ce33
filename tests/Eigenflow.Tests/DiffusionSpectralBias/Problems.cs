using Eigenflow.Systems.DiffusionSpectralBias;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Problems of these tests.</summary>
internal static class Problems
{
    public static DiffusionProblem Of(string architecture, double gain, params double[] variances) => new() { Variances = variances, Gain = gain, Architecture = Eigenflow.Systems.DiffusionSpectralBias.Architecture.Read(architecture) };

    public static double Variance(this DiffusionProblem problem, double time, int mode = 0, int? nodes = null) => Math.Exp(new ModeTheory(problem, nodes).LogVariance(mode, time));

    public static double Weight(this DiffusionProblem problem, double time, double sigma, int mode = 0) => new ModeTheory(problem with { WeightSigma = sigma }).Weight(mode, time);

    public static double EmergenceTime(this DiffusionProblem problem, string criterion, int mode = 0) =>
        EmergenceTimes.Of(new ModeTheory(problem), mode, problem.Variances[mode], Criterion.Parameter("-").Get(criterion)).Time;

    /// <summary>The 20 variances 10^(−3 + 5i/19).</summary>
    public static double[] Twenty { get; } = [.. Enumerable.Range(0, 20).Select(i => Math.Pow(10, -3 + (5.0 * i / 19)))];

    /// <summary>Waves of the autocovariance exp(−|m|/3) on 32 places.</summary>
    public static double[] Waves { get; } = StationaryModes.OfLength(3, new WaveBasis(32, 1));

    private static Criterion Get(this Parameter<CriterionForm> parameter, string text) => ((CriterionForm)parameter.Reader!(text)!).Value;
}
