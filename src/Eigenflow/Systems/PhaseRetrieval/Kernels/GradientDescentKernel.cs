using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// Population gradient descent on weighted modes, one fused pass per step: y_j ← y_j + 4ηλ_j (g y_j + h w*_j) together with the sums
/// q = Σ m λ w* y and p = Σ m λ y² that the next step needs (g, h as in the flow, for y = w or y = w − w*).
/// Work per entry and step: 6 fused operations, 32 bytes read and 8 written, all from cache for up to about 10⁵ entries; memory 32 bytes per entry,
/// interleaved in groups of eight that begin at cache lines.
/// Sums run in sixteen fixed lanes, so results do not depend on the vector width of the machine.
/// </summary>
internal sealed class GradientDescentKernel
{
    // Places within a group of eight entries.
    private const int Value = 0, Teacher = 8, Rate = 16, Weight = 24, Group = 32;

    private readonly AlignedStore store;
    private readonly double overlap;
    private readonly bool isDeviation;
    private readonly int size;

    public GradientDescentKernel(
        ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> weights, ReadOnlySpan<double> teacher, ReadOnlySpan<double> state,
        bool isDeviation, double overlap, long step)
    {
        size = eigenvalues.Length;
        store = new AlignedStore(((size + 15) & ~15) * (Group / 8));
        var groups = store.Span;
        for (var j = 0; j < size; j++)
        {
            var entry = groups[((j / 8 * Group) + (j % 8))..];
            entry[Value] = state[j];
            entry[Teacher] = teacher[j];
            entry[Rate] = 4 * eigenvalues[j];
            entry[Weight] = weights[j] * eigenvalues[j];
        }

        this.isDeviation = isDeviation;
        this.overlap = overlap;
        Step = step;
        Pass(0, 0, 0);
    }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>q.</summary>
    public double LinearOverlap { get; private set; }

    /// <summary>p.</summary>
    public double QuadraticOverlap { get; private set; }

    /// <summary>Writes y.</summary>
    public void CopyState(Span<double> target)
    {
        for (var j = 0; j < size; j++)
            target[j] = store.Span[(j / 8 * Group) + (j % 8)];
    }

    /// <summary>Does steps; false when the state is not finite any more.</summary>
    public bool Advance(long count, LearningRateSchedule schedule)
    {
        for (var k = 0L; k < count; k++)
        {
            var (q, p) = (LinearOverlap, QuadraticOverlap);
            var (g, h) = isDeviation
                ? ((-2 * overlap) - (6 * q) - (3 * p), (-4 * q) - (3 * p))
                : (overlap - (3 * p), 2 * q);
            Pass(schedule.RateAt(Step), g, h);
            Step++;
            if (!double.IsFinite(QuadraticOverlap))
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(double learningRate, double g, double h)
    {
        ref var block = ref store.Origin;
        var gs = Vector512.Create(learningRate * g);
        var hs = Vector512.Create(learningRate * h);
        Vector512<double> q0 = default, q1 = default, p0 = default, p1 = default;
        for (var j = 0; j < store.Length; j += 2 * Group, block = ref Unsafe.Add(ref block, 2 * Group))
        {
            var t0 = Vector512.LoadUnsafe(ref block, Teacher);
            var t1 = Vector512.LoadUnsafe(ref block, Group + Teacher);
            var y0 = Vector512.LoadUnsafe(ref block, Value);
            var y1 = Vector512.LoadUnsafe(ref block, Group + Value);
            y0 = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(gs, y0, hs * t0), Vector512.LoadUnsafe(ref block, Rate), y0);
            y1 = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(gs, y1, hs * t1), Vector512.LoadUnsafe(ref block, Group + Rate), y1);
            y0.StoreUnsafe(ref block, Value);
            y1.StoreUnsafe(ref block, Group + Value);
            var w0 = Vector512.LoadUnsafe(ref block, Weight) * y0;
            var w1 = Vector512.LoadUnsafe(ref block, Group + Weight) * y1;
            q0 = Vector512.FusedMultiplyAdd(w0, t0, q0);
            q1 = Vector512.FusedMultiplyAdd(w1, t1, q1);
            p0 = Vector512.FusedMultiplyAdd(w0, y0, p0);
            p1 = Vector512.FusedMultiplyAdd(w1, y1, p1);
        }

        LinearOverlap = Vector512.Sum(q0 + q1);
        QuadraticOverlap = Vector512.Sum(p0 + p1);
    }
}
