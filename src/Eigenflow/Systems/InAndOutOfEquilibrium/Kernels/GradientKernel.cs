using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Gradients of batches for eight chains at once: lane l of every vector belongs to chain l, whose batch is its own.</summary>
/// <param name="dimension">d.</param>
internal abstract class GradientKernel(int dimension)
{
    /// <summary>Chains of a vector.</summary>
    public const int Lanes = 8;

    /// <summary>Number of parameters d.</summary>
    public int Dimension => dimension;

    /// <summary>Numbers of a row of a sample: samples are given by the place of their row.</summary>
    public abstract int Stride { get; }

    /// <summary>A kernel of its own for a block of chains: buffers are not shared.</summary>
    public abstract GradientKernel Clone();

    /// <summary>Mean gradient of batches.</summary>
    /// <param name="indices">Sample numbers times <see cref="Stride"/>: entry 8k + l is the k-th sample of chain l.</param>
    /// <param name="count">Samples of a batch.</param>
    /// <param name="state">δ = θ − θ*: d vectors.</param>
    /// <param name="gradient">Receives d vectors.</param>
    public abstract void Mean(ref int indices, int count, ref double state, ref double gradient);

    /// <summary>Four neighbouring columns of eight rows, each as a vector over the rows. Values are moved and not changed: the same bits on every machine.</summary>
    /// <param name="rows">The table, with four numbers to read at each row and column.</param>
    /// <param name="indices">Places of eight rows.</param>
    /// <param name="c0">First column; then the others.</param>
    /// <param name="c1">Second column.</param>
    /// <param name="c2">Third column.</param>
    /// <param name="c3">Fourth column.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Gather(ref double rows, ref int indices, out Vector512<double> c0, out Vector512<double> c1, out Vector512<double> c2, out Vector512<double> c3)
    {
        ref var r0 = ref Unsafe.Add(ref rows, indices);
        ref var r1 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 1));
        ref var r2 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 2));
        ref var r3 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 3));
        ref var r4 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 4));
        ref var r5 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 5));
        ref var r6 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 6));
        ref var r7 = ref Unsafe.Add(ref rows, Unsafe.Add(ref indices, 7));
        if (Avx512F.IsSupported)
        {
            // Halves are chosen so that pairs of rows come out in order.
            var z0 = Vector512.Create(Vector256.LoadUnsafe(ref r0), Vector256.LoadUnsafe(ref r2));
            var z1 = Vector512.Create(Vector256.LoadUnsafe(ref r1), Vector256.LoadUnsafe(ref r3));
            var z2 = Vector512.Create(Vector256.LoadUnsafe(ref r4), Vector256.LoadUnsafe(ref r6));
            var z3 = Vector512.Create(Vector256.LoadUnsafe(ref r5), Vector256.LoadUnsafe(ref r7));
            Vector512<double> low = Avx512F.UnpackLow(z0, z1), high = Avx512F.UnpackHigh(z0, z1), lowRest = Avx512F.UnpackLow(z2, z3), highRest = Avx512F.UnpackHigh(z2, z3);
            c0 = Avx512F.Shuffle4x128(low, lowRest, 0b10_00_10_00);
            c2 = Avx512F.Shuffle4x128(low, lowRest, 0b11_01_11_01);
            c1 = Avx512F.Shuffle4x128(high, highRest, 0b10_00_10_00);
            c3 = Avx512F.Shuffle4x128(high, highRest, 0b11_01_11_01);
            return;
        }

        c0 = Vector512.Create(r0, r1, r2, r3, r4, r5, r6, r7);
        c1 = Vector512.Create(Unsafe.Add(ref r0, 1), Unsafe.Add(ref r1, 1), Unsafe.Add(ref r2, 1), Unsafe.Add(ref r3, 1), Unsafe.Add(ref r4, 1), Unsafe.Add(ref r5, 1), Unsafe.Add(ref r6, 1), Unsafe.Add(ref r7, 1));
        c2 = Vector512.Create(Unsafe.Add(ref r0, 2), Unsafe.Add(ref r1, 2), Unsafe.Add(ref r2, 2), Unsafe.Add(ref r3, 2), Unsafe.Add(ref r4, 2), Unsafe.Add(ref r5, 2), Unsafe.Add(ref r6, 2), Unsafe.Add(ref r7, 2));
        c3 = Vector512.Create(Unsafe.Add(ref r0, 3), Unsafe.Add(ref r1, 3), Unsafe.Add(ref r2, 3), Unsafe.Add(ref r3, 3), Unsafe.Add(ref r4, 3), Unsafe.Add(ref r5, 3), Unsafe.Add(ref r6, 3), Unsafe.Add(ref r7, 3));
    }

    /// <summary>Rows of a table, filled with zeros up to a multiple of four numbers.</summary>
    /// <param name="rows">The numbers, row by row.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="last">A number more for each row; empty for none.</param>
    protected static (double[] Table, int Width) Padded(double[] rows, int columns, double[] last)
    {
        var count = rows.Length / columns;
        var width = (columns + (last.Length > 0 ? 1 : 0) + 3) / 4 * 4;
        var table = new double[count * width];
        for (var i = 0; i < count; i++)
        {
            rows.AsSpan(i * columns, columns).CopyTo(table.AsSpan(i * width));
            if (last.Length > 0)
                table[(i * width) + columns] = last[i];
        }

        return (table, width);
    }
}
