namespace Eigenflow.Explorer.Hosting;

/// <summary>Does the work of requests beside the threads that answer: a few at a time, a bounded number waiting, and none for a browser that has gone.</summary>
internal sealed class WorkQueue : IDisposable
{
    private const int MostWaiting = 256;
    private readonly SemaphoreSlim places = new(Math.Max(2, Environment.ProcessorCount));
    private int waiting;
    private int working;

    /// <summary>Whether work is done now: what runs for long in the background steps back meanwhile.</summary>
    public bool IsWorking => Volatile.Read(ref working) > 0;

    /// <summary>Waits for a place and works.</summary>
    /// <param name="work">The work; it looks at its token.</param>
    /// <param name="cancellation">Ends it, waiting or working.</param>
    /// <exception cref="ExplorerException">Too much is waiting.</exception>
    public async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw new ExplorerException($"The explorer is busy: {MostWaiting} requests are waiting; try again in a moment.") { Status = 503 };
        }

        try
        {
            await places.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        try
        {
            Interlocked.Increment(ref working);
            return await Task.Run(() => work(cancellation), cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref working);
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
