namespace Eigenflow.Studies;

/// <summary>How fast runs end, from how many have at the times of looking. Only this machine's steady clock is used, so that it works for sweeps anywhere.</summary>
internal sealed class SweepRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private const int Fewest = 3;
    private readonly Queue<(long Time, int Ended)> seen = new();

    /// <summary>Tells how many runs have ended by now.</summary>
    public void See(int ended)
    {
        var now = clock.GetTimestamp();
        if (seen.Count > 0 && ended < seen.Last().Ended)
            seen.Clear();
        seen.Enqueue((now, ended));
        while (seen.Count > 2 && clock.GetElapsedTime(seen.Peek().Time, now) > Window)
            seen.Dequeue();
    }

    /// <summary>Runs per second, or null where too few ended while somebody looked.</summary>
    public double? PerSecond
    {
        get
        {
            if (seen.Count < 2)
                return null;
            var (first, last) = (seen.Peek(), seen.Last());
            var (ended, elapsed) = (last.Ended - first.Ended, clock.GetElapsedTime(first.Time, last.Time));
            return ended >= Fewest && elapsed >= Shortest ? ended / elapsed.TotalSeconds : null;
        }
    }
}
