using Eigenflow.Dynamics;
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
internal sealed partial class FlowSystem : IContinuousModel<PhaseStatistics>, ICoupledSystem
{
    // Below this an entry has died out: without the floor an error of zero would be compared with a state of zero.
    private const double Underflow = 1e-290;

    // Errors of steps add up along the trajectory: with these factors the error at the end stays below 10 × the tolerance. The largest error of a few entries is
    // nearer to that of their sums than the largest of many, and a small start takes more growth by factors e until it escapes.
    private const double LateCaution = 2, EscapeCaution = 3, CautionOfFew = 14, UsualGrowth = 6;

    // Where a link drives u by a power of itself the student waits on a plateau far longer than it takes to leave it, and an error of that time is as much larger in what is seen at one time.
    private const double CautionOfLinks = 30;

    // Entries that make up less of the overlap than this are measured as if they made up so much.
    private const double LeastPart = 1e-200;

    // Of the tolerance of 1 − u and 1 − s, what entries that decay together may take.
    private const double LatePart = 0.05;

    // A smaller start is carried in units of its own, because its squares would leave the range of numbers; they grow with it in these strides.
    private const double SmallestPlainStart = 1e-60;
    private const int UnitExponent = 100;

    private readonly double[] rates;
    private readonly double[] weightedRates;
    private readonly double[] floors;
    private readonly double[] lateFloors;
    private readonly double[] weights;
    private readonly int size;
    private readonly StudentTarget target;
    private readonly ErrorMetric? metric;
    private readonly double overlap;
    private readonly bool isLinear;
    private readonly LinkCoupling? link;
    private readonly double escapeCaution;
    private readonly double lateCaution;
    private double[] teacher;
    private PhaseFrame frame = PhaseFrame.Absolute;
    private double unit = 1;

    /// <param name="modes">The modes.</param>
    /// <param name="isLinear">Whether s is dropped from the drift, as in Phase I (s ≈ 0).</param>
    /// <param name="link">Another link than the square, or null.</param>
    public FlowSystem(WeightedModes modes, bool isLinear = false, LinkCoupling? link = null)
    {
        this.isLinear = isLinear;
        this.link = link;
        size = modes.Size;
        rates = VectorLoops.Padded(size);
        weightedRates = VectorLoops.Padded(size);
        teacher = VectorLoops.Padded(size);
        target = modes.Target;
        metric = modes.Metric;
        target.Scaled(modes.Teacher).CopyTo(teacher, 0);
        floors = VectorLoops.Padded(size);
        weights = modes.Weights;
        overlap = target.Overlap;

        // An entry whose teacher coefficient happens to be small is measured against what the sums see: ‖w*‖/√d for the MSE, √s* for s and u, because Σ λ = 1.
        var typical = Math.Min(Math.Sqrt(Math.Abs(modes.TeacherNormSquared) / modes.Dimension), Math.Sqrt(overlap));
        for (var j = 0; j < size; j++)
        {
            rates[j] = 4 * modes.Rates[j];
            weightedRates[j] = modes.Weights[j] * modes.Eigenvalues[j];
            floors[j] = Math.Abs(teacher[j]) + (0.1 * typical);
        }

        lateFloors = LateFloors();
        var largest = modes.Start.Max(Math.Abs);
        if (largest > 0 && largest < SmallestPlainStart && link is null)
            unit = Math.ScaleB(1, Math.ILogB(largest));
        InitialState = [.. modes.Start.Select(value => value / unit)];
        var (_, quadratic) = Overlaps(InitialState);
        var growth = quadratic > 0 ? (0.5 * Math.Log(overlap / quadratic)) - Math.Log(unit) : 0;
        lateCaution = LateCaution + (CautionOfFew / Math.Sqrt(size));
        escapeCaution = (EscapeCaution + (CautionOfFew / Math.Sqrt(size))) * Math.Max(1, growth / UsualGrowth) * (link is { IsSquare: false } ? CautionOfLinks : 1);
    }

    public int Size => size;

    public int Rank => 2;

    public bool IsAutonomous => true;

    /// <summary>The start in the variables of the system.</summary>
    public double[] InitialState { get; }

    /// <summary>w is this times the state, unless the form is deviation; 1 unless the start is tiny.</summary>
    public double Unit => unit;

    /// <summary>Whether the state is the deviation from the teacher.</summary>
    public bool IsDeviation => frame.IsDeviation;

    /// <summary>Sign of the teacher that the student approaches, once the form is deviation.</summary>
    public int Sign => frame.Sign;

    public PhaseStatistics Observe(ReadOnlySpan<double> state)
    {
        var (linear, quadratic) = Overlaps(state);
        var (near, far) = SquaredDistances(state);
        var statistics = target.Statistics(frame, unit * linear, unit * unit * quadratic, Math.Min(near, far));
        return link is null ? statistics : statistics with { Loss = link.Loss(frame, linear, quadratic) };
    }

    /// <summary>Passes to the frame that the state belongs to (<see cref="PhaseFrame"/>), and to larger units where the start was tiny.</summary>
    public bool Reformulate(Span<double> state, PhaseStatistics statistics)
    {
        if (unit < 1)
            return Rescale(state);
        var proper = isLinear ? frame : link?.Proper(frame, statistics) ?? frame.Proper(target.Reducible(statistics), statistics.U, overlap, target.Visible);
        if (proper == frame)
            return false;
        if (frame.IsDeviation)
        {
            for (var j = 0; j < size; j++)
                state[j] += teacher[j];
        }

        var turn = frame.Sign * proper.Sign;
        teacher = Array.ConvertAll(teacher, value => turn * value);
        frame = proper;
        if (frame.IsDeviation)
        {
            for (var j = 0; j < size; j++)
                state[j] -= teacher[j];
        }

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

    // An error of an entry reaches 1 − u and 1 − s through its part of the overlap, which is small for slow entries and all that are slower: until they are that small themselves, their own digits need not be kept.
    private double[] LateFloors()
    {
        var order = Enumerable.Range(0, size).ToArray();
        var keys = rates[..size];
        Array.Sort(keys, order);
        var result = VectorLoops.Padded(size);
        var sum = 0.0;
        for (int first = 0, end; first < size; first = end)
        {
            for (end = first; end < size && keys[end] == keys[first]; end++)
                sum += Math.Abs(weightedRates[order[end]]) * floors[order[end]] * floors[order[end]];
            for (var k = first; k < end; k++)
                result[order[k]] = floors[order[k]] * (LatePart * overlap / Math.Max(sum, LeastPart * overlap));
        }

        return result;
    }

    // w = unit · y is linear in y as long as its squares do not matter.
    private bool Rescale(Span<double> state)
    {
        var (_, quadratic) = Overlaps(state);
        var growth = Math.ScaleB(1, UnitExponent);
        var isPlain = unit * unit * quadratic > SmallestPlainStart * SmallestPlainStart * overlap;
        if (!isPlain && !(quadratic > growth * growth * overlap))
            return false;
        var larger = isPlain ? 1 : Math.Min(1, unit * growth);
        for (var j = 0; j < size; j++)
            state[j] *= unit / larger;
        unit = larger;
        return true;
    }

    public bool HasFollowers => frame.IsDeviation;

    public CoupledVectors Vectors => new(rates, weightedRates, teacher);

    public CoupledSlopes Slopes(double linear, double quadratic)
    {
        if (link is not null)
            return link.Slopes(frame, linear, quadratic);
        var slopes = frame.Slopes(target.Visible);
        return frame.IsDeviation ? slopes : slopes with { GQuadratic = isLinear ? 0 : unit * unit * slopes.GQuadratic };
    }

    public (double G, double H) Drift(double linear, double quadratic) => link is null
        ? frame.Drift(linear, isLinear ? 0 : unit * unit * quadratic, overlap, target.Visible)
        : link.Drift(frame, linear, quadratic);
}
