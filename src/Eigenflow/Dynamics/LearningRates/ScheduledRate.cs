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

    // Steps lie at times that are quotients or sums of them, up to rounding; between them the rate is on the straight line, so that equations see a continuous one.
    /// <inheritdoc/>
    public override double Rate(in RateView view)
    {
        if (IsConstant)
            return Schedule.Peak;
        var place = Math.Min(view.Time * StepsPerTime, Schedule.Steps - 1);
        var step = (long)(place + 1e-6);
        var part = place - step;
        return part <= 1e-6 ? Schedule.RateAt(step) : ((1 - part) * Schedule.RateAt(step)) + (part * Schedule.RateAt(step + 1));
    }
}
