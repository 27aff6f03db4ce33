using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
internal sealed class FlowSystem : IPhaseModel, ICoupledSystem
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

    // Slow modes may still be nearer to the other sign of the teacher than the one that u approaches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Near, double Far) SquaredDistances(ReadOnlySpan<double> state)
    {
        var (nearShift, farShift) = IsDeviation ? (0.0, 2.0) : (-1.0, 1.0);
        ref var y = ref Unsafe.AsRef(in state[0]);
        ref var m = ref weights[0];
        ref var w = ref teacher[0];
        var nearShifts = Vector512.Create(nearShift);
        var farShifts = Vector512.Create(farShift);
        Vector512<double> nears = default, fars = default;
        var j = 0;
        for (; j <= state.Length - 8; j += 8)
        {
            var value = Vector512.LoadUnsafe(ref y, (nuint)j);
            var direction = Vector512.LoadUnsafe(ref w, (nuint)j);
            var weight = Vector512.LoadUnsafe(ref m, (nuint)j);
            var difference = Vector512.FusedMultiplyAdd(direction, nearShifts, value);
            var sum = Vector512.FusedMultiplyAdd(direction, farShifts, value);
            nears = Vector512.FusedMultiplyAdd(weight * difference, difference, nears);
            fars = Vector512.FusedMultiplyAdd(weight * sum, sum, fars);
        }

        double near = 0, far = 0;
        for (; j < state.Length; j++)
        {
            var difference = Math.FusedMultiplyAdd(teacher[j], nearShift, state[j]);
            var sum = Math.FusedMultiplyAdd(teacher[j], farShift, state[j]);
            near = Math.FusedMultiplyAdd(weights[j] * difference, difference, near);
            far = Math.FusedMultiplyAdd(weights[j] * sum, sum, far);
        }

        return (Vector512.Sum(nears) + near, Vector512.Sum(fars) + far);
    }

    /// <summary>q = Σ m λ w* y and p = Σ m λ y².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Linear, double Quadratic) Overlaps(ReadOnlySpan<double> state)
    {
        ref var y = ref Unsafe.AsRef(in state[0]);
        ref var m = ref weightedRates[0];
        ref var w = ref teacher[0];
        var linear = Vector512<double>.Zero;
        var quadratic = Vector512<double>.Zero;
        var j = 0;
        for (; j <= state.Length - 8; j += 8)
        {
            var value = Vector512.LoadUnsafe(ref y, (nuint)j);
            var weighted = value * Vector512.LoadUnsafe(ref m, (nuint)j);
            linear = Vector512.FusedMultiplyAdd(weighted, Vector512.LoadUnsafe(ref w, (nuint)j), linear);
            quadratic = Vector512.FusedMultiplyAdd(weighted, value, quadratic);
        }

        double tailLinear = 0, tailQuadratic = 0;
        for (; j < state.Length; j++)
        {
            var weighted = state[j] * weightedRates[j];
            tailLinear = Math.FusedMultiplyAdd(weighted, teacher[j], tailLinear);
            tailQuadratic = Math.FusedMultiplyAdd(weighted, state[j], tailQuadratic);
        }

        return (Vector512.Sum(linear) + tailLinear, Vector512.Sum(quadratic) + tailQuadratic);
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

    /// <summary>
    /// The largest error of an entry in units of the tolerance times the entry or what matters at its place: the overlap u while the student escapes
    /// (coefficients along the teacher are of the order of u), the smallest deviation q that must keep its digits afterwards (fast modes follow it).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double ErrorNorm(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance, double linear, double quadratic)
    {
        var level = IsDeviation
            ? (Math.Abs(linear) + Math.Abs(quadratic)) / overlap
            : (Math.Abs(linear) + (0.1 * Math.Sqrt(Math.Abs(quadratic) * overlap))) / overlap;
        ref var y0 = ref Unsafe.AsRef(in before[0]);
        ref var y1 = ref Unsafe.AsRef(in after[0]);
        ref var e = ref Unsafe.AsRef(in error[0]);
        ref var f = ref floors[0];
        var levels = Vector512.Create(Math.Min(level, 1));
        var tiny = Vector512.Create(Underflow);
        var largest = Vector512<double>.Zero;
        var j = 0;
        for (; j <= after.Length - 8; j += 8)
        {
            var size = Vector512.Max(Vector512.Abs(Vector512.LoadUnsafe(ref y0, (nuint)j)), Vector512.Abs(Vector512.LoadUnsafe(ref y1, (nuint)j)));
            var scale = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref f, (nuint)j), levels, size) + tiny;
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.LoadUnsafe(ref e, (nuint)j)) / scale);
        }

        var result = 0.0;
        for (var lane = 0; lane < 8; lane++)
            result = Math.Max(result, largest[lane]);
        for (; j < after.Length; j++)
            result = Math.Max(result, Math.Abs(error[j]) / (Math.Max(Math.Abs(before[j]), Math.Abs(after[j])) + (floors[j] * Math.Min(level, 1)) + Underflow));
        return Caution * result / relativeTolerance;
    }

    public CoupledVectors Vectors => new(rates, weightedRates, teacher);

    public CoupledSlopes Slopes(double linear, double quadratic) =>
        IsDeviation ? new(-6, -3, -4, -3) : new(0, isLinear ? 0 : -3, 2, 0);

    public (double G, double H) Drift(double linear, double quadratic) => IsDeviation
        ? ((-2 * overlap) - (6 * linear) - (3 * quadratic), (-4 * linear) - (3 * quadratic))
        : (isLinear ? overlap : overlap - (3 * quadratic), 2 * linear);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(ReadOnlySpan<double> state, Span<double> derivative, double g, double h)
    {
        ref var y = ref Unsafe.AsRef(in state[0]);
        ref var target = ref derivative[0];
        ref var r = ref rates[0];
        ref var w = ref teacher[0];
        var gs = Vector512.Create(g);
        var hs = Vector512.Create(h);
        var j = 0;
        for (; j <= state.Length - 8; j += 8)
        {
            var forced = Vector512.FusedMultiplyAdd(gs, Vector512.LoadUnsafe(ref y, (nuint)j), hs * Vector512.LoadUnsafe(ref w, (nuint)j));
            (forced * Vector512.LoadUnsafe(ref r, (nuint)j)).StoreUnsafe(ref target, (nuint)j);
        }

        for (; j < state.Length; j++)
            derivative[j] = rates[j] * Math.FusedMultiplyAdd(g, state[j], h * teacher[j]);
    }
}
