using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;
using Eigenflow.Numerics.Special;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>
/// The matrix Fisher law of rotations, density ∝ exp tr(RᵀF): normaliser and mean. With F = U diag(s) Vᵀ by rotations, E R = U diag(∂ ln c/∂s) Vᵀ and
/// c(s) = e^{s₁+s₂+s₃} ∫₀¹ Ĩ₀((s₁ − s₂)v) Ĩ₀((s₁ + s₂)(1 − v)) e^{−2(s₂+s₃)v} dv with Ĩ₀(x) = e^{−|x|} I₀(x): all factors are at most one.
/// With v = 1/(1 + e^w) the integrand is analytic in |Im w| &lt; π/2, and the trapezoidal rule of a step h is exact to e^{−π²/h}, 1e-12.
/// </summary>
internal static class MatrixFisher
{
    private const int Lanes = 8;
    private const double Step = 0.36;
    private const double Reach = 72;
    private const double Tail = 36;
    private const double Negligible = 36;
    private const double Concentrated = 1e7;
    private const double Widest = 1e15;
    private const double Small = 1e-4;

    // v, 1 − v and h v (1 − v) at the nodes w = h k from −72 to 72.
    private static readonly double[] Low = Table(w => 1 / (1 + Math.Exp(w)));
    private static readonly double[] High = Table(w => 1 / (1 + Math.Exp(-w)));
    private static readonly double[] Weights = Table(w => Step / ((1 + Math.Exp(w)) * (1 + Math.Exp(-w))));

    /// <summary>The mean rotation.</summary>
    /// <param name="field">F, nine numbers row by row.</param>
    /// <param name="mean">Receives E R.</param>
    /// <returns>ln c(F), 0 at F = 0.</returns>
    public static double Mean(ReadOnlySpan<double> field, Span<double> mean)
    {
        Span<double> left = stackalloc double[9], right = stackalloc double[9], s = stackalloc double[3], d = stackalloc double[3];
        ProperSvd.Of(field, left, s, right);
        var logarithm = Slopes(s, d);
        Compose(left, d, right, mean);
        return logarithm;
    }

    /// <summary>The rotation that maximises tr(RᵀF): Kabsch.</summary>
    /// <param name="field">F.</param>
    /// <param name="rotation">Receives the rotation.</param>
    public static void Alignment(ReadOnlySpan<double> field, Span<double> rotation)
    {
        Span<double> left = stackalloc double[9], right = stackalloc double[9], s = stackalloc double[3];
        ProperSvd.Of(field, left, s, right);
        Compose(left, [1, 1, 1], right, rotation);
    }

    /// <summary>ln c and its derivatives in the singular values.</summary>
    /// <param name="s">s₁ ≥ s₂ ≥ |s₃|.</param>
    /// <param name="slopes">Receives ∂ ln c/∂s_i.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Slopes(ReadOnlySpan<double> s, Span<double> slopes)
    {
        double difference = s[0] - s[1], sum = s[0] + s[1], decay = 2 * (s[1] + s[2]);
        if (s[0] < Small)
            return Series(s, slopes);
        if (decay > 2 * Concentrated)
            return Concentration(s, slopes);
        (difference, sum) = (Math.Min(difference, Widest), Math.Min(sum, Widest));

        // Behind the ends of the range nothing is left of the integral.
        var from = decay > Negligible ? Math.Log((decay / Negligible) - 1 + 1e-9) : -Tail - Math.Log(1 + sum);
        var to = Tail + Math.Log(1 + decay + difference);
        var first = Math.Max(0, (int)Math.Floor((from + Reach) / Step));
        var last = Math.Min(Low.Length, (int)Math.Ceiling((to + Reach) / Step));
        ref var low = ref MemoryMarshal.GetArrayDataReference(Low);
        ref var high = ref MemoryMarshal.GetArrayDataReference(High);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(Weights);
        first = Math.Min(first, Low.Length - Lanes);
        Vector512<double> total = Vector512<double>.Zero, byLow = total, firstRatio = total, secondRatio = total;
        for (var k = first; k < last; k += Lanes)
        {
            k = Math.Min(k, Low.Length - Lanes);
            var v = Vector512.LoadUnsafe(ref low, (nuint)k);
            var rest = Vector512.LoadUnsafe(ref high, (nuint)k);
            var near = v * difference;
            var far = rest * sum;
            var (nearZero, nearOne) = (ScaledBessel.Zero(near), ScaledBessel.One(near));
            var (farZero, farOne) = (ScaledBessel.Zero(far), ScaledBessel.One(far));
            var weight = Vector512.LoadUnsafe(ref weights, (nuint)k) * VectorExponential.Of(v * -decay);
            var density = weight * nearZero * farZero;
            total += density;
            byLow += density * v;
            firstRatio += weight * nearOne * farZero * v;
            secondRatio += weight * nearZero * farOne * rest;
        }

        double mass = Vector512.Sum(total), a = Vector512.Sum(firstRatio) / mass, b = Vector512.Sum(secondRatio) / mass;
        slopes[0] = b + a;
        slopes[1] = b - a;
        slopes[2] = 1 - (2 * Vector512.Sum(byLow) / mass);
        return s[0] + s[1] + s[2] + Math.Log(mass);
    }

    // Fourth order of ln c in s; an integral has absolute and no relative accuracy there.
    private static double Series(ReadOnlySpan<double> s, Span<double> slopes)
    {
        double p = Vectors.Dot(s, s), product = s[0] * s[1] * s[2], pairs = (s[0] * s[0] * s[1] * s[1]) + (s[0] * s[0] * s[2] * s[2]) + (s[1] * s[1] * s[2] * s[2]);
        for (var i = 0; i < 3; i++)
            slopes[i] = (s[i] / 3) + (s[(i + 1) % 3] * s[(i + 2) % 3] / 6) + (s[i] * ((p / 90) - (s[i] * s[i] / 30)));
        return (p / 6) + (product / 6) - (p * p / 180) + (pairs / 60);
    }

    // The Gaussian of small turns: corrections are of the order 1/s².
    private static double Concentration(ReadOnlySpan<double> s, Span<double> slopes)
    {
        double third = s[0] + s[1], second = s[0] + s[2], first = s[1] + s[2];
        slopes[0] = 1 - (0.5 / third) - (0.5 / second);
        slopes[1] = 1 - (0.5 / third) - (0.5 / first);
        slopes[2] = 1 - (0.5 / second) - (0.5 / first);
        return s[0] + s[1] + s[2] - (0.5 * (Math.Log(third) + Math.Log(second) + Math.Log(first) + Math.Log(8 * Math.PI)));
    }

    private static void Compose(ReadOnlySpan<double> left, ReadOnlySpan<double> values, ReadOnlySpan<double> right, Span<double> product)
    {
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
                product[(i * 3) + j] = (left[i * 3] * values[0] * right[j * 3]) + (left[(i * 3) + 1] * values[1] * right[(j * 3) + 1]) + (left[(i * 3) + 2] * values[2] * right[(j * 3) + 2]);
        }
    }

    // A whole number of lanes; what is behind the range weighs nothing.
    private static double[] Table(Func<double, double> function)
    {
        var nodes = (int)Math.Ceiling(2 * Reach / Step / Lanes) * Lanes;
        return [.. Enumerable.Range(0, nodes).Select(k => function((k * Step) - Reach))];
    }
}
