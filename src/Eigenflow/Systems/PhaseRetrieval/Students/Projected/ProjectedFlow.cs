using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population flow of a student whose norm is held at the teacher's, s = wᵀQw = s* (derived; <see cref="ProjectedSystem"/>). The start is scaled to it. While u is small it grows as e^(8 s*⁽²⁾ t) on the tangent, whatever the start.
/// Exact up to the tolerance; work as of <see cref="GradientFlow"/>.
/// </summary>
public sealed record ProjectedFlow : FlowMethod
{
    /// <inheritdoc/>
    public override string Name => "projected";

    /// <summary>How the norm is held. Default: tangent.</summary>
    public NormProjection Projection { get; init; }

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var modes = problem.Modes(Modes, context.Cancellation).Merged();
        if (!(modes.Moments(1).Start > 0))
            throw new ParameterException("start", "(s(0) = 0)", "a start with wᵀQw > 0", "its norm is to be scaled to the teacher's");
        var system = new ProjectedSystem(modes, Projection);
        return Assemble(problem, ContinuousRun.Run(system, system.InitialState, Grid(modes), RelativeTolerance, new PhaseEvents(problem, modes.TeacherOverlap, ErrorOfOverlaps), modes.RepresentationName, context)) with
        {
            Summary = [new("tangent-rate", "8 s*⁽²⁾", 8 * modes.Moments(2).Teacher, "Rate at which a small u grows on the tangent.")],
        };
    }
}
