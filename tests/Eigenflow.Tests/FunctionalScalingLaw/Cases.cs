using Eigenflow.Schedules;
using Eigenflow.Systems.FunctionalScalingLaw;

namespace Eigenflow.Tests.FunctionalScalingLaw;

/// <summary>Problems that several tests share.</summary>
internal static class Cases
{
    public static ScalingLawProblem Problem(
        double beta, double s, long features, long size, double noise, long steps, long batch, string schedule, double peak, double? final = null, long? decay = null) => new()
        {
            Capacity = beta,
            Difficulty = s,
            Features = features,
            ModelSize = size,
            Noise = noise,
            Batch = BatchSchedule.Constant(batch),
            Schedule = new LearningRateSchedule(ScheduleText.Parse(schedule), peak, steps, final, decay),
        };

    /// <summary>The problem of the first reference trajectories.</summary>
    public static ScalingLawProblem First(string schedule, double? final = null, long? decay = null) => Problem(4, 0.5, 128, 64, 0.04, 1000, 1, schedule, 0.2, final, decay);

    /// <summary>The last value of a column.</summary>
    public static double Last(this Eigenflow.Solutions.Solution solution, string column) => solution[column][^1];
}
