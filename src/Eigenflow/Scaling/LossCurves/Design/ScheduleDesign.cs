using Eigenflow.Numerics.Optimisation;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>A proposed schedule.</summary>
/// <param name="Steps">Steps of the table, ascending from 0: each rate holds until the next.</param>
/// <param name="Rates">Rates of the table.</param>
/// <param name="Schedule">The rate of every step that the table stands for.</param>
/// <param name="WarmUp">Steps of the warm-up that it keeps.</param>
/// <param name="Loss">Predicted loss after the last step.</param>
/// <param name="Lower">Lower edge of the band of the predicted loss: of the fit, not of a single measurement.</param>
/// <param name="Upper">Upper edge.</param>
public sealed record ProposedSchedule(long[] Steps, double[] Rates, StepRates Schedule, int WarmUp, double Loss, double Lower, double Upper);

/// <summary>Another schedule for comparison.</summary>
/// <param name="Name">Name.</param>
/// <param name="Steps">Number of steps.</param>
/// <param name="Loss">Predicted loss after the last step.</param>
/// <param name="Lower">Lower edge of its band.</param>
/// <param name="Upper">Upper edge of its band.</param>
/// <param name="Gain">1 − loss of the proposal / this loss; NaN where steps or warm-up differ, so that there is nothing to compare.</param>
/// <param name="GainLower">Lower end of its interval, from the same resamples for both.</param>
/// <param name="GainUpper">Upper end of its interval.</param>
/// <param name="HeldOutError">Largest relative error of a last loss that was held out, which a gain must exceed; NaN where none is known.</param>
/// <param name="Verdict">In words.</param>
public sealed record ScheduleComparison(string Name, long Steps, double Loss, double Lower, double Upper, double Gain, double GainLower, double GainUpper, double HeldOutError, string Verdict)
{
    /// <summary>The verdict alone.</summary>
    public ComparisonStanding Standing { get; init; }
}

/// <summary>Where a proposed schedule stands to another one.</summary>
public enum ComparisonStanding
{
    /// <summary>They have other steps, warm-ups or batches.</summary>
    NotCompared,

    /// <summary>The fit does not tell them apart, or the error of the law is as large as the gain, or unknown.</summary>
    CannotTell,

    /// <summary>The proposal is better.</summary>
    Better,

    /// <summary>The proposal is worse.</summary>
    Worse,
}

/// <summary>
/// Looks for the schedule with the smallest predicted loss after a number of steps: projected L-BFGS over the rates of groups of steps, short at the end where the kernel is sharp and longer before, from several starts.
/// The rates of steps are interpolated linearly between the middles of groups. Work per evaluation O(groups), about 300 groups for 1e6 steps.
/// </summary>
internal static class ScheduleDesign
{
    private const double Growth = 0.03;
    private const int TableRows = 1500;
    private const int WarmUpGroups = 32;
    private const int WarmUpRows = 500;
    private const int Iterations = 800;

    /// <summary>Numbers of steps of the groups, in the order of time: the last of one step, each earlier one at most 3 % of the steps after it.</summary>
    public static double[] Groups(int steps)
    {
        var counts = new List<double>();
        for (var left = steps; left > 0;)
        {
            var size = Math.Min(left, Math.Max(1, (int)(Growth * (steps - left))));
            counts.Add(size);
            left -= size;
        }

        counts.Reverse();
        return [.. counts];
    }

    /// <summary>The table of the best schedule that begins with a warm-up.</summary>
    /// <param name="values">Parameters of the direct law.</param>
    /// <param name="warmUp">Rates of the first steps, which are kept.</param>
    /// <param name="steps">Number of all steps.</param>
    /// <param name="batch">Batch size.</param>
    /// <param name="lowest">Smallest rate after the warm-up.</param>
    /// <param name="highest">Largest rate.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static (long[] Steps, double[] Rates) Optimise(
        ReadOnlySpan<double> values, double[] warmUp, int steps, double batch, double lowest, double highest, CancellationToken cancellation)
    {
        var (firstRows, firstRates) = Means(warmUp, WarmUpRows);
        var (edges, fixedRates) = Means(warmUp, WarmUpGroups);
        double[] fixedCounts = [.. edges.Select((edge, i) => (double)((i + 1 < edges.Length ? edges[i + 1] : warmUp.Length) - edge))];
        var counts = Groups(steps - warmUp.Length);
        var (rates, _) = Optimise(values, [.. fixedCounts, .. counts], fixedRates, batch, lowest, highest, cancellation);
        var (rows, table) = Table(counts, rates[fixedRates.Length..]);
        return ([.. firstRows, .. rows.Select(row => row + warmUp.Length)], [.. firstRates, .. table]);
    }

    // Means over stretches of nearly equal length, and where these begin.
    private static (long[] Starts, double[] Rates) Means(double[] rates, int most)
    {
        var count = Math.Min(most, rates.Length);
        long[] starts = [.. Enumerable.Range(0, count).Select(i => (long)i * rates.Length / count)];
        return (starts, [.. starts.Select((start, i) => rates[(int)start..(int)(i + 1 < count ? starts[i + 1] : rates.Length)].Average())]);
    }

    /// <summary>The best rates of the groups.</summary>
    public static (double[] Rates, double Loss) Optimise(ReadOnlySpan<double> values, double[] counts, double batch, double lowest, double highest, CancellationToken cancellation) =>
        Optimise(values, counts, [], batch, lowest, highest, cancellation);

    private static (double[] Rates, double Loss) Optimise(
        ReadOnlySpan<double> values, double[] counts, double[] fixedRates, double batch, double lowest, double highest, CancellationToken cancellation)
    {
        var function = new FinalLoss(values, counts, batch);
        var n = counts.Length;

        // In units of the highest rate and of √steps, so that coordinates are alike in curvature whatever the length of their group.
        var units = counts.Select(count => highest / Math.Sqrt(count)).ToArray();
        var lower = units.Select(unit => lowest / unit).ToArray();
        var upper = units.Select(unit => highest / unit).ToArray();
        for (var i = 0; i < fixedRates.Length; i++)
            lower[i] = upper[i] = fixedRates[i] / units[i];
        double[] rates = new double[n], slopes = new double[n];
        DifferentiableFunction scaled = (point, gradient) =>
        {
            for (var i = 0; i < point.Length; i++)
                rates[i] = point[i] * units[i];
            var value = function.Evaluate(rates, slopes);
            for (var i = 0; i < point.Length; i++)
                gradient[i] = slopes[i] * units[i];
            return value;
        };
        MinimumFound? best = null;
        foreach (var start in new Func<double, double>[] { x => 1 - x, x => (1 - x) * (1 - x) * (1 - x), x => Math.Min(1, 5 * (1 - x)), _ => 0.1 })
        {
            var point = new double[n];
            double done = 0, steps = counts.Sum();
            for (var i = 0; i < n; i++)
            {
                point[i] = i < fixedRates.Length ? lower[i] : (lowest + ((highest - lowest) * start((done + (0.5 * counts[i])) / steps))) / units[i];
                done += counts[i];
            }

            var found = ProjectedLbfgs.Minimize(scaled, point, lower, upper, Iterations, 1e-12, cancellation);
            if (best is null || found.Value < best.Value)
                best = found;
        }

        return ([.. best!.Point.Select((x, i) => x * units[i])], best.Value);
    }

    /// <summary>A table of rates that hold until the next row, from the rates at the middles of groups.</summary>
    public static (long[] Steps, double[] Rates) Table(double[] counts, double[] rates)
    {
        var total = (long)counts.Sum();
        var rows = new SortedSet<long> { 0 };
        var middles = new double[counts.Length];
        double start = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            middles[i] = start + ((counts[i] - 1) / 2);
            rows.Add((long)start);
            start += counts[i];
        }

        for (var row = 0; row < TableRows; row++)
            rows.Add(row * total / TableRows);
        long[] steps = [.. rows];
        var table = new double[steps.Length];
        var group = 0;
        for (var row = 0; row < steps.Length; row++)
        {
            var middle = (steps[row] + (row + 1 < steps.Length ? steps[row + 1] : total) - 1) / 2.0;
            while (group + 1 < middles.Length && middles[group + 1] <= middle)
                group++;
            table[row] = middle <= middles[0] || group + 1 == middles.Length
                ? rates[group]
                : rates[group] + ((rates[group + 1] - rates[group]) * (middle - middles[group]) / (middles[group + 1] - middles[group]));
        }

        return (steps, table);
    }
}
