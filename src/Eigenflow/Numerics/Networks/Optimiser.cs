using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Networks;

/// <summary>How parameters follow their gradient. The state is one vector: the padded parameters, and behind them as many numbers for each memory; written and read, training goes on with the same bits.</summary>
internal abstract record Optimiser
{
    private protected Optimiser()
    {
    }

    /// <summary>Number of memories.</summary>
    public abstract int Memories { get; }

    /// <summary>Length of the state of a network.</summary>
    public int StateLength(NetworkShape shape) => (1 + Memories) * shape.PaddedCount;

    /// <summary>One update.</summary>
    /// <param name="state">Parameters and memories.</param>
    /// <param name="gradient">As long as the padded parameters.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <param name="rate">Learning rate.</param>
    /// <typeparam name="T">Double or float.</typeparam>
    public abstract void Update<T>(Span<T> state, ReadOnlySpan<T> gradient, long step, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1): θ ← θ − η m̂/(√v̂ + ε) with the moments corrected for their start at zero.</summary>
/// <param name="MeanDecay">β₁ of the mean, in [0, 1).</param>
/// <param name="SquareDecay">β₂ of the mean square, in [0, 1).</param>
/// <param name="Floor">ε &gt; 0.</param>
internal sealed record Adam(double MeanDecay = 0.9, double SquareDecay = 0.999, double Floor = 1e-8) : Optimiser
{
    /// <inheritdoc/>
    public override int Memories => 2;

    /// <inheritdoc/>
    public override void Update<T>(Span<T> state, ReadOnlySpan<T> gradient, long step, double rate)
    {
        var length = gradient.Length;
        ref var parameter = ref MemoryMarshal.GetReference(state);
        ref var mean = ref MemoryMarshal.GetReference(state[length..]);
        ref var square = ref MemoryMarshal.GetReference(state[(2 * length)..(3 * length)]);
        ref var slope = ref MemoryMarshal.GetReference(gradient);
        var (keepMean, newMean) = (Lanes.Of<T>(MeanDecay), Lanes.Of<T>(1 - MeanDecay));
        var (keepSquare, newSquare) = (Lanes.Of<T>(SquareDecay), Lanes.Of<T>(1 - SquareDecay));
        var size = Lanes.Of<T>(-rate / (1 - Power(MeanDecay, step + 1)));
        var scale = Lanes.Of<T>(1 / Math.Sqrt(1 - Power(SquareDecay, step + 1)));
        var floor = Lanes.Of<T>(Floor);
        for (nuint i = 0; i < (nuint)length; i += (nuint)Vector512<T>.Count)
        {
            var g = Vector512.LoadUnsafe(ref slope, i);
            var m = Lanes.Fused(keepMean, Vector512.LoadUnsafe(ref mean, i), newMean * g);
            var v = Lanes.Fused(keepSquare, Vector512.LoadUnsafe(ref square, i), newSquare * (g * g));
            m.StoreUnsafe(ref mean, i);
            v.StoreUnsafe(ref square, i);
            Lanes.Fused(size, m / Lanes.Fused(Vector512.Sqrt(v), scale, floor), Vector512.LoadUnsafe(ref parameter, i)).StoreUnsafe(ref parameter, i);
        }
    }

    // By squaring: the library's power may differ between machines in its last digit.
    private static double Power(double x, long exponent)
    {
        var result = 1.0;
        for (; exponent > 0 && result > 0; exponent >>= 1, x *= x)
        {
            if ((exponent & 1) == 1)
                result *= x;
        }

        return result;
    }
}

/// <summary>Stochastic gradient descent with momentum: v ← μ v + g, θ ← θ − η v.</summary>
/// <param name="Momentum">μ in [0, 1).</param>
internal sealed record GradientDescent(double Momentum = 0) : Optimiser
{
    /// <inheritdoc/>
    public override int Memories => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override void Update<T>(Span<T> state, ReadOnlySpan<T> gradient, long step, double rate)
    {
        var length = gradient.Length;
        ref var parameter = ref MemoryMarshal.GetReference(state);
        ref var slope = ref MemoryMarshal.GetReference(gradient);
        var size = Lanes.Of<T>(-rate);
        if (Momentum == 0)
        {
            for (nuint i = 0; i < (nuint)length; i += (nuint)Vector512<T>.Count)
                Lanes.Fused(size, Vector512.LoadUnsafe(ref slope, i), Vector512.LoadUnsafe(ref parameter, i)).StoreUnsafe(ref parameter, i);
            return;
        }

        ref var velocity = ref MemoryMarshal.GetReference(state[length..(2 * length)]);
        var keep = Lanes.Of<T>(Momentum);
        for (nuint i = 0; i < (nuint)length; i += (nuint)Vector512<T>.Count)
        {
            var v = Lanes.Fused(keep, Vector512.LoadUnsafe(ref velocity, i), Vector512.LoadUnsafe(ref slope, i));
            v.StoreUnsafe(ref velocity, i);
            Lanes.Fused(size, v, Vector512.LoadUnsafe(ref parameter, i)).StoreUnsafe(ref parameter, i);
        }
    }
}
