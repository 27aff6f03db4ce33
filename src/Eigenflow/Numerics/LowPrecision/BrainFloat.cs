namespace Eigenflow.Numerics.LowPrecision;

/// <summary>Rounding to bfloat16: the eight exponent bits of a float and eight significant bits, one of them implied. A rounded number is kept as the float that it is.</summary>
public static class BrainFloat
{
    private const int Dropped = 16;
    private const uint Kept = 0xFFFF_0000, HalfBelow = 0x7FFF, Quiet = 0x0040_0000;

    /// <summary>The nearest bfloat16, ties to even; subnormal numbers stay, and what is beyond the largest (3.39e38) by half a unit or more is infinite. A NaN stays one.</summary>
    /// <param name="value">Any float.</param>
    public static float Round(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle(float.IsNaN(value) ? (bits | Quiet) & Kept : (bits + HalfBelow + ((bits >> Dropped) & 1)) & Kept);
    }

    /// <summary>Rounds every number in place.</summary>
    /// <param name="values">The numbers.</param>
    public static void Round(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = Round(values[i]);
    }
}
