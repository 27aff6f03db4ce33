using System.Globalization;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// The rows of a curve that a fit of ln y can use: what <see cref="CurveMask"/> keeps, without the stretch where y cannot be told from zero.
/// <para>Where some y are zero or negative because noise carries a small y below zero, leaving out those rows alone would keep the others of their kind, which are too high: exponents would be biased.
/// The stretch in which y is not four times its noise (both measured over nine neighbours by medians) is left out as a whole. Single zeros in a clean curve are no such stretch.</para>
/// </summary>
internal sealed record CurveRows(double[] X, double[] Y, CurveMask Mask, IReadOnlyList<string> Notes, int Different)
{
    private const int Neighbours = 9;
    private const double ClearOfZero = 4;

    // Consistent with a standard deviation for normal noise.
    private const double MedianDeviation = 1.4826;

    public static CurveRows Of(ScalingCurve curve)
    {
        var mask = CurveMask.Of(curve.X, curve.Y);
        var (x, y) = (mask.Take(curve.X), mask.Take(curve.Y));
        var notes = new List<string>();
        var sentence = mask.Sentence(curve.XName);
        if (sentence.Length > 0)
            notes.Add(sentence);
        if (ClearRange(curve, mask) is { } range)
        {
            int[] kept = [.. Enumerable.Range(0, x.Length).Where(i => x[i] >= range.Start && x[i] <= range.End)];
            if (kept.Length < x.Length)
            {
                notes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{x.Length - kept.Length} more rows outside of {curve.XName} {range.Start:G7} to {range.End:G7} left out: {curve.YName} cannot be told from zero there, and its positive values alone would be too high"));
                (x, y) = ([.. kept.Select(i => x[i])], [.. kept.Select(i => y[i])]);
            }
        }

        var different = x.Distinct().Count();
        if (different < x.Length)
        {
            var most = x.GroupBy(value => value).Max(group => group.Count());
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{x.Length - different} {(x.Length - different == 1 ? "row repeats" : "rows repeat")} a value of {curve.XName} (up to {most} rows at one): ln {curve.YName} is averaged there, weighted by the number of rows; if they are several curves, tell them apart by --group or --seeds COLUMN"));
        }

        return new CurveRows(x, y, mask, notes, different);
    }

    // The longest stretch of x that is clear of zero; null where no y is zero or negative.
    private static (double Start, double End)? ClearRange(ScalingCurve curve, CurveMask mask)
    {
        var masked = mask.LeftOut.FirstOrDefault(one => one.Reason == MaskReason.NotPositive)?.Rows ?? [];
        HashSet<int> below = [.. masked.Where(row => curve.X[row] > 0)];
        if (below.Count == 0)
            return null;
        int[] order = [.. mask.Kept.Concat(below).OrderBy(row => curve.X[row]).ThenBy(row => curve.Y[row])];
        var y = order.Select(row => curve.Y[row]).ToArray();
        var isClear = new bool[y.Length];
        var departures = new double[Neighbours];
        for (var i = 0; i < y.Length; i++)
        {
            var start = Math.Clamp(i - (Neighbours / 2), 0, Math.Max(0, y.Length - Neighbours));
            var near = y.AsSpan(start, Math.Min(Neighbours, y.Length - start)).ToArray();
            var level = Median(near);

            // Differences of neighbours hold the noise and little of the slope.
            for (var j = 0; j < near.Length - 1; j++)
                departures[j] = Math.Abs(near[j + 1] - near[j]) / Math.Sqrt(2);
            var noise = MedianDeviation * Median(departures[..(near.Length - 1)]);
            isClear[i] = level > ClearOfZero * noise && level > 0;
        }

        // Without a row that is not above zero a stretch is steep, and its differences are slope.
        var isBelow = order.Select(below.Contains).ToArray();
        for (int start = 0, end; start < y.Length; start = end + 1)
        {
            for (end = start; end < y.Length && !isClear[end]; end++)
            {
            }

            if (Array.IndexOf(isBelow, true, start, end - start) < 0)
                Array.Fill(isClear, true, start, end - start);
        }

        var (best, bestLength) = (0, 0);
        for (int start = 0, end; start < y.Length; start = end + 1)
        {
            for (end = start; end < y.Length && isClear[end]; end++)
            {
            }

            if (end - start > bestLength)
                (best, bestLength) = (start, end - start);
        }

        return bestLength == 0 ? null : (curve.X[order[best]], curve.X[order[best + bestLength - 1]]);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
