using System.Diagnostics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Online SGD with fresh samples, Gaussian ones or rows of data drawn with replacement, as an ensemble of independent replicas from one start: every column is the mean over replicas, with its standard error
/// (suffix <c>-se</c>) and the 10 and 90 % quantiles (suffixes <c>-q10</c>, <c>-q90</c>). The result does not depend on the number of threads.
/// Work per step and replica: d Gaussians and 4 d fused operations per sample; memory 5 d doubles per replica up to a gigabyte, beyond that per thread.
/// </summary>
public sealed record OnlineSgd : DiscreteMethod
{
    // Looks at cancellation, progress and checkpoints happen between chunks of about this many numbers, 20 to 50 ms.
    private const long ChunkNumbers = 20_000_000;

    // Samples of a chunk at least, however long they take.
    private const int SmallestChunk = 16;

    // Below this many modes a step is too short to be shared.
    private const long SmallestShared = 65_536;
    private const double BytesPerMode = 80;

    // Replicas go on together while all their states stay below this size.
    private const double MostInterleavedBytes = 1e9;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Batch size B ≥ 1. Default 1, the paper's.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Independent runs, 1 to 65535. Default 16: enough for a mean with a band.</summary>
    public int Replicas { get; init; } = 16;

    /// <summary>Seed of the samples and the label noise.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core. One replica each, and several for one replica when there are more threads than replicas and d ≥ 65536. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Precision of samples and weights. Default double: single halves the time, and is enough where η moves weights by far more than 6e-8 of them.</summary>
    public SamplingPrecision Precision { get; init; }

    /// <summary>
    /// Rows that samples are drawn from with replacement in place of Gaussian ones; null draws Gaussian ones. The problem must have their spectrum. The solution then also has
    /// <c>loss-rows</c>, the loss over the rows themselves: <c>loss</c> stays the Gaussian formula of s and u.
    /// </summary>
    public InputRows? Rows { get; init; }

    /// <summary>Where replicas keep their state, so that the same solve continues after an interruption with the same bits; null keeps none.</summary>
    public ICheckpointStore? Checkpoint { get; init; }

    internal override Solution Solve(PhaseRetrievalProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var grid = Grid();
        var schedule = Schedule();
        if (Batch < 1)
            throw new ParameterException("batch", Batch, "a whole number >= 1");
        if (Replicas is < 1 or > 65_535)
            throw new ParameterException("replicas", Replicas, "a whole number from 1 to 65535");
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7;
        if (problem.Spectrum.Dimension * BytesPerMode > available || problem.Spectrum.Dimension > 1_000_000_000)
        {
            throw new TooLargeException(
                $"sgd with dimension = {problem.Spectrum.Dimension}", problem.Spectrum.Dimension * BytesPerMode, available, "use method = sgd-theory with modes = averaged, or a smaller dimension");
        }

        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(ModeRepresentation.Full, cancellation);
        var source = Rows is null ? null : LabelledRows.Of(Rows, problem, modes);
        var divergedAt = new long?[Replicas];
        var done = new long[Replicas];
        var threads = Threads > 0 ? Threads : Environment.ProcessorCount;
        var team = source is null && modes.Size >= SmallestShared ? Math.Max(1, threads / Replicas) : 1;
        var rows = new List<SgdRow>[Replicas];
        var kernels = new ISgdKernel?[Replicas];

        // Rows also where events are looked for; they are not saved.
        var saved = grid;
        grid = SgdEvents.Steps(saved);
        var isLook = SgdEvents.IsLook(grid);
        var isTogether = modes.Size * BytesPerMode * Replicas <= Math.Min(available, MostInterleavedBytes);
        var phases = new PhaseEvents(problem, modes.TeacherOverlap);
        var events = new SgdEvents(phases, modes, schedule, Replicas, isTogether);
        ISgdKernel Make(int replica) => Kernel(problem, modes, source, replica, team);

        // In rounds, so that an interrupted ensemble has rows that all replicas reached; one after another where their states would not fit.
        foreach (var round in isTogether ? [.. Enumerable.Range(1, grid.Length).Where(round => isLook[round - 1])] : new[] { grid.Length })
        {
            Parallel.For(0, Replicas, new ParallelOptions { MaxDegreeOfParallelism = threads }, replica =>
            {
                rows[replica] ??= new List<SgdRow>(grid.Length);
                if (kernels[replica] is { } kernel)
                    events.Keep(replica, kernel);
                kernels[replica] = Run(problem, modes, source, grid, saved, round, schedule, replica, team, kernels[replica], rows[replica], out divergedAt[replica], step =>
                {
                    Volatile.Write(ref done[replica], step);
                    progress?.Report(new Progress(done.Average(value => (double)value) / grid[^1], "sampling"));
                }, cancellation);
            });
            events.Advance(grid, isLook, rows.Min(row => row.Count), row => events.Mean(replica => rows[replica][row].Statistics), Make, kernel => Observe(kernel, modes).Statistics, threads);
            if (cancellation.IsCancellationRequested || divergedAt.Any(step => step is not null))
                break;
        }

        // Rows that every replica has reached; a replica that diverged or was cancelled ends the common trajectory.
        var reached = rows.Min(row => row.Count);
        var chosen = saved.Select(step => Array.BinarySearch(grid, step)).TakeWhile(row => row < reached).ToArray();
        rows = [.. rows.Select(replica => chosen.Select(row => replica[row]).ToList())];
        var common = chosen.Length;
        grid = saved;
        var steps = grid[..common];

        // Each of its sums goes over all modes: compressed ones do.
        var largest = source?.LargestLearningRate(Batch) ?? NoiseFloor.LargestLearningRate(problem.Modes(cancellation: CancellationToken.None), Batch);
        return Assemble(problem, Columns(steps, schedule, rows, common), phases.ToDictionary(), Status(largest, divergedAt, common, grid, cancellation), new SolverStatistics
        {
            Steps = common > 0 ? grid[common - 1] * Replicas : 0,
            Evaluations = common > 0 ? grid[common - 1] * Replicas * Batch : 0,
            StateSize = modes.Size,
            Modes = modes.RepresentationName,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }) with
        {
            Warnings =
            [
                .. source?.Warnings(schedule.Peak, Batch)
                    ?? (Array.Exists(divergedAt, step => step is not null) ? [] : Stability.Warnings(schedule.Peak, largest, "of the mean-field theory at w*", SolveStatus.Completed)),
                .. SignWarning(modes, rows, common),
            ],
            Summary = source?.Summary(modes, Batch) ?? [],
        };
    }

    // Goes on with a replica to the end of a round; gives its kernel back, or null when it has reached its last row.
    private ISgdKernel? Run(
        PhaseRetrievalProblem problem, WeightedModes modes, LabelledRows? source, long[] grid, long[] saved, int round, LearningRateSchedule schedule, int replica, int team,
        ISgdKernel? kernel, List<SgdRow> rows, out long? divergedAt, Action<long> report, CancellationToken cancellation)
    {
        divergedAt = null;
        if (rows.Count >= round)
            return kernel;
        var part = FormattableString.Invariant($"replica-{replica}");
        var identity = Checkpoint is null ? [] : SgdCheckpoint.Identity(modes, FormattableString.Invariant(
            $" {Precision} {Batch} {schedule.Identity} {problem.Noise:R} {Seed} {replica} {source?.Identity} ") + string.Join(',', grid));
        if (kernel is null)
        {
            kernel = Kernel(problem, modes, source, replica, team);
            if (Checkpoint?.Load(part) is { } stored && SgdCheckpoint.TryRead(stored, identity, kernel, rows))
                Checkpoint.Continue(part, kernel.Step);
        }

        // A chunk ends with a pass of its own for the last update and one for s, which few long steps would not outweigh.
        var chunk = Math.Clamp(ChunkNumbers / ((long)modes.Size * Batch), Math.Max(1, SmallestChunk / Batch), 4096);
        while (rows.Count < round)
        {
            var target = grid[rows.Count];
            while (kernel.Step < target)
            {
                if (cancellation.IsCancellationRequested)
                {
                    // A replica that has not begun has nothing to keep; thousands may be left.
                    if (kernel.Step > 0)
                        Checkpoint?.Save(part, SgdCheckpoint.Write(identity, kernel, rows));
                    return kernel;
                }

                if (!kernel.Advance(Math.Min(chunk, target - kernel.Step), schedule))
                {
                    divergedAt = kernel.Step;
                    return kernel;
                }

                report(kernel.Step);
                if (Checkpoint is not null && Checkpoint.IsDue(part))
                    Checkpoint.Save(part, SgdCheckpoint.Write(identity, kernel, rows));
            }

            var row = Observe(kernel, modes);
            rows.Add(Array.BinarySearch(saved, target) >= 0 ? row with { RowLoss = kernel.RowLoss() } : row);
        }

        // Saving flushes to disk, which may take longer than a short replica: it can be made again.
        if (Checkpoint is not null && Checkpoint.IsDue(part))
            Checkpoint.Save(part, SgdCheckpoint.Write(identity, kernel, rows));
        return rows.Count < grid.Length ? kernel : null;
    }

    // A replica at step 0.
    private ISgdKernel Kernel(PhaseRetrievalProblem problem, WeightedModes modes, LabelledRows? source, int replica, int team) => source is not null
        ? source.Kernel(Precision, modes, problem.Noise, Batch, Seed, replica)
        : Precision == SamplingPrecision.Single
        ? new OnlineSgdKernel<float>(modes.Eigenvalues, modes.Teacher, modes.Start, problem.Noise, Batch, Seed, replica, team)
        : new OnlineSgdKernel<double>(modes.Eigenvalues, modes.Teacher, modes.Start, problem.Noise, Batch, Seed, replica, team);

    // Without the loss over the rows, which takes long.
    private static SgdRow Observe(ISgdKernel kernel, WeightedModes modes)
    {
        var sums = kernel.Observe();
        return new SgdRow(sums.Statistics(modes.Dimension), sums.Near / modes.Dimension, sums.Far / modes.Dimension, double.NaN);
    }

    private List<Observable> Columns(long[] steps, LearningRateSchedule schedule, List<SgdRow>[] rows, int common)
    {
        var columns = new List<Observable>
        {
            PhaseObservables.Time([.. steps.Select(schedule.TimeAt)]),
            PhaseObservables.Step(steps),
        };
        for (var k = 0; k < PhaseObservables.All.Count; k++)
        {
            var read = PhaseObservables.Readers[k];
            AddColumn(columns, PhaseObservables.All[k], PhaseObservables.All[k].Name is PhaseObservables.SquaredError ? OfOneSign : (row, _) => read(row.Statistics), rows, common);
        }

        AddColumn(columns, PhaseObservables.BestSign, (row, _) => row.Statistics.MeanSquaredError, rows, common);

        if (Rows is not null)
            AddColumn(columns, PhaseObservables.RowLoss, (row, _) => row.RowLoss, rows, common);
        return columns;
    }

    // The teacher's sign that is the better one for the mean over replicas: what the theory of the mean speaks of.
    private static bool IsNear(List<SgdRow>[] rows, int row) => rows.Sum(replica => replica[row].Near - replica[row].Far) <= 0;

    private static double OfOneSign(SgdRow row, bool isNear) => isNear ? row.Near : row.Far;

    // Replicas that have taken the other sign of the teacher than most, where that has been decided.
    private string[] SignWarning(WeightedModes modes, List<SgdRow>[] rows, int common)
    {
        if (common == 0)
            return [];
        var signs = rows.Select(replica => replica[common - 1].Statistics.U / modes.TeacherOverlap).Where(u => Math.Abs(u) > 0.5).Select(Math.Sign).ToArray();
        var fewer = Math.Min(signs.Count(sign => sign > 0), signs.Count(sign => sign < 0));
        return fewer == 0 ? [] :
        [
            FormattableString.Invariant($"{fewer} of {Replicas} replicas have taken the other sign of the teacher at the last row: u and mse are means over both signs; mse-best-sign takes the better sign of each replica"),
        ];
    }

    private void AddColumn(List<Observable> columns, NamedQuantity quantity, Func<SgdRow, bool, double> read, List<SgdRow>[] rows, int common)
    {
        double[] mean = new double[common], error = new double[common], low = new double[common], high = new double[common];
        var values = new double[Replicas];
        for (var row = 0; row < common; row++)
        {
            var isNear = IsNear(rows, row);
            for (var replica = 0; replica < Replicas; replica++)
                values[replica] = read(rows[replica][row], isNear);
            var average = values.Average();
            mean[row] = average;
            Array.Sort(values);

            // Replicas share their start; the rounding of its average is not a scatter.
            error[row] = values[0] < values[^1] ? Math.Sqrt(values.Sum(value => (value - average) * (value - average)) / (Replicas - 1) / Replicas) : 0;
            low[row] = Quantile(values, 0.1);
            high[row] = Quantile(values, 0.9);
        }

        columns.Add(new Observable(quantity.Name, quantity.Symbol, quantity.Meaning + " Mean over replicas.", mean));
        if (Replicas > 1)
        {
            columns.Add(new Observable(quantity.Name + "-se", "", $"Standard error of the mean of {quantity.Name}.", error));
            columns.Add(new Observable(quantity.Name + "-q10", "", $"10 % quantile of {quantity.Name} over replicas.", low));
            columns.Add(new Observable(quantity.Name + "-q90", "", $"90 % quantile of {quantity.Name} over replicas.", high));
        }
    }

    // Linear interpolation between order statistics.
    private static double Quantile(double[] sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var index = (int)position;
        return index + 1 < sorted.Length ? sorted[index] + ((position - index) * (sorted[index + 1] - sorted[index])) : sorted[index];
    }

    private SolveStatus Status(double largestRate, long?[] divergedAt, int common, long[] grid, CancellationToken cancellation)
    {
        var diverged = divergedAt.Where(step => step is not null).ToArray();
        if (diverged.Length > 0)
        {
            var message = DiscreteSolve.Divergence(diverged.Min()!.Value, LearningRate, largestRate);
            return new SolveStatus(SolveOutcome.Diverged, $"{diverged.Length} of {Replicas} replicas: {message}");
        }

        return common < grid.Length && cancellation.IsCancellationRequested
            ? new SolveStatus(SolveOutcome.Cancelled, $"cancelled after step {(common > 0 ? grid[common - 1] : 0)}; the trajectory is kept up to there")
            : SolveStatus.Completed;
    }
}
