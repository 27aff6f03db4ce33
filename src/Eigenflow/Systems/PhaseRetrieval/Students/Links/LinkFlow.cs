using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population gradient flow of another even link, y = h(⟨x, w*⟩) learned by h(⟨x, w⟩) (derived): ẇ_i = −2 L_s λ_i w_i − L_u λ_i w*_i with the exact loss of <see cref="LinkLandscape"/>. It is linear in the data of
/// every mode as the square is, so that modes are compressed alike. Exact up to the tolerance; work as of <see cref="GradientFlow"/>.
/// </summary>
public sealed record LinkFlow : FlowMethod
{
    // What a student that did not leave u = 0 has at most.
    private const double NoOverlap = 0.01;

    /// <inheritdoc/>
    public override string Name => "link-flow";

    /// <summary>The link. Default: the fourth Hermite polynomial, whose information exponent is 4.</summary>
    public LinkFunction Link { get; init; } = LinkFunction.Hermite4;

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var modes = problem.Modes(Modes, context.Cancellation).Merged();
        var coupling = new LinkCoupling(Link, modes.TeacherOverlap);
        var times = Grid(modes);
        var result = Integrate(problem, new FlowSystem(modes, link: coupling), modes, times, context);
        var (plateau, slope) = Plateau(coupling);
        var isTrap = slope < 0;
        var last = result.Rows.LastOrDefault();
        return Assemble(problem, result) with
        {
            Summary =
            [
                new("information-exponent", "k*", Link.InformationExponent, "Smallest degree of which the link has a Hermite part: the power of the overlap by which a settled student is driven is k* − 1."),
                new("plateau", "r₀", plateau, "s/s* at which a student without overlap settles."),
                new("plateau-rate", "κ", 4 * slope * modes.Moments(2).Teacher, "4 h′(0) s*⁽²⁾ on that plateau, the rate of u while s is held there: positive where a small u grows, 0 where the information exponent is above 2, negative where the plateau attracts."),
            ],
            Warnings = isTrap && Math.Abs(last.U) < NoOverlap * modes.TeacherOverlap && result.Status.Outcome == SolveOutcome.Completed
                ? [DisplayText.Plain($"the student ends without overlap (|u|/s* = {Math.Abs(last.U) / modes.TeacherOverlap:G2}, s/s* = {last.S / modes.TeacherOverlap:G4}): for link = {Link.Text} the set u = 0, s = {plateau:G4} s* is a minimum of the loss beside +-w*")]
                : [],
        };
    }

    /// <summary>r₀, and h′(0) there in units of s*: u grows on the plateau where it is positive.</summary>
    internal static (double SelfOverlap, double Slope) Plateau(LinkCoupling coupling)
    {
        var plateau = coupling.Landscape.Plateau();
        return (plateau, double.IsNaN(plateau) ? double.NaN : coupling.Landscape.HByLinear.At(0, plateau));
    }
}
