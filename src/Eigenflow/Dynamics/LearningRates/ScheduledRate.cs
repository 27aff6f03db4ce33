using System.Globalization;
using Eigenflow.Schedules;

namespace Eigenflow.Dynamics;

/// <summary>A rule that knows the time alone: a schedule stretched over the run.</summary>
/// <param name="Schedule">The learning rates by step.</param>
/// <param name="StepsPerTime">Steps of the schedule per unit time &gt; 0: the dimension, where time is step/d.</param>
public sealed record ScheduledRate(LearningRateSchedule Schedule, double StepsPerTime) : LearningRateRule
{
    /// <inheritdoc/>
    public override string Text => Schedule.Shape.Text;

    /// <inheritdoc/>
    public override string Identity => string.Create(CultureInfo.InvariantCulture, $"{Schedule.Identity} {StepsPerTime:R}");

    /// <inheritdoc/>
    public override bool IsAdaptive => false;

    /// <inheritdoc/>
    public override bool IsConstant => Schedule.IsConstant;

    /// <summary>A rate that never changes.</summary>
    /// <param name="learningRate">γ &gt; 0.</param>
    public static ScheduledRate Constant(double learningRate) => new(LearningRateSchedule.Constant(learningRate, 1), 1);

    // Times are sums or quotients of steps: the small part keeps a step from falling into the one before it.
    /// <inheritdoc/>
    public override double Rate(in RateView view) => IsConstant ? Schedule.Peak : Schedule.RateAt((long)Math.Min((view.Time * StepsPerTime) + 1e-6, Schedule.Steps - 1));
}
