using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics;

/// <summary>ln x in eight fixed lanes, the same bits on every vector width: x = 2^k (1 + f) with 1 + f between √½ and √2, and ln(1 + f) from the series of the inverse hyperbolic tangent in f/(2 + f) with the coefficients of fdlibm.</summary>
internal static class VectorLogarithm
{
    private const double LogOfTwoHigh = 6.93147180369123816490e-01;
    private const double LogOfTwoLow = 1.90821492927058770002e-10;

    // 2⁵²: whole numbers below it are the low bits of their sum with it.
    private const double Shift = 4503599627370496.0;

    // The bits of √½: subtracting them moves the range of the mantissa to √½ … √2.
    private const long RootBits = 0x3FE6A09E667F3BCDL;
    private const long MantissaBits = 0x000FFFFFFFFFFFFFL;

    /// <summary>ln x for normal x &gt; 0, error below one unit of the last digit or 1e-19.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        var bits = x.AsInt64() - Vector512.Create(RootBits);
        var exponents = Vector512.ShiftRightArithmetic(bits, 52);

        // Exponents of either sign: offset by 2048 so that they are positive in the low bits of 2⁵².
        var k = ((exponents + Vector512.Create(2048L)) | Vector512.Create(Shift).AsInt64()).AsDouble() - Vector512.Create(Shift + 2048);
        var f = ((bits & Vector512.Create(MantissaBits)) + Vector512.Create(RootBits)).AsDouble() - Vector512<double>.One;
        var s = f / (f + Vector512.Create(2.0));
        var z = s * s;
        var sum = Vector512.Create(1.479819860511658591e-01);
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.531383769920937332e-01));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.818357216161805012e-01));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(2.222219843214978396e-01));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(2.857142874366239149e-01));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(3.999999999940941908e-01));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(6.666666666666735130e-01));
        sum *= z;
        var half = Vector512.Create(0.5) * f * f;
        var small = s * (half + sum) + (k * Vector512.Create(LogOfTwoLow));
        return (k * Vector512.Create(LogOfTwoHigh)) - (half - small - f);
    }
}
