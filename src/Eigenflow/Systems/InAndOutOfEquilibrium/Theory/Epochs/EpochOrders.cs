using Eigenflow.Random;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Orders in which an epoch goes through its samples: all that differ, where they are few, else random ones, each with its reverse.</summary>
/// <param name="Orders">Sample numbers, batch after batch.</param>
/// <param name="IsComplete">Whether these are all.</param>
internal sealed record EpochOrders(IReadOnlyList<int[]> Orders, bool IsComplete)
{
    /// <summary>Largest number that is enumerated.</summary>
    public const double MostEnumerated = 1e5;

    private const int LargestPairs = 1000;
    private const int FewestPairs = 20;
    private const double MostWork = 1e8;
    private const uint Key = 2306;

    /// <summary>The orders of an epoch.</summary>
    public static EpochOrders Of(LocalExpansion expansion)
    {
        int n = expansion.Samples, b = expansion.Batch, m = expansion.Batches, d = expansion.Dimension;
        if (IsFew(expansion))
        {
            var all = new List<int[]>();
            Enumerate(new int[n], new int[m], 0, b, all);
            return new EpochOrders(all, true);
        }

        var work = ((double)n * d * d) + (3.0 * m * d * d * d) + ((double)d * d * d * d);
        var pairs = (int)Math.Clamp(MostWork / work, FewestPairs, LargestPairs);
        var orders = new List<int[]>();
        for (var k = 0; k < pairs; k++)
        {
            var pair = (uint)k;
            var order = Shuffle.Order(n, i => Philox.Block(((uint)i, pair, 0, 0), (Key, 0)).Word0);
            orders.Add(order);
            orders.Add([.. order.Reverse()]);
        }

        return new EpochOrders(orders, false);
    }

    /// <summary>Whether all orders that differ are few enough to enumerate: N!/(B!)^M.</summary>
    public static bool IsFew(LocalExpansion expansion)
    {
        var logarithm = MathNet.Numerics.SpecialFunctions.FactorialLn(expansion.Samples) - (expansion.Batches * MathNet.Numerics.SpecialFunctions.FactorialLn(expansion.Batch));
        return logarithm <= Math.Log(MostEnumerated * (1 + 1e-9));
    }

    // Every way to give each sample a batch that has room.
    private static void Enumerate(int[] batchOf, int[] filled, int sample, int batch, List<int[]> all)
    {
        if (sample == batchOf.Length)
        {
            var order = new int[batchOf.Length];
            var next = new int[filled.Length];
            for (var i = 0; i < order.Length; i++)
                order[(batchOf[i] * batch) + next[batchOf[i]]++] = i;
            all.Add(order);
            return;
        }

        for (var k = 0; k < filled.Length; k++)
        {
            if (filled[k] == batch)
                continue;
            filled[k]++;
            batchOf[sample] = k;
            Enumerate(batchOf, filled, sample + 1, batch, all);
            filled[k]--;
        }
    }
}
