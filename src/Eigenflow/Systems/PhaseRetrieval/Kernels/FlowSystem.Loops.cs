using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The loops over the entries.</summary>
internal sealed partial class FlowSystem
{
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

    /// <summary>
    /// The largest error of an entry in units of the tolerance times the entry or what matters at its place: the overlap u while the student escapes
    /// (coefficients along the teacher are of the order of u; where u changes its sign, a tenth of what it is made of), the smallest deviation q that must keep its digits afterwards (fast modes follow it,
    /// and slow ones make up a part of it only).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double ErrorNorm(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance, double linear, double quadratic)
    {
        var level = frame.IsDeviation
            ? (Math.Abs(linear) + Math.Abs(quadratic)) / overlap
            : (Math.Abs(linear) + (0.1 * AbsoluteTerms(after))) / overlap;
        var limited = Math.Min(level, 1 / unit);

        // 1 − u = −q/s* and 1 − s = −(2q + p)/s*.
        var late = frame.IsDeviation ? Math.Min(Math.Abs(linear), Math.Abs((2 * linear) + quadratic)) / overlap : 0;
        ref var y0 = ref Unsafe.AsRef(in before[0]);
        ref var y1 = ref Unsafe.AsRef(in after[0]);
        ref var e = ref Unsafe.AsRef(in error[0]);
        ref var f = ref floors[0];
        ref var g = ref lateFloors[0];
        var levels = Vector512.Create(limited);
        var lates = Vector512.Create(late);
        var tiny = Vector512.Create(Underflow);
        var largest = Vector512<double>.Zero;
        var j = 0;
        for (; j <= after.Length - 8; j += 8)
        {
            var size = Vector512.Max(Vector512.Abs(Vector512.LoadUnsafe(ref y0, (nuint)j)), Vector512.Abs(Vector512.LoadUnsafe(ref y1, (nuint)j)));
            var floor = Vector512.LoadUnsafe(ref f, (nuint)j);
            var scale = size + Vector512.Max(floor * levels, Vector512.Min(floor, Vector512.LoadUnsafe(ref g, (nuint)j) * lates)) + tiny;
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.LoadUnsafe(ref e, (nuint)j)) / scale);
        }

        var result = 0.0;
        for (var lane = 0; lane < 8; lane++)
            result = Math.Max(result, largest[lane]);
        for (; j < after.Length; j++)
            result = Math.Max(result, Math.Abs(error[j]) / (Math.Max(Math.Abs(before[j]), Math.Abs(after[j])) + Math.Max(floors[j] * limited, Math.Min(floors[j], lateFloors[j] * late)) + Underflow));
        return (frame.IsDeviation ? lateCaution : escapeCaution) * result / relativeTolerance;
    }

    // Σ |m λ w* y|.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double AbsoluteTerms(ReadOnlySpan<double> state)
    {
        ref var y = ref Unsafe.AsRef(in state[0]);
        ref var m = ref weightedRates[0];
        ref var w = ref teacher[0];
        var sums = Vector512<double>.Zero;
        var j = 0;
        for (; j <= state.Length - 8; j += 8)
        {
            var weighted = Vector512.LoadUnsafe(ref y, (nuint)j) * Vector512.LoadUnsafe(ref m, (nuint)j);
            sums += Vector512.Abs(weighted * Vector512.LoadUnsafe(ref w, (nuint)j));
        }

        var tail = 0.0;
        for (; j < state.Length; j++)
            tail += Math.Abs(state[j] * weightedRates[j] * teacher[j]);
        return Vector512.Sum(sums) + tail;
    }

    // Slow modes may still be nearer to the other sign of the teacher than the one that u approaches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Near, double Far) SquaredDistances(ReadOnlySpan<double> state)
    {
        var (nearShift, farShift) = frame.Shifts(target.Part);
        if (metric is not null)
            return (metric.SquaredDistance(state, unit, teacher, nearShift), metric.SquaredDistance(state, unit, teacher, farShift));
        ref var y = ref Unsafe.AsRef(in state[0]);
        ref var m = ref weights[0];
        ref var w = ref teacher[0];
        var nearShifts = Vector512.Create(nearShift);
        var farShifts = Vector512.Create(farShift);
        var units = Vector512.Create(unit);
        Vector512<double> nears = default, fars = default;
        var j = 0;
        for (; j <= state.Length - 8; j += 8)
        {
            var value = units * Vector512.LoadUnsafe(ref y, (nuint)j);
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
            var difference = Math.FusedMultiplyAdd(teacher[j], nearShift, unit * state[j]);
            var sum = Math.FusedMultiplyAdd(teacher[j], farShift, unit * state[j]);
            near = Math.FusedMultiplyAdd(weights[j] * difference, difference, near);
            far = Math.FusedMultiplyAdd(weights[j] * sum, sum, far);
        }

        return (Vector512.Sum(nears) + near, Vector512.Sum(fars) + far);
    }

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
