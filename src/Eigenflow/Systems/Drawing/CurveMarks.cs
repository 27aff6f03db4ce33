using Eigenflow.Figures;

namespace Eigenflow.Systems;

/// <summary>Marks predictions on the panels of learning curves: of one setting as lines across the panel, of several on the curve that each belongs to.</summary>
internal sealed class CurveMarks
{
    // Triangles and names beside more curves than these hide each other: then the first and the last curve have them.
    private const int MostSlopes = 3;
    private const int MostNames = 2;

    // As far below or above all curves a level is still drawn.
    private const double LevelRoom = 3;

    private readonly IReadOnlyList<PredictedQuantity> declared;
    private readonly IReadOnlyList<PredictedCurve> curves;
    private readonly bool isOneSetting;
    private readonly List<(string Predicted, string Measured)> slopesSeen = [];
    private readonly List<string> timesSeen = [];
    private readonly List<string> beyond = [];
    private readonly List<string> outside = [];
    private readonly HashSet<string> timesOfPanels = new(StringComparer.Ordinal);

    /// <param name="declared">The predictions of the system.</param>
    /// <param name="curves">The curves with their predictions.</param>
    public CurveMarks(IReadOnlyList<PredictedQuantity> declared, IReadOnlyList<PredictedCurve> curves)
    {
        (this.declared, this.curves) = (declared, curves);

        // Methods of one setting share its predictions.
        isOneSetting = curves.Select(curve => curve.Predictions).Distinct(ReferenceEqualityComparer.Instance).Count() <= 1;
    }

    /// <summary>What is seen: slopes of the curve where those are predicted, otherwise the predicted times; empty where neither is marked.</summary>
    public string Summary => slopesSeen.Count > 0
        ? $"slope{(slopesSeen.Count > 1 ? "s" : "")} {string.Join(", ", slopesSeen.Select(slope => slope.Measured))} where {string.Join(", ", Predicted)} {(Predicted.Length > 1 ? "are" : "is")} predicted"
        : timesSeen.Count > 0 ? $"{string.Join(", ", timesSeen)} predicted" : "";

    private string[] Predicted => [.. slopesSeen.Select(slope => slope.Predicted).Distinct(StringComparer.Ordinal)];

    /// <summary>A panel with its marks.</summary>
    /// <param name="drawn">The panel as the overlay draws it.</param>
    public Panel On(DrawnPanel drawn)
    {
        var (shown, panel, solutions) = drawn;
        var lines = new List<ReferenceLine>(panel.Lines);
        var slopes = new List<SlopeGuide>(panel.Slopes);
        var dots = new List<Series>();
        var texts = new List<Annotation>(panel.Annotations);
        string[] before = [.. timesOfPanels];

        // Series without points explain styles.
        var present = curves.Where(curve => solutions.Contains(curve.Solution, ReferenceEqualityComparer.Instance) && curve.Solution.Rows > 1).Zip(panel.Series.Index().Where(pair => pair.Item.X.Length > 0)).ToArray();
        for (var k = 0; k < present.Length; k++)
        {
            var (curve, (number, series)) = present[k];

            // Beside several curves a slope or a level says whose it is; a time has its dot on the curve.
            var whose = present.Length > 1 && series.Label.Length > 0 ? series.Label + ": " : "";
            int[] alike = [.. Enumerable.Range(0, present.Length).Where(other => present[other].First.Solution.Method == curve.Solution.Method)];
            var isEnd = k == alike[0] || k == alike[^1];
            var places = new CurvePlaces(declared, curve, shown, series);
            foreach (var (quantity, prediction) in places.Marked())
            {
                // Dots of several curves stand in one panel; lines of one setting go through all.
                if (!isOneSetting && before.Contains(quantity.Name, StringComparer.Ordinal))
                    continue;
                var isDrawn = quantity.Mark!.Kind switch
                {
                    CurveMarkKind.Time => Time(quantity, prediction),
                    CurveMarkKind.Level => Level(prediction),
                    _ => (!isEnd && alike.Length > MostSlopes) || Slope(quantity.Mark, prediction),
                };
                if (!isDrawn)
                    Note(beyond, Symbol(quantity));
                else if (prediction.Window == WindowStatus.Outside)
                    Note(outside, Symbol(quantity));
            }

            bool Time(PredictedQuantity quantity, Prediction prediction)
            {
                var value = prediction.Value + places.ValueOf(quantity.Mark!.After);
                if (places.Abscissa(quantity.Mark.Along, value) is not { } x || CurvePlaces.ValueAt(series, x) is not { } y)
                    return false;
                if (isOneSetting)
                {
                    lines.Add(new ReferenceLine(x, Symbol(quantity) + Outside(prediction)));
                    if (prediction.Window != WindowStatus.Outside)
                        Note(timesSeen, $"{Symbol(quantity)} = {DisplayNumber.Of(value)}");
                    return true;
                }

                dots.Add(new Series { Label = "", X = [x], Y = [y], Style = SeriesStyle.Points, Role = SeriesRole.Guide, Color = series.Color, Value = series.Value });
                timesOfPanels.Add(quantity.Name);
                if (isEnd || alike.Length <= MostNames)
                    texts.Add(new Annotation(x, y, Symbol(quantity)) { Series = number });
                return true;
            }

            bool Level(Prediction prediction)
            {
                var value = shown.IsAbsolute ? Math.Abs(prediction.Value) : prediction.Value;

                // A level far from all curves would squeeze them.
                var seen = panel.Series.SelectMany(one => one.Y).Where(y => double.IsFinite(y) && (y > 0 || !panel.Y.IsLogarithmic)).DefaultIfEmpty(value).ToArray();
                // A curve that is all but constant leaves room beside it on its axis.
                var room = panel.Y.IsLogarithmic ? 0 : 0.1 * Math.Max(seen.Max() - seen.Min(), Math.Max(Math.Abs(seen.Max()), Math.Abs(seen.Min())));
                var factor = panel.Y.IsLogarithmic ? LevelRoom : 1;
                if (value < (seen.Min() / factor) - room || value > (seen.Max() * factor) + room)
                    return false;
                if (series.X.Length == 0 || value < panel.Y.Minimum || value > panel.Y.Maximum || (panel.Y.IsLogarithmic && !(value > 0)))
                    return false;
                if (isOneSetting)
                    lines.Add(new ReferenceLine(value, prediction.Symbol + Outside(prediction), IsVertical: false));
                else
                    dots.Add(new Series { Label = whose + prediction.Symbol, X = [series.X[0], series.X[^1]], Y = [value, value], Style = SeriesStyle.Dashed, Role = SeriesRole.Guide, Color = series.Color, Value = series.Value });
                return true;
            }

            bool Slope(CurveMark mark, Prediction prediction)
            {
                // A triangle is of straight lines on two logarithmic axes.
                if (!panel.X.IsLogarithmic || !panel.Y.IsLogarithmic)
                    return false;
                var slope = mark.Slope(prediction);
                if (places.Stretch(mark, slope) is not var (start, end) || CurvePlaces.ValueAt(series, start) is not { } y)
                    return false;
                var (label, measured) = (DisplayNumber.Fraction(slope), CurvePlaces.SlopeOf(series, start, end) is { } found ? DisplayNumber.Of(found.Value, 3) : "");
                slopes.Add(new SlopeGuide(start, end, y, slope, whose + label + Outside(prediction)) { Measured = measured, Series = number });
                if (measured.Length > 0 && prediction.Window != WindowStatus.Outside && !slopesSeen.Contains((label, measured)))
                    slopesSeen.Add((label, measured));
                return true;
            }
        }

        return panel with { Series = [.. panel.Series, .. dots], Lines = [.. lines.Distinct()], Slopes = slopes, Annotations = texts };
    }

    /// <summary>What the marks are and which are missing, as sentences.</summary>
    /// <param name="panels">The panels with their marks.</param>
    public string Explanation(IReadOnlyList<Panel> panels)
    {
        var parts = new List<string>();
        (bool IsDrawn, string Words)[] kinds =
        [
            (panels.Any(panel => panel.Lines.Any(line => line.IsVertical)), "vertical lines are times"),
            (panels.Any(panel => panel.Series.Any(series => series is { Role: SeriesRole.Guide, Style: SeriesStyle.Points })), "dots are times"),
            (panels.Any(panel => panel.Lines.Any(line => !line.IsVertical)), "horizontal lines are levels"),
            (panels.Any(panel => panel.Series.Any(series => series is { Role: SeriesRole.Guide, Style: SeriesStyle.Dashed })), "dashed lines with the name of a level are levels"),
            (panels.Any(panel => panel.Slopes.Count > 0), "triangles are slopes, where the curve is nearest to them and with the slope that it has there"),
        ];
        if (Array.Exists(kinds, kind => kind.IsDrawn))
            parts.Add($"Predicted: {string.Join("; ", kinds.Where(kind => kind.IsDrawn).Select(kind => kind.Words))}.");
        if (outside.Count > 0)
            parts.Add(isOneSetting ? "OUT: out of its window, so that the curve need not follow." : $"Out of their windows for some values, so that the curve need not follow there: {string.Join(", ", outside)}.");
        if (beyond.Count > 0)
            parts.Add($"Beyond the frame{(isOneSetting ? "" : " for some values")}: {string.Join(", ", beyond)}.");
        return string.Join(" ", parts);
    }

    private string Outside(Prediction prediction) => isOneSetting && prediction.Window == WindowStatus.Outside ? " (OUT)" : "";

    private string Symbol(PredictedQuantity quantity) => quantity.Mark is { After.Length: > 0 } mark
        ? $"{declared.First(candidate => string.Equals(candidate.Name, mark.After, StringComparison.Ordinal)).Symbol} + {quantity.Symbol}"
        : quantity.Symbol;

    private static void Note(List<string> symbols, string symbol)
    {
        if (!symbols.Contains(symbol, StringComparer.Ordinal))
            symbols.Add(symbol);
    }
}
