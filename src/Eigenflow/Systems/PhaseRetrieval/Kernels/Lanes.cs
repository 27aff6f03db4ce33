using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Random;

namespace Eigenflow.Systems.PhaseRetrieval.Kernels;

/// <summary>What the SGD kernel needs of a precision, so that one code serves double and float; type tests fold away when the code is compiled.</summary>
internal static class Lanes
{
    /// <summary>first · second + third with one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fused<T>(Vector512<T> first, Vector512<T> second, Vector512<T> third)
        where T : unmanaged => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(first.AsDouble(), second.AsDouble(), third.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(first.AsSingle(), second.AsSingle(), third.AsSingle()).As<float, T>();

    /// <summary>The sum of all lanes in double precision, in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum<T>(Vector512<T> vector)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            return Vector512.Sum(vector.AsDouble());
        var (low, high) = Vector512.Widen(vector.AsSingle());
        return Vector512.Sum(low + high);
    }

    /// <summary>Fills whole blocks of a vector of normal numbers; <paramref name="first"/> is a multiple of 32.</summary>
    public static void Fill<T>(GaussianAddress address, int first, Span<T> destination)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
            GaussianGenerator.FillGroups(address, first / 16, System.Runtime.InteropServices.MemoryMarshal.Cast<T, double>(destination));
        else
            GaussianGenerator.FillGroups(address, first / 32, System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(destination));
    }
}
