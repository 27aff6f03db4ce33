namespace Eigenflow.Studies;

/// <summary>Robust location and spread of a few measurements.</summary>
internal static class Median
{
    /// <summary>The median.</summary>
    public static double Of(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>Half the distance between the quartiles.</summary>
    public static double Spread(IReadOnlyCollection<double> values) => (Quantile(values, 0.75) - Quantile(values, 0.25)) / 2;

    private static double Quantile(IReadOnlyCollection<double> values, double level)
    {
        var sorted = values.Order().ToArray();
        var position = level * (sorted.Length - 1);
        var index = (int)position;
        return index + 1 < sorted.Length ? sorted[index] + ((position - index) * (sorted[index + 1] - sorted[index])) : sorted[index];
    }
}
