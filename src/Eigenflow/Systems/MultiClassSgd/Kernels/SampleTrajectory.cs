using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Dynamics;
using Eigenflow.Numerics;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>
/// One-pass SGD with fresh samples: class i ~ p, a = μ_i + √λ_i ⊙ z, X ← X − (γ/d) a gᵀ with g = ∇f_i(Xᵀa), or the mean over a batch. Sample n takes its numbers from the address (seed, samples, replica, n) and its class
/// from the same counter of the stream of classes; where margins are those of one class there is none to draw.
/// One pass per sample: a block of 1024 modes is drawn and scaled; then every output's weights take the update of the sample before, which lies in the other buffer, and add their part of the new output, all from the
/// first-level cache and two outputs at a time. Work per sample and mode: one Gaussian and 1 + 2 l fused operations; memory (l + 1) d doubles, and l d more for batches. Sums run in fixed lanes within a block and over blocks in their order.
/// </summary>
internal sealed class SampleTrajectory : WeightTrajectory
{
    private const int Block = 1024;

    private readonly AlignedStore[] roots;
    private readonly AlignedStore[] means;
    private readonly AlignedStore[] samples;
    private readonly AlignedStore batchGradient;
    private readonly ClassDraw classes;
    private readonly double[] outputs;
    private readonly double[] slopes;
    private readonly double[] pending;
    private readonly int batch;
    private readonly bool accumulates;
    private int current;
    private bool isPending;

    public SampleTrajectory(MixtureModes modes, ClassLoss loss, LearningRateRule rule, MixtureRows rows, int batch, long seed, int replica, SampleTables tables)
        : base(modes, loss, rule, rows, seed, replica)
    {
        this.batch = batch;
        (roots, means) = (tables.Roots, tables.Means);
        samples = [new AlignedStore(Stride), new AlignedStore(Stride)];
        batchGradient = new AlignedStore(batch > 1 ? Weights.Length : 0);
        classes = new ClassDraw(modes.Probabilities, (ulong)seed, replica);
        outputs = new double[Reader.Outputs];
        slopes = new double[Reader.Outputs];
        pending = new double[Reader.Outputs];
        accumulates = !rule.IsConstant && rule.IsAdaptive;
    }

    protected override bool Update()
    {
        if (Rule.SeesState)
            Settle();
        var view = View();
        var factor = -Rule.Rate(view) / Modes.Dimension;
        var noise = 0.0;
        for (var b = 0; b < batch; b++)
        {
            var number = (Step * batch) + b;
            var one = classes.Of(number);
            var square = Draw(one, new GaussianAddress(Seed, MixtureStreams.Samples, Number, number));
            Slope(one);
            if (batch > 1)
            {
                for (var a = 0; a < slopes.Length; a++)
                    MarginSums.Add(slopes[a] / batch, samples[current].Span, batchGradient.Span.Slice(a * Stride, Stride));
                continue;
            }

            noise = square * MarginSums.Dot(slopes, slopes);
            for (var a = 0; a < slopes.Length; a++)
                pending[a] = factor * slopes[a];
            isPending = true;
        }

        if (batch > 1)
        {
            noise = accumulates ? MarginSums.Dot(batchGradient.Span, batchGradient.Span) : 0;
            MarginSums.Add(factor, batchGradient.Span, Weights.Span);
            batchGradient.Span.Clear();
        }

        if (accumulates)
            Accumulated += Rule.Growth(view with { GradientNoise = noise / Modes.Dimension }) / Modes.Dimension;
        return double.IsFinite(factor * slopes[0]);
    }

    protected override void Settle()
    {
        for (var a = 0; isPending && a < pending.Length; a++)
        {
            MarginSums.Add(pending[a], samples[current].Span, Weights.Span.Slice(a * Stride, Stride));
            pending[a] = 0;
        }

        isPending = false;
    }

    // Draws the sample into the other buffer; its outputs, and its squared norm where it is asked for.
    private double Draw(int one, GaussianAddress address)
    {
        Array.Clear(outputs);
        var next = samples[1 - current].Span;
        var square = 0.0;
        for (var first = 0; first < Stride; first += Block)
        {
            var length = Math.Min(Block, Stride - first);
            GaussianGenerator.FillGroups(address, first / 16, next.Slice(first, length));
            outputs[0] += Begin(one, first, length);
            var a = 1;
            for (; a + 1 < outputs.Length; a += 2)
            {
                var (even, odd) = Pair(a, first, length);
                outputs[a] += even;
                outputs[a + 1] += odd;
            }

            if (a < outputs.Length)
                outputs[a] += Single(a, first, length);
            if (accumulates)
                square += MarginSums.Dot(next.Slice(first, length), next.Slice(first, length));
        }

        current = 1 - current;
        isPending = false;
        Array.Clear(pending);
        return square;
    }

    private void Slope(int one)
    {
        if (Loss is MarginLoss margin)
            slopes[0] = margin.Slope(outputs[0]);
        else
            ((OutputLoss)Loss).Gradient(one, outputs, slopes);
    }

    // The first output: scales the sample, applies what is pending, and sums.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Begin(int one, int first, int length)
    {
        ref var before = ref samples[current].Origin;
        ref var x = ref samples[1 - current].Origin;
        ref var root = ref roots[Modes.SpectrumOf[one]].Origin;
        ref var mean = ref means[one].Origin;
        ref var w = ref Weights.Origin;
        var factor = Vector512.Create(pending[0]);
        Vector512<double> even = default, odd = default;
        for (var i = (nuint)first; i < (nuint)(first + length); i += 16)
        {
            var x0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref root, i), Vector512.LoadUnsafe(ref mean, i));
            var x1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i + 8), Vector512.LoadUnsafe(ref root, i + 8), Vector512.LoadUnsafe(ref mean, i + 8));
            x0.StoreUnsafe(ref x, i);
            x1.StoreUnsafe(ref x, i + 8);
            var w0 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref before, i), Vector512.LoadUnsafe(ref w, i));
            var w1 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref before, i + 8), Vector512.LoadUnsafe(ref w, i + 8));
            w0.StoreUnsafe(ref w, i);
            w1.StoreUnsafe(ref w, i + 8);
            even = Vector512.FusedMultiplyAdd(x0, w0, even);
            odd = Vector512.FusedMultiplyAdd(x1, w1, odd);
        }

        return Vector512.Sum(even + odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Single(int a, int first, int length)
    {
        ref var before = ref samples[current].Origin;
        ref var x = ref samples[1 - current].Origin;
        ref var w = ref Unsafe.Add(ref Weights.Origin, a * Stride);
        var factor = Vector512.Create(pending[a]);
        Vector512<double> even = default, odd = default;
        for (var i = (nuint)first; i < (nuint)(first + length); i += 16)
        {
            var w0 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref before, i), Vector512.LoadUnsafe(ref w, i));
            var w1 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref before, i + 8), Vector512.LoadUnsafe(ref w, i + 8));
            w0.StoreUnsafe(ref w, i);
            w1.StoreUnsafe(ref w, i + 8);
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i), w0, even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i + 8), w1, odd);
        }

        return Vector512.Sum(even + odd);
    }

    // Two outputs at a time load the samples once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Even, double Odd) Pair(int a, int first, int length)
    {
        ref var before = ref samples[current].Origin;
        ref var x = ref samples[1 - current].Origin;
        ref var w = ref Unsafe.Add(ref Weights.Origin, a * Stride);
        ref var v = ref Unsafe.Add(ref w, Stride);
        var (factor, other) = (Vector512.Create(pending[a]), Vector512.Create(pending[a + 1]));
        Vector512<double> even = default, odd = default, second = default, third = default;
        for (var i = (nuint)first; i < (nuint)(first + length); i += 16)
        {
            var (b0, b1) = (Vector512.LoadUnsafe(ref before, i), Vector512.LoadUnsafe(ref before, i + 8));
            var (x0, x1) = (Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref x, i + 8));
            var w0 = Vector512.FusedMultiplyAdd(factor, b0, Vector512.LoadUnsafe(ref w, i));
            var w1 = Vector512.FusedMultiplyAdd(factor, b1, Vector512.LoadUnsafe(ref w, i + 8));
            var v0 = Vector512.FusedMultiplyAdd(other, b0, Vector512.LoadUnsafe(ref v, i));
            var v1 = Vector512.FusedMultiplyAdd(other, b1, Vector512.LoadUnsafe(ref v, i + 8));
            w0.StoreUnsafe(ref w, i);
            w1.StoreUnsafe(ref w, i + 8);
            v0.StoreUnsafe(ref v, i);
            v1.StoreUnsafe(ref v, i + 8);
            even = Vector512.FusedMultiplyAdd(x0, w0, even);
            odd = Vector512.FusedMultiplyAdd(x1, w1, odd);
            second = Vector512.FusedMultiplyAdd(x0, v0, second);
            third = Vector512.FusedMultiplyAdd(x1, v1, third);
        }

        return (Vector512.Sum(even + odd), Vector512.Sum(second + third));
    }
}

/// <summary>√λ by spectrum and means by class, padded with zeros to whole groups of sixteen; shared by the replicas.</summary>
internal sealed class SampleTables(MixtureModes modes)
{
    public AlignedStore[] Roots { get; } = [.. modes.Spectra.Select(values => Padded([.. values.Select(Math.Sqrt)]))];

    public AlignedStore[] Means { get; } = [.. modes.Means.Select(Padded)];

    private static AlignedStore Padded(double[] values)
    {
        var store = new AlignedStore((values.Length + 15) & ~15);
        values.CopyTo(store.Span);
        return store;
    }
}

/// <summary>Draws the classes of samples.</summary>
internal sealed class ClassDraw(double[] probabilities, ulong seed, int replica)
{
    private readonly double[] ends = Cumulate(probabilities);

    /// <summary>The class of a sample.</summary>
    public int Of(long number)
    {
        if (ends.Length == 1)
            return 0;
        var (low, high, _, _) = Philox.Block((0, ((uint)MixtureStreams.Classes << 12) | ((uint)replica << 16), (uint)number, (uint)((ulong)number >> 32)), ((uint)seed, (uint)(seed >> 32)));
        var part = ((((ulong)high << 32) | low) >> 11) * (1.0 / (1UL << 53));
        var place = 0;
        while (place < ends.Length - 1 && part >= ends[place])
            place++;
        return place;
    }

    private static double[] Cumulate(double[] probabilities)
    {
        var sum = 0.0;
        return [.. probabilities.Select(probability => sum += probability)];
    }
}
