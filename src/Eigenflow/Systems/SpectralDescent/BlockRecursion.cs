using System.Diagnostics;
using System.Globalization;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Population descent on the invariant blocks W = Σ_j w_j P_j O: exact up to rounding for every dimension. Needs a teacher that is an eigenvector of Q and a start α O.
/// Work O(K) per step for K blocks, three for a spiked covariance of any dimension, twice: a twin tells from which step on the rows are chaotic (<see cref="ChaoticRows"/>).
/// </summary>
public sealed record BlockRecursion : SpectralDescentMethod
{
    private const int MostWeightColumns = 2000;

    /// <inheritdoc/>
    public override string Name => Rule.Direction is NewtonSchulzDirection ? "muon-population" : RuleName;

    /// <summary>Whether every coefficient is a column (w1, w2, …).</summary>
    public bool KeepsWeights { get; init; }

    internal override Solution Solve(SpectralDescentProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var schedule = MakeSchedule(problem);
        var grid = Grid(schedule);
        var blocks = problem.Blocks();
        if (KeepsWeights && blocks.Count > MostWeightColumns)
            throw new ParameterException("weights", "all", $"none for more than {MostWeightColumns} blocks", "lower dimension");
        var clock = Stopwatch.StartNew();
        var engine = Rule.Direction.Blocks(blocks, Rule.Momentum);
        engine.Schedule = schedule;
        engine.Tracker = new PhaseTracker { EscapeResidual = -0.9 * blocks.SignalEigenvalue, ContractionSquare = SpectralTheory.ContractionSquare(blocks, Rule), LoudSlope = Rule.Direction.IsSignLike ? 0 : -0.05 * blocks.LoudEigenvalue * blocks.SignalEigenvalue };
        var weights = new List<double[]>();
        var (rows, status) = DescentLoop.Run(engine, grid, progress, cancellation, () =>
        {
            if (KeepsWeights)
                weights.Add((double[])engine.Weights.Clone());
        });
        if (status.Outcome == SolveOutcome.Diverged)
            status = status with { Message = Divergence(engine.Step, blocks, Rule) };
        var steps = grid[..rows.Count];
        var twin = Rule.Direction.Blocks(blocks, Rule.Momentum);
        twin.Schedule = schedule;
        twin.RateFactor = 1 + ChaoticRows.Perturbation;
        var chaos = status.Outcome == SolveOutcome.Completed ? ChaoticRows.Warning(steps, rows, DescentLoop.Run(twin, steps, null, cancellation).Rows) : [];
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
        }, [.. DescentWarnings.Of(problem, Rule, schedule, blocks.LoudEigenvalue, blocks.SignalEigenvalue, isBlocks: true), .. cancellation.IsCancellationRequested ? [] : chaos]);
    }

    /// <summary>The message of a trajectory that is no longer finite.</summary>
    internal static string Divergence(long step, BlockSystem blocks, UpdateRule rule)
    {
        var limit = GradientDescentTheory.LargestLearningRate(blocks.SignalEigenvalue, blocks.LoudEigenvalue);
        var name = rule.Direction is GradientDirection ? "GD" : "the trajectory";
        var start = blocks.Scale * blocks.Scale * blocks.Trace >= blocks.SignalEigenvalue ? FormattableString.Invariant($", and start-scale below 1/√tr Q = {1 / Math.Sqrt(blocks.Trace):G3}") : "";
        return FormattableString.Invariant($"{name} diverged at step {step}; reduce learning-rate below 1/(1+lambda) = {limit:G4} (the largest stable one of GD){start}; the trajectory is kept up to there");
    }
}
