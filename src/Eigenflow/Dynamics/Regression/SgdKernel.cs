using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Random;

namespace Eigenflow.Dynamics;

/// <summary>
/// One replica of one-pass SGD of linear regression on Gaussian features in the eigenbasis: x = √λ ⊙ g, residual r = ⟨x, δ⟩ − √(σ² + 2D_M) g′, δ ← δ − (η/B) Σ r x. The features that the model does
/// not see are exactly Gaussian label noise of variance 2D_M. Sample n takes its numbers from the address (seed, samples, replica, n), its label noise from coordinate n.
/// One pass per sample: a block of 1024 modes first takes the update of the sample before, which still lies in its buffer, then draws the new one into it, scales it and
/// adds its part of the inner product, all from the first-level cache. Work per sample and mode: one Gaussian and 3 fused operations; memory 3 or 4 M doubles; no allocation.
/// Sums run in fixed lanes within a block and over blocks in their order.
/// </summary>
internal sealed class SgdKernel
{
    /// <summary>Stream of the samples.</summary>
    public const int SampleStream = 0;

    /// <summary>Stream of the label noise.</summary>
    public const int NoiseStream = 1;

    private const int Block = 1024;
    private const int NoiseBuffer = 256;

    private readonly double[] roots;
    private readonly double[] state;
    private readonly double[] sample;
    private readonly double[] gradient;
    private readonly double[] noise = new double[NoiseBuffer];
    private readonly double noiseScale;
    private readonly ulong seed;
    private readonly int replica;
    private readonly int size;
    private long noiseStart = -1;

    public SgdKernel(double[] paddedRoots, ReadOnlySpan<double> start, double noiseVariance, bool hasBatches, long seed, int replica)
    {
        roots = paddedRoots;
        size = start.Length;
        state = new double[paddedRoots.Length];
        start.CopyTo(state);
        sample = new double[paddedRoots.Length];
        gradient = hasBatches ? new double[paddedRoots.Length] : [];
        noiseScale = Math.Sqrt(noiseVariance);
        this.seed = (ulong)seed;
        this.replica = replica;
    }

    /// <summary>Samples drawn so far.</summary>
    public long Samples { get; private set; }

    /// <summary>δ as bytes, for checkpoints.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(state.AsSpan());

    /// <summary>δ.</summary>
    public ReadOnlySpan<double> State => state.AsSpan(0, size);

    /// <summary>√λ in whole groups of sixteen, filled up with zeros.</summary>
    public static double[] PaddedRoots(ReadOnlySpan<double> eigenvalues)
    {
        var padded = new double[(eigenvalues.Length + 15) & ~15];
        for (var j = 0; j < eigenvalues.Length; j++)
            padded[j] = Math.Sqrt(eigenvalues[j]);
        return padded;
    }

    /// <summary>Goes on from a checkpoint.</summary>
    public void Restore(long samples, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(state.AsSpan()));
        Samples = samples;
    }

    /// <summary>Σ λ δ².</summary>
    public double Risk()
    {
        var sum = 0.0;
        for (var j = 0; j < size; j++)
        {
            var part = roots[j] * state[j];
            sum += part * part;
        }

        return sum;
    }

    /// <summary>One step per entry, with these learning rates and batch sizes.</summary>
    public void Advance(ReadOnlySpan<double> rates, ReadOnlySpan<long> batches)
    {
        var factor = 0.0;
        for (var step = 0; step < rates.Length; step++)
        {
            var batch = batches[step];
            var isAlone = gradient.Length == 0;
            for (var b = 0L; b < batch; b++)
            {
                var address = new GaussianAddress(seed, SampleStream, replica, Samples);
                var residual = -noiseScale * (noiseScale == 0 ? 0 : Noise(Samples));
                for (var first = 0; first < sample.Length; first += Block)
                {
                    var length = Math.Min(Block, sample.Length - first);
                    if (factor != 0 || b == 0)
                        Apply(first, length, factor, isAlone, b == 0);
                    GaussianGenerator.FillGroups(address, first / 16, sample.AsSpan(first, length));
                    residual += ScaleAndReduce(first, length);
                }

                factor = -rates[step] / batch * residual;
                Samples++;
            }
        }

        // Nothing stays pending: the state is that after the last step.
        for (var first = 0; first < sample.Length; first += Block)
            Apply(first, Math.Min(Block, sample.Length - first), factor, gradient.Length == 0, true);
    }

    private double Noise(long number)
    {
        var wanted = number & ~(NoiseBuffer - 1L);
        if (noiseStart != wanted)
        {
            GaussianGenerator.Fill(new GaussianAddress(seed, NoiseStream, replica, 0), wanted, noise);
            noiseStart = wanted;
        }

        return noise[number - wanted];
    }

    // The pending sample goes to the weights, or to the gradient of its batch, which goes to the weights once the batch is full.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(int first, int length, double factor, bool isAlone, bool isFull)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(sample);
        ref var w = ref MemoryMarshal.GetArrayDataReference(state);
        var factors = Vector512.Create(factor);
        var end = (nuint)(first + length);
        if (isAlone)
        {
            for (var i = (nuint)first; i < end; i += 8)
                Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref w, i)).StoreUnsafe(ref w, i);
            return;
        }

        ref var g = ref MemoryMarshal.GetArrayDataReference(gradient);
        for (var i = (nuint)first; i < end; i += 8)
        {
            var sum = Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref g, i));
            if (isFull)
            {
                (Vector512.LoadUnsafe(ref w, i) + sum).StoreUnsafe(ref w, i);
                sum = Vector512<double>.Zero;
            }

            sum.StoreUnsafe(ref g, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double ScaleAndReduce(int first, int length)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(sample);
        ref var root = ref MemoryMarshal.GetArrayDataReference(roots);
        ref var w = ref MemoryMarshal.GetArrayDataReference(state);
        Vector512<double> even = default, odd = default;
        for (var i = (nuint)first; i < (nuint)(first + length); i += 16)
        {
            var x0 = Vector512.LoadUnsafe(ref x, i) * Vector512.LoadUnsafe(ref root, i);
            var x1 = Vector512.LoadUnsafe(ref x, i + 8) * Vector512.LoadUnsafe(ref root, i + 8);
            x0.StoreUnsafe(ref x, i);
            x1.StoreUnsafe(ref x, i + 8);
            even = Vector512.FusedMultiplyAdd(x0, Vector512.LoadUnsafe(ref w, i), even);
            odd = Vector512.FusedMultiplyAdd(x1, Vector512.LoadUnsafe(ref w, i + 8), odd);
        }

        return Vector512.Sum(even + odd);
    }
}
