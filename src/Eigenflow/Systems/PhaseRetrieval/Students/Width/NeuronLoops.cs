using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Loops over vectors of whole groups of eight: the same bits for every vector width.</summary>
internal static class NeuronLoops
{
    /// <summary>Σ a b c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c)
    {
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < a.Length; i += 8)
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(a.Slice(i, 8)) * Vector512.Create(b.Slice(i, 8)), Vector512.Create(c.Slice(i, 8)), sum);
        return Vector512.Sum(sum);
    }

    /// <summary>Σ a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector512<double>.Zero;
        for (var i = 0; i < a.Length; i += 8)
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(a.Slice(i, 8)), Vector512.Create(b.Slice(i, 8)), sum);
        return Vector512.Sum(sum);
    }

    /// <summary>target = a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> target)
    {
        for (var i = 0; i < a.Length; i += 8)
            (Vector512.Create(a.Slice(i, 8)) * Vector512.Create(b.Slice(i, 8))).CopyTo(target.Slice(i, 8));
    }
}
