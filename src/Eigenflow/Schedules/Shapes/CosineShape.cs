using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>η_k = b + (a − b)(1 + cos(πnk/K))/2: the cosine for n = 1; for n = 3 the multi-cosine, which comes back to its peak once (arXiv 2507.02119).</summary>
/// <param name="HalfTurns">n ≥ 1, odd, so that the run ends at b.</param>
public sealed record CosineShape(int HalfTurns = 1) : ScheduleShape
{
    /// <summary>Largest number of half turns.</summary>
    public const int MostHalfTurns = 9999;

    /// <inheritdoc/>
    public override string Text => HalfTurns switch
    {
        1 => "cosine",
        3 => "multicosine",
        _ => string.Create(CultureInfo.InvariantCulture, $"multicosine:{HalfTurns}"),
    };

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        // (1 + cos πnx)/2 = sin²(πn(1 − x)/2) for odd n, which keeps its digits at the end of the run.
        var root = Math.Sin(Math.PI * HalfTurns * (span.Steps - step) / (2.0 * span.Steps));
        return span.Final + ((span.Peak - span.Final) * root * root);
    }
}
