using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>η_k = b + (a − b)(1 − k/K)^p. The exponent 1 is the linear schedule; 2β − 1 is the optimum of the functional scaling law in the easy regime (arXiv 2602.06797).</summary>
/// <param name="Exponent">p &gt; 0.</param>
public sealed record PowerShape(double Exponent) : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => Exponent == 1 ? "linear" : string.Create(CultureInfo.InvariantCulture, $"power:{Exponent:R}");

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        var left = Math.Max(0, (double)(span.Steps - step) / span.Steps);
        return span.Final + ((span.Peak - span.Final) * (Exponent == 1 ? left : Math.Pow(left, Exponent)));
    }
}
