using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>
/// What an ensemble gives: the saved rows that all its replicas have, without those that diverged. Where every replica diverged it ends before the first one did.
/// </summary>
internal sealed class EnsembleResult
{
    private readonly EnsembleRows rows;
    private readonly int[] chosen;
    private readonly bool sumsBySize;

    public EnsembleResult(EnsemblePlan plan, EnsembleRows rows, long[] grid, bool[] isLook, long?[] divergedAt, EnsembleEvents? events, bool isCancelled)
    {
        this.rows = rows;
        sumsBySize = plan.SumsBySize;
        var all = Enumerable.Range(0, divergedAt.Length).ToArray();
        var diverged = all.Where(replica => divergedAt[replica] is not null).ToArray();
        var kept = diverged.Length < all.Length ? all.Except(diverged).ToArray() : all;

        // After an interruption, replicas that had not begun are left out, so that the trajectory of the others is kept.
        if (isCancelled && Array.Exists(kept, replica => rows.Count(replica) > 1))
            kept = [.. kept.Where(replica => rows.Count(replica) > 1)];
        else if (isCancelled && Array.Exists(kept, replica => rows.Count(replica) > 0))
            kept = [.. kept.Where(replica => rows.Count(replica) > 0)];
        Replicas = kept;
        var reached = kept.Min(rows.Count);
        chosen = [.. plan.Grid.Select(step => Array.BinarySearch(grid, step)).TakeWhile(row => row < reached)];
        Steps = plan.Grid[..chosen.Length];

        // Whoever was left out above has not come to the end either: rows that look complete may be those of some replicas only.
        IsCancelled = isCancelled && Array.Exists(all, replica => divergedAt[replica] is null && rows.Count(replica) < grid.Length);
        StepsDone = all.Sum(replica => divergedAt[replica] ?? (rows.Count(replica) > 0 ? grid[rows.Count(replica) - 1] : 0));
        Diverged = diverged.Length;
        Status = MakeStatus(plan, divergedAt, diverged);
        if (events is null)
            return;
        Events = events.Times(kept, grid, isLook, reached);
        Summary = events.Distribution(kept, grid, isLook, reached);
    }

    /// <summary>The saved steps that were reached.</summary>
    public long[] Steps { get; }

    /// <summary>The replicas that the rows are of.</summary>
    public int[] Replicas { get; }

    /// <summary>Replicas that left every bound.</summary>
    public int Diverged { get; }

    /// <summary>Whether the whole range was covered, by all replicas.</summary>
    public SolveStatus Status { get; }

    /// <summary>Events of the mean.</summary>
    public IReadOnlyDictionary<string, double?> Events { get; } = new Dictionary<string, double?>(StringComparer.Ordinal);

    /// <summary>The distribution of the events over replicas.</summary>
    public IReadOnlyList<SummaryNumber> Summary { get; } = [];

    /// <summary>Steps of all replicas together.</summary>
    public long StepsDone { get; }

    private bool IsCancelled { get; }

    /// <summary>A statistic of a replica (0 to the number of <see cref="Replicas"/>) in a saved row.</summary>
    public double this[int replica, int row, int statistic] => rows.Row(Replicas[replica], chosen[row])[statistic];

    /// <summary>The mean of a statistic over replicas.</summary>
    public double Mean(int row, int statistic) => Enumerable.Range(0, Replicas.Length).Average(replica => this[replica, row, statistic]);

    /// <summary>The columns of a statistic: mean, and beside it standard error, median and quantiles.</summary>
    /// <param name="quantity">What the column is called.</param>
    /// <param name="value">The value of (replica, row).</param>
    public IEnumerable<Observable> Columns(NamedQuantity quantity, Func<int, int, double> value) => ReplicaColumns.Of(quantity, Steps.Length, Replicas.Length, value, sumsBySize);

    /// <summary>The columns of a ratio whose denominator may vanish in a replica: the mean is that of the numerators over that of the denominators.</summary>
    /// <param name="quantity">What the column is called.</param>
    /// <param name="value">The ratio of (replica, row).</param>
    /// <param name="denominator">Its denominator.</param>
    public IEnumerable<Observable> RatioColumns(NamedQuantity quantity, Func<int, int, double> value, Func<int, int, double> denominator) => ReplicaColumns.OfRatio(quantity, Steps.Length, Replicas.Length, value, denominator);

    private SolveStatus MakeStatus(EnsemblePlan plan, long?[] divergedAt, int[] diverged)
    {
        var first = diverged.Length > 0 ? diverged.Min(replica => divergedAt[replica]!.Value) : 0;
        if (IsCancelled)
        {
            // Not a divergence even where some diverged: the others have not come to their end, and the same solve goes on.
            var who = Replicas.Length + diverged.Length < divergedAt.Length ? $"the {Replicas.Length} of {divergedAt.Length} replicas that had come so far" : diverged.Length > 0 ? $"the other {Replicas.Length} replicas" : "all replicas";
            var before = diverged.Length > 0 ? $"{diverged.Length} of {divergedAt.Length} replicas had diverged, the first at step {first}; " : "";
            return new SolveStatus(SolveOutcome.Cancelled, $"{before}cancelled after step {(Steps.Length > 0 ? Steps[^1] : 0)}; the trajectory of {who} is kept up to there");
        }

        if (diverged.Length == 0)
            return SolveStatus.Completed;
        var kept = diverged.Length < divergedAt.Length ? $"all numbers are those of the other {divergedAt.Length - diverged.Length}" : "the trajectory is kept up to the first of them";
        return new SolveStatus(SolveOutcome.Diverged, $"{diverged.Length} of {divergedAt.Length} replicas: {plan.Divergence(first).Message(kept)}");
    }
}
