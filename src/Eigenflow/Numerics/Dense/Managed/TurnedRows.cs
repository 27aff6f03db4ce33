using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Eigenflow.Numerics.Dense;

/// <summary>
/// The identity, turned by chains of rotations of neighbouring rows. Rotations are collected and then done for sixteen columns at a time, which stay in the cache meanwhile.
/// </summary>
/// <param name="size">n, rows and columns.</param>
internal sealed class TurnedRows(int size)
{
    private const int Width = 16;
    private const int Lanes = 8;

    private readonly double[] blocks = Identity(size);
    private readonly double[] cosines = new double[Math.Max(4096, 32 * size)];
    private readonly double[] sines = new double[Math.Max(4096, 32 * size)];
    private readonly List<(int First, int Count)> chains = [];
    private int used;

    /// <summary>Whether a chain of so many rotations still fits, or <see cref="Turn"/> comes first.</summary>
    public bool HasRoom(int count) => used + count <= cosines.Length;

    /// <summary>Begins a chain of rotations of the rows k and k + 1, k = first, first + 1, …</summary>
    public void Begin(int first) => chains.Add((first, 0));

    /// <summary>Adds a rotation to the chain: row k becomes c times itself and s times the next, the next c times itself and −s times row k.</summary>
    public void Add(double cosine, double sine)
    {
        (cosines[used], sines[used]) = (cosine, sine);
        used++;
        var (first, count) = chains[^1];
        chains[^1] = (first, count + 1);
    }

    /// <summary>Does what was collected.</summary>
    /// <param name="cancellation">Looked at for every sixteen columns.</param>
    public void Turn(CancellationToken cancellation)
    {
        for (var block = 0; block < blocks.Length; block += size * Width)
        {
            cancellation.ThrowIfCancellationRequested();
            ref var data = ref blocks[block];
            var at = 0;
            foreach (var (first, count) in chains)
            {
                Chain(ref Unsafe.Add(ref data, first * Width), ref cosines[at], ref sines[at], count);
                at += count;
            }
        }

        chains.Clear();
        used = 0;
    }

    /// <summary>Copies a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="target">Receives n numbers.</param>
    public void CopyRow(int row, Span<double> target)
    {
        for (var column = 0; column < size; column++)
            target[column] = blocks[(((column / Width * size) + row) * Width) + (column % Width)];
    }

    private static double[] Identity(int size)
    {
        var blocks = new double[checked((size + Width - 1) / Width * size * Width)];
        for (var k = 0; k < size; k++)
            blocks[(((k / Width * size) + k) * Width) + (k % Width)] = 1;
        return blocks;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chain(ref double rows, ref double cosine, ref double sine, int count)
    {
        var (low, high) = (Vector512.LoadUnsafe(ref rows), Vector512.LoadUnsafe(ref rows, Lanes));
        for (var k = 0; k < count; k++)
        {
            var (c, s) = (Vector512.Create(Unsafe.Add(ref cosine, k)), Vector512.Create(Unsafe.Add(ref sine, k)));
            var (nextLow, nextHigh) = (Vector512.LoadUnsafe(ref rows, Width), Vector512.LoadUnsafe(ref rows, Width + Lanes));
            Vector512.FusedMultiplyAdd(c, low, s * nextLow).StoreUnsafe(ref rows);
            Vector512.FusedMultiplyAdd(c, high, s * nextHigh).StoreUnsafe(ref rows, Lanes);
            low = Vector512.FusedMultiplyAdd(-s, low, c * nextLow);
            high = Vector512.FusedMultiplyAdd(-s, high, c * nextHigh);
            rows = ref Unsafe.Add(ref rows, Width);
        }

        low.StoreUnsafe(ref rows);
        high.StoreUnsafe(ref rows, Lanes);
    }
}
