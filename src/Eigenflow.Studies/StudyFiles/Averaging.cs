using Eigenflow.Numerics;

namespace Eigenflow.Studies;

/// <summary>What a figure shows of runs that share a point.</summary>
internal enum Averaging
{
    /// <summary>Their median, from the 10 to the 90 % quantile.</summary>
    Median,

    /// <summary>Their mean, from the 10 to the 90 % quantile.</summary>
    Mean,

    /// <summary>Their mean with its 95 % interval, by Student's t.</summary>
    MeanWithInterval,
}

/// <summary>Averages of the values that runs have at one point.</summary>
internal static class AveragingValues
{
    /// <summary>The middle; not a number without values.</summary>
    /// <param name="average">Which.</param>
    /// <param name="sorted">The values, ascending.</param>
    public static double Middle(this Averaging average, double[] sorted) =>
        sorted.Length == 0 ? double.NaN : average == Averaging.Median ? Quantile.OfSorted(sorted, 0.5) : sorted.Average();

    /// <summary>The ends of the band; those of the interval of a single value are that value.</summary>
    /// <param name="average">Which.</param>
    /// <param name="sorted">The values, ascending.</param>
    public static (double Lower, double Upper) Band(this Averaging average, double[] sorted)
    {
        if (sorted.Length == 0)
            return (double.NaN, double.NaN);
        if (average != Averaging.MeanWithInterval)
            return (Quantile.OfSorted(sorted, 0.1), Quantile.OfSorted(sorted, 0.9));
        var mean = sorted.Average();
        if (sorted.Length == 1)
            return (mean, mean);
        var half = StudentInterval.Half(Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1) / sorted.Length), sorted.Length - 1);
        return (mean - half, mean + half);
    }
}
