using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.LowPrecision;

/// <summary>
/// The product of dense matrices of floats stored row by row. Every entry is one chain of fused multiply–adds in ascending order of the inner index, so that the bits do not depend on the vector width.
/// Products of two bfloat16 are exact in a float: for such factors it is a sum in float, as matrix units accumulate. Work: rows · inner · columns fused operations; no allocation.
/// </summary>
public static class SingleProduct
{
    private const int Lanes = 16;

    /// <summary>C = A B.</summary>
    /// <param name="a">A, rows × inner.</param>
    /// <param name="b">B, inner × columns.</param>
    /// <param name="c">Receives C, rows × columns; must not overlap A or B.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B.</param>
    /// <exception cref="ArgumentException">A matrix is smaller than its stated size.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns)
    {
        if (rows < 1 || inner < 1 || columns < 1 || a.Length < (long)rows * inner || b.Length < (long)inner * columns || c.Length < (long)rows * columns)
            throw new ArgumentException("The matrices are smaller than their stated sizes.", nameof(rows));
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(c);
        for (var row = 0; row < rows; row++)
        {
            var factors = a.Slice(row * inner, inner);
            var column = 0;
            for (; column + Lanes <= columns; column += Lanes)
            {
                var sum = Vector512<float>.Zero;
                for (var k = 0; k < factors.Length; k++)
                    sum = Vector512.FusedMultiplyAdd(Vector512.Create(factors[k]), Vector512.LoadUnsafe(ref right, (nuint)(((nint)k * columns) + column)), sum);
                sum.StoreUnsafe(ref target, (nuint)(((nint)row * columns) + column));
            }

            for (; column < columns; column++)
            {
                var sum = 0f;
                for (var k = 0; k < factors.Length; k++)
                    sum = MathF.FusedMultiplyAdd(factors[k], b[(k * columns) + column], sum);
                c[(row * columns) + column] = sum;
            }
        }
    }
}
