using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>Linear warm-up before another shape: η_k = a (k + 1)/K_w for k &lt; K_w, then the shape over the steps that are left.</summary>
/// <param name="WarmupSteps">K_w ≥ 1, less than the number of steps.</param>
/// <param name="Rest">What follows.</param>
public sealed record WarmupShape(long WarmupSteps, ScheduleShape Rest) : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"warmup:{WarmupSteps}+{Rest.Text}");

    /// <inheritdoc/>
    public override double DefaultFinalFraction => Rest.DefaultFinalFraction;

    /// <inheritdoc/>
    public override bool HasFinal => Rest.HasFinal;

    /// <inheritdoc/>
    public override bool HasDecaySteps => Rest.HasDecaySteps;

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step) =>
        step < WarmupSteps
            ? span.Peak * ((double)(step + 1) / WarmupSteps)
            : Rest.RateAt(span with { Steps = span.Steps - WarmupSteps }, step - WarmupSteps);

    /// <inheritdoc/>
    public override void Validate(in ScheduleSpan span)
    {
        if (WarmupSteps + (HasDecaySteps ? span.DecaySteps : 1) > span.Steps)
        {
            throw new ParameterException(
                "schedule", Text, string.Create(CultureInfo.InvariantCulture, $"a warm-up{(HasDecaySteps ? " and decay" : "")} that fits into {span.Steps} steps"),
                HasDecaySteps ? "shorten the warm-up or the decay-steps" : "shorten the warm-up");
        }

        Rest.Validate(span with { Steps = span.Steps - WarmupSteps });
    }
}
