using System.Globalization;

namespace Eigenflow.Schedules;

/// <summary>Triangles: η_k = b + (a − b)(1 − |2u − 1|) with u the fractional part of k · cycles/K. Begins at b, so that the first rate may be zero.</summary>
/// <param name="Cycles">Number of triangles, ≥ 1.</param>
public sealed record CyclicShape(long Cycles) : ScheduleShape
{
    /// <inheritdoc/>
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"cyclic:{Cycles}");

    /// <inheritdoc/>
    public override double RateAt(in ScheduleSpan span, long step)
    {
        // The place within a triangle in whole numbers: the fraction of a large number of turns would have few digits.
        var place = Cycles <= long.MaxValue / span.Steps ? step * Cycles % span.Steps : (long)((Int128)step * Cycles % span.Steps);
        return span.Final + ((span.Peak - span.Final) * (2.0 * Math.Min(place, span.Steps - place) / span.Steps));
    }
}
