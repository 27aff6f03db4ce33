using Eigenflow.Schedules;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The events of the mean over replicas of SGD. Looking at s and u costs as much as some steps, so that all replicas are looked at on steps of their own, which grow
/// by 1/32 and do not depend on the saved rows; an interval at whose end an event holds for the first time is done again from states that were kept, in strides and then step by step.
/// </summary>
/// <param name="events">The events.</param>
/// <param name="modes">The modes.</param>
/// <param name="schedule">The learning rates.</param>
/// <param name="replicas">Number of replicas.</param>
/// <param name="isLocating">Whether intervals are done again; otherwise events are at the end of theirs.</param>
internal sealed class SgdEvents(PhaseEvents events, WeightedModes modes, LearningRateSchedule schedule, int replicas, bool isLocating)
{
    private const long Stride = 32;

    private readonly (long Step, int Frame, byte[] Bytes)[] kept = [.. Enumerable.Repeat((-1L, 0, Array.Empty<byte>()), replicas)];
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
    public void Keep(int replica, ISgdKernel kernel)
    {
        if (!isLocating || events.AreComplete)
            return;
        var bytes = kept[replica].Bytes.Length == kernel.Bytes.Length ? kept[replica].Bytes : new byte[kernel.Bytes.Length];
        kernel.Bytes.CopyTo(bytes);
        kept[replica] = (kernel.Step, kernel.Frame, bytes);
    }

    /// <summary>Looks at the rows that all replicas have reached.</summary>
    /// <param name="steps">Steps of the rows.</param>
    /// <param name="isLook">Whether events are looked for there.</param>
    /// <param name="common">Number of rows that all replicas have.</param>
    /// <param name="mean">s and u over replicas in a row.</param>
    /// <param name="make">A replica at step 0.</param>
    /// <param name="observe">The statistics of a replica.</param>
    /// <param name="threads">Threads at most.</param>
    public void Advance(
        long[] steps, bool[] isLook, int common, Func<int, PhaseStatistics> mean, Func<int, ISgdKernel> make, Func<ISgdKernel, PhaseStatistics> observe, int threads)
    {
        for (; looked < common; looked++)
        {
            if (!isLook[looked])
                continue;
            var statistics = mean(looked);
            if (looked == 0)
                events.Begin(statistics);
            else if (events.Happens(statistics) && isLocating)
                Locate(last, steps[looked], make, observe, threads);
            else
                events.Mark(statistics, schedule.TimeAt(steps[looked]));
            last = steps[looked];
        }
    }

    /// <summary>The mean of s and u with what events need of it.</summary>
    public PhaseStatistics Mean(Func<int, PhaseStatistics> replica)
    {
        double s = 0, u = 0;
        for (var k = 0; k < replicas; k++)
        {
            var statistics = replica(k);
            s += statistics.S;
            u += statistics.U;
        }

        return PhaseStatistics.FromOverlaps(s / replicas, u / replicas, 0, modes.TeacherOverlap, modes.Dimension);
    }

    private static long Next(long step) => step + Math.Max(Stride, step / 32);

    private void Locate(long begin, long end, Func<int, ISgdKernel> make, Func<ISgdKernel, PhaseStatistics> observe, int threads)
    {
        var strides = Record(begin, begin, end, Stride);
        for (var k = 0; k < strides.Length; k++)
        {
            if (!events.Happens(strides[k]))
                continue;
            var from = begin + (k * Stride);
            var fine = Record(begin, from, Math.Min(from + Stride, end), 1);
            for (var j = 0; j < fine.Length; j++)
                events.Mark(fine[j], schedule.TimeAt(from + j + 1));
        }

        // The means after every stride from one step to another, by replicas that start at a kept state or, after an interruption, at the beginning.
        PhaseStatistics[] Record(long start, long from, long to, long stride)
        {
            var count = (int)((to - from + stride - 1) / stride);
            var rows = new PhaseStatistics[replicas][];
            Parallel.For(0, replicas, new ParallelOptions { MaxDegreeOfParallelism = threads }, replica =>
            {
                rows[replica] = new PhaseStatistics[count];
                var kernel = make(replica);
                if (kept[replica] is var (step, frame, bytes) && step == start)
                    kernel.Restore(step, frame, bytes);
                if (kernel.Step < from)
                    kernel.Advance(from - kernel.Step, schedule);
                for (var k = 0; k < count; k++)
                {
                    kernel.Advance(Math.Min(stride, to - kernel.Step), schedule);
                    rows[replica][k] = observe(kernel);
                }
            });
            return [.. Enumerable.Range(0, count).Select(k => Mean(replica => rows[replica][k]))];
        }
    }
}
