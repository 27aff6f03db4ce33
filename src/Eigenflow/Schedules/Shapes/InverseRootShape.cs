namespace Eigenflow.Schedules;

/// <summary>η_k = a/√(k + 1), not below b.</summary>
public sealed record InverseRootShape : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => "inverse-root";

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step) => Math.Max(span.Final, span.Peak / Math.Sqrt(step + 1.0));
}
