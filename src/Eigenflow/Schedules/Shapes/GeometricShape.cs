using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>
/// Constant, then halved again and again: η_k = a for k &lt; h = ⌈K/log_b K⌉, then η_k = a b^(−1 − ⌊(k − h)/K₁⌋) with K₁ = ⌈n/log_b n⌉ and n = K − h, so that about log_b K pieces end near a/K
/// (arXiv 2502.09106; the base is 2 there, lengths as recalled). Needs at least eight steps.
/// </summary>
/// <param name="Base">b &gt; 1.</param>
public sealed record GeometricShape(double Base) : ScheduleShape
{
    private const long FewestSteps = 8;

    /// <inheritdoc/>
    public override string Text => Base switch
    {
        2 => "geometric",
        Math.E => "geometric:e",
        _ => string.Create(CultureInfo.InvariantCulture, $"geometric:{Base:R}"),
    };

    /// <inheritdoc/>
    public override bool HasFinal => false;

    /// <summary>Steps h at the peak, and the length K₁ of a piece after them.</summary>
    /// <param name="steps">K ≥ 8.</param>
    public (long Constant, long Piece) Lengths(long steps)
    {
        var constant = Math.Min(steps, (long)Math.Ceiling(steps / Logarithm(steps)));
        var left = steps - constant;
        return (constant, left < 2 ? 1 : Math.Max(1, (long)Math.Ceiling(left / Logarithm(left))));
    }

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        var (constant, piece) = Lengths(span.Steps);
        return step < constant ? span.Peak : span.Peak * (Base == 2 ? Math.ScaleB(1, -(int)(1 + ((step - constant) / piece))) : Math.Pow(Base, -(1 + ((step - constant) / piece))));
    }

    /// <inheritdoc/>
    public override void Validate(in ScheduleSpan span)
    {
        if (span.Steps < FewestSteps)
            throw new ParameterException("steps", span.Steps, $"at least {FewestSteps} for the schedule {Text}", "raise steps, or use another schedule");
    }

    // Exact at powers of two for base 2.
    private double Logarithm(long value) => Base == 2 ? Math.Log2(value) : Math.Log(value) / Math.Log(Base);
}
