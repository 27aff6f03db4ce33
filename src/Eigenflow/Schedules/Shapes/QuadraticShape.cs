namespace Eigenflow.Schedules;

/// <summary>η_k = b + (a − b)(1 − x²), x = k/K: slow at first, and linear at its end. Not to be taken for (1 − x)², the power shape of exponent 2.</summary>
public sealed record QuadraticShape : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => "quadratic";

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        // 1 − x² = (1 − x)(1 + x) keeps its digits at the end of the run.
        double left = Math.Max(0, (double)(span.Steps - step) / span.Steps), done = (double)step / span.Steps;
        return span.Final + ((span.Peak - span.Final) * left * (1 + done));
    }
}
