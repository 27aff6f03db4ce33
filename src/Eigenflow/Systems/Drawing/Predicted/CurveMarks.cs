using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>Marks predictions on the panels of learning curves: of one setting as lines across the panel, of several on the curve that each belongs to.</summary>
internal sealed class CurveMarks
{
    // Triangles and names beside more curves than these hide each other: then the first and the last curve have them.
    private const int MostSlopes = 3;
    private const int MostNames = 2;

    // As far below or above all curves a level is still drawn.
    private const double LevelRoom = 3;

    // Curves of several methods have a time at almost the same place.
    private const double SamePlace = 1e-3;

    private readonly IReadOnlyList<PredictedQuantity> declared;
    private readonly IReadOnlyList<PredictedCurve> curves;
    private readonly bool isOneSetting;
    private readonly MarkWords words;
    private readonly HashSet<string> timesOfPanels = new(StringComparer.Ordinal);

    /// <param name="declared">The predictions of the system.</param>
    /// <param name="curves">The curves with their predictions.</param>
    public CurveMarks(IReadOnlyList<PredictedQuantity> declared, IReadOnlyList<PredictedCurve> curves)
    {
        (this.declared, this.curves) = (declared, curves);

        // Methods of one setting share its predictions.
        isOneSetting = curves.Select(curve => curve.Predictions).Distinct(ReferenceEqualityComparer.Instance).Count() <= 1;
        words = new MarkWords(isOneSetting, curves);
    }

    /// <summary>The slopes that the curves have where others are predicted, for a title; empty where no curve is a power law where it is predicted to be one.</summary>
    public string Claim => words.Claim;

    /// <summary>What the marks are and which are missing, as sentences.</summary>
    public string Explanation => words.Explanation(Symbol, prediction => Find(prediction)?.Unmarked ?? "");

    /// <summary>Whether a slope or a level of the column of a panel is predicted and not drawn yet, although the panel would show it.</summary>
    /// <param name="panel">The panel.</param>
    public bool Lacks(OverlayPanel panel) => curves.Any(curve => curve.Solution.Rows > 1 && panel.IsIn(curve.Solution) && curve.Predictions.Any(prediction => prediction.Window != WindowStatus.Withheld
        && Find(prediction)?.Mark is { Observable.Length: > 0 } mark && words.FateOf(prediction, curve) is var fate && (fate == MarkFate.OtherColumn || (fate == MarkFate.OtherAxis && mark.Kind == CurveMarkKind.Slope)) && new CurvePlaces(declared, curve, panel, Line(curve.Solution, panel)).FateOf(prediction) == MarkFate.Drawn));

    /// <summary>A panel with its marks.</summary>
    /// <param name="drawn">The panel as the overlay draws it.</param>
    public Panel On(DrawnPanel drawn)
    {
        var panel = drawn.Panel;
        var lines = new List<ReferenceLine>(panel.Lines);
        var slopes = new List<SlopeGuide>(panel.Slopes);
        var dots = new List<Series>();
        var texts = new List<Annotation>(panel.Annotations);
        string[] before = [.. timesOfPanels];
        var named = new HashSet<string>(StringComparer.Ordinal);
        var present = drawn.Curves().Where(one => one.Solution.Rows > 1 && panel.Series[one.Number].X.Length > 0)
            .SelectMany(one => curves.Where(curve => ReferenceEquals(curve.Solution, one.Solution)).Take(1).Select(curve => (Curve: curve, Drawn: one, Series: panel.Series[one.Number]))).ToArray();
        var isOneColumn = present.Select(one => one.Drawn.Column.Observable).Distinct(StringComparer.Ordinal).Count() <= 1;
        for (var k = 0; k < present.Length; k++)
        {
            var (curve, (number, solution, column), series) = present[k];

            // Beside several curves a level says whose it is; a time has its dot on the curve, a slope its colour.
            var whose = present.Length > 1 && series.Label.Length > 0 ? series.Label + ": " : "";
            int[] alike = [.. Enumerable.Range(0, present.Length).Where(other => present[other].Drawn.Solution.Method == solution.Method && present[other].Drawn.Column.Observable == column.Observable)];
            var isEnd = k == alike[0] || k == alike[^1];
            var places = new CurvePlaces(declared, curve, column, series);
            var names = new List<(string Name, Annotation Text)>();
            foreach (var prediction in curve.Predictions.Where(prediction => prediction.Window != WindowStatus.Withheld))
            {
                var fate = places.FateOf(prediction);
                if (fate == MarkFate.Drawn)
                {
                    // Dots of several curves stand in one panel; lines of one setting go through all.
                    var quantity = Find(prediction)!;
                    if (!isOneSetting && before.Contains(quantity.Name, StringComparer.Ordinal))
                        continue;
                    fate = quantity.Mark!.Kind switch
                    {
                        CurveMarkKind.Time => Time(quantity, prediction),
                        _ when places.IsAtOnePlace(quantity.Mark) => Point(quantity.Mark, prediction),
                        CurveMarkKind.Level => Level(quantity, prediction),
                        _ => !isEnd && alike.Length > MostSlopes ? MarkFate.Drawn : Slope(quantity.Mark, prediction),
                    };
                    if (fate == MarkFate.Drawn && prediction.Window == WindowStatus.Outside)
                        words.IsOutside(Symbol(prediction));
                }

                words.Note(prediction, curve, fate);
            }

            // What follows in the same order on another curve is named by it.
            if (isOneSetting || ((isEnd || alike.Length <= MostNames) && named.Add(string.Join(' ', names.OrderBy(one => one.Text.X).Select(one => one.Name)))))
                texts.AddRange(names.Select(one => one.Text));

            MarkFate Time(PredictedQuantity quantity, Prediction prediction)
            {
                if (places.Abscissa(quantity.Mark!.Along, prediction.Value + places.ValueOf(quantity.Mark.After)) is not { } x || x < panel.X.Minimum || x > panel.X.Maximum)
                    return MarkFate.Beyond;
                if (!isOneSetting && CurvePlaces.ValueAt(series, x) is { } y)
                {
                    Dot(prediction, x, y, Symbol(prediction));
                    timesOfPanels.Add(quantity.Name);
                    words.Dots(panel.X.Label);
                    return MarkFate.Drawn;
                }

                // Where the curve is infinite there is no place for a dot.
                Line(x, isOneSetting ? Symbol(prediction) + Outside(prediction) : whose + Symbol(prediction), isVertical: true, isOneSetting ? Owner(quantity) : number);
                words.Time(panel.X.Label, Symbol(prediction), x);
                return MarkFate.Drawn;
            }

            // What is stated for one value on the abscissa.
            MarkFate Point(CurveMark mark, Prediction prediction)
            {
                var value = column.IsAbsolute ? Math.Abs(prediction.Value) : prediction.Value;
                if (places.PlaceOf(mark, prediction) is not { } x || x < panel.X.Minimum || x > panel.X.Maximum || !IsSeen(value))
                    return MarkFate.Beyond;

                // Methods of one setting share it.
                var name = prediction.Symbol + Outside(prediction);
                if (!isOneSetting || !texts.Exists(text => text.Text == name && text.Y == value))
                    Dot(prediction, x, value, name);
                words.Points(panel.X.Label);
                return MarkFate.Drawn;
            }

            MarkFate Level(PredictedQuantity quantity, Prediction prediction)
            {
                var value = column.IsAbsolute ? Math.Abs(prediction.Value) : prediction.Value;
                if (!IsSeen(value))
                    return MarkFate.Beyond;
                if (isOneSetting)
                    Line(value, prediction.Symbol + Outside(prediction), isVertical: false, Owner(quantity));
                else
                    dots.Add(new Series { Label = whose + prediction.Symbol, X = [series.X[0], series.X[^1]], Y = [value, value], Style = SeriesStyle.Dashed, Role = SeriesRole.Guide, Color = series.Color, Value = series.Value });
                words.Level();
                return MarkFate.Drawn;
            }

            MarkFate Slope(CurveMark mark, Prediction prediction)
            {
                // A triangle is of straight lines on two logarithmic axes.
                if (!panel.X.IsLogarithmic || !panel.Y.IsLogarithmic)
                    return MarkFate.Straight;
                if (places.Stretch(mark, prediction) is not { } stretch || CurvePlaces.ValueAt(series, stretch.Start) is not { } y || CurvePlaces.FitOf(series, stretch.Start, stretch.End) is not { } fit)
                    return MarkFate.NoStretch;
                var slope = mark.Slope(prediction);
                var seen = new SlopeSeen(whose, DisplayNumber.Fraction(slope), stretch.IsMeasured ? fit.Slope().ToString() : "", stretch, stretch.IsLocal || fit.IsPowerLaw, prediction.Window == WindowStatus.Outside);

                // Of several curves a label has room for the slope; the caption has whose it is, and what was measured.
                slopes.Add(present.Length > 1
                    ? new SlopeGuide(stretch.Start, stretch.End, y, slope, seen.Predicted) { Series = number }
                    : new SlopeGuide(stretch.Start, stretch.End, y, slope, seen.Predicted + Outside(prediction)) { Measured = seen.Measured + (seen.IsLaw || seen.Measured.Length == 0 ? "" : ", no power law"), Series = number });
                words.Slope(seen);
                return MarkFate.Drawn;
            }

            void Dot(Prediction prediction, double x, double y, string name)
            {
                dots.Add(new Series { Label = "", X = [x], Y = [y], Style = SeriesStyle.Points, Role = SeriesRole.Guide, Color = series.Color, Value = series.Value });
                names.Add((prediction.Name, new Annotation(x, y, name) { Series = number }));
            }

            void Line(double value, string label, bool isVertical, int? owner)
            {
                if (!lines.Exists(line => line.IsVertical == isVertical && line.Label == label && line.Series == owner && Math.Abs(line.Value - value) <= SamePlace * Math.Abs(value)))
                    lines.Add(new ReferenceLine(value, label, isVertical) { Series = owner });
            }

            // What is of one of several curves has its colour.
            int? Owner(PredictedQuantity quantity) => present.Length > 1 && ((!isOneColumn && quantity.Mark!.Observable.Length > 0) || !present.All(one => quantity.IsOf(one.Drawn.Solution.Method))) ? number : null;
        }

        return panel with { Series = [.. panel.Series, .. dots], Lines = lines, Slopes = slopes, Annotations = texts };

        // A level far from all curves would squeeze them.
        bool IsSeen(double value)
        {
            if (value < panel.Y.Minimum || value > panel.Y.Maximum || (panel.Y.IsLogarithmic && !(value > 0)))
                return false;
            var seen = panel.Series.SelectMany(one => one.Y).Where(y => double.IsFinite(y) && (y > 0 || !panel.Y.IsLogarithmic)).DefaultIfEmpty(value).ToArray();

            // A curve that is all but constant leaves room beside it on its axis.
            var (low, high) = (seen.Min(), seen.Max());
            var room = panel.Y.IsLogarithmic ? 0 : 0.1 * Math.Max(high - low, Math.Max(Math.Abs(high), Math.Abs(low)));
            var factor = panel.Y.IsLogarithmic ? LevelRoom : 1;
            return value >= (low / factor) - room && value <= (high * factor) + room;
        }
    }

    private static Series Line(Solution solution, OverlayPanel panel) => SolutionSeries.Of(solution, panel.Observable, "", 0, abscissa: panel.Abscissa, absolute: panel.IsAbsolute, keepsZero: !panel.IsLogarithmicX);

    private string Outside(Prediction prediction) => isOneSetting && prediction.Window == WindowStatus.Outside ? " (OUT)" : "";

    private PredictedQuantity? Find(Prediction prediction) => declared.FirstOrDefault(candidate => string.Equals(candidate.Name, prediction.Name, StringComparison.Ordinal));

    private string Symbol(Prediction prediction) => Find(prediction) is { Mark.After: { Length: > 0 } after }
        ? $"{declared.First(candidate => string.Equals(candidate.Name, after, StringComparison.Ordinal)).Symbol} + {prediction.Symbol}"
        : prediction.Symbol;
}
