using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Dense;

/// <summary>Loops over rows of any length. Sums run in sixteen fixed lanes and products are fused, so that results are the same on every vector width.</summary>
internal static class RowLoops
{
    private const int Lanes = 8;

    /// <summary>Σ a_i b_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second[..first.Length]);
        var (even, odd) = (Vector512<double>.Zero, Vector512<double>.Zero);
        nuint i = 0, length = (nuint)first.Length;
        for (; i + (2 * Lanes) <= length; i += 2 * Lanes)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i + Lanes), Vector512.LoadUnsafe(ref b, i + Lanes), odd);
        }

        var sum = Sum(even + odd);
        for (; i < length; i++)
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref a, i), Unsafe.Add(ref b, i), sum);
        return sum;
    }

    /// <summary>target += factor · source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        ref var a = ref MemoryMarshal.GetReference(source);
        ref var b = ref MemoryMarshal.GetReference(target[..source.Length]);
        var each = Vector512.Create(factor);
        nuint i = 0, length = (nuint)source.Length;
        for (; i + Lanes <= length; i += Lanes)
            Vector512.FusedMultiplyAdd(each, Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i)).StoreUnsafe(ref b, i);
        for (; i < length; i++)
            Unsafe.Add(ref b, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref a, i), Unsafe.Add(ref b, i));
    }

    /// <summary>target += factor · source, and the sum of target · weights after it, in one pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double AddAndDot(double factor, ReadOnlySpan<double> source, Span<double> target, ReadOnlySpan<double> weights)
    {
        ref var a = ref MemoryMarshal.GetReference(source);
        ref var b = ref MemoryMarshal.GetReference(target[..source.Length]);
        ref var c = ref MemoryMarshal.GetReference(weights[..source.Length]);
        var (each, sums) = (Vector512.Create(factor), Vector512<double>.Zero);
        nuint i = 0, length = (nuint)source.Length;
        for (; i + Lanes <= length; i += Lanes)
        {
            var moved = Vector512.FusedMultiplyAdd(each, Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i));
            moved.StoreUnsafe(ref b, i);
            sums = Vector512.FusedMultiplyAdd(moved, Vector512.LoadUnsafe(ref c, i), sums);
        }

        var sum = Sum(sums);
        for (; i < length; i++)
        {
            Unsafe.Add(ref b, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref a, i), Unsafe.Add(ref b, i));
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref b, i), Unsafe.Add(ref c, i), sum);
        }

        return sum;
    }

    /// <summary>What a reflection does to four rows that follow each other: x −= τ (v·x) v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReflectFour(ReadOnlySpan<double> vector, double factor, Span<double> rows, int stride)
    {
        ref var v = ref MemoryMarshal.GetReference(vector);
        ref var r0 = ref MemoryMarshal.GetReference(rows);
        ref var r1 = ref rows[stride];
        ref var r2 = ref rows[2 * stride];
        ref var r3 = ref rows[(3 * stride) + vector.Length - 1];
        r3 = ref Unsafe.Subtract(ref r3, vector.Length - 1);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        nuint i = 0, length = (nuint)vector.Length;
        for (; i + Lanes <= length; i += Lanes)
        {
            var part = Vector512.LoadUnsafe(ref v, i);
            s0 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(ref r0, i), s0);
            s1 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(ref r1, i), s1);
            s2 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(ref r2, i), s2);
            s3 = Vector512.FusedMultiplyAdd(part, Vector512.LoadUnsafe(ref r3, i), s3);
        }

        var (sum0, sum1, sum2, sum3) = (Sum(s0), Sum(s1), Sum(s2), Sum(s3));
        for (; i < length; i++)
        {
            var part = Unsafe.Add(ref v, i);
            sum0 = Math.FusedMultiplyAdd(part, Unsafe.Add(ref r0, i), sum0);
            sum1 = Math.FusedMultiplyAdd(part, Unsafe.Add(ref r1, i), sum1);
            sum2 = Math.FusedMultiplyAdd(part, Unsafe.Add(ref r2, i), sum2);
            sum3 = Math.FusedMultiplyAdd(part, Unsafe.Add(ref r3, i), sum3);
        }

        (sum0, sum1, sum2, sum3) = (-factor * sum0, -factor * sum1, -factor * sum2, -factor * sum3);
        (s0, s1, s2, s3) = (Vector512.Create(sum0), Vector512.Create(sum1), Vector512.Create(sum2), Vector512.Create(sum3));
        for (i = 0; i + Lanes <= length; i += Lanes)
        {
            var part = Vector512.LoadUnsafe(ref v, i);
            Vector512.FusedMultiplyAdd(part, s0, Vector512.LoadUnsafe(ref r0, i)).StoreUnsafe(ref r0, i);
            Vector512.FusedMultiplyAdd(part, s1, Vector512.LoadUnsafe(ref r1, i)).StoreUnsafe(ref r1, i);
            Vector512.FusedMultiplyAdd(part, s2, Vector512.LoadUnsafe(ref r2, i)).StoreUnsafe(ref r2, i);
            Vector512.FusedMultiplyAdd(part, s3, Vector512.LoadUnsafe(ref r3, i)).StoreUnsafe(ref r3, i);
        }

        for (; i < length; i++)
        {
            var part = Unsafe.Add(ref v, i);
            Unsafe.Add(ref r0, i) = Math.FusedMultiplyAdd(part, sum0, Unsafe.Add(ref r0, i));
            Unsafe.Add(ref r1, i) = Math.FusedMultiplyAdd(part, sum1, Unsafe.Add(ref r1, i));
            Unsafe.Add(ref r2, i) = Math.FusedMultiplyAdd(part, sum2, Unsafe.Add(ref r2, i));
            Unsafe.Add(ref r3, i) = Math.FusedMultiplyAdd(part, sum3, Unsafe.Add(ref r3, i));
        }
    }

    // In one order, whatever the width.
    private static double Sum(Vector512<double> lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}
