using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Eigenflow.Random;

/// <summary>
/// Philox4x32-10: a bijection of 128-bit counters under a 64-bit key whose outputs are random numbers. Salmon, Moraes, Dror and Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC '11. Stateless: any number can be computed without those before it.
/// </summary>
public static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>One block of four 32-bit words.</summary>
    /// <param name="counter">The counter, lowest word first.</param>
    /// <param name="key">The key, low word first.</param>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block((uint Word0, uint Word1, uint Word2, uint Word3) counter, (uint Low, uint High) key)
    {
        var (c0, c1, c2, c3) = counter;
        var (k0, k1) = key;
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>Eight blocks at once: lane l of each word belongs to the counter in lane l. Each 64-bit lane holds a 32-bit word with
    /// arbitrary bits above it: the rounds read the low halves only, so that clearing them in between would be wasted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Blocks(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3, uint keyLow, uint keyHigh)
    {
        // The keys run as vectors: adding is cheaper than sending each round's key from a scalar register. Their carries stay above the low halves.
        var low = Vector512.Create((ulong)keyLow);
        var high = Vector512.Create((ulong)keyHigh);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
        Round(ref c0, ref c1, ref c2, ref c3, ref low, ref high);
    }

    /// <summary>Two times eight blocks, round by round: the chains of either fill the waiting times of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Blocks(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3,
        ref Vector512<ulong> d0, ref Vector512<ulong> d1, ref Vector512<ulong> d2, ref Vector512<ulong> d3, uint keyLow, uint keyHigh)
    {
        var low = Vector512.Create((ulong)keyLow);
        var high = Vector512.Create((ulong)keyHigh);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
        BothRounds(ref c0, ref c1, ref c2, ref c3, ref d0, ref d1, ref d2, ref d3, ref low, ref high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BothRounds(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3,
        ref Vector512<ulong> d0, ref Vector512<ulong> d1, ref Vector512<ulong> d2, ref Vector512<ulong> d3, ref Vector512<ulong> low, ref Vector512<ulong> high)
    {
        var (sameLow, sameHigh) = (low, high);
        Round(ref c0, ref c1, ref c2, ref c3, ref sameLow, ref sameHigh);
        Round(ref d0, ref d1, ref d2, ref d3, ref low, ref high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector512<ulong> c0, ref Vector512<ulong> c1, ref Vector512<ulong> c2, ref Vector512<ulong> c3, ref Vector512<ulong> low, ref Vector512<ulong> high)
    {
        var product0 = Wide(c0, Vector512.Create((ulong)Multiplier0));
        var product1 = Wide(c2, Vector512.Create((ulong)Multiplier1));
        c0 = (product1 >>> 32) ^ c1 ^ low;
        c2 = (product0 >>> 32) ^ c3 ^ high;
        c1 = product1;
        c3 = product0;
        low += Vector512.Create((ulong)Weyl0);
        high += Vector512.Create((ulong)Weyl1);
    }

    // The 64-bit products of the low 32 bits of each lane: the same bits whichever instruction makes them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Wide(Vector512<ulong> first, Vector512<ulong> second)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(first.AsUInt32(), second.AsUInt32());
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.Multiply(first.GetLower().AsUInt32(), second.GetLower().AsUInt32()),
                Avx2.Multiply(first.GetUpper().AsUInt32(), second.GetUpper().AsUInt32()));
        }

        return (first & Vector512.Create(0xFFFFFFFFUL)) * second;
    }
}
