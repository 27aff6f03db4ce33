using System.Globalization;

namespace Eigenflow.Studies;

/// <summary>Distinct values in the order in which a reader expects them: numbers ascending, words as they come.</summary>
internal static class ValueOrder
{
    /// <summary>Distinct values of one column.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> values)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).ToArray();
        return Array.TrueForAll(distinct, value => Number(value) is not null) ? [.. distinct.OrderBy(value => Number(value))] : distinct;
    }

    /// <summary>Distinct combinations of several columns, the first varying slowest.</summary>
    public static IReadOnlyList<string[]> Of(IReadOnlyList<string> columns, IReadOnlyList<CollectedRun> runs)
    {
        var orders = columns.Select(column => Of(runs.Select(run => run.Label(column))).ToList()).ToArray();
        return
        [
            .. runs.Select(run => KeyOf(columns, run)).DistinctBy(key => string.Join('\n', key), StringComparer.Ordinal)
                .OrderBy(key => key.Select((value, k) => orders[k].IndexOf(value)).Aggregate(0L, (total, position) => (total * 100_003) + position)),
        ];
    }

    /// <summary>The values of a run in these columns.</summary>
    public static string[] KeyOf(IReadOnlyList<string> columns, CollectedRun run) => [.. columns.Select(run.Label)];

    private static double? Number(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
