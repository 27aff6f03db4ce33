namespace Eigenflow.Schedules;

/// <summary>η_k = a (b/a)^(k/K): linear in intrinsic time. Needs b &gt; 0; b = a is the constant schedule.</summary>
public sealed record ExponentialShape : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => "exponential";

    /// <inheritdoc/>
    public override double DefaultFinalFraction => 0.01;

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step) => span.Peak * Math.Pow(span.Final / span.Peak, (double)step / span.Steps);

    /// <inheritdoc/>
    public override void Validate(in ScheduleSpan span)
    {
        if (!(span.Final > 0))
            throw new ParameterException("final", span.Final, FormattableString.Invariant($"0 < final <= {span.Peak:R} for the schedule {Text}"), "an exponential never reaches zero; give a small final rate, or use the schedule linear");
    }
}
