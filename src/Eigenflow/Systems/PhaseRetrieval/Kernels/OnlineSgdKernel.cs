using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Random;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>
/// Online SGD for phase retrieval: w ← w − (η/B) Σ_b 4(⟨x_b,w⟩² − y_b)⟨x_b,w⟩ x_b with fresh x = √λ ⊙ g, y = ⟨x,w*⟩² + σξ (arXiv 2511.18661).
/// Sample n takes its Gaussians from the address (seed, samples, replica, n) and its label noise from coordinate n of the noise stream, so that
/// a run can be continued or repeated from its step number alone.
/// Work per sample and mode: one Gaussian (about 8 cycles) and 4 fused operations; memory 5 d doubles. Blocks of 2048 modes stay in the first-level cache while
/// numbers are drawn, scaled and reduced. Sums run in fixed lanes, so results do not depend on the vector width of the machine.
/// </summary>
internal sealed class OnlineSgdKernel
{
    private const int Block = 2048;
    private const int NoiseBuffer = 256;
    private const int GuardInterval = 64;

    private readonly double[] roots;
    private readonly double[] teacher;
    private readonly double[] state;
    private readonly double[] sample;
    private readonly double[] gradient;
    private readonly double[] noise = new double[NoiseBuffer];
    private readonly double noiseScale;
    private readonly double bound;
    private readonly ulong seed;
    private readonly int replica;
    private readonly int batch;
    private readonly int size;
    private long noiseStart = -1;

    public OnlineSgdKernel(
        ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> teacher, ReadOnlySpan<double> start, double noiseVariance, int batch, long seed, int replica)
    {
        size = eigenvalues.Length;
        var padded = (size + 15) & ~15;
        roots = new double[padded];
        this.teacher = new double[padded];
        state = new double[padded];
        sample = new double[padded];
        gradient = batch > 1 ? new double[padded] : [];
        var overlap = 0.0;
        for (var i = 0; i < size; i++)
        {
            roots[i] = Math.Sqrt(eigenvalues[i]);
            overlap += eigenvalues[i] * teacher[i] * teacher[i];
        }

        teacher.CopyTo(this.teacher);
        start.CopyTo(state);
        noiseScale = Math.Sqrt(noiseVariance);
        bound = 1e3 * overlap;
        this.batch = batch;
        this.seed = (ulong)seed;
        this.replica = replica;
    }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>w.</summary>
    public ReadOnlySpan<double> State => state.AsSpan(0, size);

    /// <summary>Does steps; false once the state is not finite or s &gt; 1000 s*.</summary>
    public bool Advance(long count, double learningRate)
    {
        for (var k = 0L; k < count; k++)
        {
            if (batch > 1)
                Array.Clear(gradient);
            for (var b = 0; b < batch; b++)
            {
                var number = (Step * batch) + b;
                var (student, label) = Draw(number);
                label = (label * label) + (noiseScale == 0 ? 0 : noiseScale * Noise(number));
                var factor = -4 * learningRate / batch * ((student * student) - label) * student;
                if (!double.IsFinite(factor))
                    return false;
                AddScaled(factor, batch > 1 ? gradient : state);
            }

            if (batch > 1)
                Add(gradient, state);
            Step++;
            if (Step % GuardInterval == 0 && !(Observe().S <= bound))
                return false;
        }

        return Observe().S <= bound;
    }

    /// <summary>s, u, ‖w − w*‖² and ‖w + w*‖².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double S, double U, double Near, double Far) Observe()
    {
        Vector512<double> s = default, u = default, near = default, far = default;
        for (var i = 0; i < state.Length; i += 8)
        {
            var w = Vector512.Create<double>(state.AsSpan(i, 8));
            var t = Vector512.Create<double>(teacher.AsSpan(i, 8));
            var root = Vector512.Create<double>(roots.AsSpan(i, 8));
            var weighted = root * root * w;
            s = Vector512.FusedMultiplyAdd(weighted, w, s);
            u = Vector512.FusedMultiplyAdd(weighted, t, u);
            near = Vector512.FusedMultiplyAdd(w - t, w - t, near);
            far = Vector512.FusedMultiplyAdd(w + t, w + t, far);
        }

        return (Vector512.Sum(s), Vector512.Sum(u), Vector512.Sum(near), Vector512.Sum(far));
    }

    // Draws x of a sample into the buffer and returns ⟨x,w⟩ and ⟨x,w*⟩.
    private (double Student, double Teacher) Draw(long number)
    {
        var address = new GaussianAddress(seed, RandomStreams.Samples, replica, number);
        double student = 0, label = 0;
        for (var first = 0; first < sample.Length; first += Block)
        {
            var length = Math.Min(Block, sample.Length - first);
            GaussianGenerator.FillGroups(address, first / 16, sample.AsSpan(first, length));
            var (partStudent, partLabel) = ScaleAndReduce(first, length);
            student += partStudent;
            label += partLabel;
        }

        return (student, label);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Student, double Teacher) ScaleAndReduce(int first, int length)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(sample);
        ref var root = ref MemoryMarshal.GetArrayDataReference(roots);
        ref var w = ref MemoryMarshal.GetArrayDataReference(state);
        ref var t = ref MemoryMarshal.GetArrayDataReference(teacher);
        Vector512<double> s0 = default, s1 = default, t0 = default, t1 = default;
        for (var i = (nuint)first; i < (nuint)(first + length); i += 16)
        {
            var x0 = Vector512.LoadUnsafe(ref x, i) * Vector512.LoadUnsafe(ref root, i);
            var x1 = Vector512.LoadUnsafe(ref x, i + 8) * Vector512.LoadUnsafe(ref root, i + 8);
            x0.StoreUnsafe(ref x, i);
            x1.StoreUnsafe(ref x, i + 8);
            s0 = Vector512.FusedMultiplyAdd(x0, Vector512.LoadUnsafe(ref w, i), s0);
            s1 = Vector512.FusedMultiplyAdd(x1, Vector512.LoadUnsafe(ref w, i + 8), s1);
            t0 = Vector512.FusedMultiplyAdd(x0, Vector512.LoadUnsafe(ref t, i), t0);
            t1 = Vector512.FusedMultiplyAdd(x1, Vector512.LoadUnsafe(ref t, i + 8), t1);
        }

        return (Vector512.Sum(s0 + s1), Vector512.Sum(t0 + t1));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddScaled(double factor, double[] target)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(sample);
        ref var w = ref MemoryMarshal.GetArrayDataReference(target);
        var factors = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)target.Length; i += 8)
            Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i)).StoreUnsafe(ref w, i);
    }

    private static void Add(double[] source, double[] target)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += source[i];
    }

    private double Noise(long number)
    {
        var start = number & ~(NoiseBuffer - 1L);
        if (start != noiseStart)
        {
            GaussianGenerator.Fill(new GaussianAddress(seed, RandomStreams.LabelNoise, replica, 0), start, noise);
            noiseStart = start;
        }

        return noise[number - start];
    }
}
