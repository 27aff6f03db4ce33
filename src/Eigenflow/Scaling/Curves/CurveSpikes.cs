namespace Eigenflow.Scaling;

/// <summary>
/// Finds isolated outliers of a curve: one or two points in a row that lie above both neighbours, or below both, by ten standard deviations of the local noise and by a hundredth of the range of the curve, while the neighbours
/// themselves lie on the line through the points beyond them.
/// <para>Steep decays and steps lie between their neighbours, and peaks of several points have neighbours that rise with them: neither is a spike. The noise is measured by differences from the mean of both neighbours
/// over fifty points around (median and fourth fifth, so that heavy tails are not taken for quiet); values that were rounded must be off by three units of the last digit; where more than a twentieth of the points would be spikes, none is.
/// The first and last two points are never spikes: a curve may begin steeply, and may end by diverging.</para>
/// Work O(points).
/// </summary>
internal static class CurveSpikes
{
    private const int FewestPoints = 20;
    private const int Longest = 2;
    private const int Reach = 3;
    private const int NoiseReach = 25;
    private const int FewestDifferences = 12;
    private const double Far = 10;
    private const double SmallestPart = 0.01;
    private const double LargestLift = 0.05;
    private const double LargestShare = 0.05;

    // |d| of Gaussian noise with variance 1.5σ²: its median and its 80 % quantile in units of σ.
    private const double MedianPerNoise = 0.6745 * 1.2247;
    private const double FourFifthsPerNoise = 1.2816 * 1.2247;
    private const double Rounding = 1e-12;

    // Of values that were rounded: ten standard deviations of a rounding error.
    private const double FewestUnits = 3;

    /// <summary>Finds.</summary>
    /// <param name="u">x or ln x, ascending; equal values are allowed.</param>
    /// <param name="v">y or ln y, as many.</param>
    /// <param name="y">y itself, as many: its smallest change tells rounded values.</param>
    /// <returns>Indices of the spikes; or none, and how many there would be, if these are too many.</returns>
    public static (int[] Spikes, int TooMany) Find(double[] u, double[] v, double[] y)
    {
        var n = v.Length;
        if (n < FewestPoints)
            return ([], 0);
        var differences = new double[n];
        for (var i = 1; i + 1 < n; i++)
            differences[i] = Math.Abs(v[i] - (0.5 * (v[i - 1] + v[i + 1])));
        double[] sorted = [.. v.Order()];
        var smallest = Math.Max(SmallestPart * (sorted[(int)(0.95 * (n - 1))] - sorted[(int)(0.05 * (n - 1))]), Rounding * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])));
        var unit = double.PositiveInfinity;
        for (var i = 1; i < n; i++)
            unit = y[i] == y[i - 1] ? unit : Math.Min(unit, Math.Abs(y[i] - y[i - 1]));
        var spikes = new List<int>();
        for (var i = 2; i < n - 2; i++)
        {
            for (var length = 1; length <= Longest && i + length <= n - 2; length++)
            {
                var height = Math.Min(Math.Abs(y[i] - y[i - 1]), Math.Abs(y[i + length - 1] - y[i + length]));
                if (!(height > FewestUnits * unit) || !IsSpike(u, v, differences, i, length, smallest))
                    continue;
                spikes.AddRange(Enumerable.Range(i, length));
                i += length - 1;
                break;
            }
        }

        return spikes.Count <= Math.Max(1, LargestShare * n) ? ([.. spikes], 0) : ([], spikes.Count);
    }

    private static bool IsSpike(double[] u, double[] v, double[] differences, int first, int length, double smallest)
    {
        int left = first - 1, right = first + length;
        double low = Math.Min(v[left], v[right]), high = Math.Max(v[left], v[right]), floor = double.PositiveInfinity, ceiling = double.NegativeInfinity;
        for (var i = first; i < right; i++)
        {
            floor = Math.Min(floor, v[i]);
            ceiling = Math.Max(ceiling, v[i]);
        }

        var excess = Math.Max(floor - high, low - ceiling);
        if (!(excess > smallest))
            return false;

        // The line through the points beyond the neighbours.
        int start = Math.Max(0, left - Reach), end = Math.Min(v.Length, right + 1 + Reach);
        var (leftU, leftV) = Mean(u, v, start, left);
        var (rightU, rightV) = Mean(u, v, right + 1, end);
        var slope = rightU > leftU ? (rightV - leftV) / (rightU - leftU) : 0;
        var lift = Math.Max(Math.Abs(Off(left)), Math.Abs(Off(right)));
        var isOnLine = lift <= LargestLift * excess;

        // Neighbours may be off the line by their own noise.
        int from = Math.Max(1, first - NoiseReach), to = Math.Min(v.Length - 1, right + NoiseReach), all = 0, quiet = 0, calm = 0, near = 0;
        var unit = double.PositiveInfinity;
        for (var i = from; i < to; i++)
        {
            if (i >= first - 1 && i <= right + 1)
                continue;
            all++;
            var step = Math.Abs(v[i] - v[i - 1]);
            unit = step > 0 ? Math.Min(unit, step) : unit;
            quiet += differences[i] * Far <= excess * MedianPerNoise ? 1 : 0;
            calm += differences[i] * Far <= excess * FourFifthsPerNoise ? 1 : 0;
            near += differences[i] >= lift * MedianPerNoise / 5 ? 1 : 0;
        }

        return all >= FewestDifferences && (double.IsInfinity(unit) || excess > FewestUnits * unit) && 2 * quiet >= all && 5 * calm >= 4 * all && (isOnLine || 2 * near >= all);

        double Off(int i) => v[i] - leftV - (slope * (u[i] - leftU));
    }

    private static (double U, double V) Mean(double[] u, double[] v, int start, int end)
    {
        double sumU = 0, sumV = 0;
        for (var i = start; i < end; i++)
        {
            sumU += u[i];
            sumV += v[i];
        }

        return (sumU / (end - start), sumV / (end - start));
    }
}
