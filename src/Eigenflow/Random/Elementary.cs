using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Random;

/// <summary>Logarithm, sine and cosine on eight fixed lanes, from fused operations alone: the same bits on every machine.</summary>
internal static class Elementary
{
    /// <summary>ln x for x in (0, 1], normal numbers; relative error about 2e-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        // x = 2^e m with m in [√½, √2): subtracting the bits of √½ before taking the exponent rounds e that way.
        var bits = x.AsInt64();
        var offset = bits - Vector512.Create(0x3FE6A09E667F3BCDL);
        var e = offset >> 52;
        var m = (bits - (e << 52)).AsDouble();

        // e as a double, exactly: add it to the bits of 1.5·2⁵² and subtract that number.
        var magic = Vector512.Create(6755399441055744.0);
        var exponent = (e + magic.AsInt64()).AsDouble() - magic;

        // ln m = 2 artanh s with s = (m − 1)/(m + 1), |s| ≤ 0.1716: the series 2s Σ s^(2k)/(2k+1) to k = 9 leaves 5e-17.
        var s = (m - Vector512<double>.One) / (m + Vector512<double>.One);
        var z = s * s;
        var p = Vector512.Create(2.0 / 19);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 17));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 15));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 13));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 11));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 9));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 7));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 5));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.0 / 3));
        var tail = Vector512.FusedMultiplyAdd(p * z, s, s + s);
        return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(0.6931471805599453), tail);
    }

    /// <summary>sin 2πu and cos 2πu for u in [0, 1); error about 1e-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosOfTurns(Vector512<double> u, out Vector512<double> sine, out Vector512<double> cosine)
    {
        // 2πu = k π/2 + r with k = round(4u), |r| ≤ π/4; 4u − k is exact.
        var magic = Vector512.Create(6755399441055744.0);
        var turns = u * 4.0;
        var shifted = turns + magic;
        var quadrant = shifted.AsInt64();
        var r = (turns - (shifted - magic)) * 1.5707963267948966;
        var z = r * r;

        var s = Vector512.Create(1.0 / 355687428096000);
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.0 / 1307674368000));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(1.0 / 6227020800));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.0 / 39916800));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(1.0 / 362880));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.0 / 5040));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(1.0 / 120));
        s = Vector512.FusedMultiplyAdd(s, z, Vector512.Create(-1.0 / 6));
        s = Vector512.FusedMultiplyAdd(s * z, r, r);

        var c = Vector512.Create(1.0 / 20922789888000);
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-1.0 / 87178291200));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(1.0 / 479001600));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-1.0 / 3628800));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(1.0 / 40320));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-1.0 / 720));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(1.0 / 24));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512.Create(-0.5));
        c = Vector512.FusedMultiplyAdd(c, z, Vector512<double>.One);

        // Odd quadrants exchange sine and cosine; the signs follow bits of k and k + 1.
        var isOdd = Vector512.Equals(quadrant & Vector512<long>.One, Vector512<long>.One).AsDouble();
        var sineSign = ((quadrant & Vector512.Create(2L)) << 62).AsDouble();
        var cosineSign = (((quadrant + Vector512<long>.One) & Vector512.Create(2L)) << 62).AsDouble();
        sine = Vector512.ConditionalSelect(isOdd, c, s) ^ sineSign;
        cosine = Vector512.ConditionalSelect(isOdd, s, c) ^ cosineSign;
    }
}
