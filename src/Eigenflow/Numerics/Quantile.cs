namespace Eigenflow.Numerics;

/// <summary>Quantiles and medians of finitely many values: linear between order statistics, of which the smallest has level 0 and the largest level 1 (type 7 of Hyndman and Fan, Am. Stat. 50, 361 (1996)).</summary>
public static class Quantile
{
    /// <summary>The quantile of a level.</summary>
    /// <param name="sorted">At least one value, ascending; infinite ones may be among them.</param>
    /// <param name="level">From 0 (the smallest value) to 1 (the largest).</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double level) => AtRank(sorted, level * (sorted.Length - 1));

    /// <summary>The value at a rank that need not be whole, linear between the order statistics beside it.</summary>
    /// <param name="sorted">At least one value, ascending; infinite ones may be among them.</param>
    /// <param name="rank">From 0 (the smallest value) to the number of values less one (the largest).</param>
    public static double AtRank(ReadOnlySpan<double> sorted, double rank)
    {
        var index = (int)rank;
        if (index + 1 >= sorted.Length)
            return sorted[^1];
        double below = sorted[index], above = sorted[index + 1], part = rank - index;

        // Infinite values have no difference.
        return below + (part == 0 || below == above ? 0 : part * (above - below));
    }

    /// <summary>The median: the middle value, or the mean of both in the middle.</summary>
    /// <param name="values">Values in any order; they stay in it.</param>
    /// <returns>NaN if there are none.</returns>
    public static double Median(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return double.NaN;
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
