namespace Eigenflow.Rendering.Axes;

/// <summary>Finds ticks whose labels do not touch each other along a horizontal axis.</summary>
internal static class TickFitting
{
    /// <summary>Widens the spacing until the labels fit: the room that they take is known only with the ticks.</summary>
    /// <param name="names">The names that stand in place of numbers, or none.</param>
    /// <param name="range">The range.</param>
    /// <param name="length">Length of the axis.</param>
    /// <param name="spacing">Spacing to begin with, in the same unit.</param>
    /// <param name="gap">Least gap between labels.</param>
    /// <param name="measure">Width of a label.</param>
    public static TickSet Horizontal(IReadOnlyList<string> names, AxisRange range, double length, double spacing, double gap, Func<string, double> measure)
    {
        for (; ; spacing *= 1.25)
        {
            var ticks = names.Count > 0 ? CategoryTicks.Find(names, length, spacing) : range.IsLogarithmic ? LogTicks.Find(range, length, spacing) : LinearTicks.Find(range, length, 1.4 * spacing);
            var fits = ticks.Major.Zip(ticks.Major.Skip(1)).All(pair =>
                (range.Fraction(pair.Second.Value) - range.Fraction(pair.First.Value)) * length
                    >= ((measure(pair.First.Label) + measure(pair.Second.Label)) / 2) + gap);
            if (fits || spacing > length)
                return ticks;
        }
    }
}
