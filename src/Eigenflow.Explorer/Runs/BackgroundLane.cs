using Eigenflow.Explorer.Hosting;
using Eigenflow.Solutions;

namespace Eigenflow.Explorer.Runs;

/// <summary>The lane of work that takes seconds to hours, beside the queue of what follows a slider: one piece at a time, of clients in turn, few waiting, and it steps back while the queue works.</summary>
internal sealed class BackgroundLane
{
    private const int MostWaiting = 16;

    // A report comes every 20 to 50 ms from every thread that samples: as long as this it waits for the queue at a time.
    private const int MostPauses = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly WorkQueue queue;
    private readonly WorkBudget budget;
    private readonly ExplorerOptions options;
    private readonly FairTurns turns;

    public BackgroundLane(WorkQueue queue, WorkBudget budget, ExplorerOptions options)
    {
        (this.queue, this.budget, this.options, turns) = (queue, budget, options, budget.Turns(1, 0, MostWaiting, "simulations"));

        // Samples take a thread per processor: those that answer requests must not wait for new ones.
        ThreadPool.GetMinThreads(out var workers, out var completion);
        ThreadPool.SetMinThreads(Math.Max(workers, 4 * Environment.ProcessorCount), completion);
    }

    /// <summary>Waits for the place and works on a thread of its own.</summary>
    /// <param name="work">The work; it reports to what it is given and looks at its token.</param>
    /// <param name="progress">Receives the reports.</param>
    /// <param name="cancellation">Ends it, waiting or working.</param>
    /// <exception cref="ExplorerException">Too much is waiting, or the work took longer or more memory than it may.</exception>
    public async Task<T> Run<T>(Func<IProgress<Progress>, CancellationToken, T> work, IProgress<Progress> progress, CancellationToken cancellation)
    {
        using var turn = await turns.Enter(PageClient.Current, cancellation);
        using var permit = budget.Begin(options.RunTime, cancellation);
        try
        {
            var result = await Task.Factory.StartNew(() => work(new Polite(queue, progress), permit.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

            // What was ended by a budget is no whole result, even where the work gives a part of it.
            return permit.Reason is { } reason ? throw reason : result;
        }
        catch (Exception exception) when (permit.Reason is not null && Trouble.Of(exception).Kind is TroubleKind.Cancelled)
        {
            throw permit.Reason!;
        }
    }

    private sealed class Polite(WorkQueue queue, IProgress<Progress> progress) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            progress.Report(value);
            for (var pause = 0; pause < MostPauses && queue.IsWorking; pause++)
                Thread.Sleep(Pause);
        }
    }
}
