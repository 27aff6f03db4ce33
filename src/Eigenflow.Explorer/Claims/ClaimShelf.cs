using Eigenflow.Systems;

namespace Eigenflow.Explorer.Claims;

/// <summary>What tasks gave, for the time that the explorer is open; the oldest are forgotten.</summary>
internal sealed class ClaimShelf
{
    private const int Most = 24;
    private readonly Lock gate = new();
    private readonly LinkedList<(string System, string Task, ReproductionResult Result)> results = new();

    /// <summary>The result of a task, or null.</summary>
    public ReproductionResult? Find(string system, string task)
    {
        lock (gate)
            return results.FirstOrDefault(one => one.System == system && one.Task == task).Result;
    }

    /// <summary>Keeps the result of a task.</summary>
    public void Keep(string system, string task, ReproductionResult result)
    {
        lock (gate)
        {
            results.AddFirst((system, task, result));
            if (results.Count > Most)
                results.RemoveLast();
        }
    }
}
