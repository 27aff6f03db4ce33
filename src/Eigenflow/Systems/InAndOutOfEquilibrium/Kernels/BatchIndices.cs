using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Eigenflow.Random;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Batches of distinct samples for eight chains at once, from Philox words that are addressed by seed, block, group of chains and time unit. Up to <see cref="MostFloyd"/> samples by Floyd's algorithm, whose comparisons
/// run over the chains; more, and whole epochs, by the shuffle of Fisher and Yates from the identity. A word w chooses among n by ⌊wn/2³²⌋, whose bias is below n/2³².
/// </summary>
/// <param name="samples">N.</param>
/// <param name="batch">B.</param>
/// <param name="seed">Seed.</param>
/// <param name="block">Number of the block of chains.</param>
internal sealed class BatchIndices(int samples, int batch, long seed, int block)
{
    private const int Lanes = GradientKernel.Lanes;
    private const int MostFloyd = 32;
    private const ulong LowWord = 0xFFFFFFFF;

    private readonly int[] indices = new int[samples * Lanes];
    private readonly ulong[] words = new ulong[(((samples + 7) / 8 * 8) + 8) * Lanes];

    /// <summary>A batch of each chain of a group: entry 8k + l is the k-th sample of chain l.</summary>
    /// <param name="unit">Number of the time unit.</param>
    /// <param name="group">Number of the group.</param>
    public ref int Batch(long unit, int group)
    {
        if (batch > MostFloyd)
            return ref Shuffled(unit, group, batch);
        Draw(unit, group, batch);
        Floyd();
        return ref MemoryMarshal.GetArrayDataReference(indices);
    }

    /// <summary>An order of all samples for each chain of a group.</summary>
    /// <param name="unit">Number of the time unit.</param>
    /// <param name="group">Number of the group.</param>
    public ref int Epoch(long unit, int group) => ref Shuffled(unit, group, samples);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Floyd()
    {
        // Floyd 1987: the k-th draw is among the first n = N − B + k + 1; a sample that is taken already is replaced by the last of these.
        ref var word = ref MemoryMarshal.GetArrayDataReference(words);
        ref var index = ref MemoryMarshal.GetArrayDataReference(indices);
        for (var k = 0; k < batch; k++)
        {
            var range = samples - batch + k + 1;
            ref var own = ref Unsafe.Add(ref word, k * Lanes);
            var chosen = ((Vector512.LoadUnsafe(ref own) & Vector512.Create(LowWord)) * Vector512.Create((ulong)range)) >>> 32;
            var nearest = Vector512.Create(ulong.MaxValue);
            for (var j = 0; j < k; j++)
                nearest = Vector512.Min(nearest, Vector512.LoadUnsafe(ref Unsafe.Add(ref word, j * Lanes)) ^ chosen);
            chosen = Vector512.ConditionalSelect(Vector512.Equals(nearest, Vector512<ulong>.Zero), Vector512.Create((ulong)range - 1), chosen);
            chosen.StoreUnsafe(ref own);
            Vector256.Narrow(chosen.GetLower().AsInt64(), chosen.GetUpper().AsInt64()).StoreUnsafe(ref Unsafe.Add(ref index, k * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref int Shuffled(long unit, int group, int count)
    {
        Draw(unit, group, Math.Min(count, samples - 1));
        ref var word = ref MemoryMarshal.GetArrayDataReference(words);
        ref var index = ref MemoryMarshal.GetArrayDataReference(indices);
        for (var k = 0; k < samples; k++)
            Vector256.Create(k).StoreUnsafe(ref Unsafe.Add(ref index, k * Lanes));
        var draws = Math.Min(count, samples - 1);
        for (var k = 0; k < draws; k++)
        {
            var range = (ulong)(samples - k);
            for (var lane = 0; lane < Lanes; lane++)
            {
                var other = k + (int)(((uint)Unsafe.Add(ref word, (k * Lanes) + lane) * range) >> 32);
                ref var one = ref Unsafe.Add(ref index, (k * Lanes) + lane);
                ref var two = ref Unsafe.Add(ref index, (other * Lanes) + lane);
                (one, two) = (two, one);
            }
        }

        return ref index;
    }

    // Words k of all lanes: block (k/4) of the group gives words k … k + 3 of each lane, whose low halves are random.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(long unit, int group, int count)
    {
        var quads = (samples + 3) / 4;
        var tag = Vector512.Create(((ulong)(uint)block << 16) | ((ulong)SampleData.Batches << 12));
        Vector512<ulong> low = Vector512.Create((ulong)unit & LowWord), high = Vector512.Create((ulong)unit >> 32), lanes = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        ref var word = ref MemoryMarshal.GetArrayDataReference(words);
        var first = (ulong)group * (ulong)quads * Lanes;
        for (var k = 0; k < count; k += 8)
        {
            var c0 = Vector512.Create(first + ((ulong)k * 2)) + lanes;
            var (c1, c2, c3) = (tag, low, high);
            if (count - k > 4)
            {
                var d0 = c0 + Vector512.Create((ulong)Lanes);
                var (d1, d2, d3) = (tag, low, high);
                Philox.Blocks(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, (uint)seed, (uint)(seed >> 32));
                Store(ref Unsafe.Add(ref word, (k + 4) * Lanes), d0, d1, d2, d3);
            }
            else
            {
                Philox.Blocks(ref c0, ref c1, ref c2, ref c3, (uint)seed, (uint)(seed >> 32));
            }

            Store(ref Unsafe.Add(ref word, k * Lanes), c0, c1, c2, c3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref ulong word, Vector512<ulong> c0, Vector512<ulong> c1, Vector512<ulong> c2, Vector512<ulong> c3)
    {
        c0.StoreUnsafe(ref word);
        c1.StoreUnsafe(ref word, Lanes);
        c2.StoreUnsafe(ref word, 2 * Lanes);
        c3.StoreUnsafe(ref word, 3 * Lanes);
    }
}
