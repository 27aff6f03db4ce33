using Eigenflow.Numerics;

namespace Eigenflow.Benchmarks;

/// <summary>Robust location and spread of a few measurements.</summary>
internal static class Median
{
    /// <summary>The median.</summary>
    public static double Of(IEnumerable<double> values) => Quantile.OfSorted([.. values.Order()], 0.5);

    /// <summary>Half the distance between the quartiles.</summary>
    public static double Spread(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (Quantile.OfSorted(sorted, 0.75) - Quantile.OfSorted(sorted, 0.25)) / 2;
    }
}
