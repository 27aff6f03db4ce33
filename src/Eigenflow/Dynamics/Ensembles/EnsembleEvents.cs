using System.Buffers;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>
/// The events of the mean over replicas, and those of every replica by itself. Looking at a state costs as much as some steps, so that all replicas are looked at on steps of their
/// own, which grow by 1/32 and do not depend on the saved rows; an interval at whose end an event of the mean holds for the first time is done again from states that were kept, in
/// strides and then step by step. Events of single replicas are told to the look, at most 1/32 late.
/// </summary>
/// <param name="plan">The ensemble; it has a watch.</param>
/// <param name="rows">The rows that the replicas record.</param>
/// <param name="isLocating">Whether intervals are done again; otherwise events are at the end of theirs.</param>
/// <param name="threads">Threads at most.</param>
/// <param name="cancellation">Whoever cancels does not wait for steps to be done again: events are then at the end of their interval, until the run goes on.</param>
internal sealed class EnsembleEvents(EnsemblePlan plan, EnsembleRows rows, bool isLocating, int threads, CancellationToken cancellation)
{
    private const long Stride = 32;

    private static readonly (string Suffix, double Level, string Words)[] Levels = [("median", 0.5, "Median"), ("q10", 0.1, "10 %"), ("q90", 0.9, "90 %")];

    private readonly EnsembleWatch watch = plan.Watch!;
    private readonly (long Step, ArrayBufferWriter<byte>? State)[] kept = [.. Enumerable.Repeat((-1L, (ArrayBufferWriter<byte>?)null), plan.Options.Replicas)];
    private readonly IEventWatch mean = plan.Watch!.Make();
    private int looked;
    private long last;

    /// <summary>The steps of the rows with those at which events are looked for: 0, the last one, and a sequence that grows by 1/32.</summary>
    public static long[] Steps(long[] grid)
    {
        var steps = new SortedSet<long>(grid);
        for (var step = 0L; step < grid[^1]; step = Next(step))
            steps.Add(step);
        return [.. steps];
    }

    /// <summary>Whether events are looked for at a step of a run.</summary>
    public static bool[] IsLook(long[] steps)
    {
        var result = new bool[steps.Length];
        var look = 0L;
        for (var k = 0; k < steps.Length; k++)
        {
            result[k] = steps[k] == look || k == steps.Length - 1;
            if (steps[k] == look)
                look = Next(look);
        }

        return result;
    }

    /// <summary>Keeps the state of a replica at a step at which events are looked for.</summary>
    public void Keep(int replica, ITrajectory trajectory)
    {
        if (!isLocating || mean.AreComplete)
            return;
        var state = kept[replica].State ?? new ArrayBufferWriter<byte>();
        state.ResetWrittenCount();
        trajectory.Write(state);
        kept[replica] = (trajectory.Step, state);
    }

    /// <summary>Looks at the rows that all replicas have reached.</summary>
    /// <param name="steps">Steps of the rows.</param>
    /// <param name="isLook">Whether events are looked for there.</param>
    /// <param name="common">Number of rows that all replicas have.</param>
    public void Advance(long[] steps, bool[] isLook, int common)
    {
        int[] all = [.. Enumerable.Range(0, plan.Options.Replicas)];
        for (; looked < common; looked++)
        {
            if (!isLook[looked])
                continue;
            var row = Mean(all, replica => rows.Row(replica, looked));
            if (looked == 0)
                mean.Begin(row);
            else if (mean.Happens(row) && isLocating && !cancellation.IsCancellationRequested)
                Locate(all, last, steps[looked]);
            else
                mean.Mark(row, watch.TimeAt(steps[looked]));
            last = steps[looked];
        }
    }

    /// <summary>The times of the events of the mean over some replicas. Where others were left out, rows are looked at again, and times are those of the looks.</summary>
    public IReadOnlyDictionary<string, double?> Times(int[] replicas, long[] steps, bool[] isLook, int common) =>
        replicas.Length == plan.Options.Replicas ? mean.ToDictionary() : Watched(steps, isLook, common, row => Mean(replicas, replica => rows.Row(replica, row))).ToDictionary();

    /// <summary>The distribution of the events of single replicas: how many have had them, and the median and the 10 and 90 % quantiles of their times, those that have not counted as later.</summary>
    public IReadOnlyList<SummaryNumber> Distribution(int[] replicas, long[] steps, bool[] isLook, int common)
    {
        if (replicas.Length < 2 || common == 0)
            return [];
        var own = replicas.Select(replica => Watched(steps, isLook, common, row => rows.Row(replica, row).ToArray()).ToDictionary()).ToArray();
        var numbers = new List<SummaryNumber>();
        foreach (var quantity in watch.Events)
        {
            double[] times = [.. own.Select(times => times[quantity.Name] ?? double.PositiveInfinity).Order()];
            numbers.Add(new SummaryNumber(quantity.Name + "-replicas", $"runs with {quantity.Symbol}", times.Count(double.IsFinite), $"Replicas that have had {quantity.Symbol} by themselves."));
            foreach (var (suffix, level, words) in Levels)
            {
                if (Quantile.OfSorted(times, level) is var time && double.IsFinite(time))
                    numbers.Add(new SummaryNumber($"{quantity.Name}-{suffix}", $"{quantity.Symbol} {words.ToLowerInvariant()}", time, $"{words} {(level == 0.5 ? "" : "quantile ")}over replicas of their own {quantity.Symbol}, told at most 1/32 late."));
            }
        }

        return numbers;
    }

    private static long Next(long step) => step + Math.Max(Stride, step / 32);

    private IEventWatch Watched(long[] steps, bool[] isLook, int common, Func<int, double[]> row)
    {
        var fresh = watch.Make();
        for (var k = 0; k < common; k++)
        {
            if (k == 0)
                fresh.Begin(row(k));
            else if (isLook[k])
                fresh.Mark(row(k), watch.TimeAt(steps[k]));
        }

        return fresh;
    }

    private double[] Mean(int[] replicas, RowOf row)
    {
        var sum = new double[plan.Width];
        foreach (var replica in replicas)
        {
            var values = row(replica);
            for (var k = 0; k < sum.Length; k++)
                sum[k] += values[k];
        }

        for (var k = 0; k < sum.Length; k++)
            sum[k] /= replicas.Length;
        return sum;
    }

    private void Locate(int[] all, long begin, long end)
    {
        var strides = Record(begin, begin, end, Stride);
        for (var k = 0; k < strides.Length; k++)
        {
            if (!mean.Happens(strides[k]))
                continue;
            var from = begin + (k * Stride);
            var fine = Record(begin, from, Math.Min(from + Stride, end), 1);
            for (var j = 0; j < fine.Length; j++)
                mean.Mark(fine[j], watch.TimeAt(from + j + 1));
        }

        // The means after every stride from one step to another, by replicas that start at a kept state or, after an interruption, at the beginning.
        double[][] Record(long start, long from, long to, long stride)
        {
            var count = (int)((to - from + stride - 1) / stride);
            var recorded = new double[all.Length][];
            Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, replica =>
            {
                recorded[replica] = new double[count * plan.Width];
                var trajectory = plan.Make(replica);
                if (kept[replica] is var (step, state) && step == start)
                    trajectory.Read(state!.WrittenSpan);
                if (trajectory.Step < from)
                    trajectory.Advance(from - trajectory.Step);
                for (var k = 0; k < count; k++)
                {
                    trajectory.Advance(Math.Min(stride, to - trajectory.Step));
                    trajectory.Observe(recorded[replica].AsSpan(k * plan.Width, plan.Width), isSaved: false);
                }
            });
            return [.. Enumerable.Range(0, count).Select(k => Mean(all, replica => recorded[replica].AsSpan(k * plan.Width, plan.Width)))];
        }
    }

    private delegate ReadOnlySpan<double> RowOf(int replica);
}
