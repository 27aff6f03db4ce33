namespace Eigenflow.Schedules;

/// <summary>η_k = b + (a − b)(1 + cos(πk/K))/2.</summary>
public sealed record CosineShape : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => "cosine";

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step) =>
        span.Final + ((span.Peak - span.Final) * (1 + Math.Cos(Math.PI * step / span.Steps)) / 2);
}
