using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Population descent of the whole matrix W: any covariance, teacher, width and start. a, b and c are ‖Wᵀθ‖, the length of the row of W on the loudest direction, and the root mean square of the rows of the bulk.
/// Work per step 2 d m² operations, and a thin SVD (spectral, fractional) or Newton–Schulz iterations (muon); these twice, at the same time where there are two cores, because a twin tells from which
/// step on the rows are chaotic (<see cref="ChaoticRows"/>). Events are located to the saved rows.
/// </summary>
public sealed record MatrixRecursion : DescentMethod
{
    /// <inheritdoc/>
    public override string Name => "full-" + RuleName;

    internal override Solution Solve(SpectralDescentProblem problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var grid = Grid(schedule.Steps);
        var system = MatrixSystem.Of(problem);
        var clock = Stopwatch.StartNew();
        var engine = new MatrixEngine(system, new PopulationGradient(system), Rule, schedule);
        List<Observation> rows = [], twins = [];
        var status = SolveStatus.Completed;
        Parallel.Invoke(
            () => (rows, status) = SteppedRun.Run(engine, grid, context, () => DescentPhases.Diverged(engine.Step, Rule, system)),
            () => twins = Rule.Direction is GradientDirection ? [] : SteppedRun.Run(new MatrixEngine(system, new PopulationGradient(system), Rule, schedule) { RateFactor = 1 + ChaoticRows.Perturbation }, grid, context with { Progress = null }, () => default).Rows);
        var chaos = Rule.Direction is GradientDirection || status.Outcome != SolveOutcome.Completed || twins.Count < rows.Count ? [] : ChaoticRows.Warning(grid, rows, twins);
        var tracker = DescentPhases.Track(system, Rule, LossTarget, grid, rows);
        return Assemble(problem, schedule, DescentColumns.Of(grid[..rows.Count], schedule, rows), tracker, status, new SolverStatistics
        {
            Steps = engine.Step,
            Evaluations = engine.Step,
            StateSize = system.Dimension * (long)system.Width,
            Modes = "matrix",
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, [.. DescentWarnings.Of(problem, Rule, schedule, system.Eigenvalues[system.Loud], DescentPhases.SignalVariance(system), isBlocks: false), .. chaos]);
    }
}
