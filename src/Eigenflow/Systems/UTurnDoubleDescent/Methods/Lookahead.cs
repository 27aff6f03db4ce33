using System.Runtime.ExceptionServices;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Does items ahead of the one that is asked for, as many side by side as there are threads, so that they can still be taken, counted and kept one after another. Few items, which may be of very different size, are done one after another with all threads each.</summary>
/// <param name="count">Number of items.</param>
/// <param name="threads">Threads.</param>
/// <param name="item">Does an item with a number of threads.</param>
/// <param name="cancellation">Ends the items.</param>
internal sealed class Lookahead(int count, int threads, Func<int, int, double[]> item, CancellationToken cancellation)
{
    private readonly Dictionary<int, double[]> done = [];

    /// <summary>The numbers of an item, which is asked for once.</summary>
    /// <param name="index">Its 0-based number.</param>
    public double[] Of(int index)
    {
        if (done.Remove(index, out var known))
            return known;
        var together = count < 2 * threads ? 1 : Math.Min(threads, count - index);
        var results = new double[together][];
        try
        {
            Parallel.For(0, together, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, ahead => results[ahead] = item(index + ahead, Math.Max(1, threads / together)));
        }
        catch (AggregateException several)
        {
            // One error is told, the same as one after another would meet first.
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }

        for (var ahead = 1; ahead < together; ahead++)
            done[index + ahead] = results[ahead];
        return results[0];
    }
}
