using Eigenflow.Dynamics;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Systems;

/// <summary>Solutions that were solved lately, so that pinned curves cost nothing and a picture is exported without solving again; simulations as far as they have come. Bounded by the numbers that it holds.</summary>
internal sealed class SolutionCache
{
    /// <summary>Most numbers of one answer: points times observables of all its curves.</summary>
    public const long LargestAnswer = 2_000_000;

    /// <summary>Most rows of a curve: far more than any screen has columns.</summary>
    public const int LargestCurve = 50_000;

    private const long MostNumbers = 4_000_000;
    private readonly Lock gate = new();
    private readonly Dictionary<CompletedSetting, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> order = [];
    private long numbers;

    /// <summary>The solution of a run, kept or solved now.</summary>
    public Solution Solve(ISystem system, CompletedSetting run, CancellationToken cancellation)
    {
        if (Find(run) is { IsWhole: true } found)
            return found.Solution;
        CheckRows([run]);
        var files = FileStamp.Of(run);
        var solution = system.Solve(run, null, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        CheckSize([solution]);

        // Of a file that changed meanwhile it is not known which state was solved.
        if (files != FileStamp.Of(run))
            return solution;
        Keep(run, solution, isWhole: true);
        return solution;
    }

    /// <summary>What there is of a run, or null.</summary>
    public Entry? Find(CompletedSetting run)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(run, out var node))
                return null;
            if (node.Value.Files != FileStamp.Of(run))
            {
                Remove(node);
                return null;
            }

            order.Remove(node);
            order.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Keeps a solution in place of what there was of its run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="solution">Its solution.</param>
    /// <param name="isWhole">Whether it came to its end, so that it need not be solved again.</param>
    /// <param name="isRunning">Whether it goes on.</param>
    public void Keep(CompletedSetting run, Solution solution, bool isWhole, bool isRunning = false)
    {
        lock (gate)
        {
            if (entries.TryGetValue(run, out var before))
            {
                // A part never takes the place of the whole.
                if (before.Value.IsWhole)
                    return;
                Remove(before);
            }

            entries.Add(run, order.AddFirst(new Entry(run, solution, isWhole, isRunning, FileStamp.Of(run))));
            numbers += Size(solution);
            while (numbers > MostNumbers && order.Last is { } last && order.Count > 1)
                Remove(last);
        }
    }

    /// <summary>Refuses, before they are solved, curves of more rows than are shown.</summary>
    /// <exception cref="ParameterException">A curve would have too many rows.</exception>
    public static void CheckRows(IEnumerable<CompletedSetting> runs)
    {
        foreach (var run in runs)
        {
            // Rows that are listed are as few as fit into a request.
            var isListed = run.Values[GridParameters.AtSteps.Name] is not null || run.Values[ContinuousParameters.Times.Name] is not null || run.Values[AxisParameters.At.Name] is not null;
            if (!isListed && run.Values[GridParameters.Points.Name] is IConvertible number && number.ToInt64(null) is var points and > LargestCurve)
                throw new ParameterException(GridParameters.Points.Name, points, FormattableString.Invariant($"at most {LargestCurve} in the explorer"), "the command line takes any number");
        }
    }

    /// <summary>Refuses what is too much for one answer.</summary>
    /// <exception cref="ParameterException">There are too many numbers.</exception>
    public static void CheckSize(IReadOnlyList<Solution> solutions)
    {
        var size = solutions.Sum(Size);
        if (size > LargestAnswer)
            throw new ParameterException("points", solutions.Max(solution => solution.Rows), FormattableString.Invariant($"so small that the curves of one answer have at most {LargestAnswer} numbers together ({size} here)"), "the command line takes any number");
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        order.Remove(node);
        entries.Remove(node.Value.Run);
        numbers -= Size(node.Value.Solution);
    }

    private static long Size(Solution solution) => (long)solution.Rows * solution.Observables.Count;

    /// <summary>What there is of a run.</summary>
    internal sealed record Entry(CompletedSetting Run, Solution Solution, bool IsWhole, bool IsRunning, string Files);
}
