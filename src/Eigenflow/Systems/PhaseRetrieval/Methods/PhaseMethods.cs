using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A method in continuous time.</summary>
public abstract record TimeMethod : ContinuousMethod<PhaseRetrievalProblem>
{
    // With a preconditioner, without the slow modes, or where all modes are nearly alike, all may relax sooner than the student escapes.
    private const double EscapeTimes = 3;

    // A saddle on the way makes the escape later than its theory, by a part of it.
    private const double Slowed = 2;

    // Errors of steps add up to ten times the tolerance at most.
    private const double ErrorOfTolerance = 10;

    /// <summary>The relative error of s and u that the tolerance promises.</summary>
    private protected virtual double ErrorOfOverlaps => ErrorOfTolerance * RelativeTolerance;

    /// <summary>Saved times; by default up to the power of ten at which the slowest mode has relaxed, t ≥ 1/(8 λ_min s*), and beyond the escape, where that comes later.</summary>
    private protected double[] Grid(WeightedModes modes)
    {
        var relaxed = 1 / (8 * modes.SmallestRate * modes.TeacherOverlap);
        var escape = Until is null && Times is null ? EscapeTheory.Of(modes).TimeTo(modes.TeacherOverlap) : 0;
        var isLate = modes.Preconditioner > 0 || modes.Metric is not null || modes.Hidden != default || Slowed * escape > DefaultEnd(relaxed);
        return Grid(0.01 / (8 * modes.LargestRate * modes.TeacherOverlap), isLate && double.IsFinite(escape) ? Math.Max(relaxed, EscapeTimes * escape) : relaxed);
    }
}

/// <summary>A method in continuous time on modes that may be compressed.</summary>
public abstract record FlowMethod : TimeMethod
{
    /// <summary>How the modes are carried. Default: full up to 2048 modes, compressed up to 2·10⁸, averaged above.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    /// <summary>The flow of a system of modes over saved times.</summary>
    private protected ContinuousResult<PhaseStatistics> Integrate(PhaseRetrievalProblem problem, FlowSystem system, WeightedModes modes, double[] times, SolveContext context, string? name = null, bool keepsDenseOutput = false) =>
        ContinuousRun.Run(system, system.InitialState, times, RelativeTolerance, new PhaseEvents(problem, modes.TeacherOverlap, ErrorOfOverlaps), name ?? modes.RepresentationName, context, keepsDenseOutput: keepsDenseOutput);

    /// <summary>The solution of an integration.</summary>
    private protected Solution Assemble(PhaseRetrievalProblem problem, ContinuousResult<PhaseStatistics> result, IReadOnlyList<PhaseStatistics>? rows = null, SolveStatus? status = null) =>
        Assemble(problem, PhaseObservables.Columns(result.Times, rows ?? result.Rows), status ?? result.Status, result.Statistics, result.Events) with
        {
            Interpolant = result.Dense is { } dense ? time => PhaseObservables.Row(time, dense(time)) : null,
        };
}

/// <summary>A method that counts update steps; flow time is the sum of the learning rates.</summary>
public abstract record DescentMethod : ScheduledMethod<PhaseRetrievalProblem>
{
    /// <summary>The paper's learning rate.</summary>
    internal const double DefaultLearningRate = 1e-3;

    /// <summary>Steps where neither their number nor saved ones are given.</summary>
    internal const long DefaultStepCount = 100_000;

    private protected override double DefaultRate(PhaseRetrievalProblem problem) => DefaultLearningRate;

    private protected override long DefaultSteps(PhaseRetrievalProblem problem, double learningRate) => DefaultStepCount;

    /// <summary>What is said of a state that left every bound.</summary>
    /// <param name="step">The step.</param>
    /// <param name="learningRate">The largest of the schedule.</param>
    /// <param name="largestRate">The largest stable one near the teacher; not a number where none is known.</param>
    private protected static Divergence Diverged(long step, double learningRate, double largestRate) => new(
        DisplayText.Plain($"diverged at step {step} (state not finite or s > 1000 max(s*, s(0))) with learning-rate = {learningRate:G4}"),
        double.IsNaN(largestRate)
            ? DisplayText.Plain($"use learning-rate <= {learningRate / 2:G4}; the largest stable one near the teacher is known for Gaussian inputs only")
            : learningRate < largestRate
            ? DisplayText.Plain($"{largestRate:G4} is the largest stable one near the teacher, so that the start or the escape needs a smaller one: use learning-rate <= {learningRate / 2:G4}")
            : DisplayText.Plain($"use learning-rate < {largestRate:G4}, the largest stable one near the teacher, or less while the student escapes"));

    /// <summary>Runs an update rule without random numbers.</summary>
    private protected Solution Run(
        PhaseRetrievalProblem problem, ISteppedEngine<PhaseStatistics> engine, LearningRateSchedule schedule, PhaseEvents events, WeightedModes modes, double largestRate, string limit, SolveContext context) =>
        Run(problem, engine, schedule, events, modes, new Lazy<double>(largestRate), limit, context, row => row, PhaseObservables.Columns);

    /// <summary>Runs an update rule without random numbers that records more than the statistics of a state.</summary>
    private protected Solution Run<TRow>(
        PhaseRetrievalProblem problem, ISteppedEngine<TRow> engine, LearningRateSchedule schedule, PhaseEvents events, WeightedModes modes, Lazy<double> largestRate, string limit, SolveContext context,
        Func<TRow, PhaseStatistics> statistics, Func<IReadOnlyList<long>, LearningRateSchedule, IReadOnlyList<TRow>, List<Observable>> columns)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var grid = Grid(schedule.Steps);
        events.Begin(statistics(engine.Observe()));
        var (rows, status) = SteppedRun.Run(engine, grid, context, () => Diverged(engine.Step, schedule.Peak, largestRate.Value));
        return Assemble(problem, columns(grid[..rows.Count], schedule, rows), status, new SolverStatistics
        {
            Steps = engine.Step,
            Evaluations = engine.Step,
            StateSize = modes.Size,
            Modes = modes.RepresentationName,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, events.ToDictionary()) with
        { Warnings = status.Outcome == SolveOutcome.Cancelled ? [] : Stability.Warnings(schedule.Peak, largestRate.Value, limit, status) };
    }
}

/// <summary>Looks for events after every step of an update rule, so that they are those of the steps and not of the saved rows.</summary>
internal sealed class StepWatch(PhaseEvents events, LearningRateSchedule schedule, StudentTarget target)
{
    // Elementary operations of some ten milliseconds.
    private const double PieceWork = 1e7;

    /// <summary>Steps at most between two looks at progress and cancellation: they grow with the step, up to some ten milliseconds.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stepWork">About the number of elementary operations of one.</param>
    public static long Piece(long step, double stepWork) => Math.Clamp((long)(PieceWork / stepWork), 1, Math.Clamp(step / 8, 64, 1 << 16));

    /// <summary>The sums after a step.</summary>
    public void Look(PhaseFrame frame, double linear, double quadratic, long step)
    {
        if (events.AreComplete)
            return;
        var statistics = target.Statistics(frame, linear, quadratic, 0);
        if (events.Happens(statistics))
            events.Mark(statistics, schedule.TimeAt(step));
    }
}
