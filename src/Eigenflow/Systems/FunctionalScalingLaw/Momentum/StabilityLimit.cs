namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>What a run says about its stability, with momentum or without.</summary>
/// <param name="warning">What a user should know, or null.</param>
/// <param name="largestRate">Computes the largest stable learning rate.</param>
internal sealed class StabilityLimit(string? warning, Func<double> largestRate)
{
    /// <summary>What a user should know, or null when stable.</summary>
    public string? Warning => warning;

    /// <summary>The largest stable learning rate, over all steps of the run.</summary>
    public double LargestRate => largestRate();

    /// <summary>Judges the peak of a problem's schedule with its first batch size, which is the smallest.</summary>
    public static StabilityLimit Of(ScalingLawProblem problem, KernelModes modes, MomentumOptions momentum)
    {
        if (!momentum.IsActive)
        {
            var plain = Stability.Of(problem, modes);
            return new StabilityLimit(plain.Warning, () => plain.LargestRate);
        }

        var stability = Momentum(problem, modes, momentum);
        if (momentum.Growth == MomentumGrowth.Constant)
            return new StabilityLimit(stability.Warning, () => stability.CriticalRate);
        var warning = stability.IsStable
            ? null
            : FormattableString.Invariant($"momentum = 1 - 1/(k + 1) is stable in the mean square up to step {CriticalRates.Horizon(modes, momentum.Kind, stability.Rate, stability.Batch):G4} for peak = {stability.Rate:G6} and batch = {stability.Batch:R}: from there on the loss grows; use peak < {stability.CriticalRate:G4}, larger batches or fewer steps");
        return new StabilityLimit(warning, () => stability.CriticalRate);
    }

    /// <summary>The stability of the last step, which has the strongest momentum.</summary>
    public static MomentumStability Momentum(ScalingLawProblem problem, KernelModes modes, MomentumOptions momentum) =>
        new(modes, problem.Noise, problem.Schedule.Peak, problem.Batch.First, momentum.Kind, momentum.At(problem.Schedule.Steps - 1));
}
