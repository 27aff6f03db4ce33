using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population gradient flow ẇ = −∇L by the stiff solver (order 5, adaptive, dense output). Exact up to the tolerance.
/// Work: O(log T) steps of O(n) with n the number of modes, or of nodes after compression (about 50 per octave of λ); memory about 30 n doubles.
/// </summary>
public sealed record GradientFlow : FlowMethod
{
    /// <inheritdoc/>
    public override string Name => "flow";

    /// <summary>
    /// Whether <see cref="Solution.At"/> can be asked for any time of the trajectory. Default true. It costs a copy of 5 n doubles per step; turn it off where
    /// the saved rows are enough.
    /// </summary>
    public bool KeepsDenseOutput { get; init; } = true;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        var modes = problem.Rotation != 0 ? RotatedModes.Of(problem) : problem.Modes(Modes, RelativeTolerance, context.Cancellation).Merged();
        var times = Grid(modes);
        return Assemble(problem, Integrate(problem, new FlowSystem(modes), modes, times, context, keepsDenseOutput: KeepsDenseOutput));
    }
}
