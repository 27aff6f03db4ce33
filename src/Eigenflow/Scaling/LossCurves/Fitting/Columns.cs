using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>Sums over columns in eight fixed lanes; lengths are multiples of eight.</summary>
internal static class Columns
{
    private const int Width = VectorKernel.Width;

    /// <summary>sum += factor · column.</summary>
    public static void Add(ReadOnlySpan<double> column, double factor, Span<double> sum)
    {
        for (var at = 0; at < column.Length; at += Width)
            (Vector512.Create(sum.Slice(at, Width)) + (Vector512.Create(column.Slice(at, Width)) * factor)).CopyTo(sum[at..]);
    }

    /// <summary>Σ first · second.</summary>
    public static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Vector512<double> even = default, odd = default;
        var at = 0;
        for (; at + Width < first.Length; at += 2 * Width)
        {
            even += Vector512.Create(first.Slice(at, Width)) * Vector512.Create(second.Slice(at, Width));
            odd += Vector512.Create(first.Slice(at + Width, Width)) * Vector512.Create(second.Slice(at + Width, Width));
        }

        if (at < first.Length)
            even += Vector512.Create(first.Slice(at, Width)) * Vector512.Create(second.Slice(at, Width));
        return Vector512.Sum(even + odd);
    }

    /// <summary>product = column · weights, one by one.</summary>
    public static void Multiply(ReadOnlySpan<double> column, ReadOnlySpan<double> weights, Span<double> product)
    {
        for (var at = 0; at < column.Length; at += Width)
            (Vector512.Create(column.Slice(at, Width)) * Vector512.Create(weights.Slice(at, Width))).CopyTo(product[at..]);
    }

    /// <summary>Weights of a Huber sum: min(1, delta/|residual|).</summary>
    public static void HuberWeights(ReadOnlySpan<double> residuals, double delta, Span<double> weights)
    {
        for (var at = 0; at < residuals.Length; at += Width)
        {
            var size = Vector512.Max(Vector512.Abs(Vector512.Create(residuals.Slice(at, Width))), Vector512.Create(delta));
            (Vector512.Create(delta) / size).CopyTo(weights[at..]);
        }
    }

    /// <summary>Σ Huber(residual).</summary>
    public static double Huber(ReadOnlySpan<double> residuals, double delta)
    {
        Vector512<double> sum = default;
        for (var at = 0; at < residuals.Length; at += Width)
        {
            var size = Vector512.Abs(Vector512.Create(residuals.Slice(at, Width)));
            var near = Vector512.Min(size, Vector512.Create(delta));

            // r²/2 near zero, δ(|r| − δ/2) beyond: near² / 2 + δ (|r| − near).
            sum += (near * near * 0.5) + ((size - near) * delta);
        }

        return Vector512.Sum(sum);
    }
}
