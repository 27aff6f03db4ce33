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
    private readonly WeightedModes modes;
    private readonly StudentTarget target;
    private readonly double overlap;
    private readonly double bound;
    private readonly int size;

    public GradientDescentKernel(WeightedModes modes)
    {
        this.modes = modes;
        size = modes.Size;
        target = modes.Target;
        overlap = target.Overlap;
        var teacher = target.Scaled(modes.Teacher);
        store = new AlignedStore(((size + 15) & ~15) * (Group / 8));
        for (var j = 0; j < size; j++)
        {
            var entry = Entry(j);
            entry[Value] = modes.Start[j];
            entry[Teacher] = teacher[j];
            entry[Rate] = 4 * modes.Rates[j];
            entry[Weight] = modes.Weights[j] * modes.Eigenvalues[j];
        }

        Pass(0, 0, 0);
        bound = Stability.LargestSelfOverlap(overlap, QuadraticOverlap);
        Settle();
    }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>The variables y of the state.</summary>
    public PhaseFrame Frame { get; private set; } = PhaseFrame.Absolute;

    /// <summary>q.</summary>
    public double LinearOverlap { get; private set; }

    /// <summary>p.</summary>
    public double QuadraticOverlap { get; private set; }

    /// <summary>Writes y.</summary>
    public void CopyState(Span<double> target)
    {
        for (var j = 0; j < size; j++)
            target[j] = Entry(j)[Value];
    }

    /// <summary>‖w − w*‖² and ‖w + w*‖², in either order.</summary>
    public (double First, double Second) SquaredDistances()
    {
        var (firstShift, secondShift) = Frame.Shifts(target.Part);
        if (modes.Metric is { } metric)
        {
            double[] state = new double[size], teacher = new double[size];
            CopyState(state);
            for (var j = 0; j < size; j++)
                teacher[j] = Entry(j)[Teacher];
            return (metric.SquaredDistance(state, 1, teacher, firstShift), metric.SquaredDistance(state, 1, teacher, secondShift));
        }

        double first = 0, second = 0;
        for (var j = size - 1; j >= 0; j--)
        {
            var entry = Entry(j);
            var difference = entry[Value] + (firstShift * entry[Teacher]);
            var sum = entry[Value] + (secondShift * entry[Teacher]);
            first += modes.Weights[j] * difference * difference;
            second += modes.Weights[j] * sum * sum;
        }

        return (first, second);
    }

    /// <summary>Does steps, each in the frame that its state belongs to; false when s is not finite any more, or beyond <see cref="Stability.LargestSelfOverlap"/>.</summary>
    public bool Advance(long count, LearningRateSchedule schedule, StepWatch? watch = null)
    {
        for (var k = 0L; k < count; k++)
        {
            var (g, h) = Frame.Drift(LinearOverlap, QuadraticOverlap, overlap, target.Visible);
            Pass(schedule.RateAt(Step), g, h);
            Step++;
            if (!(Frame.SelfOverlap(LinearOverlap, QuadraticOverlap, overlap) <= bound))
                return false;
            Settle();
            watch?.Look(Frame, LinearOverlap, QuadraticOverlap, Step);
        }

        return true;
    }

    private Span<double> Entry(int j) => store.Span[((j / 8 * Group) + (j % 8))..];

    private void Settle()
    {
        var proper = Frame.ProperOf(LinearOverlap, QuadraticOverlap, overlap, target.Visible);
        if (proper == Frame)
            return;
        var turn = Frame.Sign * proper.Sign;
        var (leave, enter) = (Frame.IsDeviation ? 1 : 0, proper.IsDeviation ? 1 : 0);
        for (var j = 0; j < size; j++)
        {
            var entry = Entry(j);
            entry[Value] += leave * entry[Teacher];
            entry[Teacher] *= turn;
            entry[Value] -= enter * entry[Teacher];
        }

        Frame = proper;
        Pass(0, 0, 0);
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
