using System.Globalization;
using Eigenflow.Numerics;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// The rows of a curve that a fit of ln y can use: what <see cref="CurveMask"/> keeps, without the stretch where y cannot be told from zero.
/// <para>Where some y are zero or negative because noise carries a small y below zero, leaving out those rows alone would keep the others of their kind, which are too high: exponents would be biased.
/// The stretch in which y is not four times its noise (by medians over 9 and 25 neighbours) is left out as a whole. Single zeros in a clean curve are no such stretch.</para>
/// </summary>
internal sealed record CurveRows(double[] X, double[] Y, CurveMask Mask, IReadOnlyList<string> Notes, int Different)
{
    private const int Neighbours = 9;
    private const int NoiseNeighbours = 25;
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
        for (var i = 0; i < y.Length; i++)
        {
            // Departures from the mean of both neighbours hold the noise, and little of the slope.
            var wide = Near(i, NoiseNeighbours);
            double[] departures = [.. wide.Skip(2).Select((value, j) => Math.Abs(wide[j + 1] - (0.5 * (wide[j] + value))) / Math.Sqrt(1.5))];
            var noise = departures.Length == 0 ? 0 : MedianDeviation * Quantile.Median(departures);
            var near = Near(i, Neighbours);
            var level = Quantile.Median([.. near]);

            // Where y falls (or rises) from each row to the next, however steeply, no noise is seen.
            isClear[i] = (level > ClearOfZero * noise && level > 0) || (near[0] > 0 && near[^1] > 0 && IsMonotone(near));
        }

        // The stretch with the largest excess of clear rows: a single row that is taken for noise does not cut it.
        int best = 0, bestEnd = -1, bestExcess = 0, from = 0, excess = 0;
        for (var i = 0; i < y.Length; i++)
        {
            excess += isClear[i] ? 1 : -1;
            if (excess <= 0)
                (excess, from) = (0, i + 1);
            else if (excess > bestExcess)
                (best, bestEnd, bestExcess) = (from, i, excess);
        }

        return bestEnd < 0 ? null : (curve.X[order[best]], curve.X[order[bestEnd]]);

        double[] Near(int at, int width)
        {
            var start = Math.Clamp(at - (width / 2), 0, Math.Max(0, y.Length - width));
            return y.AsSpan(start, Math.Min(width, y.Length - start)).ToArray();
        }
    }

    private static bool IsMonotone(double[] values)
    {
        var direction = Math.Sign(values[^1] - values[0]);
        for (var i = 1; i < values.Length; i++)
        {
            if (Math.Sign(values[i] - values[i - 1]) != direction)
                return false;
        }

        return direction != 0;
    }
}
