using System.Runtime.CompilerServices;

namespace Eigenflow.Random;

/// <summary>Whole numbers from random words.</summary>
internal static class WholeNumbers
{
    /// <summary>A number from 0 to <paramref name="count"/> − 1, each with the probability 1/count up to 2^(−32).</summary>
    /// <param name="word">A random word.</param>
    /// <param name="count">How many numbers there are, ≥ 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Below(uint word, int count) => (int)(((ulong)word * (ulong)count) >> 32);
}
