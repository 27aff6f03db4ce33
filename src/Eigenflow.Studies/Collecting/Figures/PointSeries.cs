using Eigenflow.Figures;
using Eigenflow.Numerics;

namespace Eigenflow.Studies;

/// <summary>One dot per abscissa: the median or mean of the runs that share it, and the band from the 10 to the 90 % quantile.</summary>
internal static class PointSeries
{
    public static Series? Of(Formula x, Formula y, IReadOnlyList<CollectedRun> runs, string label, int color, SeriesStyle style, bool usesMean)
    {
        var buckets = runs.Select(run => (X: x.Evaluate(run.Scalar), Y: y.Evaluate(run.Scalar))).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))
            .GroupBy(point => point.X, point => point.Y).OrderBy(bucket => bucket.Key).Select(bucket => (X: bucket.Key, Values: bucket.Order().ToArray())).ToArray();
        if (buckets.Length == 0)
            return null;
        var hasBand = Array.Exists(buckets, bucket => bucket.Values.Length > 1);
        return new Series
        {
            Label = label,
            X = [.. buckets.Select(bucket => bucket.X)],
            Y = [.. buckets.Select(bucket => usesMean ? bucket.Values.Average() : Quantile.OfSorted(bucket.Values, 0.5))],
            Lower = hasBand ? [.. buckets.Select(bucket => Quantile.OfSorted(bucket.Values, 0.1))] : null,
            Upper = hasBand ? [.. buckets.Select(bucket => Quantile.OfSorted(bucket.Values, 0.9))] : null,
            Style = style,
            Color = color,
        };
    }
}
