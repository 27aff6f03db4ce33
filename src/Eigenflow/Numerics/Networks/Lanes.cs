using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Networks;

/// <summary>The operations of networks on 512 bits of doubles or floats. The branches on the type are decided when the code is compiled for it.</summary>
internal static class Lanes
{
    /// <summary>x y + z, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fused<T>(Vector512<T> x, Vector512<T> y, Vector512<T> z)
        where T : unmanaged => typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>();

    /// <summary>A number in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(double value)
        where T : unmanaged => typeof(T) == typeof(double) ? Vector512.Create(value).As<double, T>() : Vector512.Create((float)value).As<float, T>();

    /// <summary>e^x, cut where it would leave the range of numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exponential<T>(Vector512<T> x)
        where T : unmanaged => typeof(T) == typeof(double)
        ? VectorExponential.Of(x.AsDouble()).As<double, T>()
        : VectorExponential.Of(x.AsSingle()).As<float, T>();

    /// <summary>tanh x = e/(e + 2) with e = e^(2|x|) − 1 and the sign of x: to the last digits also near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh<T>(Vector512<T> x)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            var number = x.AsDouble();
            var growth = VectorExponential.MinusOne(Vector512.Abs(number + number));
            return Vector512.CopySign(growth / (growth + Vector512.Create(2.0)), number).As<double, T>();
        }

        var single = x.AsSingle();
        var rise = VectorExponential.MinusOne(Vector512.Abs(single + single));
        return Vector512.CopySign(rise / (rise + Vector512.Create(2f)), single).As<float, T>();
    }
}
