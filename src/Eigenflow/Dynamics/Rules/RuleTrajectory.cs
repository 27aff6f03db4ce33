using System.Buffers;
using System.Runtime.InteropServices;
using Eigenflow.Schedules;

namespace Eigenflow.Dynamics;

/// <summary>A rule over the steps of a schedule.</summary>
/// <param name="rule">The rule at step 0.</param>
/// <param name="schedule">The learning rates.</param>
/// <param name="width">Number of quantities.</param>
internal sealed class RuleTrajectory(StateRule rule, LearningRateSchedule schedule, int width) : ITrajectory, ISteppedEngine<double[]>
{
    // Looks at cancellation happen between pieces of about this many numbers.
    private const long PieceNumbers = 5_000_000;

    /// <inheritdoc cref="ITrajectory.Step"/>
    public long Step { get; private set; }

    /// <inheritdoc/>
    public double StepWork => 10.0 * rule.State.Length;

    /// <inheritdoc/>
    public long Piece => Math.Clamp(PieceNumbers / Math.Max(1, rule.State.Length), 1, 4096);

    /// <inheritdoc cref="ITrajectory.Advance"/>
    public bool Advance(long count)
    {
        for (var end = Step + count; Step < end; Step++)
            rule.Update(Step, schedule.RateAt(Step));
        return Observe()[0] <= rule.Bound;
    }

    /// <inheritdoc/>
    public double[] Observe()
    {
        var row = new double[width];
        rule.Observe(row);
        return row;
    }

    /// <inheritdoc/>
    public void Observe(Span<double> row, bool isSaved) => rule.Observe(row);

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> to)
    {
        to.Write(BitConverter.GetBytes(Step));
        to.Write(MemoryMarshal.AsBytes(rule.State.AsSpan()));
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BitConverter.ToInt64(from);
        MemoryMarshal.Cast<byte, double>(from[sizeof(long)..]).CopyTo(rule.State);
    }
}
