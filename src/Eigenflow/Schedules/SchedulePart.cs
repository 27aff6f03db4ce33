namespace Eigenflow.Schedules;

/// <summary>Where a part of a run begins.</summary>
internal static class SchedulePart
{
    /// <summary>The first step k with k ≥ qK. A product that is a whole number but for the rounding of q and of the product counts as it: 0.55 of 100 steps is 55, although 0.55 · 100 is 55.000000000000007.</summary>
    /// <param name="part">q ≥ 0.</param>
    /// <param name="steps">K.</param>
    public static long FirstStep(double part, long steps)
    {
        var place = part * steps;
        var whole = Math.Round(place);

        // Half a unit in the last place of q, and half a one of the product.
        return (long)(Math.Abs(place - whole) <= Math.ScaleB(place, -52) ? whole : Math.Ceiling(place));
    }
}
