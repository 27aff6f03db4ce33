using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Cli;

/// <summary>The tables that <c>eigenflow run</c> prints.</summary>
internal static class RunTables
{
    /// <summary>Rows of a trajectory that are printed as numbers; longer ones are for plots and files.</summary>
    public const int LargestPrinted = 24;

    // The columns of the summary must fit on a line; systems list their main observables first.
    private const int SummaryObservables = 4;

    /// <summary>One row per run: parameters that differ, status, events, the last values, the work.</summary>
    /// <param name="system">The system.</param>
    /// <param name="solutions">The runs.</param>
    /// <param name="withTimings">Whether the seconds that they took are among it, which differ from call to call.</param>
    public static Table Summary(ISystem system, IReadOnlyList<Solution> solutions, bool withTimings)
    {
        var varying = CsvText.Varying([.. solutions.Select(solution => solution.Setting)]);
        var events = system.Events.Where(quantity => solutions.Any(solution => solution.Events.ContainsKey(quantity.Name))).ToArray();
        var observables = Shown(system, solutions).ToArray();
        return new Table(
            "runs", "",
            ["method", .. varying, "status", .. events.Select(quantity => quantity.Symbol), .. observables.Select(quantity => "last " + quantity.Symbol), "steps", "modes", "state", .. withTimings ? ["seconds"] : Array.Empty<string>()],
            [.. solutions.Select(solution => (IReadOnlyList<string>)
            [
                solution.Method,
                .. varying.Select(name => Setting.Shown(solution.Setting[name])),
                solution.Status.Word,
                .. events.Select(quantity => solution.Events.TryGetValue(quantity.Name, out var time) && time is { } reached ? DisplayNumber.Of(reached) : "—"),
                .. observables.Select(quantity => solution.Has(quantity.Name) && solution.Rows > 0 ? DisplayNumber.Of(solution[quantity.Name][^1]) : "—"),
                solution.Statistics.Steps.ToString(CultureInfo.InvariantCulture),
                solution.Statistics.Modes,
                solution.Statistics.StateSize.ToString(CultureInfo.InvariantCulture),
                .. withTimings ? [DisplayNumber.Fixed(solution.Statistics.WallSeconds, 3)] : Array.Empty<string>(),
            ])]);
    }

    /// <summary>The summary numbers, one row per run; null where no run has any.</summary>
    public static Table? Numbers(IReadOnlyList<Solution> solutions) => Numbers([.. solutions.Select(solution => (solution.Setting, solution.Summary))], ["method"], run => [solutions[run].Method]);

    /// <summary>The numbers that describe what settings were given, one row per setting; null where there are none.</summary>
    public static Table? Numbers(IReadOnlyList<(Setting Setting, IReadOnlyList<SummaryNumber> Numbers)> given) => Numbers(given, [], _ => []);

    private static Table? Numbers(IReadOnlyList<(Setting Setting, IReadOnlyList<SummaryNumber> Numbers)> rows, string[] heading, Func<int, string[]> start)
    {
        var names = rows.SelectMany(row => row.Numbers).DistinctBy(number => number.Name, StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
            return null;
        var varying = CsvText.Varying([.. rows.Select(row => row.Setting)]);
        return new Table(
            "numbers", "", [.. heading, .. varying, .. names.Select(number => number.Symbol)],
            [.. rows.Select((row, index) => (IReadOnlyList<string>)
            [
                .. start(index), .. varying.Select(name => Setting.Shown(row.Setting[name])),
                .. names.Select(number => row.Numbers.FirstOrDefault(own => string.Equals(own.Name, number.Name, StringComparison.Ordinal)) is { } found ? DisplayNumber.Of(found.Value) : "—"),
            ])]);
    }

    /// <summary>The saved rows of each run that has few of them.</summary>
    public static IEnumerable<Table> Rows(IReadOnlyList<Solution> solutions)
    {
        for (var run = 0; run < solutions.Count; run++)
        {
            var solution = solutions[run];
            if (solution.Rows is 0 or > LargestPrinted)
                continue;
            var columns = solution.Observables.Where(column => !ReplicaColumns.IsSpread(column.Name) || column.Name.EndsWith(ReplicaColumns.Error, StringComparison.Ordinal)).ToArray();
            yield return new Table(
                $"rows-{run + 1}", solutions.Count == 1 ? "" : $"{solution.Method} (run {run + 1})", [.. columns.Select(column => column.Name)],
                [.. Enumerable.Range(0, solution.Rows).Select(row => (IReadOnlyList<string>)[.. columns.Select(column => Cell(column, row))])]);
        }
    }

    /// <summary>A number of a column; steps are counted, so that they have all their digits.</summary>
    public static string Cell(Observable column, int row) =>
        column.Name is "step" && column.Values[row] is >= 0 and < 1e15 and var steps ? DisplayNumber.Count((long)steps) : DisplayNumber.Of(column.Values[row]);

    private static IEnumerable<NamedQuantity> Shown(ISystem system, IReadOnlyList<Solution> solutions) =>
        system.Observables.Where(quantity => quantity.Name is not "step" && !solutions.Any(solution => string.Equals(solution.Axis.Name, quantity.Name, StringComparison.Ordinal)) && solutions.Any(solution => solution.Has(quantity.Name))).Take(SummaryObservables);
}
