using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>
/// One-pass SGD with fresh Gaussian samples for every model of the ladder, over seeds: mean curves with standard error, median and quantiles, the deviation Δ and the floor σ̄. A seed of a model has random numbers of its own,
/// which do not depend on the ladder that it stands in. The loss and the trace of a state are exact. Work per step, seed and model: B M Gaussians and 3 B M fused operations. The result does not depend on the number of threads.
/// </summary>
public sealed record LadderSgd : LadderMethod, ISampledMethod
{
    private const double LargestGrowth = 1e9;
    private const double LargestKept = 5e7;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Seeds of every model, 1 to 65535. Default 24: the floor within 15 %.</summary>
    public int Replicas { get; init; } = 24;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    internal override Solution Solve(ScalingProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        var (models, own) = ModelsOf(problem);
        var (steps, places) = Rows(problem);
        if ((double)places.Length * Replicas * models.Length > LargestKept)
            throw new TooLargeException($"{places.Length} rows of {Replicas} seeds of {models.Length} models", 48.0 * places.Length * Replicas * models.Length, 48 * LargestKept, "lower points or replicas, or choose fewer models");
        context = Coarse(context, models.Sum(model => (double)model.Steps * model.Eigenvalues.Length * problem.Batch * Replicas));
        try
        {
            var runs = new List<SeedRuns>();
            foreach (var model in models)
                runs.Add(Run(model, places, LadderTheory.Part(context, runs.Count, models.Length)));
            return Assemble(problem, models[own], steps, places, [.. runs], own) with
            {
                Warnings = LadderStability.Warnings(models),
                Status = runs.Find(run => run.Status.Outcome == SolveOutcome.Diverged)?.Status ?? SolveStatus.Completed,
                Statistics = new SolverStatistics { Steps = runs.Sum(run => run.Steps), Evaluations = runs.Sum(run => run.Steps) * problem.Batch, StateSize = models.Max(model => model.Eigenvalues.Length), Modes = "full" },
            };
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            // No curve is known in units of its end before that is reached: the states are kept, and there are no rows.
            var none = SeedRuns.Empty(Replicas, problem.Offset);
            return Assemble(problem, models[own], [], [], [.. models.Select(_ => none)], own) with { Status = new SolveStatus(SolveOutcome.Cancelled, "cancelled before the end of the runs, without which there is no normalised curve; the same solve goes on where its states were kept") };
        }
    }

    private Solution Assemble(ScalingProblem problem, LadderModel model, long[] steps, double[] places, SeedRuns[] runs, int own)
    {
        var shown = runs[own];
        var normalized = runs.Select(run => run.Normalized(problem.Offset)).ToArray();
        double[] Mean(double[][] curves) => [.. Enumerable.Range(0, places.Length).Select(row => curves.Average(curve => curve[row]))];
        var columns = Columns(model, steps, places, Mean(shown.Losses), Mean(normalized[own]), Mean(shown.Traces));
        columns = [.. columns.SelectMany(column => column.Name == ScalingColumns.Loss.Name ? Spread(ScalingColumns.Loss, shown.Losses) : column.Name == ScalingColumns.Normalized.Name ? Spread(ScalingColumns.Normalized, normalized[own]) : [column])];
        double[] deviations = [];
        if (runs.Length > 1 || shown.Losses.Length > 1)
        {
            deviations = [.. Enumerable.Range(0, places.Length).Select(row => LadderSpread.Deviation([.. normalized.Select(curves => Moments(curves, row, 0))]))];
            columns.Add(ScalingColumns.Deviation.Column(deviations));
        }

        if (Array.TrueForAll(runs, run => run.Losses.Length > 1))
            columns.Add(ScalingColumns.Floor.Column([.. Enumerable.Range(0, places.Length).Select(row => LadderSpread.Floor([.. runs.Select(run => Moments(run.Losses, row, problem.Offset))]))]));
        if (runs.Length > 1)
            columns.AddRange(ScalingColumns.OfModels(problem.Models, [.. runs.Select(run => Mean(run.Losses))], [.. normalized.Select(Mean)]));
        return Assemble(problem, columns, SolveStatus.Completed, new SolverStatistics()) with { Summary = runs.Length > 1 ? [.. ScalingColumns.Spread(places, deviations)] : [] };

        IEnumerable<Observable> Spread(NamedQuantity quantity, double[][] curves) => ReplicaColumns.Of(quantity, places.Length, curves.Length, (replica, row) => curves[replica][row], sumsBySize: true);
    }

    /// <summary>The seeds of a model at places of its horizon.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the end; states are kept in the checkpoint.</exception>
    internal SeedRuns Run(LadderModel model, double[] places, SolveContext context)
    {
        var problem = model.Problem;
        var grid = new HorizonGrid(places, problem.Warmup, model.Steps);
        var roots = SgdKernel.PaddedRoots(model.Eigenvalues);
        double[] start = [.. model.Targets.Select(target => -Math.Sqrt(target))];
        var batch = BatchSchedule.Constant(problem.Batch);
        var seed = SeedOf(Seed, model.Size);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = grid.Steps,
                Width = 2,
                Make = replica => new LadderTrajectory(new SgdKernel(roots, start, problem.Noise + (2 * model.Tail), problem.Batch > 1, seed, replica), model, batch, LargestGrowth * (model.InitialLoss + problem.Noise)),
                StepWork = model.Eigenvalues.Length * (double)problem.Batch,
                StateBytes = 32.0 * model.Eigenvalues.Length,
                Identity = FormattableString.Invariant($"{problem.SystemId} {model.Size:R} {problem.Capacity:R} {problem.Difficulty:R} {problem.Features} {problem.Noise:R} {problem.Batch} {model.Schedule.Identity} {model.Steps}"),
                Divergence = Diverged,
            },
            context with { Checkpoint = context.Checkpoint is { } store ? new ModelStore(store, model.Size) : null });
        if (ensemble.Status.Outcome == SolveOutcome.Cancelled)
            throw new OperationCanceledException(context.Cancellation);
        if (ensemble.Steps.Length < grid.Steps.Length)
            throw new ParameterException("peak", problem.Peak, "small enough that a seed comes to the end of its run", ensemble.Status.Message);
        double[][] Curves(int statistic) => [.. Enumerable.Range(0, ensemble.Replicas.Length).Select(replica => grid.At([.. Enumerable.Range(0, ensemble.Steps.Length).Select(row => ensemble[replica, row, statistic])]))];
        return new SeedRuns(Curves(0), Curves(1), [.. Enumerable.Range(0, ensemble.Replicas.Length).Select(replica => ensemble[replica, ensemble.Steps.Length - 1, 0])], ensemble.Status, ensemble.StepsDone);
    }

    private static (double Mean, double Variance) Moments(double[][] curves, int row, double offset)
    {
        var mean = curves.Average(curve => curve[row]) - offset;
        return (mean, curves.Average(curve => (curve[row] - offset - mean) * (curve[row] - offset - mean)));
    }

    // Random numbers are addressed by the seed, and runs of other models are to be independent of those of this one.
    private static long SeedOf(long seed, double size) => unchecked((long)((ulong)seed + (0x9E3779B97F4A7C15UL * (ulong)size)));

    private sealed class LadderTrajectory(SgdKernel kernel, LadderModel model, BatchSchedule batch, double bound) : SgdTrajectory(kernel, model.Schedule, batch, model.Tail, bound)
    {
        private readonly SgdKernel kernel = kernel;

        public override void Observe(Span<double> row, bool isSaved)
        {
            row[0] = Loss;
            var sum = 0.0;
            for (var j = model.Eigenvalues.Length - 1; j >= 0; j--)
            {
                var part = model.Eigenvalues[j] * kernel.State[j];
                sum += part * part;
            }

            row[1] = (sum + (((2 * row[0]) + model.Problem.Noise) * model.Trace)) / model.Problem.Batch;
        }
    }

    // Replicas of several models are parts of one run.
    private sealed class ModelStore(ICheckpointStore store, double size) : ICheckpointStore
    {
        private readonly string prefix = FormattableString.Invariant($"model-{size:R}-");

        public byte[]? Load(string part) => store.Load(prefix + part);

        public bool IsDue(string part) => store.IsDue(prefix + part);

        public void Save(string part, ReadOnlyMemory<byte> state) => store.Save(prefix + part, state);

        public void Continue(string part, long step) => store.Continue(prefix + part, step);
    }
}

/// <summary>The seeds of one model.</summary>
/// <param name="Losses">E of every seed at the places.</param>
/// <param name="Traces">Tr Σ of every seed at the places.</param>
/// <param name="Ends">E of every seed at the end.</param>
/// <param name="Status">How the ensemble ended.</param>
/// <param name="Steps">Steps of all seeds.</param>
internal sealed record SeedRuns(double[][] Losses, double[][] Traces, double[] Ends, SolveStatus Status, long Steps)
{
    /// <summary>Seeds without places.</summary>
    public static SeedRuns Empty(int replicas, double offset) => new([.. Enumerable.Repeat(Array.Empty<double>(), replicas)], [.. Enumerable.Repeat(Array.Empty<double>(), replicas)], [.. Enumerable.Repeat(offset + 1 + Math.Abs(offset), replicas)], SolveStatus.Completed, 0);

    /// <summary>The normalised curves, each divided by the end of its own run.</summary>
    public double[][] Normalized(double offset) => [.. Losses.Select((losses, seed) => ReducibleLoss.Normalized(losses, Ends[seed], offset))];
}
