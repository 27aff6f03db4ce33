using System.Collections.Concurrent;
using System.Diagnostics;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>Keeps the states of a run in memory while they are small; of larger ones none.</summary>
/// <param name="interval">Time between two states of a part.</param>
internal sealed class MemoryCheckpoints(TimeSpan interval) : ICheckpointStore
{
    private const long MostBytes = 256L << 20;

    private readonly ConcurrentDictionary<string, (byte[] State, long At)> states = new(StringComparer.Ordinal);
    private readonly long start = Stopwatch.GetTimestamp();
    private long bytes;
    private long changes;
    private long seen;
    private long ticks = interval.Ticks;

    /// <summary>Time between two states of a part.</summary>
    public TimeSpan Interval
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref ticks));
        set => Interlocked.Exchange(ref ticks, value.Ticks);
    }

    /// <summary>The states, where there are newer ones than when they were last asked for.</summary>
    public IReadOnlyDictionary<string, byte[]>? Changed()
    {
        var now = Interlocked.Read(ref changes);
        if (now == seen || IsTooMuch)
            return null;
        seen = now;
        return states.ToDictionary(pair => pair.Key, pair => pair.Value.State, StringComparer.Ordinal);
    }

    public byte[]? Load(string part) => null;

    public bool IsDue(string part) => !IsTooMuch && Stopwatch.GetElapsedTime(states.TryGetValue(part, out var last) ? last.At : start) >= Interval;

    public void Save(string part, ReadOnlyMemory<byte> state)
    {
        // One part is never saved twice at once.
        var before = states.TryGetValue(part, out var last) ? last.State.Length : 0;
        Interlocked.Add(ref bytes, state.Length - before);
        if (IsTooMuch)
        {
            states.Clear();
            return;
        }

        states[part] = (state.ToArray(), Stopwatch.GetTimestamp());
        Interlocked.Increment(ref changes);
    }

    private bool IsTooMuch => Interlocked.Read(ref bytes) > MostBytes;
}
