using System.Buffers;
using System.Buffers.Binary;
using Eigenflow.Schedules;

namespace Eigenflow.Dynamics;

/// <summary>One replica of one-pass SGD of linear regression over the steps of a schedule; the first statistic is the excess risk ½ Σ λδ² and what no weights remove.</summary>
/// <param name="kernel">The replica.</param>
/// <param name="schedule">Learning rates.</param>
/// <param name="batch">Samples per step.</param>
/// <param name="floor">Excess risk that no weights remove.</param>
/// <param name="bound">A risk beyond this is on its way to infinity.</param>
internal class SgdTrajectory(SgdKernel kernel, LearningRateSchedule schedule, BatchSchedule batch, double floor, double bound) : ITrajectory
{
    private double[] rates = [];
    private long[] batches = [];

    public long Step { get; private set; }

    /// <summary>The excess risk.</summary>
    protected double Loss => floor + (kernel.Risk() / 2);

    public bool Advance(long count)
    {
        if (rates.Length < count)
            (rates, batches) = (new double[count], new long[count]);
        for (var k = 0; k < count; k++)
        {
            rates[k] = schedule.RateAt(Step + k);
            batches[k] = batch.BatchAt(Step + k, schedule.Steps);
        }

        kernel.Advance(rates.AsSpan(0, (int)count), batches.AsSpan(0, (int)count));
        Step += count;
        return Loss <= bound;
    }

    public virtual void Observe(Span<double> row, bool isSaved) => row[0] = Loss;

    public void Write(IBufferWriter<byte> to)
    {
        var head = to.GetSpan(2 * sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(head, Step);
        BinaryPrimitives.WriteInt64LittleEndian(head[sizeof(long)..], kernel.Samples);
        to.Advance(2 * sizeof(long));
        to.Write(kernel.Bytes);
    }

    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BinaryPrimitives.ReadInt64LittleEndian(from);
        kernel.Restore(BinaryPrimitives.ReadInt64LittleEndian(from[sizeof(long)..]), from[(2 * sizeof(long))..]);
    }
}
