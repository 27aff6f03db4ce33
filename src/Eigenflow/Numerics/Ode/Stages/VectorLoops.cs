using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Ode;

/// <summary>
/// The loops of the solvers over vectors padded with zeros to whole groups of eight. Sums run in eight fixed lanes and products are fused
/// explicitly, so that results are the same on every vector width.
/// </summary>
internal static class VectorLoops
{
    public static int PaddedLength(int length) => (length + 7) & ~7;

    public static double[] Padded(int length) => new double[PaddedLength(length)];

    /// <summary>state = origin + Σ_j a_j stages_j and sum = scale · Σ_j c_j stages_j, in one pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(double[] origin, double[][] stages, int count, double[] a, double[] c, double scale, double[] state, double[] sum)
    {
        ref var y = ref MemoryMarshal.GetArrayDataReference(origin);
        ref var target = ref MemoryMarshal.GetArrayDataReference(state);
        ref var second = ref MemoryMarshal.GetArrayDataReference(sum);
        for (var i = 0; i < origin.Length; i += 8)
        {
            var first = Vector512.LoadUnsafe(ref y, (nuint)i);
            var other = Vector512<double>.Zero;
            for (var j = 0; j < count; j++)
            {
                var stage = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(stages[j]), (nuint)i);
                first = Vector512.FusedMultiplyAdd(stage, Vector512.Create(a[j]), first);
                other = Vector512.FusedMultiplyAdd(stage, Vector512.Create(c[j]), other);
            }

            first.StoreUnsafe(ref target, (nuint)i);
            (other * scale).StoreUnsafe(ref second, (nuint)i);
        }
    }

    /// <summary>state += latest and sum = scale · Σ_j c_j stages_j, in one pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Extend(double[] state, double[][] stages, int count, double[] c, double scale, double[] sum)
    {
        ref var target = ref MemoryMarshal.GetArrayDataReference(state);
        ref var second = ref MemoryMarshal.GetArrayDataReference(sum);
        for (var i = 0; i < state.Length; i += 8)
        {
            var other = Vector512<double>.Zero;
            var stage = Vector512<double>.Zero;
            for (var j = 0; j < count; j++)
            {
                stage = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(stages[j]), (nuint)i);
                other = Vector512.FusedMultiplyAdd(stage, Vector512.Create(c[j]), other);
            }

            (Vector512.LoadUnsafe(ref target, (nuint)i) + stage).StoreUnsafe(ref target, (nuint)i);
            (other * scale).StoreUnsafe(ref second, (nuint)i);
        }
    }

    /// <summary>result = origin + Σ_j c_j stages_j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Advance(double[] origin, double[][] stages, ReadOnlySpan<double> c, double[] result)
    {
        ref var y = ref MemoryMarshal.GetArrayDataReference(origin);
        ref var target = ref MemoryMarshal.GetArrayDataReference(result);
        for (var i = 0; i < result.Length; i += 8)
        {
            var sum = Vector512.LoadUnsafe(ref y, (nuint)i);
            for (var j = 0; j < c.Length; j++)
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(stages[j]), (nuint)i), Vector512.Create(c[j]), sum);
            sum.StoreUnsafe(ref target, (nuint)i);
        }
    }

    /// <summary>result = Σ_j c_j stages_j.</summary>
    public static void Weighted(double[][] stages, ReadOnlySpan<double> c, double[] result)
    {
        ref var target = ref MemoryMarshal.GetArrayDataReference(result);
        for (var i = 0; i < result.Length; i += 8)
        {
            var sum = Vector512<double>.Zero;
            for (var j = 0; j < c.Length; j++)
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(stages[j]), (nuint)i), Vector512.Create(c[j]), sum);
            sum.StoreUnsafe(ref target, (nuint)i);
        }
    }

    /// <summary>inverse = 1/(shift − diagonal); the padding stays finite and meets zeros only.</summary>
    public static void InvertShifted(double shift, double[] diagonal, double[] inverse)
    {
        ref var d = ref MemoryMarshal.GetArrayDataReference(diagonal);
        ref var target = ref MemoryMarshal.GetArrayDataReference(inverse);
        for (var i = 0; i < diagonal.Length; i += 8)
            (Vector512<double>.One / (Vector512.Create(shift) - Vector512.LoadUnsafe(ref d, (nuint)i))).StoreUnsafe(ref target, (nuint)i);
    }

    /// <summary>result = factor · (first + second).</summary>
    public static void ScaledSum(double[] factor, double[] first, double[] second, double[] result)
    {
        ref var f = ref MemoryMarshal.GetArrayDataReference(factor);
        ref var a = ref MemoryMarshal.GetArrayDataReference(first);
        ref var b = ref MemoryMarshal.GetArrayDataReference(second);
        ref var target = ref MemoryMarshal.GetArrayDataReference(result);
        for (var i = 0; i < result.Length; i += 8)
            (Vector512.LoadUnsafe(ref f, (nuint)i) * (Vector512.LoadUnsafe(ref a, (nuint)i) + Vector512.LoadUnsafe(ref b, (nuint)i))).StoreUnsafe(ref target, (nuint)i);
    }

    /// <summary>result = first · second.</summary>
    public static void Product(double[] first, double[] second, double[] result)
    {
        ref var a = ref MemoryMarshal.GetArrayDataReference(first);
        ref var b = ref MemoryMarshal.GetArrayDataReference(second);
        ref var target = ref MemoryMarshal.GetArrayDataReference(result);
        for (var i = 0; i < result.Length; i += 8)
            (Vector512.LoadUnsafe(ref a, (nuint)i) * Vector512.LoadUnsafe(ref b, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
    }

    /// <summary>target += factor · vector.</summary>
    public static void AddScaled(double factor, double[] vector, double[] target)
    {
        ref var v = ref MemoryMarshal.GetArrayDataReference(vector);
        ref var t = ref MemoryMarshal.GetArrayDataReference(target);
        for (var i = 0; i < target.Length; i += 8)
        {
            Vector512.FusedMultiplyAdd(Vector512.Create(factor), Vector512.LoadUnsafe(ref v, (nuint)i), Vector512.LoadUnsafe(ref t, (nuint)i))
                .StoreUnsafe(ref t, (nuint)i);
        }
    }

    /// <summary>Σ first · second.</summary>
    public static double Dot(double[] first, double[] second)
    {
        ref var a = ref MemoryMarshal.GetArrayDataReference(first);
        ref var b = ref MemoryMarshal.GetArrayDataReference(second);
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < first.Length; i += 8)
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref a, (nuint)i), Vector512.LoadUnsafe(ref b, (nuint)i), sum);
        return Vector512.Sum(sum);
    }
}
