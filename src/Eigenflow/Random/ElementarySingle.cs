using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Random;

/// <summary>
/// Logarithm, sine and cosine in single precision on sixteen fixed lanes, from fused operations alone: the same bits on every machine.
/// Polynomials are weighted least-maximum fits on the reduced ranges.
/// </summary>
internal static class ElementarySingle
{
    /// <summary>ln x for x in (0, 1], normal numbers; relative error about 1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // x = 2^e m with m in [√½, √2): subtracting the bits of √½ before taking the exponent rounds e that way.
        var bits = x.AsInt32();
        var e = (bits - Vector512.Create(0x3F3504F3)) >> 23;
        var z = (bits - (e << 23)).AsSingle() - Vector512<float>.One;
        var exponent = Vector512.ConvertToSingle(e);

        // ln(1 + z) = z − z²/2 + z³ P(z); the fit leaves 7e-10.
        var p = Vector512.Create(0.06915424764156342f);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.1178983524441719f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.11872965842485428f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.12384343147277832f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.14218658208847046f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.16669251024723053f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.20002226531505585f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(-0.24999986588954926f));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(0.3333331048488617f));
        var square = z * z;
        var tail = Vector512.FusedMultiplyAdd(p * z, square, square * -0.5f);
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(0.6931472f), tail + z);
    }

    /// <summary>sin 2πu and cos 2πu for u in [−½, ½]; error about 1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosOfTurns(Vector512<float> u, out Vector512<float> sine, out Vector512<float> cosine)
    {
        // 2πu = k π/2 + r with k = round(4u), |r| ≤ π/4; 4u − k is exact.
        var magic = Vector512.Create(12582912f);
        var turns = u * 4f;
        var shifted = turns + magic;
        var quadrant = shifted.AsInt32();
        var r = (turns - (shifted - magic)) * 1.5707964f;
        var z = r * r;
        var s = Vector512.Create(-0.0001951729936990887f);
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(0.008332177996635437f));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-0.16666655242443085f));
        s = Vector512.FusedMultiplyAdd(s * z, r, r);
        var c = Vector512.Create(2.4438451873720624e-05f);
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-0.001388736767694354f));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(0.04166664555668831f));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-0.5f));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512<float>.One);

        // Odd quadrants exchange sine and cosine; the signs follow bits of k and k + 1.
        var isOdd = Vector512.Equals(quadrant & Vector512<int>.One, Vector512<int>.One).AsSingle();
        var sineSign = ((quadrant & Vector512.Create(2)) << 30).AsSingle();
        var cosineSign = (((quadrant + Vector512<int>.One) & Vector512.Create(2)) << 30).AsSingle();
        sine = Vector512.ConditionalSelect(isOdd, c, s) ^ sineSign;
        cosine = Vector512.ConditionalSelect(isOdd, s, c) ^ cosineSign;
    }
}
