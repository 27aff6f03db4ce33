namespace Eigenflow.Schedules;

/// <summary>η_k = b + (a − b)(1 + cos(πk/K))/2.</summary>
public sealed record CosineShape : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => "cosine";

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        // (1 + cos πx)/2 = sin²(π(1 − x)/2), which keeps its digits at the end of the run.
        var root = Math.Sin(Math.PI * (span.Steps - step) / (2.0 * span.Steps));
        return span.Final + ((span.Peak - span.Final) * root * root);
    }
}
