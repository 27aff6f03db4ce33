using System.Diagnostics;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>Estimates how long missing runs take: from the times of earlier runs of the study, else from short trials of a few of them.</summary>
public static class SweepEstimate
{
    // Enough to see the ends and the middle of the lists; the cost of most runs grows along one of them.
    private const int Trials = 9;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(0.7);

    /// <summary>Estimates.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of its runs.</param>
    /// <param name="missing">The runs to compute.</param>
    /// <param name="workers">Runs at the same time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Seconds, and what they rest on, in words.</returns>
    public static (double Seconds, string Basis) Of(Study study, string folder, IReadOnlyList<StudyRun> missing, int workers, CancellationToken cancellation = default)
    {
        if (missing.Count == 0)
            return (0, "nothing is missing");
        var known = SweepLog.Read(new RunStore(folder));
        var times = study.Runs.Where(run => known.ContainsKey(run.Id)).Select(run => (run.Method, known[run.Id])).ToLookup(pair => pair.Method, pair => pair.Item2, StringComparer.Ordinal);
        var total = 0.0;
        var logged = 0;
        var tried = 0;
        foreach (var group in missing.GroupBy(run => run.Method, StringComparer.Ordinal))
        {
            var runs = group.ToArray();
            if (times[group.Key].Count() >= Math.Min(3, runs.Length))
            {
                logged += times[group.Key].Count();
                total += times[group.Key].Average() * runs.Length;
                continue;
            }

            var count = Math.Min(Trials, runs.Length);
            var seconds = Enumerable.Range(0, count).Select(k => Try(study, runs[count == 1 ? 0 : (int)((long)k * (runs.Length - 1) / (count - 1))], cancellation)).ToArray();
            tried += count;
            total += seconds.Average() * runs.Length;
        }

        var basis = string.Join(" and ", new[] { logged > 0 ? $"{logged} timed runs" : "", tried > 0 ? $"{tried} short trials" : "" }.Where(text => text.Length > 0));
        return (total / Math.Min(workers, missing.Count), basis);
    }

    // A trial that does not end in time is extrapolated from its progress.
    private static double Try(Study study, StudyRun run, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        var last = new Last();
        var clock = Stopwatch.StartNew();
        try
        {
            RunSolver.Solve(study.System, run, null, last, limit.Token);
        }
        catch (Exception exception) when (Trouble.Of(exception).Kind != TroubleKind.Disk)
        {
            // Too slow to end, or a run that will fail: what it took counts.
        }

        cancellation.ThrowIfCancellationRequested();
        return limit.IsCancellationRequested && last.Fraction > 0 ? clock.Elapsed.TotalSeconds / last.Fraction : clock.Elapsed.TotalSeconds;
    }

    private sealed class Last : IProgress<Progress>
    {
        public double Fraction { get; private set; }

        public void Report(Progress value) => Fraction = Math.Max(Fraction, value.Fraction);
    }
}
