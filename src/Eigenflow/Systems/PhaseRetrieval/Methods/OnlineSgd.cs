using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Online SGD with fresh samples, Gaussian ones or rows of data drawn with replacement, as an ensemble of independent replicas from one start: every column is the mean over replicas, with its standard error
/// (suffix <c>-se</c>), median and quantiles. The result does not depend on the number of threads.
/// Work per step and replica: d Gaussians and 4 d fused operations per sample; memory 5 d doubles per replica up to a gigabyte, beyond that per thread.
/// </summary>
public sealed record OnlineSgd : DescentMethod, ISampledMethod
{
    // Samples between two looks at cancellation at least, however long they take.
    private const int SmallestPiece = 16;

    // Below this many modes a step is too short to be shared.
    private const long SmallestShared = 65_536;
    private const double BytesPerMode = 80;

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

    /// <summary>The law of fresh samples. Default Gaussian. <c>loss</c> is the population loss of that law, as in <see cref="UniversalityFlow"/>.</summary>
    public InputLaw InputLaw { get; init; } = InputLaw.Gaussian;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name, seesModelSize: true);
        var schedule = Schedule(problem);
        if (Rows is not null && InputLaw.Kind != InputLawKind.Gaussian)
            throw new ParameterException("input-law", InputLaw.Text, "left out where sgd draws the rows of inputs", "use sampling = gaussian");
        if (Batch < 1)
            throw new ParameterException("batch", Batch, "a whole number >= 1");
        SampledParameters.Check(this);
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.7;
        if (problem.Spectrum.Dimension * BytesPerMode > available || problem.Spectrum.Dimension > 1_000_000_000)
        {
            throw new TooLargeException(
                $"sgd with dimension = {problem.Spectrum.Dimension}", problem.Spectrum.Dimension * BytesPerMode, available, "use method = sgd-theory with modes = averaged, or a smaller dimension");
        }

        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(ModeRepresentation.Full, context.Cancellation);
        if (Rows is not null && problem.HiddenFrom is { } size)
            throw new ParameterException("model-size", size, "left out when sgd draws the rows of inputs", "use sampling = gaussian");
        var source = Rows is null ? null : LabelledRows.Of(Rows, problem, modes);
        var law = CoordinateLaw.Of(InputLaw);
        if (law is not null && problem.HiddenFrom is { } seen)
            throw new ParameterException("model-size", seen, "left out when inputs are not Gaussian", "use input-law = gaussian");
        var team = source is null && modes.Size >= SmallestShared ? Math.Max(1, (Threads > 0 ? Threads : Environment.ProcessorCount) / Replicas) : 1;

        var edge = new MeanSquareEdge(problem, modes, Batch, law is null);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = SgdTrajectory.Width,
                Make = replica => new SgdTrajectory(Kernel(problem, modes, source, replica, team, law), modes, schedule, law is null ? null : InputLaw),
                StepWork = (double)modes.Size * Batch,
                SmallestPiece = Math.Max(1, SmallestPiece / Batch),
                SumsBySize = true,
                StateBytes = modes.Size * BytesPerMode,
                Identity = FormattableString.Invariant($"{problem.SystemId} {Precision} {Batch} {schedule.Identity} {problem.Noise:R} {source?.Identity}{(law is null ? "" : InputLaw.Text + " loss")}") + (modes.Hidden == default ? "" : FormattableString.Invariant($" {modes.Hidden.Overlap:R} {modes.Hidden.NormSquared:R}")),
                IdentityColumns = [modes.Eigenvalues, modes.Teacher, modes.Start],
                Watch = new EnsembleWatch(PhaseEvents.Described, () => new PhaseWatch(problem, modes), schedule.TimeAt),
                Divergence = step => Diverged(step, schedule.Peak, source?.LargestLearningRate(Batch) ?? edge.Value),
            },
            context);
        return Assemble(problem, Columns(ensemble, schedule, Rows is null ? null : PhaseObservables.RowLoss), ensemble.Status, new SolverStatistics
        {
            Steps = ensemble.StepsDone,
            Evaluations = ensemble.StepsDone * Batch,
            StateSize = modes.Size,
            Modes = modes.RepresentationName,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, ensemble.Events) with
        {
            Warnings =
            [
                .. source?.Warnings(schedule.Peak, Batch) ?? (ensemble.Diverged > 0 ? [] : edge.Warnings(schedule.Peak)),
                .. SignWarning(modes, ensemble),
            ],
            Summary = [.. source?.Summary(modes, Batch) ?? [], .. ensemble.Summary],
        };
    }

    // A replica at step 0.
    private ISgdKernel Kernel(PhaseRetrievalProblem problem, WeightedModes modes, LabelledRows? source, int replica, int team, CoordinateLaw? law) => source is not null
        ? source.Kernel(Precision, modes, problem.Noise, Batch, Seed, replica)
        : Precision == SamplingPrecision.Single
        ? new OnlineSgdKernel<float>(modes.Eigenvalues, modes.Teacher, modes.Start, problem.Noise, Batch, Seed, replica, team, law, modes.Hidden.Overlap)
        : new OnlineSgdKernel<double>(modes.Eigenvalues, modes.Teacher, modes.Start, problem.Noise, Batch, Seed, replica, team, law, modes.Hidden.Overlap);

    /// <summary>The columns of an ensemble of <see cref="SgdTrajectory"/>.</summary>
    internal static List<Observable> Columns(EnsembleResult ensemble, LearningRateSchedule schedule, NamedQuantity? rowLoss)
    {
        var columns = PhaseObservables.Clock([.. ensemble.Steps.Select(schedule.TimeAt)], ensemble.Steps);

        // The teacher's sign that is the better one for the mean over replicas: what the theory of the mean speaks of.
        bool[] isNear = [.. Enumerable.Range(0, ensemble.Steps.Length).Select(row =>
            Enumerable.Range(0, ensemble.Replicas.Length).Sum(replica => ensemble[replica, row, SgdTrajectory.Near] - ensemble[replica, row, SgdTrajectory.Far]) <= 0)];
        for (var k = 0; k < PhaseObservables.All.Count; k++)
        {
            var statistic = k;
            columns.AddRange(ensemble.Columns(PhaseObservables.All[k], PhaseObservables.All[k].Name is PhaseObservables.SquaredError
                ? (replica, row) => ensemble[replica, row, isNear[row] ? SgdTrajectory.Near : SgdTrajectory.Far]
                : (replica, row) => ensemble[replica, row, statistic]));
        }

        columns.AddRange(ensemble.Columns(PhaseObservables.BestSign, (replica, row) => ensemble[replica, row, SgdTrajectory.BestSign]));
        if (rowLoss is not null)
            columns.AddRange(ensemble.Columns(rowLoss, (replica, row) => ensemble[replica, row, SgdTrajectory.RowLoss]));
        return columns;
    }

    // Replicas that have taken the other sign of the teacher than most, where that has been decided.
    private static string[] SignWarning(WeightedModes modes, EnsembleResult ensemble)
    {
        if (ensemble.Steps.Length == 0)
            return [];
        var signs = Enumerable.Range(0, ensemble.Replicas.Length).Select(replica => ensemble[replica, ensemble.Steps.Length - 1, SgdTrajectory.TeacherOverlap] / modes.TeacherOverlap)
            .Where(u => Math.Abs(u) > 0.5).Select(Math.Sign).ToArray();
        var fewer = Math.Min(signs.Count(sign => sign > 0), signs.Count(sign => sign < 0));
        return fewer == 0 ? [] :
        [
            FormattableString.Invariant($"{fewer} of {ensemble.Replicas.Length} replicas have taken the other sign of the teacher at the last row: u and mse are means over both signs; mse-best-sign takes the better sign of each replica"),
        ];
    }
}

/// <summary>One replica with what is recorded of it.</summary>
/// <param name="kernel">The replica.</param>
/// <param name="modes">The modes.</param>
/// <param name="schedule">The learning rates.</param>
/// <param name="law">The law of the inputs where its loss is not that of Gaussian ones, or null.</param>
internal sealed class SgdTrajectory(ISgdKernel kernel, WeightedModes modes, LearningRateSchedule schedule, InputLaw? law = null) : ITrajectory
{
    /// <summary>Statistics of a row: those of <see cref="PhaseObservables.All"/> in their order, of which that of the MSE takes the better sign; both signs; and the loss over rows.</summary>
    public const int TeacherOverlap = 1, BestSign = 2, Near = 6, Far = 7, RowLoss = 8, Width = 9;

    public long Step => kernel.Step;

    public bool Advance(long count) => kernel.Advance(count, schedule);

    public void Observe(Span<double> row, bool isSaved)
    {
        var sums = kernel.Observe().Beside(modes.Hidden);
        var statistics = sums.Statistics(modes.Dimension);
        if (law is not null)
            statistics = statistics with { Loss = (UniversalityFlow.FactorOf(law, modes.Dimension) * statistics.Loss) + (law.ExcessKurtosis == 0 ? 0 : law.ExcessKurtosis * kernel.Cumulant()) };
        for (var k = 0; k < PhaseObservables.Readers.Length; k++)
            row[k] = PhaseObservables.Readers[k](statistics);
        (row[Near], row[Far]) = (sums.Near / modes.Dimension, sums.Far / modes.Dimension);

        // The loss over the rows takes long.
        row[RowLoss] = isSaved ? kernel.RowLoss() : double.NaN;
    }

    public void Write(IBufferWriter<byte> to)
    {
        var head = to.GetSpan(sizeof(long) + sizeof(int));
        BinaryPrimitives.WriteInt64LittleEndian(head, kernel.Step);
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(long)..], kernel.Frame);
        to.Advance(sizeof(long) + sizeof(int));
        to.Write(kernel.Bytes);
    }

    public void Read(ReadOnlySpan<byte> from) =>
        kernel.Restore(BinaryPrimitives.ReadInt64LittleEndian(from), BinaryPrimitives.ReadInt32LittleEndian(from[sizeof(long)..]), from[(sizeof(long) + sizeof(int))..]);
}

/// <summary>The phase events of rows of SGD: those of the means of s and u.</summary>
internal sealed class PhaseWatch(PhaseRetrievalProblem problem, WeightedModes modes) : IEventWatch
{
    private readonly PhaseEvents events = new(problem, modes.TeacherOverlap);

    public bool AreComplete => events.AreComplete;

    public void Begin(ReadOnlySpan<double> row) => events.Begin(Statistics(row));

    public bool Happens(ReadOnlySpan<double> row) => events.Happens(Statistics(row));

    public void Mark(ReadOnlySpan<double> row, double time) => events.Mark(Statistics(row), time);

    public IReadOnlyDictionary<string, double?> ToDictionary() => events.ToDictionary();

    private PhaseStatistics Statistics(ReadOnlySpan<double> row) => PhaseStatistics.FromOverlaps(row[0], row[SgdTrajectory.TeacherOverlap], 0, modes.TeacherOverlap, modes.Dimension);
}
