namespace Eigenflow.Explorer.Hosting;

/// <summary>Does the work of requests beside the threads that answer: a few at a time, a bounded number waiting, none longer than its time, and none for a browser that has gone.</summary>
/// <param name="budget">What all work may take.</param>
/// <param name="options">The limits.</param>
internal sealed class WorkQueue(WorkBudget budget, ExplorerOptions options) : IDisposable
{
    private readonly SemaphoreSlim places = new(Math.Max(2, Environment.ProcessorCount));
    private int working;

    /// <summary>Whether work is done now: what runs for long in the background steps back meanwhile.</summary>
    public bool IsWorking => Volatile.Read(ref working) > 0;

    /// <summary>Waits for a place and works.</summary>
    /// <param name="work">The work; it looks at its token.</param>
    /// <param name="cancellation">Ends it, waiting or working.</param>
    /// <exception cref="ExplorerException">Too much is waiting, or the work took longer or more memory than it may.</exception>
    public async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        await budget.Wait(options.MostWaiting, "requests", () => places.WaitAsync(cancellation));
        WorkPermit permit;
        try
        {
            permit = budget.Begin(options.AnswerTime, cancellation);
        }
        catch
        {
            places.Release();
            throw;
        }

        Interlocked.Increment(ref working);
        var task = Task.Run(
            () =>
            {
                // The place is free when the work has ended, and not when nobody waits for it any more.
                try
                {
                    permit.Token.ThrowIfCancellationRequested();
                    return work(permit.Token);
                }
                finally
                {
                    permit.Dispose();
                    Interlocked.Decrement(ref working);
                    places.Release();
                }
            },
            CancellationToken.None);
        try
        {
            return await task.WaitAsync(permit.Patience);
        }
        catch (Exception exception) when (permit.Reason is not null && Trouble.Of(exception).Kind is TroubleKind.Cancelled)
        {
            throw permit.Reason!;
        }
    }

    public void Dispose() => places.Dispose();
}
