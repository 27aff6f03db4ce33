using System.Diagnostics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Online training on fresh Gaussian batches as an ensemble of independent replicas from one start: every column is the mean over replicas, with its standard error (suffix <c>-se</c>)
/// and the 10 and 90 % quantiles (<c>-q10</c>, <c>-q90</c>). The result does not depend on the number of threads.
/// Work per step and replica: B d Gaussians, 2 B d m operations, and the direction; memory per thread (d + m) min(B, 1024) + 8 d m doubles. Events are those of the mean, located to the saved rows.
/// </summary>
public sealed record MiniBatchDescent : SpectralDescentMethod
{
    /// <inheritdoc/>
    public override string Name => Rule.Direction switch
    {
        GradientDirection => "sgd",
        NewtonSchulzDirection => "muon",
        _ => RuleName + "-sgd",
    };

    /// <summary>Batch size B, 1 to 10⁷. Default 256.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Independent runs, 1 to 65535. Default 8.</summary>
    public int Replicas { get; init; } = 8;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core.</summary>
    public int Threads { get; init; }

    private protected override bool IsSampled => true;

    internal override Solution Solve(SpectralDescentProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (Batch is < 1 or > 10_000_000)
            throw new ParameterException("batch", Batch, "a whole number from 1 to 1e7");
        if (Replicas is < 1 or > 65_535)
            throw new ParameterException("replicas", Replicas, "a whole number from 1 to 65535");
        var schedule = MakeSchedule(problem);
        var grid = Grid(schedule);
        var system = MatrixSystem.Of(problem);
        var clock = Stopwatch.StartNew();
        var rows = new List<Observation>[Replicas];
        var statuses = new SolveStatus[Replicas];
        var last = new long[Replicas];
        var done = new double[Replicas];
        Parallel.For(0, Replicas, new ParallelOptions { MaxDegreeOfParallelism = Threads > 0 ? Threads : Environment.ProcessorCount }, replica =>
        {
            var engine = new MatrixEngine(system, new BatchGradient(system, Batch, Seed, replica), Rule, schedule);
            var part = progress is null ? null : new ReplicaProgress(progress, done, replica);
            (rows[replica], statuses[replica]) = DescentLoop.Run(engine, grid, part, cancellation);
            last[replica] = engine.Step;
        });

        // After an interruption, replicas that had not begun are left out, so that the trajectory of the others is kept.
        if (cancellation.IsCancellationRequested && rows.Any(list => list.Count > 1))
            rows = [.. rows.Where(list => list.Count > 1)];

        // Rows that every replica has reached; one that diverged or was cancelled ends the common trajectory.
        var common = rows.Min(list => list.Count);
        var steps = grid[..common];
        var tracker = DescentLoop.Track(system, Rule, steps, [.. Enumerable.Range(0, common).Select(row => DescentColumns.Mean(rows, row))]);
        var status = Array.Find(statuses, candidate => candidate.Outcome == SolveOutcome.Diverged)
            ?? Array.Find(statuses, candidate => candidate.Outcome != SolveOutcome.Completed) ?? SolveStatus.Completed;
        if (status.Outcome == SolveOutcome.Cancelled)
            status = status with { Message = $"cancelled after step {(common > 0 ? steps[^1] : 0)}; the trajectory of the {rows.Length} of {Replicas} replicas that had begun is kept up to there" };
        if (status.Outcome == SolveOutcome.Diverged)
        {
            var first = Enumerable.Range(0, Replicas).Where(replica => statuses[replica].Outcome == SolveOutcome.Diverged).Min(replica => last[replica]);
            status = status with { Message = $"{statuses.Count(candidate => candidate.Outcome == SolveOutcome.Diverged)} of {Replicas} replicas: {DescentLoop.Divergence(first, system, Rule)}" };
        }

        var warnings = DescentWarnings.Of(problem, Rule, schedule, system.Eigenvalues[system.Loud], DescentLoop.SignalVariance(system), isBlocks: false).ToList();
        if (Rule.Direction.IsSignLike && Rule.Momentum == 0 && Batch < Math.Min(system.Dimension, system.Width))
            warnings.Add($"batch = {Batch} is smaller than the dimension: a gradient has rank {Batch} at most, so that a step moves {Batch} directions only; raise batch, or use momentum");
        return Assemble(problem, schedule, DescentColumns.OfReplicas(steps, schedule, rows), tracker, status, new SolverStatistics
        {
            Steps = last.Sum(),
            Evaluations = last.Sum() * Batch,
            StateSize = system.Dimension * (long)system.Width,
            Modes = "matrix",
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, warnings);
    }

    private sealed class ReplicaProgress(IProgress<Progress> whole, double[] done, int replica) : IProgress<Progress>
    {
        public void Report(Progress value)
        {
            Volatile.Write(ref done[replica], value.Fraction);
            whole.Report(new Progress(done.Average(), "sampling"));
        }
    }
}
