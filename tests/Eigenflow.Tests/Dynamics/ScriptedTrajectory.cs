using System.Buffers;
using Eigenflow.Solutions;

namespace Eigenflow.Tests.Dynamics;

/// <summary>A replica of which everything is known: its value is (replica + 1) · step, and it leaves every bound at a given step.</summary>
internal sealed class ScriptedTrajectory(int replica, long? divergesAt, Action<int, long>? advanced = null) : ITrajectory
{
    private long value;

    public long Step { get; private set; }

    public bool Advance(long count)
    {
        for (var end = Step + count; Step < end;)
        {
            Step++;
            value += replica + 1;
            if (Step == divergesAt)
                return false;
        }

        advanced?.Invoke(replica, Step);
        return true;
    }

    public void Observe(Span<double> row, bool isSaved) => (row[0], row[1]) = (value, -value);

    public void Write(IBufferWriter<byte> to)
    {
        to.Write(BitConverter.GetBytes(Step));
        to.Write(BitConverter.GetBytes(value));
    }

    public void Read(ReadOnlySpan<byte> from) => (Step, value) = (BitConverter.ToInt64(from), BitConverter.ToInt64(from[sizeof(long)..]));
}

/// <summary>The event <c>high</c>: the first statistic reaches a level.</summary>
internal sealed class LevelWatch(double level) : IEventWatch
{
    private double? time;

    public bool AreComplete => time is not null;

    public void Begin(ReadOnlySpan<double> row) => Mark(row, 0);

    public bool Happens(ReadOnlySpan<double> row) => time is null && row[0] >= level;

    public void Mark(ReadOnlySpan<double> row, double at) => time = Happens(row) ? at : time;

    public IReadOnlyDictionary<string, double?> ToDictionary() => new Dictionary<string, double?>(StringComparer.Ordinal) { ["high"] = time };
}

/// <summary>Replicas, seed, threads.</summary>
internal sealed record ScriptedOptions(int Replicas, int Threads = 2, long Seed = 1) : ISampledMethod;
