using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>A step of the moments of <see cref="ClosureRule"/>: eight modes at a time, each with the bits that it has alone. Moments stand one after the other, as many numbers each as there are modes.</summary>
/// <param name="rate">Learning rate, with the gradient factor.</param>
/// <param name="residual">A = E r².</param>
/// <param name="batch">B.</param>
/// <param name="isOfSheet">As <see cref="ClosureRule"/> has it.</param>
internal readonly struct ClosureStep(double rate, double residual, double batch, bool isOfSheet)
{
    private const double LargestSpread = 1e6;
    private const double Negligible = 1e-30;

    private static Vector512<double> Zero => Vector512<double>.Zero;

    /// <summary>A step of m and q of the positive model.</summary>
    /// <param name="state">m and q.</param>
    /// <param name="eigenvalues">λ.</param>
    /// <param name="target">w*.</param>
    /// <param name="terms">Receives λ E (w − w*)² after the step.</param>
    /// <returns>Whether all moments are those of a law.</returns>
    public bool Positive(Span<double> state, ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> target, Span<double> terms)
    {
        var size = target.Length;
        Span<double> firsts = state[..size], seconds = state.Slice(size, size);
        var isValid = Vector512<double>.AllBitsSet;
        for (var i = 0; i < size; i += SpanLanes.Count)
        {
            Vector512<double> m = SpanLanes.Load(firsts, i, 1), q = SpanLanes.Load(seconds, i, 1), w = SpanLanes.Load(target, i), eigenvalue = SpanLanes.Load(eigenvalues, i);
            var spread = q / (m * m);
            var third = m * m * m * spread * spread * spread;
            var fourth = third * spread * spread * spread * m;
            Vector512<double> drive = eigenvalue * residual / batch, curvature = eigenvalue * eigenvalue * (1 + (1 / batch));
            var newM = m - (2 * rate * eigenvalue * (q - (w * m))) + (rate * rate * ((drive * m) + (curvature * (third - (2 * w * q) + (w * w * m)))));
            var newQ = q - (4 * rate * eigenvalue * (third - (w * q))) + (6 * rate * rate * ((drive * q) + (curvature * (fourth - (2 * w * third) + (w * w * q)))));
            newQ = Vector512.Max(newQ, newM * newM);
            isValid &= Vector512.GreaterThan(newM, Zero) & Vector512.LessThanOrEqual(newQ, LargestSpread * newM * newM);
            SpanLanes.Store(newM, firsts, i);
            SpanLanes.Store(newQ, seconds, i);
            SpanLanes.Store(eigenvalue * (newQ - (2 * newM * w) + (w * w)), terms, i);
        }

        return Vector512.EqualsAll(isValid.AsInt64(), Vector512<long>.AllBitsSet);
    }

    /// <summary>A step of m and q of both parts, and z, of the signed model.</summary>
    /// <param name="state">m of v₊² and of v₋², q of both, and z.</param>
    /// <param name="eigenvalues">λ.</param>
    /// <param name="target">w*.</param>
    /// <param name="terms">Receives λ E (w − w*)² after the step.</param>
    /// <returns>Whether all moments are those of a law.</returns>
    public bool Signed(Span<double> state, ReadOnlySpan<double> eigenvalues, ReadOnlySpan<double> target, Span<double> terms)
    {
        var size = target.Length;
        Span<double> firstsP = state[..size], firstsN = state.Slice(size, size), secondsP = state.Slice(2 * size, size), secondsN = state.Slice(3 * size, size), products = state.Slice(4 * size, size);
        var isValid = Vector512<double>.AllBitsSet;
        for (var i = 0; i < size; i += SpanLanes.Count)
        {
            Vector512<double> mp = SpanLanes.Load(firstsP, i), mn = SpanLanes.Load(firstsN, i), qp = SpanLanes.Load(secondsP, i), qn = SpanLanes.Load(secondsN, i), z = SpanLanes.Load(products, i);
            Vector512<double> w = SpanLanes.Load(target, i), eigenvalue = SpanLanes.Load(eigenvalues, i);
            var (p3, p4) = Higher(mp, qp);
            var (n3, n4) = Higher(mn, qn);
            var square = Square(mp, mn, qp, qn, z, w);
            Vector512<double> drive = eigenvalue * residual / batch, curvature = eigenvalue * eigenvalue * (1 + (1 / batch));
            var second = rate * rate;
            var newMp = mp - (2 * rate * eigenvalue * (qp - z - (w * mp))) + (second * ((drive * mp) + (curvature * (p3 + (z * mn) + (w * w * mp) - (2 * z * mp) - (2 * w * qp) + (2 * w * z)))));
            var newMn = mn + (2 * rate * eigenvalue * (z - qn - (w * mn))) + (second * ((drive * mn) + (curvature * (n3 + (z * mp) + (w * w * mn) - (2 * z * mn) + (2 * w * qn) - (2 * w * z)))));

            // E (w − w*)² v⁴ of each part, with v₊²v₋² at its mean.
            var spreadP = isOfSheet ? Zero : curvature * (p4 + (z * z) + (w * w * qp) - (2 * z * qp) - (2 * w * p3) + (2 * w * z * mp));
            var spreadN = isOfSheet ? Zero : curvature * (n4 + (z * z) + (w * w * qn) - (2 * z * qn) + (2 * w * n3) - (2 * w * z * mn));
            var newQp = Vector512.Max(newMp * newMp, qp - (4 * rate * eigenvalue * (p3 - (z * mp) - (w * qp))) + (6 * second * ((drive * qp) + spreadP)));
            var newQn = Vector512.Max(newMn * newMn, qn + (4 * rate * eigenvalue * ((z * mn) - n3 - (w * qn))) + (6 * second * ((drive * qn) + spreadN)));
            z *= Vector512<double>.One - (2 * second * (drive + (curvature * square)));
            var isLaw = IsLaw(newMp, newQp, mp) & IsLaw(newMn, newQn, mn);
            var dropsN = isLaw & IsNegligible(newMn, newQn, newMp, newQp);
            var dropsP = isLaw & ~dropsN & IsNegligible(newMp, newQp, newMn, newQn);
            (newMn, newQn) = (newMn & ~dropsN, newQn & ~dropsN);
            (newMp, newQp) = (newMp & ~dropsP, newQp & ~dropsP);
            z &= ~(dropsN | dropsP);
            isValid &= isLaw;
            SpanLanes.Store(newMp, firstsP, i);
            SpanLanes.Store(newMn, firstsN, i);
            SpanLanes.Store(newQp, secondsP, i);
            SpanLanes.Store(newQn, secondsN, i);
            SpanLanes.Store(z, products, i);
            SpanLanes.Store(eigenvalue * Square(newMp, newMn, newQp, newQn, z, w), terms, i);
        }

        return Vector512.EqualsAll(isValid.AsInt64(), Vector512<long>.AllBitsSet);
    }

    // E (w − w*)².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Square(Vector512<double> mp, Vector512<double> mn, Vector512<double> qp, Vector512<double> qn, Vector512<double> z, Vector512<double> w) =>
        qp + qn - (2 * z) + (w * w) - (2 * w * (mp - mn));

    // Third and fourth moments of a lognormal law; all are zero of a part that was dropped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Third, Vector512<double> Fourth) Higher(Vector512<double> first, Vector512<double> second)
    {
        var spread = second / first;
        var third = spread * spread * spread;
        var root = third / first;
        var isThere = ~Vector512.Equals(first, Zero);
        return (third & isThere, root * root & isThere);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> IsLaw(Vector512<double> first, Vector512<double> second, Vector512<double> before) => Vector512.ConditionalSelect(
        Vector512.Equals(before, Zero), Vector512.Equals(first, Zero) & Vector512.Equals(second, Zero), Vector512.GreaterThan(first, Zero) & Vector512.LessThanOrEqual(second, LargestSpread * first * first));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> IsNegligible(Vector512<double> first, Vector512<double> second, Vector512<double> otherFirst, Vector512<double> otherSecond) =>
        Vector512.LessThan(first, Negligible * otherFirst) & Vector512.LessThan(second, Negligible * otherSecond);
}
