using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Networks;

/// <summary>An activation with its slope; a type of its own for each, so that it is compiled into the loops.</summary>
internal interface IActivation
{
    /// <summary>f(z) and f′(z).</summary>
    static abstract (Vector512<T> Value, Vector512<T> Slope) At<T>(Vector512<T> z)
        where T : unmanaged;
}

/// <summary>The activation of the last layer: none.</summary>
internal readonly struct NoActivation : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Slope) At<T>(Vector512<T> z)
        where T : unmanaged => (z, Vector512<T>.One);
}

/// <summary><see cref="Activation.Tanh"/>.</summary>
internal readonly struct TanhActivation : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Slope) At<T>(Vector512<T> z)
        where T : unmanaged
    {
        var value = Lanes.Tanh(z);
        return (value, (Vector512<T>.One - value) * (Vector512<T>.One + value));
    }
}

/// <summary><see cref="Activation.Gelu"/>.</summary>
internal readonly struct GeluActivation : IActivation
{
    // √(2/π).
    private const double Scale = 0.7978845608028654;
    private const double Cubic = 0.044715;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Slope) At<T>(Vector512<T> z)
        where T : unmanaged
    {
        var square = z * z;
        var tanh = Lanes.Tanh(z * Lanes.Fused(square, Lanes.Of<T>(Scale * Cubic), Lanes.Of<T>(Scale)));
        var half = Lanes.Of<T>(0.5);
        var part = Lanes.Fused(half, tanh, half);
        var bend = (Vector512<T>.One - tanh) * (Vector512<T>.One + tanh) * Lanes.Fused(square, Lanes.Of<T>(3 * Scale * Cubic), Lanes.Of<T>(Scale));
        return (z * part, Lanes.Fused(half * z, bend, part));
    }
}

/// <summary><see cref="Activation.Silu"/>.</summary>
internal readonly struct SiluActivation : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Slope) At<T>(Vector512<T> z)
        where T : unmanaged
    {
        var part = Vector512<T>.One / (Vector512<T>.One + Lanes.Exponential(-z));
        var value = z * part;
        return (value, Lanes.Fused(value, Vector512<T>.One - part, part));
    }
}

/// <summary><see cref="Activation.Relu"/>.</summary>
internal readonly struct ReluActivation : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<T> Value, Vector512<T> Slope) At<T>(Vector512<T> z)
        where T : unmanaged
    {
        // Not a maximum: that would turn a lost number into 0.
        var isOff = Vector512.LessThanOrEqual(z, Vector512<T>.Zero);
        return (Vector512.ConditionalSelect(isOff, Vector512<T>.Zero, z), Vector512.ConditionalSelect(isOff, Vector512<T>.Zero, Vector512<T>.One));
    }
}
