using System.Globalization;

namespace Eigenflow.Explorer.Hosting;

/// <summary>What all work of the server takes together: counts, and memory, which is looked at while there is work.</summary>
internal sealed class WorkBudget : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly ExplorerOptions options;
    private readonly Lock gate = new();
    private readonly LinkedList<WorkPermit> permits = [];
    private readonly Timer timer;
    private bool isWatching;
    private long collected;
    private readonly List<FairTurns> lines = [];

    public WorkBudget(ExplorerOptions options)
    {
        this.options = options;
        timer = new Timer(_ => Watch());
    }

    /// <summary>Pieces of work that are done now.</summary>
    public int Running
    {
        get
        {
            lock (gate)
                return permits.Count;
        }
    }

    /// <summary>Pieces of work that wait for a place.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return lines.Sum(line => line.Waiting);
        }
    }

    /// <summary>Memory of this process, in bytes.</summary>
    public static long Memory => Environment.WorkingSet;

    /// <summary>Begins a piece of work.</summary>
    /// <param name="limit">Its longest time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ExplorerException">There is no memory for it.</exception>
    public WorkPermit Begin(TimeSpan limit, CancellationToken cancellation)
    {
        // What earlier work has left is no reason to refuse.
        if (Memory > options.Memory && !Collect())
            throw Short();
        var permit = new WorkPermit(limit, Leave, cancellation);
        lock (gate)
        {
            permits.AddFirst(permit);
            if (!isWatching)
                timer.Change(Interval, Interval);
            isWatching = true;
        }

        return permit;
    }

    /// <summary>Places for work whose waiting is counted here.</summary>
    /// <param name="places">Pieces of work at a time.</param>
    /// <param name="spare">More than these, for clients that have none.</param>
    /// <param name="mostWaiting">Most that wait.</param>
    /// <param name="kind">What waits, in the plural.</param>
    public FairTurns Turns(int places, int spare, int mostWaiting, string kind)
    {
        var line = new FairTurns(places, spare, mostWaiting, kind);
        lock (gate)
            lines.Add(line);
        return line;
    }

    public void Dispose() => timer.Dispose();

    private static string Amount(long bytes) => (bytes / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " GB";

    private ExplorerException Short() => new($"The explorer takes {Amount(Memory)} of memory, and may take {Amount(options.Memory)}; wait until other work has ended, lower dimension, replicas or points, or start it with more: eigenflow explore --memory.")
    { Status = 503, RetryAfter = TimeSpan.FromSeconds(5) };

    private void Leave(WorkPermit permit)
    {
        lock (gate)
        {
            permits.Remove(permit);
            if (permits.Count > 0)
                return;
            isWatching = false;
            timer.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    // At most once in two seconds; whether memory is within the budget then.
    private bool Collect()
    {
        var now = Environment.TickCount64;
        var last = Interlocked.Read(ref collected);
        if (now - last > 2000 && Interlocked.CompareExchange(ref collected, now, last) == last)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Memory <= options.Memory;
    }

    // The newest goes first: what ran before it had room.
    private void Watch()
    {
        if (Memory <= options.Memory || Collect())
            return;
        WorkPermit? newest;
        lock (gate)
            newest = permits.FirstOrDefault(permit => permit.Reason is null);
        newest?.End(Short());
    }
}
