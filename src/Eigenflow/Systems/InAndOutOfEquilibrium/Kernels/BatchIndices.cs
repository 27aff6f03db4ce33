using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Eigenflow.Numerics;
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
/// <param name="stride">What sample numbers are multiplied with: the numbers of their rows.</param>
internal sealed class BatchIndices(int samples, int batch, long seed, int block, int stride = 1)
{
    private const int Lanes = GradientKernel.Lanes;
    private const int MostFloyd = 32;
    private const ulong LowWord = 0xFFFFFFFF;

    // From the beginning of a cache line: vectors across two of them take more than twice as long.
    private readonly AlignedStore indices = new(Math.Max(samples, 2 * MostFloyd) * Lanes / 2);
    private readonly AlignedStore words = new(Math.Max(((samples + 7) / 8 * 8) + 8, 2 * MostFloyd) * Lanes);
    private long drawnUnit = -1;
    private int drawnPair;

    private ref int Index => ref Unsafe.As<double, int>(ref indices.Origin);

    private ref ulong Word => ref Unsafe.As<double, ulong>(ref words.Origin);

    /// <summary>Whether samples of a batch are independent draws, of which some may be the same.</summary>
    public bool AreIndependent { get; init; }

    /// <summary>A batch of each chain of a group: entry 8k + l is the k-th sample of chain l.</summary>
    /// <param name="unit">Number of the time unit.</param>
    /// <param name="group">Number of the group.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ref int Batch(long unit, int group)
    {
        if (AreIndependent)
            return ref Independent(unit, group);
        if (batch > MostFloyd)
            return ref Shuffled(unit, group, batch);

        // Two groups at once: they share vectors, and fill each other's waiting times.
        if (unit != drawnUnit || group >> 1 != drawnPair)
        {
            (drawnUnit, drawnPair) = (unit, group >> 1);
            DrawPair(unit, group & ~1);
            Floyd();
        }

        return ref Unsafe.Add(ref Index, (group & 1) * MostFloyd * Lanes);
    }

    /// <summary>An order of all samples for each chain of a group.</summary>
    /// <param name="unit">Number of the time unit.</param>
    /// <param name="group">Number of the group.</param>
    public ref int Epoch(long unit, int group) => ref Shuffled(unit, group, samples);

    // Floyd 1987: the k-th draw is among the first n = N − B + k + 1; a sample that is taken already is replaced by the last of these. Draws of the second group stand in the high halves of those of the first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Floyd()
    {
        ref var word = ref Word;
        ref var second = ref Unsafe.Add(ref word, MostFloyd * Lanes);
        ref var index = ref Index;
        for (var k = 0; k < batch; k++)
        {
            var range = Vector512.Create((ulong)(samples - batch + k + 1));
            Vector512<ulong> low = Vector512.Create(LowWord), own = (Vector512.LoadUnsafe(ref word, (nuint)(k * Lanes)) & low) * range, other = (Vector512.LoadUnsafe(ref second, (nuint)(k * Lanes)) & low) * range;
            var chosen = Vector512.ConditionalSelect(low, own >>> 32, other).AsUInt32();
            var nearest = Vector512.Create(uint.MaxValue);
            for (var j = 0; j < k; j++)
                nearest = Vector512.Min(nearest, Vector512.LoadUnsafe(ref word, (nuint)(j * Lanes)).AsUInt32() ^ chosen);
            chosen = Vector512.ConditionalSelect(Vector512.Equals(nearest, Vector512<uint>.Zero), Vector512.Create((uint)(samples - batch + k)), chosen);
            chosen.AsUInt64().StoreUnsafe(ref word, (nuint)(k * Lanes));
            var places = (chosen * (uint)stride).AsInt64();
            Vector256.Narrow(places.GetLower(), places.GetUpper()).StoreUnsafe(ref index, (nuint)(k * Lanes));
            places >>>= 32;
            Vector256.Narrow(places.GetLower(), places.GetUpper()).StoreUnsafe(ref index, (nuint)((MostFloyd + k) * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref int Independent(long unit, int group)
    {
        Draw(unit, group, batch);
        for (var k = 0; k < batch; k++)
        {
            var chosen = (((Vector512.LoadUnsafe(ref Word, (nuint)(k * Lanes)) & Vector512.Create(LowWord)) * Vector512.Create((ulong)samples)) >>> 32).AsInt64();
            (Vector256.Narrow(chosen.GetLower(), chosen.GetUpper()) * stride).StoreUnsafe(ref Index, (nuint)(k * Lanes));
        }

        return ref Index;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref int Shuffled(long unit, int group, int count)
    {
        ref var word = ref Word;
        Draw(unit, group, Math.Min(count, samples - 1));
        ref var index = ref Index;
        for (var k = 0; k < samples; k++)
            Vector256.Create(k * stride).StoreUnsafe(ref Unsafe.Add(ref index, k * Lanes));
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
        for (var k = 0; k < count; k += 8)
            Blocks(unit, First(group) + ((ulong)k * 2), First(group) + ((ulong)k * 2) + Lanes, ref Unsafe.Add(ref Word, k * Lanes), ref Unsafe.Add(ref Word, (k + 4) * Lanes));
    }

    // The words of two neighbouring groups.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawPair(long unit, int group)
    {
        for (var k = 0; k < batch; k += 4)
            Blocks(unit, First(group) + ((ulong)k * 2), First(group + 1) + ((ulong)k * 2), ref Unsafe.Add(ref Word, k * Lanes), ref Unsafe.Add(ref Word, (MostFloyd + k) * Lanes));
    }

    private ulong First(int group) => (ulong)group * (ulong)((samples + 3) / 4) * Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Blocks(long unit, ulong first, ulong second, ref ulong word, ref ulong other)
    {
        var lanes = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        var c1 = Vector512.Create(((ulong)(uint)block << 16) | ((ulong)SampleData.Batches << 12));
        Vector512<ulong> c0 = Vector512.Create(first) + lanes, c2 = Vector512.Create((ulong)unit & LowWord), c3 = Vector512.Create((ulong)unit >> 32);
        var (d0, d1, d2, d3) = (Vector512.Create(second) + lanes, c1, c2, c3);
        Philox.Blocks(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, (uint)seed, (uint)(seed >> 32));
        Store(ref word, c0, c1, c2, c3);
        Store(ref other, d0, d1, d2, d3);
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
