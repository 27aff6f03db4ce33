using System.Runtime.ExceptionServices;

namespace Eigenflow.Studies;

/// <summary>Does independent items of work on several threads, in order of arrival.</summary>
internal static class ParallelWork
{
    /// <summary>Does the work; an exception ends it, and the most far-reaching of those that were thrown side by side comes out as it is.</summary>
    public static void ForEach<T>(IEnumerable<T> items, int workers, Action<T> work)
    {
        try
        {
            Parallel.ForEach(
                System.Collections.Concurrent.Partitioner.Create(items, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers) }, work);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(Trouble.Of(exception).Cause);
        }
    }
}
