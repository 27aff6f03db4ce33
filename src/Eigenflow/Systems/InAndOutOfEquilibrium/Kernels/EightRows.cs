using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Sums over the numbers of eight vectors, and the transposition of eight vectors: the same bits on every machine, as each sum has one order, ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 + 7)).</summary>
internal static class EightRows
{
    private const int Lanes = GradientKernel.Lanes;

    /// <summary>The eight sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Sums(
        Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3, Vector512<double> v4, Vector512<double> v5, Vector512<double> v6, Vector512<double> v7)
    {
        if (Avx512F.IsSupported)
        {
            var p0 = Avx512F.UnpackLow(v0, v1) + Avx512F.UnpackHigh(v0, v1);
            var p1 = Avx512F.UnpackLow(v2, v3) + Avx512F.UnpackHigh(v2, v3);
            var p2 = Avx512F.UnpackLow(v4, v5) + Avx512F.UnpackHigh(v4, v5);
            var p3 = Avx512F.UnpackLow(v6, v7) + Avx512F.UnpackHigh(v6, v7);
            var q0 = Quarters(p0, p1);
            var q1 = Quarters(p2, p3);
            return Quarters(q0, q1);
        }

        return Vector512.Create(Four(v0, v1, v2, v3), Four(v4, v5, v6, v7));
    }

    /// <summary>Transposes eight vectors that stand one after the other.</summary>
    /// <param name="from">The first.</param>
    /// <param name="fromStride">Numbers from one to the next.</param>
    /// <param name="to">Receives the first.</param>
    /// <param name="toStride">Numbers from one to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref double from, int fromStride, ref double to, int toStride)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<double> v0 = At(ref from, 0), v1 = At(ref from, fromStride), v2 = At(ref from, 2 * fromStride), v3 = At(ref from, 3 * fromStride);
            Vector512<double> v4 = At(ref from, 4 * fromStride), v5 = At(ref from, 5 * fromStride), v6 = At(ref from, 6 * fromStride), v7 = At(ref from, 7 * fromStride);
            Vector512<double> a0 = Avx512F.UnpackLow(v0, v1), a1 = Avx512F.UnpackHigh(v0, v1), a2 = Avx512F.UnpackLow(v2, v3), a3 = Avx512F.UnpackHigh(v2, v3);
            Vector512<double> a4 = Avx512F.UnpackLow(v4, v5), a5 = Avx512F.UnpackHigh(v4, v5), a6 = Avx512F.UnpackLow(v6, v7), a7 = Avx512F.UnpackHigh(v6, v7);
            Turn(a0, a2, a4, a6, ref to, toStride);
            Turn(a1, a3, a5, a7, ref Unsafe.Add(ref to, toStride), toStride);
            return;
        }

        for (var i = 0; i < Lanes; i++)
        {
            for (var j = 0; j < Lanes; j++)
                Unsafe.Add(ref to, (j * toStride) + i) = Unsafe.Add(ref from, (i * fromStride) + j);
        }
    }

    // Rows 0, 2, 4 and 6 of the transposed vectors from the pairs of their quarters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, ref double to, int stride)
    {
        Vector512<double> even = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00), odd = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        Vector512<double> evenRest = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00), oddRest = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(even, evenRest, 0b10_00_10_00).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(odd, oddRest, 0b10_00_10_00).StoreUnsafe(ref Unsafe.Add(ref to, 2 * stride));
        Avx512F.Shuffle4x128(even, evenRest, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref to, 4 * stride));
        Avx512F.Shuffle4x128(odd, oddRest, 0b11_01_11_01).StoreUnsafe(ref Unsafe.Add(ref to, 6 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> At(ref double from, int offset) => Vector512.LoadUnsafe(ref Unsafe.Add(ref from, offset));

    // Neighbouring quarters of both, added.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Quarters(Vector512<double> first, Vector512<double> second) =>
        Avx512F.Shuffle4x128(first, second, 0b10_00_10_00) + Avx512F.Shuffle4x128(first, second, 0b11_01_11_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Four(Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3) =>
        Halves(v0.GetLower(), v1.GetLower(), v2.GetLower(), v3.GetLower()) + Halves(v0.GetUpper(), v1.GetUpper(), v2.GetUpper(), v3.GetUpper());

    // (0 + 1) + (2 + 3) of each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Halves(Vector256<double> v0, Vector256<double> v1, Vector256<double> v2, Vector256<double> v3)
    {
        if (Avx2.IsSupported)
        {
            Vector256<double> first = Avx.HorizontalAdd(v0, v1), second = Avx.HorizontalAdd(v2, v3);
            return Avx.Permute2x128(first, second, 0x20) + Avx.Permute2x128(first, second, 0x31);
        }

        return Vector256.Create(Half(v0), Half(v1), Half(v2), Half(v3));
    }

    private static double Half(Vector256<double> v) => (v[0] + v[1]) + (v[2] + v[3]);
}
