using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics;

/// <summary>e^x − 1 and e^x in eight fixed lanes, the same bits on every vector width: x = k ln 2 + r with |r| ≤ ½ ln 2, then 2^k (e^r − 1) + (2^k − 1) with the Taylor polynomial of e^r − 1 to the order 13.</summary>
internal static partial class VectorExponential
{
    private const double Smallest = -708;
    private const double Largest = 700;

    // 1.5 · 2⁵²: adding it leaves the nearest whole number in the low bits.
    private const double Rounder = 6755399441055744.0;
    private const double LogOfTwoHigh = 6.93147180369123816490e-01;
    private const double LogOfTwoLow = 1.90821492927058770002e-10;

    /// <summary>e^x − 1, relative error about 4e-16; x is cut to [−708, 700].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MinusOne(Vector512<double> x)
    {
        var (power, sum) = Parts(x);
        return Vector512.FusedMultiplyAdd(power, sum, power - Vector512<double>.One);
    }

    /// <summary>e^x, relative error about 3e-16; x is cut to [−708, 700].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Of(Vector512<double> x)
    {
        var (power, sum) = Parts(x);
        return Vector512.FusedMultiplyAdd(power, sum, power);
    }

    // 2^k and e^r − 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Power, Vector512<double> Sum) Parts(Vector512<double> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(Smallest)), Vector512.Create(Largest));
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.4426950408889634), Vector512.Create(Rounder));
        var whole = shifted - Vector512.Create(Rounder);
        var r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-LogOfTwoHigh), x);
        r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-LogOfTwoLow), r);
        var sum = Vector512.Create(1 / 6227020800.0);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 479001600.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 39916800.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 3628800.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 362880.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 40320.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 5040.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 720.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 120.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 24.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 6.0));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5));
        sum = Vector512.FusedMultiplyAdd(sum * r, r, r);
        var power = ((shifted.AsInt64() + Vector512.Create(1023L)) << 52).AsDouble();
        return (power, sum);
    }
}
