namespace Eigenflow.Explorer.Hosting;

/// <summary>Does the work of requests beside the threads that answer: a few at a time, of clients in turn, a bounded number waiting, none longer than its time, and none for a browser that has gone.</summary>
/// <param name="budget">What all work may take.</param>
/// <param name="options">The limits.</param>
internal sealed class WorkQueue(WorkBudget budget, ExplorerOptions options)
{
    // Some steps of solves, such as one large factorisation, do not look at their token: this long they keep the place that nobody waits at, and so many of them at most go on beside those who have one.
    private const int MostLost = 4;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly FairTurns turns = budget.Turns(Math.Max(2, Environment.ProcessorCount), 1, options.MostWaiting, "requests");
    private int working;
    private int lost;

    /// <summary>Whether work is done now: what runs for long in the background steps back meanwhile.</summary>
    public bool IsWorking => Volatile.Read(ref working) > 0;

    /// <summary>Waits for a place and works.</summary>
    /// <param name="work">The work; it looks at its token.</param>
    /// <param name="cancellation">Ends it, waiting or working.</param>
    /// <exception cref="ExplorerException">Too much is waiting, or the work took longer or more memory than it may.</exception>
    public async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        var turn = await turns.Enter(PageClient.Current, cancellation);
        WorkPermit permit;
        try
        {
            permit = budget.Begin(options.AnswerTime, cancellation);
        }
        catch
        {
            turn.Dispose();
            throw;
        }

        Interlocked.Increment(ref working);
        var place = new Place(this, turn);
        var task = Task.Run(
            () =>
            {
                try
                {
                    permit.Token.ThrowIfCancellationRequested();
                    return work(permit.Token);
                }
                finally
                {
                    permit.Dispose();
                    Interlocked.Decrement(ref working);
                    place.End();
                }
            },
            CancellationToken.None);
        try
        {
            return await task.WaitAsync(permit.Patience);
        }
        catch (Exception exception) when (IsGivenUp(exception) && permit.Reason is not null)
        {
            throw permit.Reason!;
        }

        bool IsGivenUp(Exception exception)
        {
            if (Trouble.Of(exception).Kind is not TroubleKind.Cancelled)
                return false;
            if (!task.IsCompleted)
                _ = Task.Delay(KeptFor, CancellationToken.None).ContinueWith(_ => place.GiveUp(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return true;
        }
    }

    /// <summary>A place, given back once: by the work when it ends, or before that where nobody waits for it.</summary>
    private sealed class Place(WorkQueue queue, IDisposable turn)
    {
        private const int Held = 0;
        private const int GivenUp = 1;
        private const int Ended = 2;
        private int state;

        public void GiveUp()
        {
            if (Interlocked.Increment(ref queue.lost) <= MostLost && Interlocked.CompareExchange(ref state, GivenUp, Held) == Held)
                turn.Dispose();
            else
                Interlocked.Decrement(ref queue.lost);
        }

        public void End()
        {
            var before = Interlocked.Exchange(ref state, Ended);
            if (before == Held)
                turn.Dispose();
            else if (before == GivenUp)
                Interlocked.Decrement(ref queue.lost);
        }
    }
}
