using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Maps;

/// <summary>The figure of a map as far as it has come.</summary>
internal static class MapFigure
{
    private const int Plain = -1;
    private const int Alarm = 1;
    private const int Infinite = 2;

    /// <summary>The map as it is now: cells that are not there yet have the colour of the coarser cell that they lie in.</summary>
    public static Figure Of(ParameterMap map)
    {
        var (quantity, place) = (map.Quantity, map.Place);
        double[] now = [.. Enumerable.Range(0, map.Cells).Select(cell => map.Seen(cell)?.Value(quantity, place) ?? double.NaN)];
        var colors = MapColors.Of([.. now.Where(double.IsFinite)]);
        var words = map.Words.Of(quantity);
        int[] there = [.. Enumerable.Range(0, map.Cells).Where(cell => map[cell] is { Refusal.Length: 0 })];
        int[] empty = [.. there.Where(cell => !double.IsFinite(now[cell]))];
        int[] ended = [.. empty.Where(cell => !map[cell]!.IsWhole)];

        // Zero has no colour among decades.
        int[] zeros = [.. there.Where(cell => colors.IsLogarithmic && now[cell] == 0)];
        double[] colored = [.. now.Where(value => double.IsFinite(value) && !(colors.IsLogarithmic && value == 0))];
        var at = quantity.Kind switch
        {
            "last" => " at the end of each curve",
            "common" when double.IsFinite(place) => $" at {SymbolOf(map)} = {DisplayNumber.Of(place)}, where the first curve ends",
            "common" => " where the first curve ends",
            _ => "",
        };
        var nothing = map.Done < map.Cells ? "nothing yet" : quantity.Kind is "event" ? "in no cell" : "no value in any cell";
        var isOne = colored.Length > 0 && colored.Min() == colored.Max();
        return new Figure
        {
            Id = "map",
            Title = $"{QuantityWords.Sentence(words)}{at}: {(colored.Length == 0 ? nothing : isOne ? $"{DisplayNumber.Of(colored.Min())} in all cells{(colored.Length < map.Cells ? " that have it" : "")}" : $"from {DisplayNumber.Of(colored.Min())} to {DisplayNumber.Of(colored.Max())}")}",
            Caption = MapCaption.Of(map, colors, [.. empty.Except(ended)], ended),
            Panels =
            [
                new Panel
                {
                    X = AxisOf(map.X),
                    Y = AxisOf(map.Y),

                    // Cells without a value have a mark, whose meaning stands in the legend.
                    Series =
                    [
                        .. empty.Except(ended).GroupBy(cell => map[cell]!.Missing(quantity, place), StringComparer.Ordinal).SelectMany(group => Marks(map, group.Key, [.. group], isHollow: true, double.IsNaN(now[group.First()]) ? Plain : Infinite)),
                        .. Marks(map, Ending(map, ended), ended, isHollow: true, Alarm),
                        .. Marks(map, quantity.Kind is "event" ? $"{quantity.Quantity.Words} at 0: there from the start" : "zero", zeros, isHollow: false, Plain),
                    ],
                    HeatMap = new HeatMap { Label = words, X = map.X.Numbers, Y = map.Y.Numbers, Values = [.. now.Select(value => double.IsFinite(value) ? value : double.NaN)], IsLogarithmic = colors.IsLogarithmic, Minimum = colors.Minimum, Maximum = colors.Maximum },
                },
            ],
        };
    }

    /// <summary>How a parameter is called on an axis.</summary>
    public static string LabelOf(Parameter parameter) => parameter.Symbol.Length == 0 ? MapWords.Plain(parameter.Name) : $"{MapWords.Plain(parameter.Name)} {parameter.Symbol}";

    /// <summary>What curves run along, in front of a value.</summary>
    public static string SymbolOf(ParameterMap map) => Enumerable.Range(0, map.Cells).Select(cell => map[cell]?.Along).OfType<Observable>().Select(SubjectCurve.SymbolOf).FirstOrDefault() ?? "";

    private static string Ending(ParameterMap map, int[] ended) => ended.Select(cell => map[cell]!.Status.Word).Distinct(StringComparer.Ordinal).ToArray() is [var one] ? one : "ended early";

    private static IEnumerable<Series> Marks(ParameterMap map, string label, int[] marked, bool isHollow, int color) => marked.Length == 0 ? [] :
    [
        new()
        {
            Label = label,
            X = [.. marked.Select(cell => map.X.Numbers[cell % map.Grid.Columns])],
            Y = [.. marked.Select(cell => map.Y.Numbers[cell / map.Grid.Columns])],
            Style = SeriesStyle.Points,
            Role = SeriesRole.Guide,
            Color = color,
            IsHollow = isHollow,
        },
    ];

    private static Axis AxisOf((Parameter Parameter, double[] Numbers) axis) => new(LabelOf(axis.Parameter), SliderRange.Of(axis.Parameter)!.IsLogarithmic && axis.Numbers[0] > 0);
}
