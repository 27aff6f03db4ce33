using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Dense;

/// <summary>
/// Products of dense matrices stored row by row, for steps that are repeated thousands of times: vectorised, without allocation, on one thread. Long ones end with the work that asked for them.
/// Every entry is one chain of fused multiply–adds in ascending order of the inner index, so that the bits do not depend on the vector width.
/// Work: rows · inner · columns fused operations, four rows by sixteen columns at a time in registers.
/// </summary>
public static class MatrixProduct
{
    private const int Lanes = 8;

    // Fused operations from which on a product looks whether it is still wanted: some ten milliseconds.
    private const double LongWork = 1e8;
    private const int RowsBetweenLooks = 64;

    // Of a transposition: so many rows of both matrices stay in the cache.
    private const int Block = 32;

    /// <summary>C = A B.</summary>
    /// <param name="a">A, rows × inner.</param>
    /// <param name="b">B, inner × columns.</param>
    /// <param name="c">Receives C, rows × columns; must not overlap A or B.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B.</param>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns)
    {
        Check(a.Length, b.Length, c.Length, rows, inner, columns);
        Product(ref MemoryMarshal.GetReference(a), inner, 1, ref MemoryMarshal.GetReference(b), ref MemoryMarshal.GetReference(c), rows, inner, columns);
    }

    /// <summary>C = Aᵀ B.</summary>
    /// <param name="a">A, inner × rows.</param>
    /// <param name="b">B, inner × columns.</param>
    /// <param name="c">Receives C, rows × columns; must not overlap A or B.</param>
    /// <param name="rows">Columns of A.</param>
    /// <param name="inner">Rows of A and of B.</param>
    /// <param name="columns">Columns of B.</param>
    public static void MultiplyTransposed(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns)
    {
        Check(a.Length, b.Length, c.Length, rows, inner, columns);
        Product(ref MemoryMarshal.GetReference(a), 1, rows, ref MemoryMarshal.GetReference(b), ref MemoryMarshal.GetReference(c), rows, inner, columns);
    }

    /// <summary>Writes Aᵀ.</summary>
    /// <param name="a">A, rows × columns.</param>
    /// <param name="transposed">Receives Aᵀ, columns × rows; must not overlap A.</param>
    /// <param name="rows">Rows of A.</param>
    /// <param name="columns">Columns of A.</param>
    public static void Transpose(ReadOnlySpan<double> a, Span<double> transposed, int rows, int columns)
    {
        if (rows < 1 || columns < 1 || a.Length < (long)rows * columns || transposed.Length < (long)rows * columns)
            throw new ArgumentException("The matrices are smaller than their stated sizes.", nameof(rows));
        for (var top = 0; top < rows; top += Block)
        {
            for (var left = 0; left < columns; left += Block)
            {
                for (var i = top; i < Math.Min(rows, top + Block); i++)
                {
                    for (var j = left; j < Math.Min(columns, left + Block); j++)
                        transposed[(j * rows) + i] = a[(i * columns) + j];
                }
            }
        }
    }

    // Columns that are no multiple of the tile are covered by a tile that overlaps the last one: it computes the same bits again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Product(ref double a, int rowStride, int innerStride, ref double b, ref double c, int rows, int inner, int columns)
    {
        if (columns < Lanes)
        {
            Narrow(ref a, rowStride, innerStride, ref b, ref c, rows, inner, columns);
            return;
        }

        var column = 0;
        var isLong = (double)rows * inner * columns > LongWork;
        while (column < columns)
        {
            var isWide = columns - column > Lanes && columns >= 2 * Lanes;
            var width = isWide ? 2 * Lanes : Lanes;
            var first = Math.Min(column, columns - width);
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                if (isLong && row % RowsBetweenLooks == 0)
                    Interruption.Check();
                ref var source = ref Unsafe.Add(ref a, (nint)row * rowStride);
                ref var target = ref Unsafe.Add(ref c, ((nint)row * columns) + first);
                if (isWide)
                    FourBySixteen(ref source, rowStride, innerStride, ref Unsafe.Add(ref b, first), ref target, inner, columns);
                else
                    FourByEight(ref source, rowStride, innerStride, ref Unsafe.Add(ref b, first), ref target, inner, columns);
            }

            for (; row < rows; row++)
                One(ref Unsafe.Add(ref a, (nint)row * rowStride), innerStride, ref Unsafe.Add(ref b, first), ref Unsafe.Add(ref c, ((nint)row * columns) + first), inner, columns, width);
            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourBySixteen(ref double a, int rowStride, int innerStride, ref double b, ref double c, int inner, int columns)
    {
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        for (var k = 0; k < inner; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, Lanes);
            var a0 = Vector512.Create(a);
            var a1 = Vector512.Create(Unsafe.Add(ref a, rowStride));
            var a2 = Vector512.Create(Unsafe.Add(ref a, 2 * (nint)rowStride));
            var a3 = Vector512.Create(Unsafe.Add(ref a, 3 * (nint)rowStride));
            c00 = Vector512.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a0, b1, c01);
            c10 = Vector512.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(a1, b1, c11);
            c20 = Vector512.FusedMultiplyAdd(a2, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(a2, b1, c21);
            c30 = Vector512.FusedMultiplyAdd(a3, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(a3, b1, c31);
            a = ref Unsafe.Add(ref a, innerStride);
            b = ref Unsafe.Add(ref b, columns);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, Lanes);
        c = ref Unsafe.Add(ref c, columns);
        c10.StoreUnsafe(ref c);
        c11.StoreUnsafe(ref c, Lanes);
        c = ref Unsafe.Add(ref c, columns);
        c20.StoreUnsafe(ref c);
        c21.StoreUnsafe(ref c, Lanes);
        c = ref Unsafe.Add(ref c, columns);
        c30.StoreUnsafe(ref c);
        c31.StoreUnsafe(ref c, Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByEight(ref double a, int rowStride, int innerStride, ref double b, ref double c, int inner, int columns)
    {
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default;
        for (var k = 0; k < inner; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a), b0, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, rowStride)), b0, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 2 * (nint)rowStride)), b0, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, 3 * (nint)rowStride)), b0, c3);
            a = ref Unsafe.Add(ref a, innerStride);
            b = ref Unsafe.Add(ref b, columns);
        }

        c0.StoreUnsafe(ref c);
        c1.StoreUnsafe(ref Unsafe.Add(ref c, columns));
        c2.StoreUnsafe(ref Unsafe.Add(ref c, 2 * (nint)columns));
        c3.StoreUnsafe(ref Unsafe.Add(ref c, 3 * (nint)columns));
    }

    private static void One(ref double a, int innerStride, ref double b, ref double c, int inner, int columns, int width)
    {
        Vector512<double> c0 = default, c1 = default;
        var isWide = width > Lanes;
        for (var k = 0; k < inner; k++)
        {
            var factor = Vector512.Create(Unsafe.Add(ref a, (nint)k * innerStride));
            ref var row = ref Unsafe.Add(ref b, (nint)k * columns);
            c0 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref row), c0);
            if (isWide)
                c1 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref row, Lanes), c1);
        }

        c0.StoreUnsafe(ref c);
        if (isWide)
            c1.StoreUnsafe(ref c, Lanes);
    }

    private static void Narrow(ref double a, int rowStride, int innerStride, ref double b, ref double c, int rows, int inner, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = 0.0;
                for (var k = 0; k < inner; k++)
                    sum = Math.FusedMultiplyAdd(Unsafe.Add(ref a, ((nint)row * rowStride) + ((nint)k * innerStride)), Unsafe.Add(ref b, ((nint)k * columns) + column), sum);
                Unsafe.Add(ref c, ((nint)row * columns) + column) = sum;
            }
        }
    }

    private static void Check(int a, int b, int c, int rows, int inner, int columns)
    {
        if (rows < 1 || inner < 1 || columns < 1 || a < (long)rows * inner || b < (long)inner * columns || c < (long)rows * columns)
            throw new ArgumentException("The matrices are smaller than their stated sizes.", nameof(rows));
    }
}
