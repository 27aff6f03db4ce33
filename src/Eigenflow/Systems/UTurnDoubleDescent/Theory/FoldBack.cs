using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>A count with its interval over replicas.</summary>
/// <param name="Value">The count of the mean curve.</param>
/// <param name="Low">2.5 % quantile over bootstrapped replicas; not a number for a single one.</param>
/// <param name="High">97.5 % quantile.</param>
internal readonly record struct CountInterval(double Value, double Low, double High);

/// <summary>
/// Whether an error descends twice along an axis, and whether it still does against the effective parameters. Interior maxima of the mean over replicas count whose error falls by <see cref="Prominence"/> on both sides;
/// intervals resample the replicas. Against p_test the parts before and after the switch are curves of their own, and the second is compared with the first at the same p_test.
/// </summary>
/// <param name="Maxima">Interior maxima along the axis.</param>
/// <param name="Folded">Interior maxima against p_test, of both parts together.</param>
/// <param name="Turn">Row of the largest p_test.</param>
/// <param name="Excess">Largest ratio of the error of the second part to that of the first at the same p_test, with its interval; not a number without a switch or where they do not share a p_test. At most one where points fold back onto the first part or below.</param>
internal sealed record FoldBack(CountInterval Maxima, CountInterval Folded, int Turn, CountInterval Excess)
{
    /// <summary>The part of the height of a maximum by which the error has to fall on both sides.</summary>
    public const double Prominence = 0.1;

    private const int Resamples = 400;
    private const uint Purpose = 0x464F4C44;

    /// <summary>Scores a sweep.</summary>
    /// <param name="rows">Number of models, in the order of the axis.</param>
    /// <param name="replicas">Number of replicas.</param>
    /// <param name="turn">Row of the switch, or null.</param>
    /// <param name="error">Error of (replica, row).</param>
    /// <param name="parameters">p_test of (replica, row).</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static FoldBack Of(int rows, int replicas, int? turn, Func<int, int, double> error, Func<int, int, double> parameters, ulong seed)
    {
        if (rows == 0)
            return new FoldBack(default, default, -1, new(double.NaN, double.NaN, double.NaN));
        int[] all = [.. Enumerable.Range(0, replicas)];
        var (maxima, folded, excess) = Score(all);
        double[][] drawn = replicas < 2 ? [] : [.. Enumerable.Range(0, Resamples).Select(Resample)];
        var mean = Mean(all, parameters);
        return new FoldBack(Interval(maxima, 0), Interval(folded, 1), Array.IndexOf(mean, mean.Max()), Interval(excess, 2));

        double[] Resample(int draw)
        {
            int[] chosen = [.. all.Select(place => WholeNumbers.Below(Philox.Block(((uint)place, (uint)draw, 0, Purpose), ((uint)seed, (uint)(seed >> 32))).Word0, replicas))];
            var (one, two, three) = Score(chosen);
            return [one, two, three];
        }

        (double Maxima, double Folded, double Excess) Score(int[] chosen)
        {
            double[] errors = Mean(chosen, error), counts = Mean(chosen, parameters);
            var split = turn ?? rows - 1;
            int[] first = ByParameters(counts, 0, split + 1), second = ByParameters(counts, split, rows);
            return (Count(errors), Count([.. first.Select(row => errors[row])]) + (turn is null ? 0 : Count([.. second.Select(row => errors[row])])), turn is null ? double.NaN : ExcessOf(errors, counts, first, second));
        }

        double[] Mean(int[] chosen, Func<int, int, double> of) => [.. Enumerable.Range(0, rows).Select(row => chosen.Average(replica => of(replica, row)))];

        CountInterval Interval(double value, int which)
        {
            double[] sorted = [.. drawn.Select(scores => scores[which]).Where(score => !double.IsNaN(score)).Order()];
            return sorted.Length < 2 ? new(value, double.NaN, double.NaN) : new(value, Quantile.OfSorted(sorted, 0.025), Quantile.OfSorted(sorted, 0.975));
        }
    }

    /// <summary>Interior maxima from which values fall by the prominence on both sides.</summary>
    /// <param name="values">Values above zero.</param>
    public static int Count(double[] values) => InteriorMaxima.Of(values, Prominence).Count;

    private static int[] ByParameters(double[] counts, int from, int to) => [.. Enumerable.Range(from, to - from).OrderBy(row => counts[row])];

    private static double ExcessOf(double[] errors, double[] counts, int[] first, int[] second)
    {
        var largest = double.NaN;
        foreach (var row in second)
        {
            // The switch is on both parts.
            if (Array.IndexOf(first, row) >= 0)
                continue;
            for (var k = 0; k + 1 < first.Length; k++)
            {
                var (below, above) = (first[k], first[k + 1]);
                if (counts[row] < counts[below] || counts[row] > counts[above] || counts[above] <= counts[below])
                    continue;
                var part = Math.Log(counts[row] / counts[below]) / Math.Log(counts[above] / counts[below]);
                var expected = errors[below] > 0 && errors[above] > 0 ? Math.Exp(((1 - part) * Math.Log(errors[below])) + (part * Math.Log(errors[above]))) : ((1 - part) * errors[below]) + (part * errors[above]);
                var ratio = errors[row] == expected ? 1 : errors[row] / expected;
                largest = double.IsNaN(largest) ? ratio : Math.Max(largest, ratio);
                break;
            }
        }

        return largest;
    }
}
