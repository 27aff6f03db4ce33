namespace Eigenflow.Numerics;

/// <summary>Finds where a sequence rises and falls again.</summary>
internal static class InteriorMaxima
{
    /// <summary>The strict interior maxima, in their order: values rise to them from a lower one before, and fall from them afterwards, each time by more than a part of the maximum. Infinite values count.</summary>
    /// <param name="values">Values above zero.</param>
    /// <param name="prominence">The part, from the size of rounding to below one.</param>
    /// <returns>Their indices; of equal values the first.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> values, double prominence)
    {
        var found = new List<int>();
        var (low, top, rises) = (double.PositiveInfinity, 0, false);
        for (var k = 0; k < values.Count; k++)
        {
            var value = values[k];
            if (rises && value > values[top])
            {
                top = k;
            }
            else if (rises && IsBelow(value, values[top]))
            {
                found.Add(top);
                (rises, low) = (false, value);
            }
            else if (!rises && IsBelow(low, value))
            {
                (rises, top) = (true, k);
            }

            low = rises ? low : Math.Min(low, value);
        }

        return found;

        bool IsBelow(double value, double peak) => double.IsPositiveInfinity(peak) ? double.IsFinite(value) : value < peak * (1 - prominence);
    }
}
