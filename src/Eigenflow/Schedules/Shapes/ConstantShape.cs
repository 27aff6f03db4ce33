namespace Eigenflow.Schedules;

/// <summary>η_k = a.</summary>
public sealed record ConstantShape : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => "constant";

    /// <inheritdoc/>
    public override bool HasFinal => false;

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step) => span.Peak;
}
