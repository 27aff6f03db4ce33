using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>Loops over vectors of any length, in eight fixed lanes with fused products: the same bits for every vector width.</summary>
internal static class MarginSums
{
    /// <summary>Σ a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        Vector512<double> even = default, odd = default;
        nuint i = 0, length = (nuint)first.Length;
        for (; i + 16 <= length; i += 16)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, i + 8), Vector512.LoadUnsafe(ref b, i + 8), odd);
        }

        var sum = Vector512.Sum(even + odd);
        for (; i < length; i++)
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref a, i), Unsafe.Add(ref b, i), sum);
        return sum;
    }

    /// <summary>Σ w a².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Square(ReadOnlySpan<double> weights, ReadOnlySpan<double> vector) => Product(weights, vector, vector);

    /// <summary>Σ w a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Product(ReadOnlySpan<double> weights, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var a = ref MemoryMarshal.GetReference(first);
        ref var b = ref MemoryMarshal.GetReference(second);
        Vector512<double> even = default, odd = default;
        nuint i = 0, length = (nuint)weights.Length;
        for (; i + 16 <= length; i += 16)
        {
            even = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref w, i) * Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), even);
            odd = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref w, i + 8) * Vector512.LoadUnsafe(ref a, i + 8), Vector512.LoadUnsafe(ref b, i + 8), odd);
        }

        var sum = Vector512.Sum(even + odd);
        for (; i < length; i++)
            sum = Math.FusedMultiplyAdd(Unsafe.Add(ref w, i) * Unsafe.Add(ref a, i), Unsafe.Add(ref b, i), sum);
        return sum;
    }

    /// <summary>result += factor · a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double factor, ReadOnlySpan<double> vector, Span<double> result)
    {
        ref var a = ref MemoryMarshal.GetReference(vector);
        ref var target = ref MemoryMarshal.GetReference(result);
        var factors = Vector512.Create(factor);
        nuint i = 0, length = (nuint)vector.Length;
        for (; i + 8 <= length; i += 8)
            Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref target, i)).StoreUnsafe(ref target, i);
        for (; i < length; i++)
            Unsafe.Add(ref target, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref a, i), Unsafe.Add(ref target, i));
    }

    /// <summary>result = factor · a + shift · b · c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(double factor, ReadOnlySpan<double> vector, double shift, ReadOnlySpan<double> second, ReadOnlySpan<double> third, Span<double> result)
    {
        ref var a = ref MemoryMarshal.GetReference(vector);
        ref var b = ref MemoryMarshal.GetReference(second);
        ref var c = ref MemoryMarshal.GetReference(third);
        ref var target = ref MemoryMarshal.GetReference(result);
        var (factors, shifts) = (Vector512.Create(factor), Vector512.Create(shift));
        nuint i = 0, length = (nuint)vector.Length;
        for (; i + 8 <= length; i += 8)
            Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref a, i), shifts * Vector512.LoadUnsafe(ref b, i) * Vector512.LoadUnsafe(ref c, i)).StoreUnsafe(ref target, i);
        for (; i < length; i++)
            Unsafe.Add(ref target, i) = Math.FusedMultiplyAdd(factor, Unsafe.Add(ref a, i), shift * Unsafe.Add(ref b, i) * Unsafe.Add(ref c, i));
    }
}
