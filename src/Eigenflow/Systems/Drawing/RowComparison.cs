using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>What is compared where SGD has taken rows of data in place of Gaussian samples.</summary>
/// <param name="Marker">The column that solutions on rows alone have.</param>
/// <param name="Compared">The observables on rows with those of the theory.</param>
/// <param name="Free">Parameters in which a problem may differ: what SGD is, and how it is recorded.</param>
/// <param name="Name">What a reference is called.</param>
/// <param name="Note">A sentence below the verdicts, or empty.</param>
internal sealed record RowComparisonPlan(string Marker, IReadOnlyList<(string Rows, string Theory)> Compared, IReadOnlyList<string> Free, Func<Solution, string> Name, string Note = "")
{
    /// <summary>Whether a solution sampled rows of data.</summary>
    public bool IsOnRows(Solution solution) => solution.Has(Marker);
}

/// <summary>
/// By how much SGD on rows departs from the Gaussian theory of the same run. Rule of the verdict, per reference: among all recorded times and the compared observables, a difference counts when it exceeds 5 % of the reference and its standard errors pass Student's quantile at 1 % shared between all comparisons (Bonferroni).
/// </summary>
internal sealed class RowComparison
{
    /// <summary>Relative difference below which a departure is not worth the name.</summary>
    public const double SmallestRelative = 0.05;

    // A test that tells no departure below this does not hold or fail anything; as in docs/claims.md.
    private const double LargestResolution = 0.5;
    private const double ErrorRate = 0.01;
    private const int LargestPrinted = 12;

    private readonly RowComparisonPlan plan;
    private readonly Solution rows;
    private readonly Solution reference;

    // Rows of the trajectory on rows that the reference covers, and per observable what the two have there.
    private readonly int[] kept;
    private readonly Difference[][] differences;

    private RowComparison(RowComparisonPlan plan, Solution rows, Solution reference)
    {
        (this.plan, this.rows, this.reference) = (plan, rows, reference);
        var times = reference.Times;
        kept = [.. Enumerable.Range(0, rows.Times.Length).Where(row => rows.Times[row] > 0 && rows.Times[row] >= times[0] && rows.Times[row] <= times[^1] * (1 + 1e-9))];
        differences = [.. plan.Compared.Select(pair => kept.Select(row => At(row, pair.Rows, pair.Theory)).ToArray())];
    }

    /// <summary>The tables that compare the runs on rows with every other run of the same problem; none when there is nothing to compare.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="solutions">The solutions of one call.</param>
    public static IReadOnlyList<Table> Tables(RowComparisonPlan plan, IReadOnlyList<Solution> solutions)
    {
        var pairs = new List<RowComparison>();
        foreach (var run in solutions.Where(plan.IsOnRows))
        {
            foreach (var other in solutions.Where(candidate => !plan.IsOnRows(candidate) && candidate.Times.Length > 1 && IsSameProblem(plan, run, candidate)))
            {
                var comparison = new RowComparison(plan, run, other);
                if (comparison.kept.Length > 0)
                    pairs.Add(comparison);
            }
        }

        return pairs.Count == 0 ? [] : [Verdicts(plan, pairs), Departures(plan, pairs)];
    }

    // Nothing that both have set may differ, apart from what SGD is and how it is recorded.
    private static bool IsSameProblem(RowComparisonPlan plan, Solution first, Solution second) => first.Setting.Names
        .Where(name => !plan.Free.Contains(name, StringComparer.Ordinal) && second.Setting[name] is not null)
        .All(name => string.Equals(Setting.Format(first.Setting[name]), Setting.Format(second.Setting[name]), StringComparison.Ordinal));

    private static Table Verdicts(RowComparisonPlan plan, List<RowComparison> pairs) => new(
        "verdict", "", ["Gaussian theory", "verdict", "largest departure", "at t", "observable", "standard errors"],
        [.. pairs.Select(pair => pair.Verdict())],
        DisplayText.Plain($"Departs: more than {100 * SmallestRelative:0} % of the theory, and beyond Student's quantile at {100 * ErrorRate:0} % shared between all times and observables. {plan.Note}").TrimEnd());

    private static Table Departures(RowComparisonPlan plan, List<RowComparison> pairs) => new(
        "comparison", "rows against Gaussian theory, relative (in standard errors)", ["theory", "t", .. plan.Compared.Select(pair => pair.Rows)],
        [.. pairs.SelectMany(pair => pair.PrintedRows())]);

    private string Name => plan.Name(reference);

    // Degrees of freedom of the run on rows: those of a Gaussian ensemble only add to them.
    private double Threshold
    {
        get
        {
            var replicas = rows.Setting["replicas"] is long count ? count : 1;
            var comparisons = plan.Compared.Count * Math.Max(1, kept.Length);
            return replicas < 2 ? double.PositiveInfinity : StudentInterval.Quantile(replicas - 1, 1 - (ErrorRate / comparisons));
        }
    }

    private IReadOnlyList<string> Verdict()
    {
        if (!rows.Has(plan.Compared[0].Rows + ReplicaColumns.Error))
            return [Name, "inconclusive: standard errors need replicas >= 2", "—", "—", "—", "—"];
        var threshold = Threshold;
        (int Observable, int Row, double Size) worst = (-1, -1, 0);
        (int Observable, int Row, double Size) mildest = (-1, -1, 0);
        for (var observable = 0; observable < plan.Compared.Count; observable++)
        {
            for (var row = 0; row < kept.Length; row++)
            {
                var difference = differences[observable][row];
                var size = Math.Abs(difference.Relative);
                if (Math.Abs(difference.Errors) > threshold && size > SmallestRelative && size > worst.Size)
                    worst = (observable, row, size);
                if (Math.Abs(difference.Errors) > threshold && size > mildest.Size)
                    mildest = (observable, row, size);
            }
        }

        var isDeparting = worst.Observable >= 0;
        var shown = isDeparting ? worst : mildest;
        if (shown.Observable < 0)
        {
            // What half of the comparisons would have told.
            var told = Quantile.Median([.. differences.SelectMany(column => column).Where(difference => difference.RelativeError > 0).Select(difference => threshold * difference.RelativeError)]);
            return [Name, told <= LargestResolution ? $"holds: no departure beyond the standard errors, which tell {Percent(told).TrimStart('+')}" : $"inconclusive: the standard errors tell departures from {Percent(told).TrimStart('+')} on only; use more replicas", "—", "—", "—", "—"];
        }

        var at = differences[shown.Observable][shown.Row];
        return
        [
            Name, isDeparting ? "departs by " + Percent(at.Relative).TrimStart('+', '−') : "holds within " + Percent(shown.Size).TrimStart('+'),
            Percent(at.Relative), Number(rows.Times[kept[shown.Row]]), plan.Compared[shown.Observable].Rows, Errors(at.Errors),
        ];
    }

    private IEnumerable<IReadOnlyList<string>> PrintedRows()
    {
        var count = Math.Min(LargestPrinted, kept.Length);
        for (var k = 0; k < count; k++)
        {
            var row = count == kept.Length ? k : (int)((long)k * (kept.Length - 1) / (count - 1));
            yield return [Name, Number(rows.Times[kept[row]]), .. differences.Select(column => $"{Percent(column[row].Relative)} ({Errors(column[row].Errors)})")];
        }
    }

    private Difference At(int row, string observable, string theory)
    {
        var time = rows.Times[row];
        var expected = Interpolate(reference[theory], time);
        var own = rows.Has(observable + "-se") ? rows[observable + "-se"][row] : 0;
        var other = reference.Has(theory + "-se") ? Interpolate(reference[theory + "-se"], time) : 0;
        var difference = rows[observable][row] - expected;
        var error = Math.Sqrt((own * own) + (other * other));
        var scale = Math.Max(Math.Abs(expected), double.Epsilon);
        return new Difference(difference / scale, error > 0 ? difference / error : 0, error / scale);
    }

    // Linear in ln t; a reference on the same steps is read as it is.
    private double Interpolate(double[] values, double time)
    {
        var times = reference.Times;
        var index = Array.BinarySearch(times, time);
        if (index >= 0)
            return values[index];
        index = Math.Clamp(~index, 1, times.Length - 1);
        var (left, right) = (times[index - 1], times[index]);
        var share = left > 0 ? Math.Log(time / left) / Math.Log(right / left) : (time - left) / (right - left);
        return values[index - 1] + (Math.Clamp(share, 0, 1) * (values[index] - values[index - 1]));
    }

    private static string Percent(double relative) => Signed(100 * relative, Math.Abs(relative) < 0.1 ? 1 : 0) + " %";

    private static string Errors(double errors) => Signed(errors, 1);

    private static string Signed(double value, int decimals) =>
        (value < 0 ? "" : "+") + (Math.Abs(value) < 1e4 ? DisplayNumber.Fixed(value, decimals) : DisplayNumber.Of(value, 2));

    private static string Number(double value) => DisplayNumber.Of(value);

    /// <summary>Rows less theory, relative to the theory and in standard errors (0 where there are none), and the standard error relative to the theory.</summary>
    private readonly record struct Difference(double Relative, double Errors, double RelativeError);
}
