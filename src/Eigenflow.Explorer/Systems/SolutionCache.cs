using Eigenflow.Explorer.Hosting;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Systems;

/// <summary>Solutions that were solved lately, so that pinned curves cost nothing and a picture is exported without solving again. Bounded by the numbers that it holds.</summary>
internal sealed class SolutionCache
{
    private const long MostNumbers = 4_000_000;
    private readonly Lock gate = new();
    private readonly Dictionary<CompletedSetting, LinkedListNode<(CompletedSetting Run, Solution Solution)>> entries = [];
    private readonly LinkedList<(CompletedSetting Run, Solution Solution)> order = [];
    private long numbers;

    /// <summary>The solution of a run, kept or solved now.</summary>
    public Solution Solve(ISystem system, CompletedSetting run, CancellationToken cancellation)
    {
        if (Find(run) is { } found)
            return found;
        var solution = system.Solve(run, null, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Keep(run, solution);
        return solution;
    }

    /// <summary>The solution of a run, or null.</summary>
    public Solution? Find(CompletedSetting run)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(run, out var node))
                return null;
            order.Remove(node);
            order.AddFirst(node);
            return node.Value.Solution;
        }
    }

    /// <summary>Keeps a whole solution.</summary>
    public void Keep(CompletedSetting run, Solution solution)
    {
        lock (gate)
        {
            if (entries.ContainsKey(run))
                return;
            entries.Add(run, order.AddFirst((run, solution)));
            numbers += Size(solution);
            while (numbers > MostNumbers && order.Last is { } last && order.Count > 1)
            {
                order.RemoveLast();
                entries.Remove(last.Value.Run);
                numbers -= Size(last.Value.Solution);
            }
        }
    }

    private static long Size(Solution solution) => (long)solution.Rows * solution.Observables.Count;
}
