using Eigenflow.Explorer.Exports;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>The figure of a map as far as it has come.</summary>
internal static class MapFigure
{
    private const int Alarm = 1;

    /// <summary>The map as it is now: cells that are not there yet have the colour of the coarser cell that they lie in.</summary>
    public static Figure Of(ParameterMap map)
    {
        var (quantity, end) = (map.Quantity(), map.End);
        double[] now = [.. Enumerable.Range(0, map.Cells).Select(cell => map.Seen(cell)?.Value(quantity, end) ?? double.NaN)];
        double[] finite = [.. now.Where(double.IsFinite)];
        var colors = MapColors.Of(finite);
        var words = map.Words.Of(quantity);
        int[] there = [.. Enumerable.Range(0, map.Cells).Where(cell => map[cell] is { Refusal.Length: 0 })];
        int[] empty = [.. there.Where(cell => !double.IsFinite(now[cell]))];
        int[] ended = [.. empty.Where(cell => !map[cell]!.IsWhole)];
        int[] none = [.. empty.Except(ended)];

        // Zero has no colour among decades.
        int[] zeros = [.. there.Where(cell => colors.IsLogarithmic && now[cell] == 0)];
        var at = quantity.Kind switch
        {
            "last" => " at the end of each curve",
            "common" when double.IsFinite(end) => $" where the first curve ends ({SymbolOf(map)} = {DisplayNumber.Of(end)})",
            "common" => " where the first curve ends",
            _ => "",
        };
        var nothing = map.Done < map.Cells ? "nothing yet" : quantity.Kind is "event" ? "in no cell" : "no value in any cell";
        var isOne = finite.Length > 0 && finite.Min() == finite.Max();
        return new Figure
        {
            Id = "map",
            Title = $"{QuantityWords.Sentence(words)}{at}: {(finite.Length == 0 ? nothing : isOne ? $"{DisplayNumber.Of(finite.Min())} in all cells{(finite.Length < map.Cells ? " that have it" : "")}" : $"from {DisplayNumber.Of(finite.Min())} to {DisplayNumber.Of(finite.Max())}")}",
            Caption = Caption(map, quantity, colors, none.Length, ended),
            Panels =
            [
                new Panel
                {
                    X = AxisOf(map.X),
                    Y = AxisOf(map.Y),

                    // Cells without a value have a mark, whose meaning stands in the legend.
                    Series =
                    [
                        .. Marks(map, quantity.None, none, isHollow: true), .. Marks(map, Ending(map, ended), ended, isHollow: true, Alarm),
                        .. Marks(map, quantity.Kind is "event" ? $"{quantity.Quantity.Words} at 0: there from the start" : "zero", zeros, isHollow: false),
                    ],
                    HeatMap = new HeatMap { Label = words, X = map.X.Numbers, Y = map.Y.Numbers, Values = now, IsLogarithmic = colors.IsLogarithmic, Minimum = colors.Minimum, Maximum = colors.Maximum },
                },
            ],
        };
    }

    /// <summary>How a parameter is called on an axis.</summary>
    public static string LabelOf(Parameter parameter) => parameter.Symbol.Length == 0 ? MapWords.Plain(parameter.Name) : $"{MapWords.Plain(parameter.Name)} {parameter.Symbol}";

    private static string SymbolOf(ParameterMap map) => Enumerable.Range(0, map.Cells).Select(cell => map[cell]?.Along).OfType<Observable>().Select(SubjectCurve.SymbolOf).FirstOrDefault() ?? "";

    private static string Ending(ParameterMap map, int[] ended) => ended.Select(cell => map[cell]!.Status.Word).Distinct(StringComparer.Ordinal).ToArray() is [var one] ? one : "ended early";

    private static IEnumerable<Series> Marks(ParameterMap map, string label, int[] marked, bool isHollow, int color = -1) => marked.Length == 0 ? [] :
    [
        new()
        {
            Label = label,
            X = [.. marked.Select(cell => map.X.Numbers[cell % map.X.Numbers.Length])],
            Y = [.. marked.Select(cell => map.Y.Numbers[cell / map.X.Numbers.Length])],
            Style = SeriesStyle.Points,
            Role = SeriesRole.Guide,
            Color = color,
            IsHollow = isHollow,
        },
    ];

    private static string Caption(ParameterMap map, MapQuantity quantity, MapColors colors, int none, int[] ended)
    {
        // What has no influence is no part of it.
        var set = string.Join(", ", map.Shared.Select(pair => $"{pair.Key} = {pair.Value}"));
        List<string> said = [$"Method {map.Method}{(set.Length == 0 ? "" : ", " + set)}; {DisplayNumber.Count(map.Done)} of {DisplayNumber.Count(map.Cells)} cells."];
        if (map.Added is { } added)
            said.Add($"All cells have {added.Parameter} = {added.Value}, so that they are solved alike: {map.Reason.TrimEnd('.')}.");
        if (none > 0)
            said.Add($"{Count(none)} marked: {quantity.None}.");
        if (ended.Length > 0)
            said.Add($"{Count(ended.Length)} marked because the solve ended early, the first of them {map[ended[0]]!.Status.Word}: {map[ended[0]]!.Status.Message.TrimEnd('.')}.");
        if (colors.Beyond > 0)
            said.Add($"{Count(colors.Beyond)} beyond the colours, whose {(colors.Minimum is { } low ? $"lower end is {DisplayNumber.Of(low)}" : "")}{(colors is { Minimum: not null, Maximum: not null } ? " and " : "")}{(colors.Maximum is { } high ? $"upper end is {DisplayNumber.Of(high)}" : "")}.");

        // Cells of which the engine warns may not be of one kind with their neighbours.
        MapCell[] there = [.. Enumerable.Range(0, map.Cells).Select(cell => map[cell]).OfType<MapCell>()];
        MapCell[] warned = [.. there.Where(cell => cell.Warning.Length > 0)];
        if (warned.Length > 0)
            said.Add($"{Count(warned.Length)} solved with a warning, the first of which is: {warned[0].Warning.TrimEnd('.')}.");
        MapCell[] refused = [.. there.Where(cell => cell.Refusal.Length > 0)];
        if (refused.Length > 0)
            said.Add($"{Count(refused.Length)} empty because settings are refused, the first of them so: {refused[0].Refusal}");
        return string.Join(' ', said);
    }

    private static string Count(int cells) => cells == 1 ? "1 cell is" : $"{DisplayNumber.Count(cells)} cells are";

    private static Axis AxisOf((Parameter Parameter, double[] Numbers) axis) => new(LabelOf(axis.Parameter), SliderRange.Of(axis.Parameter)!.IsLogarithmic && axis.Numbers[0] > 0);
}
