using System.Diagnostics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Population descent of the whole matrix W: any covariance, teacher, width and start. a, b and c are ‖Wᵀθ‖, the length of the row of W on the loudest direction, and the root mean square of the rows of the bulk.
/// Work per step 2 d m² operations, and a thin SVD (spectral, fractional) or Newton–Schulz iterations (muon); these twice, at the same time where there are two cores, because a twin tells from which
/// step on the rows are chaotic (<see cref="ChaoticRows"/>). Events are located to the saved rows.
/// </summary>
public sealed record MatrixRecursion : SpectralDescentMethod
{
    /// <inheritdoc/>
    public override string Name => "full-" + RuleName;

    internal override Solution Solve(SpectralDescentProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var schedule = MakeSchedule(problem);
        var grid = Grid(schedule);
        var system = MatrixSystem.Of(problem);
        var clock = Stopwatch.StartNew();
        var engine = new MatrixEngine(system, new PopulationGradient(system), Rule, schedule);
        List<Observation> rows = [], twins = [];
        var status = SolveStatus.Completed;
        Parallel.Invoke(
            () => (rows, status) = DescentLoop.Run(engine, grid, progress, cancellation),
            () => twins = Rule.Direction is GradientDirection ? [] : DescentLoop.Run(new MatrixEngine(system, new PopulationGradient(system), Rule, schedule) { RateFactor = 1 + ChaoticRows.Perturbation }, grid, null, cancellation).Rows);
        var chaos = Rule.Direction is GradientDirection || status.Outcome != SolveOutcome.Completed || twins.Count < rows.Count ? [] : ChaoticRows.Warning(grid, rows, twins);
        var tracker = DescentLoop.Track(system, Rule, grid, rows);
        if (status.Outcome == SolveOutcome.Diverged)
            status = status with { Message = DescentLoop.Divergence(engine.Step, system, Rule) };
        return Assemble(problem, schedule, DescentColumns.Of(grid[..rows.Count], schedule, rows), tracker, status, new SolverStatistics
        {
            Steps = engine.Step,
            Evaluations = engine.Step,
            StateSize = system.Dimension * (long)system.Width,
            Modes = "matrix",
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, [.. DescentWarnings.Of(problem, Rule, schedule, system.Eigenvalues[system.Loud], DescentLoop.SignalVariance(system), isBlocks: false), .. chaos]);
    }
}
