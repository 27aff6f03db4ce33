using Eigenflow.Schedules;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>How a loss curve is read from a table.</summary>
public sealed record LossCurveReading
{
    /// <summary>Makes the schedule from the number of steps of the file, in place of its learning rates; null to read them.</summary>
    public Func<long, LearningRateSchedule>? Schedule { get; init; }

    /// <summary>What the rate is between logged steps.</summary>
    public RateFilling Filling { get; init; }

    /// <summary>Whether a file without a column of losses is refused.</summary>
    public bool NeedsLoss { get; init; } = true;

    /// <summary>Which columns are read.</summary>
    public LossCurveColumns Columns { get; init; } = new();

    /// <summary>The rate before its first logged row; null where nothing is known.</summary>
    public WarmUp? WarmUp { get; init; }
}
