namespace Eigenflow.Solutions;

/// <summary>Grids of times or steps on which a solution is saved.</summary>
public static class TimeGrid
{
    /// <summary>Zero followed by times spaced evenly in the logarithm; the last is exact.</summary>
    /// <param name="first">First positive time.</param>
    /// <param name="last">Last time, ≥ first.</param>
    /// <param name="count">Number of positive times, ≥ 2.</param>
    public static double[] Logarithmic(double first, double last, int count)
    {
        var grid = new double[count + 1];
        var ratio = last / first;
        for (var k = 0; k < count; k++)
        {
            var part = (double)k / (count - 1);

            // A ratio beyond the range of numbers is no reason for times beyond it.
            grid[k + 1] = double.IsFinite(ratio) ? first * Math.Pow(ratio, part) : Math.Pow(first, 1 - part) * Math.Pow(last, part);
        }

        grid[count] = last;
        return grid;
    }

    /// <summary>Zero followed by distinct step numbers spaced about evenly in the logarithm; the last is exact.</summary>
    /// <param name="last">Last step, ≥ 1.</param>
    /// <param name="count">Number of positive steps before equal ones are merged, ≥ 2.</param>
    public static long[] Steps(long last, int count)
    {
        var grid = new List<long> { 0 };
        for (var k = 0; k < count; k++)
        {
            var step = k == count - 1 ? last : (long)Math.Round(Math.Pow(last, (double)k / (count - 1)));
            if (step > grid[^1])
                grid.Add(Math.Min(step, last));
        }

        return [.. grid.Distinct()];
    }

    /// <summary>Step numbers spaced about evenly in the logarithm, and others spaced evenly.</summary>
    /// <param name="last">Last step, ≥ 1.</param>
    /// <param name="logarithmic">Number of the former, as in <see cref="Steps(long, int)"/>.</param>
    /// <param name="even">Number of the latter, ≥ 0.</param>
    public static long[] Steps(long last, int logarithmic, int even) =>
        [.. Steps(last, logarithmic).Concat(Enumerable.Range(1, even).Select(k => (long)Math.Round((double)last * k / even))).Distinct().Order()];
}
