using Eigenflow.Numerics.LowPrecision;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The numbers in which Newton–Schulz iterations are computed.</summary>
public enum Arithmetic
{
    /// <summary>64 bits.</summary>
    Double,

    /// <summary>32 bits.</summary>
    Single,

    /// <summary>
    /// bfloat16 as on matrix units: factors are bfloat16, products are summed in float in ascending order of the inner index and rounded once; every operation between entries rounds.
    /// </summary>
    BrainFloat,
}

/// <summary>Rounding in an arithmetic of less than double precision; a struct, so that loops are compiled for each.</summary>
internal interface IRounding
{
    /// <summary>The nearest number of the arithmetic.</summary>
    static abstract float Round(float value);
}

/// <summary>Floats as they are.</summary>
internal readonly struct SingleRounding : IRounding
{
    public static float Round(float value) => value;
}

/// <summary>Floats that are bfloat16.</summary>
internal readonly struct BrainFloatRounding : IRounding
{
    public static float Round(float value) => BrainFloat.Round(value);
}
