using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Dense;

/// <summary>target += factor · vector for vectors of any length, fused, with the same bits on every vector width.</summary>
internal static class ScaledSum
{
    private const int Lanes = 8;

    /// <summary>Adds.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="target">What is added to, as long as the vector.</param>
    public static void Add(double factor, ReadOnlySpan<double> vector, Span<double> target)
    {
        ref var source = ref MemoryMarshal.GetReference(vector);
        ref var sum = ref MemoryMarshal.GetReference(target[..vector.Length]);
        var factors = Vector512.Create(factor);
        var i = 0;
        for (; i + Lanes <= vector.Length; i += Lanes)
            Vector512.FusedMultiplyAdd(factors, Vector512.LoadUnsafe(ref source, (nuint)i), Vector512.LoadUnsafe(ref sum, (nuint)i)).StoreUnsafe(ref sum, (nuint)i);
        for (; i < vector.Length; i++)
            target[i] = Math.FusedMultiplyAdd(factor, vector[i], target[i]);
    }
}
