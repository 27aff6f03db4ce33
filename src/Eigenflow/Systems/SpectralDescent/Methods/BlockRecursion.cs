using System.Diagnostics;
using System.Globalization;
using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Population descent on the invariant blocks W = Σ_j w_j P_j O: exact up to rounding for every dimension. Needs a teacher that is an eigenvector of Q and a start α O.
/// Work O(K) per step for K blocks, three for a spiked covariance of any dimension, twice: a twin tells from which step on the rows are chaotic (<see cref="ChaoticRows"/>).
/// </summary>
public sealed record BlockRecursion : DescentMethod
{
    private const int MostWeightColumns = 2000;

    /// <inheritdoc/>
    public override string Name => Rule.Direction is NewtonSchulzDirection ? "muon-population" : RuleName;

    /// <summary>Whether every coefficient is a column (w1, w2, …).</summary>
    public bool KeepsWeights { get; init; }

    /// <summary>The blocks of a problem, where this method can follow them.</summary>
    /// <exception cref="ParameterException">It cannot.</exception>
    internal BlockSystem CheckProblem(SpectralDescentProblem problem) => !Rule.Direction.NeedsDiagonalBlocks || problem.Start.IsDiagonal
        ? problem.Blocks()
        : throw new ParameterException("arithmetic", "(of few digits)", "double for blocks of a start that is not α I", "rounding sees the entries of a matrix: use start = identity, or full-matrix mode: full-muon");

    internal override Solution Solve(SpectralDescentProblem problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var grid = Grid(schedule.Steps);
        var blocks = CheckProblem(problem);
        if (KeepsWeights && blocks.Count > MostWeightColumns)
            throw new ParameterException("weights", "all", $"none for more than {MostWeightColumns} blocks", "lower dimension");
        var clock = Stopwatch.StartNew();
        var engine = Rule.Direction.Blocks(blocks, Rule);
        engine.Schedule = schedule;
        engine.Tracker = new PhaseTracker { EscapeResidual = -0.9 * blocks.SignalEigenvalue, ContractionSquare = SpectralTheory.ContractionSquare(blocks, Rule), LoudSlope = Rule.Direction.IsSignLike ? 0 : -0.05 * blocks.LoudEigenvalue * blocks.SignalEigenvalue, LossTarget = LossTarget };
        var weights = new List<double[]>();
        var (rows, status) = SteppedRun.Run(engine, grid, context, () => Diverged(engine.Step, blocks, Rule), () =>
        {
            if (KeepsWeights)
                weights.Add((double[])engine.Weights.Clone());
        });
        var steps = grid[..rows.Count];
        var twin = Rule.Direction.Blocks(blocks, Rule);
        twin.Schedule = schedule;
        twin.RateFactor = 1 + ChaoticRows.Perturbation;
        var chaos = status.Outcome == SolveOutcome.Completed ? ChaoticRows.Warning(steps, rows, SteppedRun.Run(twin, steps, context with { Progress = null }, () => default).Rows) : [];
        var columns = DescentColumns.Of(steps, schedule, rows);
        for (var j = 0; j < (KeepsWeights ? blocks.Count : 0); j++)
        {
            var index = j;
            var number = (j + 1).ToString(CultureInfo.InvariantCulture);
            columns.Add(new Observable("w" + number, "w_" + number, $"Coefficient of block {number}.", [.. weights.Select(row => row[index])]));
        }

        return Assemble(problem, schedule, columns, engine.Tracker, status, new SolverStatistics
        {
            Steps = engine.Step,
            Evaluations = engine.Step,
            StateSize = blocks.Count,
            Modes = "blocks",
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, [.. DescentWarnings.Of(problem, Rule, schedule, blocks.LoudEigenvalue, blocks.SignalEigenvalue, isBlocks: true), .. context.Cancellation.IsCancellationRequested ? [] : chaos]);
    }

    // What is said of a trajectory that is no longer finite.
    private static Divergence Diverged(long step, BlockSystem blocks, UpdateRule rule)
    {
        var start = blocks.Scale * blocks.Scale * blocks.Trace >= blocks.SignalEigenvalue ? DisplayText.Plain($", and start-scale below 1/√tr Q = {1 / Math.Sqrt(blocks.Trace):G3}") : "";
        return DescentPhases.Diverged(step, rule, GradientDescentTheory.LargestLearningRate(blocks.SignalEigenvalue, blocks.LoudEigenvalue), "the largest stable one of GD", start);
    }
}
