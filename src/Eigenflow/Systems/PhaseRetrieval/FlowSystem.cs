using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The population gradient flow ẇ_j = 4λ_j (s* − 3s) w_j + 8λ_j u w*_j on weighted modes (arXiv 2511.18661), in two forms with one right-hand side
/// ẏ_j = 4λ_j (g y_j + h w*_j), where q = Σ m λ w* y and p = Σ m λ y²:
/// absolute, y = w: g = s* − 3p, h = 2q (here u = q, s = p); deviation, y = w − w*: g = −2s* − 6q − 3p, h = −4q − 3p, which keeps the relative
/// accuracy of 1 − s, 1 − u, loss and MSE down to underflow.
/// The Jacobian is diag(4λ_j g) plus rank 2. Work per evaluation: two passes over the entries; memory O(entries).
/// Sums run in eight fixed lanes, so results do not depend on the vector width of the machine.
/// </summary>
internal sealed partial class FlowSystem : IPhaseModel, ICoupledSystem
{
    // Below this an entry has died out: without the floor an error of zero would be compared with a state of zero.
    private const double Underflow = 1e-290;

    // Errors of steps add up along the escape: with this factor the error at the end stays below 10 × the tolerance for random teachers too.
    private const double Caution = 2;

    private readonly double[] rates;
    private readonly double[] weightedRates;
    private readonly double[] floors;
    private readonly double[] weights;
    private readonly int size;
    private readonly double overlap;
    private readonly double dimension;
    private readonly bool isLinear;
    private double[] teacher;

    /// <param name="modes">The modes.</param>
    /// <param name="isLinear">Whether s is dropped from the drift, as in Phase I (s ≈ 0).</param>
    public FlowSystem(WeightedModes modes, bool isLinear = false)
    {
        this.isLinear = isLinear;
        size = modes.Size;
        rates = VectorLoops.Padded(size);
        weightedRates = VectorLoops.Padded(size);
        teacher = VectorLoops.Padded(size);
        modes.Teacher.CopyTo(teacher, 0);
        floors = VectorLoops.Padded(size);
        weights = modes.Weights;
        overlap = modes.TeacherOverlap;
        dimension = modes.Dimension;
        Sign = 1;

        // An entry whose teacher coefficient happens to be small is still measured against the typical one.
        var typical = Math.Sqrt(Math.Abs(modes.TeacherNormSquared) / modes.Dimension);
        for (var j = 0; j < size; j++)
        {
            rates[j] = 4 * modes.Eigenvalues[j];
            weightedRates[j] = modes.Weights[j] * modes.Eigenvalues[j];
            floors[j] = Math.Abs(teacher[j]) + (0.1 * typical);
        }
    }

    public int Size => size;

    public int Rank => 2;

    public bool IsAutonomous => true;

    /// <summary>Whether the state is the deviation from the teacher.</summary>
    public bool IsDeviation { get; private set; }

    /// <summary>Sign of the teacher that the student approaches, once the form is deviation.</summary>
    public int Sign { get; private set; }

    public PhaseStatistics Observe(ReadOnlySpan<double> state)
    {
        var (linear, quadratic) = Overlaps(state);
        var (near, far) = SquaredDistances(state);
        return IsDeviation
            ? PhaseStatistics.FromDeviation(linear, quadratic, Math.Min(near, far), Sign, overlap, dimension)
            : PhaseStatistics.FromOverlaps(quadratic, linear, Math.Min(near, far), overlap, dimension);
    }

    /// <summary>
    /// Passes to the deviation once both overlaps are past the saddle (s > s*/3 and |u| > s*/2): from there the sign of u is settled, and the
    /// subtraction loses no digit.
    /// </summary>
    public bool Reformulate(Span<double> state, PhaseStatistics statistics)
    {
        if (IsDeviation || isLinear || statistics.S < overlap / 3 || Math.Abs(statistics.U) < overlap / 2)
            return false;
        Sign = Math.Sign(statistics.U);
        IsDeviation = true;
        teacher = Array.ConvertAll(teacher, value => Sign * value);
        for (var j = 0; j < size; j++)
            state[j] -= teacher[j];
        return true;
    }

    public Func<double[], PhaseStatistics> Observer()
    {
        // The arrays are never changed in place, so that a shallow copy keeps the form of this moment.
        var now = (FlowSystem)MemberwiseClone();
        return state => now.Observe(state);
    }

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        var (linear, quadratic) = Overlaps(state);
        var (g, h) = Drift(linear, quadratic);
        Combine(state, derivative, g, h);
    }

    public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative) => derivative.Clear();

    public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
    {
        var (linear, quadratic) = Overlaps(state);
        var (g, _) = Drift(linear, quadratic);

        // ∂q/∂y = m λ w*, ∂p/∂y = 2 m λ y.
        var (gq, gp, hq, hp) = Slopes(linear, quadratic);
        var diagonal = jacobian.Diagonal;
        var leftLinear = jacobian.Left(0);
        var leftQuadratic = jacobian.Left(1);
        var rightLinear = jacobian.Right(0);
        var rightQuadratic = jacobian.Right(1);
        for (var j = 0; j < state.Length; j++)
        {
            diagonal[j] = rates[j] * g;
            leftLinear[j] = rates[j] * ((gq * state[j]) + (hq * teacher[j]));
            leftQuadratic[j] = rates[j] * 2 * ((gp * state[j]) + (hp * teacher[j]));
            rightLinear[j] = weightedRates[j] * teacher[j];
            rightQuadratic[j] = weightedRates[j] * state[j];
        }
    }

    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        var (linear, quadratic) = Overlaps(after);
        return ErrorNorm(before, after, error, relativeTolerance, linear, quadratic);
    }

    public CoupledVectors Vectors => new(rates, weightedRates, teacher);

    public CoupledSlopes Slopes(double linear, double quadratic) =>
        IsDeviation ? new(-6, -3, -4, -3) : new(0, isLinear ? 0 : -3, 2, 0);

    public (double G, double H) Drift(double linear, double quadratic) => IsDeviation
        ? ((-2 * overlap) - (6 * linear) - (3 * quadratic), (-4 * linear) - (3 * quadratic))
        : (isLinear ? overlap : overlap - (3 * quadratic), 2 * linear);
}
