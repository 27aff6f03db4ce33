using System.Diagnostics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>
/// Solves a run and shows on the way what its replicas have reached. The solve itself is one and undisturbed, so that its bits are those of any other: beside it, the states that it keeps in memory
/// are read every so often, and rows that all replicas have are told. Methods that keep no states show nothing before their end.
/// </summary>
/// <param name="system">The system.</param>
/// <param name="run">A setting that it completed for a method.</param>
public sealed class StreamedSolve(ISystem system, CompletedSetting run)
{
    // Looking costs no more than this part of the time between two looks.
    private const double LargestCost = 0.05;
    private const double Growth = 1.5;

    /// <summary>Time to the first look; those after it grow to <see cref="LongestInterval"/>, further apart where looking is expensive.</summary>
    public TimeSpan ShortestInterval { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>Time between looks later on.</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Solves.</summary>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="partial">Told of a trajectory that has grown, from another thread, never twice at once and never after the end. Its status is that of a run that was interrupted there.</param>
    /// <param name="cancellation">Ends the solve early with the trajectory up to there.</param>
    /// <exception cref="EigenflowException">A combination that is not allowed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was any trajectory.</exception>
    public Solution Run(IProgress<Progress>? progress, Action<Solution> partial, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(partial);
        var states = new MemoryCheckpoints(ShortestInterval);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looks = new Thread(() => Look(states, partial, ended.Token)) { IsBackground = true, Name = "looks" };
        looks.Start();
        try
        {
            return system.Solve(run, progress, states, cancellation);
        }
        finally
        {
            ended.Cancel();
            looks.Join();
        }
    }

    private void Look(MemoryCheckpoints states, Action<Solution> partial, CancellationToken ended)
    {
        var (interval, rows) = (ShortestInterval, 1);
        while (!ended.WaitHandle.WaitOne(interval))
        {
            if (states.Changed() is not { } kept)
                continue;
            var clock = Stopwatch.StartNew();
            try
            {
                if (Reached(kept, ended) is { } solution && solution.Rows > rows && !ended.IsCancellationRequested)
                {
                    rows = solution.Rows;
                    partial(solution);
                }
            }
            catch (Exception exception) when (exception is EigenflowException or OutOfMemoryException or AggregateException)
            {
                // What only shows must not end what solves, which says the same by itself where it has to.
                return;
            }

            interval = TimeSpan.FromSeconds(Math.Max(Math.Min(interval.TotalSeconds * Growth, LongestInterval.TotalSeconds), clock.Elapsed.TotalSeconds / LargestCost));
            states.Interval = interval;
        }
    }

    // A solve that goes on from the states and is cancelled with the first of them gives the rows that were reached.
    internal Solution? Reached(IReadOnlyDictionary<string, byte[]> kept, CancellationToken ended)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var store = new Frozen(kept, source);
        try
        {
            var solution = system.Solve(run, null, store, source.Token);
            return store.AreAllIn(solution) ? solution : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>States as they were at one time.</summary>
    private sealed class Frozen(IReadOnlyDictionary<string, byte[]> states, CancellationTokenSource source) : ICheckpointStore
    {
        private readonly Lock gate = new();
        private bool isMissing;
        private long least = long.MaxValue;

        /// <summary>Whether every part has come to the last row: one that was not there, or had hardly begun, is left out of an interrupted trajectory, and a mean over some of the replicas is another one than that of the end.</summary>
        /// <param name="solution">The trajectory.</param>
        public bool AreAllIn(Solution solution) => !isMissing && solution.Rows > 0 && (!solution.Has("step") || solution["step"][^1] <= least);

        public byte[]? Load(string part)
        {
            source.Cancel();
            if (states.TryGetValue(part, out var state))
                return state;
            lock (gate)
                isMissing = true;
            return null;
        }

        public void Continue(string part, long step)
        {
            lock (gate)
                least = Math.Min(least, step);
        }

        public bool IsDue(string part) => false;

        public void Save(string part, ReadOnlyMemory<byte> state)
        {
            // They are kept already.
        }
    }
}
