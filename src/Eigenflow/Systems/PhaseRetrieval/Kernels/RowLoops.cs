using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>Inner loops over padded rows (whole groups of <see cref="RowStore{T}.Group"/>): the same bits for every vector width.</summary>
internal static class RowLoops
{
    /// <summary>Σ a b, in double precision beyond the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot<T>(ref T a, ref T b, int length)
        where T : unmanaged
    {
        Vector512<T> first = default, second = default;
        var step = (nuint)Vector512<T>.Count;
        for (nuint i = 0; i < (nuint)length; i += 2 * step)
        {
            first = Lanes.Fused(Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i), first);
            second = Lanes.Fused(Vector512.LoadUnsafe(ref a, i + step), Vector512.LoadUnsafe(ref b, i + step), second);
        }

        return Lanes.Sum(first + second);
    }

    /// <summary>b += factor · a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T factor, ref T a, ref T b, int length)
        where T : unmanaged
    {
        var factors = Vector512.Create(factor);
        var step = (nuint)Vector512<T>.Count;
        for (nuint i = 0; i < (nuint)length; i += step)
            Lanes.Fused(factors, Vector512.LoadUnsafe(ref a, i), Vector512.LoadUnsafe(ref b, i)).StoreUnsafe(ref b, i);
    }
}
