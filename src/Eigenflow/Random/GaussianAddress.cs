namespace Eigenflow.Random;

/// <summary>
/// Where a vector of random numbers stands: the same address gives the same numbers on every machine, in any order, without stored state.
/// Packed into the Philox counter: words 0 and 1 (low 12 bits) hold the block of coordinates, word 1 also the stream (bits 12–15) and the replica
/// (bits 16–31), words 2 and 3 the step; the key is the seed.
/// </summary>
/// <param name="Seed">Any 64-bit seed.</param>
/// <param name="Stream">Purpose of the numbers, 0 to 15.</param>
/// <param name="Replica">Number of the independent repetition, 0 to 65535.</param>
/// <param name="Step">Number of the sample, ≥ 0.</param>
public readonly record struct GaussianAddress(ulong Seed, int Stream, int Replica, long Step)
{
    /// <summary>One more than the largest coordinate.</summary>
    public const long CoordinateLimit = 1L << 45;

    internal void Validate(long first, int count)
    {
        if (Stream is < 0 or > 15)
            throw new ParameterException("stream", Stream, "a whole number from 0 to 15");
        if (Replica is < 0 or > 65_535)
            throw new ParameterException("replica", Replica, "a whole number from 0 to 65535");
        if (Step < 0)
            throw new ParameterException("step", Step, "a whole number >= 0");
        if (first < 0 || first > CoordinateLimit - count)
            throw new ParameterException("coordinate", first, "a whole number from 0 to 2^45 - 1");
    }
}
