using Eigenflow.Figures;

namespace Eigenflow.Studies;

/// <summary>One dot per abscissa: the median or mean of the runs that share it, with a band.</summary>
internal static class PointSeries
{
    public static Series? Of(Formula x, Formula y, IReadOnlyList<CollectedRun> runs, string label, int color, SeriesStyle style, Averaging average)
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
            Y = [.. buckets.Select(bucket => average.Middle(bucket.Values))],
            Lower = hasBand ? [.. buckets.Select(bucket => average.Band(bucket.Values).Lower)] : null,
            Upper = hasBand ? [.. buckets.Select(bucket => average.Band(bucket.Values).Upper)] : null,
            Style = style,
            Color = color,
        };
    }
}
