using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population gradient flow ẇ = −∇L by the stiff solver (order 5, adaptive, dense output). Exact up to the tolerance.
/// Work: O(log T) steps of O(n) with n the number of modes, or of nodes after compression (about 50 per octave of λ); memory about 30 n doubles.
/// </summary>
public sealed record GradientFlow : ContinuousMethod
{
    /// <inheritdoc/>
    public override string Name => "flow";

    /// <summary>How the modes are carried. Default: full up to 2048 modes, compressed up to 2·10⁸, averaged above.</summary>
    public ModeRepresentation Modes { get; init; } = ModeRepresentation.Auto;

    /// <summary>
    /// Whether <see cref="Solution.At"/> can be asked for any time of the trajectory. Default true. It costs a copy of 5 n doubles per step; turn it off where
    /// the saved rows are enough.
    /// </summary>
    public bool KeepsDenseOutput { get; init; } = true;

    internal override Solution Solve(PhaseRetrievalProblem problem, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var modes = problem.Modes(Modes, cancellation).Merged();
        var times = Grid(modes.LargestEigenvalue, modes.SmallestEigenvalue, modes.TeacherOverlap);
        var system = new FlowSystem(modes);
        var result = ContinuousSolve.Run(
            system, system.InitialState, times, RelativeTolerance, new PhaseEvents(problem, modes.TeacherOverlap),
            modes.RepresentationName, progress, cancellation, keepsDenseOutput: KeepsDenseOutput);
        return Assemble(problem, PhaseObservables.Columns(result.Times, result.Rows), result.Events, result.Status, result.Statistics) with
        {
            Interpolant = result.Dense is { } dense ? time => PhaseObservables.Row(time, dense(time)) : null,
        };
    }
}
