using System.Runtime.CompilerServices;

namespace Eigenflow.Scaling.Noise;

/// <summary>Sums over vectors in four fixed lanes: fast, and the same bits everywhere.</summary>
internal static class Sums
{
    /// <summary>Σ a_i b_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        var i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
            sum2 += a[i + 2] * b[i + 2];
            sum3 += a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
            sum0 += a[i] * b[i];
        return sum0 + sum1 + (sum2 + sum3);
    }

    /// <summary>a_i ← a_i + factor · b_i.</summary>
    public static void Add(Span<double> a, double factor, ReadOnlySpan<double> b)
    {
        for (var i = 0; i < a.Length; i++)
            a[i] += factor * b[i];
    }

    /// <summary>a_i ← factor · a_i.</summary>
    public static void Scale(Span<double> a, double factor)
    {
        for (var i = 0; i < a.Length; i++)
            a[i] *= factor;
    }
}
