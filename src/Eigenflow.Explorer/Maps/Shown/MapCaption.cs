using System.Globalization;
using System.Text.RegularExpressions;

namespace Eigenflow.Explorer.Maps;

/// <summary>What stands below a map: of what it is, how far it has come, and what its cells lack.</summary>
internal static partial class MapCaption
{
    private const int MostReasons = 3;

    /// <summary>The caption.</summary>
    /// <param name="map">The map.</param>
    /// <param name="colors">Its colours.</param>
    /// <param name="none">Solved cells without a value.</param>
    /// <param name="ended">Cells whose solve ended early.</param>
    public static string Of(ParameterMap map, MapColors colors, int[] none, int[] ended)
    {
        var shared = map.SharedWords;
        MapCell[] there = [.. Enumerable.Range(0, map.Cells).Select(cell => map[cell]).OfType<MapCell>()];
        string[] parts =
        [
            $"{map.System.Title}, method {map.Method}{(shared.Length == 0 ? "" : ", " + shared)}; {Progress(map)}.",
            map.Added is { } added ? $"All cells have {added.Parameter} = {added.Value}, so that they are solved alike: {map.Reason.TrimEnd('.')}." : "",
            Places(map, there),
            map.Probes.Chance is var (value, other) ? $"Random draws differ from cell to cell: with the next seed one of them has {DisplayNumber.Of(other)} in place of {DisplayNumber.Of(value)}." : "",
            .. none.GroupBy(cell => map[cell]!.Missing(map.Quantity, map.Place), StringComparer.Ordinal).Select(group => $"{Count(group.Count())} marked: {group.Key}{(map.Quantity.Kind is "event" ? Horizons(map, [.. group.Select(cell => map[cell]!.Horizon)]) : "")}."),
            ended.Length > 0 ? $"{Count(ended.Length)} marked because the solve ended early, the first of them {map[ended[0]]!.Status.Word}: {map[ended[0]]!.Status.Message.TrimEnd('.')}." : "",
            colors.Beyond > 0 ? $"{Count(colors.Beyond)} beyond the colours, whose {(colors.Minimum is { } low ? $"lower end is {DisplayNumber.Of(low)}" : "")}{(colors is { Minimum: not null, Maximum: not null } ? " and " : "")}{(colors.Maximum is { } high ? $"upper end is {DisplayNumber.Of(high)}" : "")}." : "",

            // Cells of which the engine warns may not be of one kind with their neighbours.
            Reasons("solved with a warning", [.. there.Where(cell => cell.IsWhole).Select(cell => cell.Warning).Where(words => words.Length > 0)]),
            Reasons("empty because their settings are refused", [.. there.Select(cell => cell.Refusal).Where(words => words.Length > 0)]),
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>How far it has come; of one that was stopped, how long the rest would take.</summary>
    public static string Progress(ParameterMap map)
    {
        var counted = $"{DisplayNumber.Count(map.Done)} of {DisplayNumber.Count(map.Cells)} cells";
        if (map.Stopped.Length == 0 || map.Done == map.Cells)
            return counted;
        return map.Done == 0 ? $"{counted}, {map.Stopped}" : $"{counted}, {map.Stopped}; the others, drawn as the coarser cells that they lie in, would take about {Duration(map.Worked.TotalSeconds / map.Done * (map.Cells - map.Done))}";
    }

    /// <summary>Where cells are looked at: how far curves run that end apart, and which values stand between rows.</summary>
    private static string Places(ParameterMap map, MapCell[] there)
    {
        var symbol = MapFigure.SymbolOf(map);
        if (map.Quantity.Kind is "common" && there.Count(cell => cell.IsBetweenRows(map.Place)) is > 0 and var between)
            return $"{Count(between)} between rows: their values lie on a power law from row to row, or straight where there is none.";
        if (map.Quantity.Kind is not "last" || there.Select(cell => cell.End).Where(double.IsFinite).ToArray() is not { Length: > 0 } ends)
            return "";
        return ends.Min() == ends.Max() ? $"All curves end at {symbol} = {DisplayNumber.Of(ends[0])}." : $"Curves end elsewhere from cell to cell: between {symbol} = {DisplayNumber.Of(ends.Min())} and {DisplayNumber.Of(ends.Max())}.";
    }

    // An event that has not come may come later: how far was looked.
    private static string Horizons(ParameterMap map, double[] ends) =>
        ends.Min() == ends.Max() ? $" at {MapFigure.SymbolOf(map)} = {DisplayNumber.Of(ends[0])}" : $", which is between {MapFigure.SymbolOf(map)} = {DisplayNumber.Of(ends.Min())} and {DisplayNumber.Of(ends.Max())}";

    // Sentences that differ in their numbers alone are one reason.
    private static string Reasons(string what, string[] words)
    {
        if (words.Length == 0)
            return "";
        var groups = words.GroupBy(text => Numbers().Replace(text, "0"), StringComparer.Ordinal).OrderByDescending(group => group.Count()).ToArray();
        if (groups is [var one])
            return $"{Count(words.Length)} {what}{(words.Distinct(StringComparer.Ordinal).Skip(1).Any() ? ", such as this one" : "")}: {one.First().TrimEnd('.')}.";
        var told = groups.Take(groups.Length <= MostReasons + 1 ? groups.Length : MostReasons).ToArray();
        var others = groups.Skip(told.Length).Sum(group => group.Count());
        return $"{Count(words.Length)} {what}: {string.Join("; ", told.Select(group => $"{DisplayNumber.Count(group.Count())}{(group.Distinct(StringComparer.Ordinal).Skip(1).Any() ? ", such as this one" : "")}: {group.First().TrimEnd('.')}"))}{(others > 0 ? $"; {DisplayNumber.Count(others)} for other reasons" : "")}.";
    }

    private static string Count(int cells) => cells == 1 ? "1 cell is" : $"{DisplayNumber.Count(cells)} cells are";

    private static string Duration(double seconds) => seconds < 100 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, seconds):0} s") : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min");

    [GeneratedRegex(@"\d+(\.\d+)?(e[-+]?\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();
}
