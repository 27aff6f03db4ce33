using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The flow of isotropic inputs of the same dimension, from the same teacher and start normalised for λ_i = 1/d. It closes on two numbers,
/// ṡ = (8/d)(s* − 3s)s + (16/d)u², u̇ = (4/d)(s* − 3s)u + (8/d)us* (arXiv 2511.18661, isotropic reference). They are carried as the parts of the student along the
/// teacher and orthogonal to it, which keep the digits that s − u²/s* would lose. Exact; it converges exponentially and is the reference curve of every comparison.
/// Work O(1) per step after one pass over teacher and start.
/// </summary>
public sealed record IsotropicReduction : FlowMethod
{
    /// <inheritdoc/>
    public override string Name => "isotropic";

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        // One eigenvalue needs one node, so that compression is exact here and takes O(1) memory.
        var representation = problem.Resolve(Modes) == ModeRepresentation.Averaged ? ModeRepresentation.Averaged : ModeRepresentation.Compressed;
        var modes = problem.Isotropic().Modes(representation, context.Cancellation).Merged();
        var times = Grid(modes);
        return Assemble(problem, Integrate(problem, new FlowSystem(modes), modes, times, context, "reduced", keepsDenseOutput: true));
    }
}
