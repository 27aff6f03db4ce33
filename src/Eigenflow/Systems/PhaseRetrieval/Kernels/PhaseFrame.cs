using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The variables in which a state is carried, y = w or the deviation y = w − σ w* from one sign of the teacher, with what follows from the two sums
/// q = Σ m λ (σ w*) y and p = Σ m λ y². Every formula is exact in both; they differ in the digits that are left near the teacher.
/// </summary>
/// <remarks>
/// A state with L ≥ s*² belongs to y = w. Where L is below that, 4u² = 3s² + 3s*² − 2ss* − L with the least value 8s*²/3 of the first terms gives |u| ≥ 0.645 s*,
/// and with u² ≤ ss* also 0.42 s* ≤ s ≤ 1.58 s*: the subtraction loses no digit. Along the flow L never rises, so that the sign of u is settled for good: with u = 0
/// the loss is 8s*²/3 at least. Steps of finite size may raise L; above 2s*² (|u| may then be as small as 0.41 s*) the state goes back to y = w.
/// </remarks>
/// <param name="IsDeviation">Whether y = w − σ w*.</param>
/// <param name="Sign">σ; 1 where y = w.</param>
internal readonly record struct PhaseFrame(bool IsDeviation, int Sign)
{
    private const double Enter = 1, Leave = 2;

    /// <summary>y = w.</summary>
    public static readonly PhaseFrame Absolute = new(false, 1);

    /// <summary>g and h of ẏ_j = 4λ_j (g y_j + h σ w*_j).</summary>
    /// <param name="linear">q.</param>
    /// <param name="quadratic">p.</param>
    /// <param name="overlap">s*, or that of what the student converges to.</param>
    /// <param name="visible">γ, the part that a student of few modes sees (<see cref="StudentTarget"/>); 1 for one of all modes.</param>
    public (double G, double H) Drift(double linear, double quadratic, double overlap, double visible = 1) => IsDeviation
        ? ((-2 * visible * overlap) - (6 * linear) - (3 * quadratic), (-(6 - (2 * visible)) * linear) - (3 * quadratic))
        : (((3 - (2 * visible)) * overlap) - (3 * quadratic), 2 * visible * linear);

    /// <summary>Partial derivatives of g and h with respect to q and p.</summary>
    public CoupledSlopes Slopes(double visible = 1) => IsDeviation ? new(-6, -3, -(6 - (2 * visible)), -3) : new(0, -3, 2 * visible, 0);

    /// <summary>s.</summary>
    public double SelfOverlap(double linear, double quadratic, double overlap) => IsDeviation ? overlap + (2 * linear) + quadratic : quadratic;

    /// <summary>The statistics.</summary>
    /// <param name="linear">q.</param>
    /// <param name="quadratic">p.</param>
    /// <param name="squaredDistance">min(‖w − w*‖², ‖w + w*‖²).</param>
    /// <param name="overlap">s*.</param>
    /// <param name="dimension">d.</param>
    public PhaseStatistics Statistics(double linear, double quadratic, double squaredDistance, double overlap, double dimension) => IsDeviation
        ? PhaseStatistics.FromDeviation(linear, quadratic, squaredDistance, Sign, overlap, dimension)
        : PhaseStatistics.FromOverlaps(quadratic, linear, squaredDistance, overlap, dimension);

    /// <summary>L less the least that the student can have.</summary>
    public double Loss(double linear, double quadratic, double overlap, double visible = 1) => IsDeviation
        ? PhaseStatistics.LossOfDeviation(linear, quadratic, overlap, visible)
        : PhaseStatistics.LossOf(quadratic, linear, overlap, visible);

    /// <summary>u.</summary>
    public double TeacherOverlap(double linear, double overlap) => IsDeviation ? Sign * (overlap + linear) : linear;

    /// <summary>The frame that a state should be in; its sign is that of u, to whose other side a step that is too long may throw it.</summary>
    /// <param name="loss">L.</param>
    /// <param name="u">u, of any size.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="visible">γ: the saddle has the loss 4γ(1 − γ/3)s*², and both thresholds keep their distance to it.</param>
    public PhaseFrame Proper(double loss, double u, double overlap, double visible = 1)
    {
        if (IsDeviation && Math.Sign(u) == Sign)
            return loss > Leave * visible * overlap * overlap ? Absolute : this;
        return loss < Enter * visible * overlap * overlap ? new PhaseFrame(true, Math.Sign(u)) : Absolute;
    }

    /// <summary>The frame that the state of two sums should be in.</summary>
    /// <param name="linear">q.</param>
    /// <param name="quadratic">p.</param>
    /// <param name="overlap">s*.</param>
    /// <param name="visible">γ.</param>
    public PhaseFrame ProperOf(double linear, double quadratic, double overlap, double visible = 1) =>
        Proper(Loss(linear, quadratic, overlap, visible), TeacherOverlap(linear, overlap), overlap, visible);

    /// <summary>Factors of the teacher as it stands (with its sign σ) that give w − w* and w + w*, in either order, when added to y.</summary>
    /// <param name="part">The part 1/c of what the student converges to that w* is.</param>
    public (double First, double Second) Shifts(double part = 1) => IsDeviation ? (1 - part, 1 + part) : (-part, part);
}
