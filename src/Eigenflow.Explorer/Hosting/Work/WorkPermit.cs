namespace Eigenflow.Explorer.Hosting;

/// <summary>One piece of work within the budgets: its token ends it when nobody waits for it any more, when its time is over, or when memory is short.</summary>
internal sealed class WorkPermit : IDisposable
{
    // Work looks at its token within milliseconds. What does not is no longer waited for.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenSource patience = new();
    private readonly CancellationTokenRegistration watch;
    private readonly Timer timer;
    private readonly Action<WorkPermit> leave;
    private ExplorerException? reason;
    private int isLeft;

    public WorkPermit(TimeSpan limit, Action<WorkPermit> leave, CancellationToken cancellation)
    {
        this.leave = leave;
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        watch = source.Token.UnsafeRegister(static state => ((WorkPermit)state!).patience.CancelAfter(Grace), this);
        timer = new Timer(
            static state =>
            {
                var (permit, limit) = ((WorkPermit, TimeSpan))state!;
                permit.End(new ExplorerException(FormattableString.Invariant($"This took longer than {limit.TotalSeconds:0.###} s, the most that is waited for here; lower dimension, points or replicas, choose another method, or use the command line, which takes any time.")));
            },
            (this, limit), limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the work.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Cancelled when the work should have ended long ago.</summary>
    public CancellationToken Patience => patience.Token;

    /// <summary>Why it was ended by a budget; null where it was not.</summary>
    public ExplorerException? Reason => Volatile.Read(ref reason);

    /// <summary>Ends the work for a reason of a budget.</summary>
    public void End(ExplorerException why)
    {
        if (Volatile.Read(ref isLeft) != 0)
            return;
        Interlocked.CompareExchange(ref reason, why, null);
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>The work has ended.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isLeft, 1) != 0)
            return;
        leave(this);
        timer.Dispose();
        watch.Dispose();
        source.Dispose();
    }
}
