using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// Online SGD for phase retrieval: w ← w − (η/B) Σ_b 4(⟨x_b,w⟩² − y_b)⟨x_b,w⟩ x_b with fresh x = √λ ⊙ g, y = ⟨x,w*⟩² + σξ (arXiv 2511.18661).
/// Sample n takes its Gaussians from the address (seed, samples, replica, n) and its label noise from coordinate n of the noise stream, so that
/// a run can be continued or repeated from its step number alone.
/// Near a teacher (PhaseFrame) the state is e = w ∓ w*: the same two inner products then give P² − R² = E (E ± 2R) without cancellation, so that gradient, loss and errors keep their digits near
/// the teacher in both precisions.
/// One pass per sample: a block of 1024 modes first takes the update of the sample before, which still lies in its buffer, then draws the new one into
/// it, scales it and adds its part of both inner products, all from the first-level cache.
/// Modes that the labels have and the student does not see add one normal number T to R, which is label noise 2RT + T² to a student of the others.
/// Work per sample and mode: one Gaussian and 4 fused operations; memory 4 d numbers, traffic 4 d read and 2 d written per sample.
/// Sums run in fixed lanes within a block and over the blocks in their order, so results depend neither on the vector width nor on the number of threads.
/// </summary>
internal sealed partial class OnlineSgdKernel<T> : ISgdKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 1024;
    private const int NoiseBuffer = 256;

    // Above this size the vectors no longer stay in the second-level cache.
    private const int SmallestPrefetched = 32_768;
    private const int PrefetchBytes = 512;
    private const int GuardInterval = 64;

    private readonly RowStore<T> roots;
    private readonly RowStore<T> teacher;
    private readonly RowStore<T> state;
    private readonly RowStore<T> sample;
    private readonly RowStore<T> gradient;
    private readonly double[] eigenvalues;
    private readonly double noiseScale;
    private readonly double hiddenScale;
    private readonly double overlap;
    private readonly double bound;
    private readonly ulong seed;
    private readonly int replica;
    private readonly int batch;
    private readonly int size;
    private readonly int padded;
    private readonly int blocks;
    private readonly int team;
    private readonly CoordinateLaw? law;

    public OnlineSgdKernel(
        double[] eigenvalues, ReadOnlySpan<double> teacher, ReadOnlySpan<double> start, double noiseVariance, int batch, long seed, int replica, int threads = 1, CoordinateLaw? law = null,
        double hiddenOverlap = 0)
    {
        this.eigenvalues = eigenvalues;
        this.law = law;
        size = eigenvalues.Length;
        roots = new RowStore<T>(1, size);
        this.teacher = new RowStore<T>(1, size);
        state = new RowStore<T>(1, size);
        sample = new RowStore<T>(1, size);
        gradient = new RowStore<T>(1, batch > 1 ? size : 0);
        padded = sample.Stride;
        var initial = 0.0;
        Span<T> root = roots.Row(0), target = this.teacher.Row(0), first = state.Row(0);
        for (var i = 0; i < size; i++)
        {
            root[i] = T.CreateChecked(Math.Sqrt(eigenvalues[i]));
            target[i] = T.CreateChecked(teacher[i]);
            first[i] = T.CreateChecked(start[i]);
            overlap += eigenvalues[i] * teacher[i] * teacher[i];
            initial += eigenvalues[i] * start[i] * start[i];
        }

        noiseScale = Math.Sqrt(noiseVariance);
        hiddenScale = Math.Sqrt(hiddenOverlap);
        bound = Stability.LargestSelfOverlap(overlap, initial);
        this.batch = batch;
        this.seed = (ulong)seed;
        this.replica = replica;
        blocks = (padded + Block - 1) / Block;
        team = Math.Clamp(threads, 1, blocks);
    }

    private enum Update
    {
        /// <summary>w takes the last sample.</summary>
        Weights,

        /// <summary>w takes the gradient of the last batch and the last sample of it.</summary>
        Batch,

        /// <summary>The gradient takes the last sample.</summary>
        Gradient,
    }

    public long Step { get; private set; }

    public int Frame { get; private set; }

    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(state.Row(0));

    public void Restore(long step, int frame, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(state.Row(0)));
        (Step, Frame) = (step, frame);
    }

    public SgdSums Observe() => SgdSums.Of<T, T>(eigenvalues, teacher.Row(0)[..size], state.Row(0)[..size], Frame, overlap);

    // What a block does for one sample: the pending update, then its part of ⟨x,w⟩ (or ⟨x,e⟩), ⟨x,w*⟩ and, where it is looked at, of the two forms of the state.
    private Partial Pass(int block, double factor, Update update, GaussianAddress address, bool isLookedAt)
    {
        var first = block * Block;
        var length = Math.Min(Block, padded - first);
        if (factor != 0 || update == Update.Batch)
            Apply(first, length, T.CreateTruncating(factor), update);
        if (padded < SmallestPrefetched)
        {
            Lanes.Fill(address, first, sample.Row(0).Slice(first, length));
        }
        else
        {
            FillAndPrefetch(address, first, length);
        }

        var square = law is null ? 0 : Shape(first, length);
        var (student, label) = ScaleAndReduce(first, length);
        var (linear, quadratic) = isLookedAt ? Forms(first, length) : (0, 0);
        return new Partial(student, label, linear, quadratic, square);
    }

    // Another law than the normal one, coordinate by coordinate; the squared length where samples are to lie on a sphere.
    private double Shape(int first, int length)
    {
        var coordinates = sample.Row(0).Slice(first, length);
        law!.Apply(coordinates);
        var square = 0.0;
        for (var i = 0; i < coordinates.Length && first + i < size && law.IsSphere; i++)
        {
            var value = double.CreateTruncating(coordinates[i]);
            square += value * value;
        }

        return square;
    }

    // Drawing numbers leaves the memory idle: meanwhile the next block is fetched.
    private void FillAndPrefetch(GaussianAddress address, int first, int length)
    {
        var stride = PrefetchBytes / Unsafe.SizeOf<T>();
        for (var part = 0; part < length; part += stride)
        {
            Prefetch(first + Block + part, stride);
            Lanes.Fill(address, first + part, sample.Row(0).Slice(first + part, Math.Min(stride, length - part)));
        }
    }

    private unsafe void Prefetch(int first, int length)
    {
        if (!Sse.IsSupported || first + length > padded)
            return;
        fixed (T* x = &sample.Origin(0), w = &state.Origin(0), t = &teacher.Origin(0), root = &roots.Origin(0))
        {
            for (var i = first; i < first + length; i += 64 / sizeof(T))
            {
                Sse.Prefetch1(x + i);
                Sse.Prefetch1(w + i);
                Sse.Prefetch1(t + i);
                Sse.Prefetch1(root + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(int first, int length, T factor, Update update)
    {
        ref var x = ref sample.Origin(0);
        ref var w = ref (update == Update.Gradient ? gradient : state).Origin(0);
        var factors = Vector512.Create(factor);
        var step = (nuint)Vector512<T>.Count;
        var end = (nuint)(first + length);
        if (update == Update.Batch)
        {
            ref var g = ref gradient.Origin(0);
            for (var i = (nuint)first; i < end; i += step)
            {
                (Vector512.LoadUnsafe(ref w, i) + Lanes.Fused(factors, Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref g, i))).StoreUnsafe(ref w, i);
                Vector512<T>.Zero.StoreUnsafe(ref g, i);
            }

            return;
        }

        for (var i = (nuint)first; i < end; i += step)
            Lanes.Fused(factors, Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i)).StoreUnsafe(ref w, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Student, double Teacher) ScaleAndReduce(int first, int length)
    {
        ref var x = ref sample.Origin(0);
        ref var root = ref roots.Origin(0);
        ref var w = ref state.Origin(0);
        ref var t = ref teacher.Origin(0);
        Vector512<T> s0 = default, s1 = default, t0 = default, t1 = default;
        var step = (nuint)Vector512<T>.Count;
        for (var i = (nuint)first; i < (nuint)(first + length); i += 2 * step)
        {
            var x0 = Vector512.LoadUnsafe(ref x, i) * Vector512.LoadUnsafe(ref root, i);
            var x1 = Vector512.LoadUnsafe(ref x, i + step) * Vector512.LoadUnsafe(ref root, i + step);
            x0.StoreUnsafe(ref x, i);
            x1.StoreUnsafe(ref x, i + step);
            s0 = Lanes.Fused(x0, Vector512.LoadUnsafe(ref w, i), s0);
            s1 = Lanes.Fused(x1, Vector512.LoadUnsafe(ref w, i + step), s1);
            t0 = Lanes.Fused(x0, Vector512.LoadUnsafe(ref t, i), t0);
            t1 = Lanes.Fused(x1, Vector512.LoadUnsafe(ref t, i + step), t1);
        }

        return (Lanes.Sum(s0 + s1), Lanes.Sum(t0 + t1));
    }

    // The parts of Σ λ w w* and Σ λ w², or of the same for e.
    private (double Linear, double Quadratic) Forms(int first, int length)
    {
        Vector512<T> linear = default, quadratic = default;
        for (var i = first; i < first + length; i += Vector512<T>.Count)
        {
            var root = Vector512.LoadUnsafe(ref roots.Origin(0), (nuint)i);
            var scaled = root * Vector512.LoadUnsafe(ref state.Origin(0), (nuint)i);
            linear = Lanes.Fused(scaled, root * Vector512.LoadUnsafe(ref teacher.Origin(0), (nuint)i), linear);
            quadratic = Lanes.Fused(scaled, scaled, quadratic);
        }

        return (Lanes.Sum(linear), Lanes.Sum(quadratic));
    }

    // From one frame to another: w = e ± w*.
    private void Recentre(int first, int length, int from, int to)
    {
        var shift = T.CreateChecked(from - to);
        Span<T> w = state.Row(0), t = teacher.Row(0);
        for (var i = first; i < first + length; i++)
            w[i] += shift * t[i];
    }

    // The partial sums of a block.
    private readonly record struct Partial(double Student, double Teacher, double Linear, double Quadratic, double Square);
}
