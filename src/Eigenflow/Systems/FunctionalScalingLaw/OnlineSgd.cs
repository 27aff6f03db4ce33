using System.Diagnostics;
using Eigenflow.Solutions;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// One-pass SGD with fresh Gaussian samples, as an ensemble of independent replicas: the mean loss over replicas with its standard error (<c>loss-se</c>) and its
/// 10 and 90 % quantiles (<c>loss-q10</c>, <c>loss-q90</c>). The risk of a state is evaluated exactly from δ. Random projections are simulated in their eigenbasis, which is
/// the same in law. Work per step and replica: M Gaussians and 3 M fused operations per sample; memory 4 M doubles per thread. The result does not depend on the number of threads.
/// </summary>
public sealed record OnlineSgd : ScalingLawMethod
{
    // Looks at cancellation, progress and checkpoints happen between chunks of about this many numbers, 20 to 50 ms.
    private const long ChunkNumbers = 20_000_000;
    private const long LargestModel = 100_000_000;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Independent runs, 1 to 65535. Default 64: a standard error of a few per cent.</summary>
    public int Replicas { get; init; } = 64;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Where replicas keep their state, so that the same solve continues after an interruption with the same bits; null keeps none.</summary>
    public ICheckpointStore? Checkpoint { get; init; }

    internal override Solution Solve(ScalingLawProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (Replicas is < 1 or > 65_535)
            throw new ParameterException("replicas", Replicas, "a whole number from 1 to 65535");
        var grid = Grid(problem.Schedule.Steps);
        if (problem.ModelSize > LargestModel)
            throw new TooLargeException($"sgd with model-size = {problem.ModelSize}", problem.ModelSize * 40.0, LargestModel * 40.0, "use method = exact, which gives the mean at once, or a smaller model");
        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(ModeRepresentation.Full);
        var stability = Stability.Of(problem, modes);
        var roots = SgdKernel.PaddedRoots(modes.Eigenvalues);
        double[] start = [.. modes.SignalWeights.Select((signal, j) => -Math.Sqrt(signal / modes.Eigenvalues[j]))];
        var identity = Checkpoint is null ? [] : SgdCheckpoint.Identity(problem, modes, Seed, grid);
        var losses = new double[Replicas][];
        var isBounded = new bool[Replicas];
        var finished = 0;
        Parallel.For(0, Replicas, new ParallelOptions { MaxDegreeOfParallelism = Threads > 0 ? Threads : Environment.ProcessorCount }, replica =>
        {
            var run = new SgdReplica(problem, modes, new SgdKernel(roots, start, problem.Noise + (2 * modes.Approximation), problem.Batch.Largest > 1, Seed, replica), ChunkNumbers)
            {
                Checkpoint = Checkpoint,
                Identity = identity,
                Part = FormattableString.Invariant($"replica-{replica}"),
            };
            (losses[replica], isBounded[replica]) = run.Run(grid, part => progress?.Report(new Progress((Volatile.Read(ref finished) + part) / Replicas, "sampling")), cancellation);
            Interlocked.Increment(ref finished);
        });

        // Rows that every replica has reached.
        var common = losses.Min(row => row.Length);
        var rows = new LossRows(problem);
        AddRows(problem, grid[..common], losses, rows);
        var columns = rows.Columns();
        if (Replicas > 1)
            columns.AddRange(Spread(losses, common));
        var status = !Array.TrueForAll(isBounded, bounded => bounded)
            ? new SolveStatus(SolveOutcome.Diverged, FormattableString.Invariant($"{isBounded.Count(bounded => !bounded)} of {Replicas} replicas diverged; the trajectory is kept until then; use peak < {stability.LargestRate:G4}, the largest stable learning rate"))
            : common < grid.Length
                ? new SolveStatus(SolveOutcome.Cancelled, $"cancelled after step {(common > 0 ? grid[common - 1] : 0)}; the trajectory is kept up to there")
                : SolveStatus.Completed;
        var steps = common > 0 ? grid[common - 1] * Replicas : 0;
        return Assemble(problem, columns, status, new SolverStatistics
        {
            Steps = steps,
            Evaluations = steps * problem.Batch.First,
            StateSize = modes.Size,
            Modes = modes.Representation,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, stability);
    }

    // The parts of the loss that are not random are those of the exact moments.
    private static void AddRows(ScalingLawProblem problem, long[] grid, double[][] losses, LossRows rows)
    {
        if (grid.Length == 0)
            return;
        var theory = problem.Solve(new ExactMoments { AtSteps = grid, Modes = ModeRepresentation.Full });
        for (var row = 0; row < Math.Min(grid.Length, theory.Times.Length); row++)
        {
            var mean = losses.Average(replica => replica[row]);
            double approximation = theory["approximation"][row], signal = theory["signal"][row];
            rows.Add(grid[row], theory.Times[row], mean, approximation, signal, mean - approximation - signal);
        }
    }

    private IEnumerable<Observable> Spread(double[][] losses, int common)
    {
        double[] error = new double[common], low = new double[common], high = new double[common], values = new double[Replicas];
        for (var row = 0; row < common; row++)
        {
            for (var replica = 0; replica < Replicas; replica++)
                values[replica] = losses[replica][row];
            var mean = values.Average();
            error[row] = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (Replicas - 1) / Replicas);
            Array.Sort(values);
            low[row] = Quantile(values, 0.1);
            high[row] = Quantile(values, 0.9);
        }

        yield return new Observable("loss-se", "", "Standard error of the mean of loss over replicas.", error);
        yield return new Observable("loss-q10", "", "10 % quantile of loss over replicas.", low);
        yield return new Observable("loss-q90", "", "90 % quantile of loss over replicas.", high);
    }

    // Linear interpolation between order statistics.
    private static double Quantile(double[] sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var index = (int)position;
        return index + 1 < sorted.Length ? sorted[index] + ((position - index) * (sorted[index + 1] - sorted[index])) : sorted[index];
    }
}
