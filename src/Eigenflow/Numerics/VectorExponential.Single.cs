using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics;

/// <content>The same in single precision on sixteen fixed lanes, with the Taylor polynomial to the order 7.</content>
internal static partial class VectorExponential
{
    private const float SmallestSingle = -87;
    private const float LargestSingle = 88;

    // 1.5 · 2²³.
    private const float SingleRounder = 12582912f;
    private const float SingleLogOfTwoHigh = 0.693359375f;
    private const float SingleLogOfTwoLow = -2.12194440e-4f;

    /// <summary>e^x − 1, relative error about 2e-7; x is cut to [−87, 88].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MinusOne(Vector512<float> x)
    {
        var (power, sum) = Parts(x);
        return Vector512.FusedMultiplyAdd(power, sum, power - Vector512<float>.One);
    }

    /// <summary>e^x, relative error about 1e-7; x is cut to [−87, 88].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        var (power, sum) = Parts(x);
        return Vector512.FusedMultiplyAdd(power, sum, power);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Power, Vector512<float> Sum) Parts(Vector512<float> x)
    {
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(SmallestSingle)), Vector512.Create(LargestSingle));
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), Vector512.Create(SingleRounder));
        var whole = shifted - Vector512.Create(SingleRounder);
        var r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-SingleLogOfTwoHigh), x);
        r = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-SingleLogOfTwoLow), r);
        var sum = Vector512.Create(1 / 5040f);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 720f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 120f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 24f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1 / 6f));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum * r, r, r);
        var power = ((shifted.AsInt32() + Vector512.Create(127)) << 23).AsSingle();
        return (power, sum);
    }
}
