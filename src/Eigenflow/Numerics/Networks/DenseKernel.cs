using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Networks;

/// <summary>
/// The loops of a dense layer over a batch. The numbers of a unit over the batch are contiguous, <c>stride</c> of them in whole pairs of vectors, so that layers of a few units still fill
/// the lanes. Sums run in fixed lanes and products are fused: the same bits on every vector width.
/// </summary>
/// <typeparam name="T">Double or float.</typeparam>
internal static class DenseKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers in the two vectors that go through a loop together.</summary>
    public static int Block => 2 * Vector512<T>.Count;

    /// <summary>values = f(W inputs + b) and slopes = f′.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TActivation>(ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, T[] inputs, T[] values, T[] slopes, int stride)
        where TActivation : IActivation
    {
        var (outputs, count) = (biases.Length, weights.Length / biases.Length);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var input = ref MemoryMarshal.GetArrayDataReference(inputs);
        ref var value = ref MemoryMarshal.GetArrayDataReference(values);
        ref var slope = ref MemoryMarshal.GetArrayDataReference(slopes);
        for (var at = 0; at < stride; at += Block)
        {
            for (var j = 0; j < outputs; j++)
            {
                var first = Vector512.Create(biases[j]);
                var second = first;
                for (var i = 0; i < count; i++)
                {
                    var factor = Vector512.Create(Unsafe.Add(ref weight, (j * count) + i));
                    var from = (nuint)((i * stride) + at);
                    first = Lanes.Fused(factor, Vector512.LoadUnsafe(ref input, from), first);
                    second = Lanes.Fused(factor, Vector512.LoadUnsafe(ref input, from + (nuint)Vector512<T>.Count), second);
                }

                var to = (nuint)((j * stride) + at);
                var next = to + (nuint)Vector512<T>.Count;
                var (one, two) = (TActivation.At(first), TActivation.At(second));
                one.Value.StoreUnsafe(ref value, to);
                one.Slope.StoreUnsafe(ref slope, to);
                two.Value.StoreUnsafe(ref value, next);
                two.Slope.StoreUnsafe(ref slope, next);
            }
        }
    }

    /// <summary>The gradient of the sum over the batch: Σ δ_j x_i to the weights and Σ δ_j to the biases, with δ the derivative of the loss by the sums of the units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(T[] deltas, T[] inputs, int stride, Span<T> weights, Span<T> biases)
    {
        var count = weights.Length / biases.Length;
        ref var delta = ref MemoryMarshal.GetArrayDataReference(deltas);
        ref var input = ref MemoryMarshal.GetArrayDataReference(inputs);
        for (var j = 0; j < biases.Length; j++)
        {
            var begin = (nuint)(j * stride);
            var total = Vector512<T>.Zero;
            for (var at = 0; at < stride; at += Vector512<T>.Count)
                total += Vector512.LoadUnsafe(ref delta, begin + (nuint)at);
            biases[j] = Vector512.Sum(total);
            var row = weights.Slice(j * count, count);
            var i = 0;
            for (; i + 4 <= count; i += 4)
            {
                Vector512<T> a = default, b = default, c = default, d = default;
                for (var at = 0; at < stride; at += Vector512<T>.Count)
                {
                    var factor = Vector512.LoadUnsafe(ref delta, begin + (nuint)at);
                    a = Lanes.Fused(factor, Vector512.LoadUnsafe(ref input, (nuint)((i * stride) + at)), a);
                    b = Lanes.Fused(factor, Vector512.LoadUnsafe(ref input, (nuint)(((i + 1) * stride) + at)), b);
                    c = Lanes.Fused(factor, Vector512.LoadUnsafe(ref input, (nuint)(((i + 2) * stride) + at)), c);
                    d = Lanes.Fused(factor, Vector512.LoadUnsafe(ref input, (nuint)(((i + 3) * stride) + at)), d);
                }

                (row[i], row[i + 1], row[i + 2], row[i + 3]) = (Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(c), Vector512.Sum(d));
            }

            for (; i < count; i++)
            {
                var sum = Vector512<T>.Zero;
                for (var at = 0; at < stride; at += Vector512<T>.Count)
                    sum = Lanes.Fused(Vector512.LoadUnsafe(ref delta, begin + (nuint)at), Vector512.LoadUnsafe(ref input, (nuint)((i * stride) + at)), sum);
                row[i] = Vector512.Sum(sum);
            }
        }
    }

    /// <summary>result_i = slopes_i Σ_j W_ji δ_j: the derivative of the loss by the sums of the layer before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Propagate(ReadOnlySpan<T> weights, int outputs, T[] deltas, T[] slopes, T[] result, int stride)
    {
        var count = weights.Length / outputs;
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var delta = ref MemoryMarshal.GetArrayDataReference(deltas);
        ref var slope = ref MemoryMarshal.GetArrayDataReference(slopes);
        ref var target = ref MemoryMarshal.GetArrayDataReference(result);
        for (var at = 0; at < stride; at += Block)
        {
            for (var i = 0; i < count; i++)
            {
                var (first, second) = (Vector512<T>.Zero, Vector512<T>.Zero);
                for (var j = 0; j < outputs; j++)
                {
                    var factor = Vector512.Create(Unsafe.Add(ref weight, (j * count) + i));
                    var from = (nuint)((j * stride) + at);
                    first = Lanes.Fused(factor, Vector512.LoadUnsafe(ref delta, from), first);
                    second = Lanes.Fused(factor, Vector512.LoadUnsafe(ref delta, from + (nuint)Vector512<T>.Count), second);
                }

                var to = (nuint)((i * stride) + at);
                var next = to + (nuint)Vector512<T>.Count;
                (first * Vector512.LoadUnsafe(ref slope, to)).StoreUnsafe(ref target, to);
                (second * Vector512.LoadUnsafe(ref slope, next)).StoreUnsafe(ref target, next);
            }
        }
    }
}
