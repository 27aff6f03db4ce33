using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Systems;

/// <summary>What a learning curve itself shows of the predictions that are marked on it: the time of the event that a time is of, the slope where a slope is marked, the value where the curve stays near a level.</summary>
internal static class CurveMeasurement
{
    // A curve may be asked whether it stays where it changes by no more than this part, over a quarter of a decade or a twentieth of a linear axis.
    private const double Stays = 0.02;
    private const double PartOfDecade = 0.25;
    private const double PartOfAxis = 0.05;

    // A stretch that is farther from the level than this factor is another one: whether the curve would have stayed at the predicted one cannot be told from it.
    private const double LevelRoom = 1.05;

    // It does stay where it changes by less than is seen in the four digits that are shown, or by so small a part of its distance from the level that it would reach that only after ten such stretches, two and a half decades:
    // otherwise the distance is one of the time, and not of curve and prediction.
    private const double Flat = 1e-4;
    private const double PartOfDistance = 0.1;

    // A start that is farther from the level than this part is not at it, and the curve has come towards the level where this part of the way is left.
    private const double Apart = 0.01;
    private const double WayLeft = 0.5;

    private const string Time = "t", Step = "step";

    /// <summary>Measures.</summary>
    /// <param name="overlay">How solutions of the system are overlaid.</param>
    /// <param name="declared">Its predictions.</param>
    /// <param name="curve">A solution with the predictions of its setting.</param>
    public static IReadOnlyList<MeasuredPrediction> Of(Overlay overlay, IReadOnlyList<PredictedQuantity> declared, PredictedCurve curve)
    {
        var solution = curve.Solution;
        var found = new Dictionary<string, MeasuredPrediction>(StringComparer.Ordinal);
        if (solution.Rows < 2)
            return [];
        foreach (var panel in overlay.Panels.Where(panel => !panel.Folds && panel.IsIn(solution)).SelectMany(panel => panel.Columns))
        {
            if (!solution.Has(panel.Observable) || (panel.Abscissa is { } abscissa && !solution.Has(abscissa)))
                continue;
            var series = SolutionSeries.Of(solution, panel.Observable, "", 0, SeriesStyle.Line, panel.Abscissa, panel.IsAbsolute, !panel.IsLogarithmicX);
            var places = new CurvePlaces(declared, curve, panel, series);
            foreach (var (quantity, prediction) in places.Marked().Where(pair => !found.ContainsKey(pair.Quantity.Name)))
            {
                var measured = quantity.Mark!.Kind switch
                {
                    CurveMarkKind.Time => AtStart(solution, quantity.Mark, Reached(solution, quantity.Mark, prediction)),
                    _ when solution.Status.Outcome == SolveOutcome.Diverged => null,
                    CurveMarkKind.Level when quantity.Mark.LeastAlong.Contains(solution.Axis.Name, StringComparer.Ordinal) => Least(panel, series, prediction),
                    _ when places.IsAtOnePlace(quantity.Mark) => Value(places, panel, series, quantity.Mark, prediction),
                    CurveMarkKind.Level => quantity.Mark.Event.Length > 0 ? Of(solution, quantity.Mark.Event, prediction) : Level(panel, series, prediction),
                    _ => panel.IsLogarithmicX && panel.IsLogarithmicY ? Slope(places, panel, series, quantity.Mark, prediction) : null,
                };
                if (measured is not null)
                    found.Add(quantity.Name, measured);
            }
        }

        return [.. curve.Predictions.Select(prediction => found.GetValueOrDefault(prediction.Name)).OfType<MeasuredPrediction>()];
    }

    private static MeasuredPrediction? Reached(Solution solution, CurveMark mark, Prediction prediction)
    {
        // A place along one column is no time of predictions along another.
        if (mark.Event.Length == 0 || (mark.Along.Length > 0 && !(solution.Has(mark.Along) && solution[mark.Along] is [var start, .., var end] && start != end)))
            return null;
        if (solution.Events.TryGetValue(mark.Event, out var time))
            return time is { } reached && SubjectCurve.PlaceOf(solution, solution.Axis, reached) is not null ? Event(solution, mark, prediction, reached) : null;
        return Of(solution, mark.Event, prediction) is { } found ? mark.Along == Step ? Counted(solution, found) : found : null;
    }

    // What had happened when the curve began is no time of it.
    private static MeasuredPrediction? AtStart(Solution solution, CurveMark mark, MeasuredPrediction? found)
    {
        var counted = mark.Along.Length > 0 && solution.Has(mark.Along) ? solution[mark.Along] : solution.Axis.Values;
        return found is not null && !mark.IsExtreme && found.Value <= counted[0] && found.Predicted > counted[0] ? found with { IsAtStart = true, Half = 0 } : found;
    }

    // What was found at a row came after the one before; steps are counted, and those that are all there are exact. An extreme lies on either side.
    private static MeasuredPrediction Event(Solution solution, CurveMark mark, Prediction prediction, double reached)
    {
        var gap = mark.IsExtreme ? 2 * GapBeside(solution, reached) : Math.Max(SubjectCurve.GapBefore(solution, reached, isCount: mark.Along == Step), mark.Along == Time ? StepBefore(solution, reached) : 0);
        return new MeasuredPrediction(prediction.Name, prediction.Value, mark.IsExtreme ? reached : reached - (gap / 2), gap / 2, mark.Event.Replace('-', ' '));
    }

    // The time of the one step at which an event was found, where there are steps; 0 between them.
    private static double StepBefore(Solution solution, double reached)
    {
        const double Rounding = 1e-6;
        if (!solution.Has(Step) || !solution.Has(Time))
            return 0;
        double[] times = solution[Time], steps = solution[Step];
        var row = Array.FindIndex(times, time => time >= reached * (1 - 1e-9));
        if (row < 1 || !(times[row] > times[row - 1]))
            return 0;
        var length = (times[row] - times[row - 1]) / (steps[row] - steps[row - 1]);
        var step = steps[row] - ((times[row] - reached) / length);
        return Math.Abs(step - Math.Round(step)) <= Rounding * Math.Max(1, step) ? length : 0;
    }

    // To the farther of the rows beside one; 0 between rows, and where whole numbers follow each other.
    private static double GapBeside(Solution solution, double reached)
    {
        var counted = solution.Has(Time) ? solution[Time] : solution.Axis.Values;
        var row = Array.IndexOf(counted, reached);
        var gap = row > 0 && row < counted.Length - 1 ? Math.Max(Math.Abs(counted[row] - counted[row - 1]), Math.Abs(counted[row + 1] - counted[row])) : 0;
        return gap == 1 && double.IsInteger(reached) ? 0 : gap;
    }

    // A step that was found at a row is one of those since the row before, where not all are looked at.
    private static MeasuredPrediction Counted(Solution solution, MeasuredPrediction found)
    {
        if (!solution.Has(Step) || !solution.Has(Time) || Array.IndexOf(solution[Step], found.Value) is not (> 0 and var row) || SubjectCurve.GapBefore(solution, solution[Time][row], isCount: true) == 0)
            return found;
        var half = (solution[Step][row] - solution[Step][row - 1] - 1) / 2;
        return found with { Value = found.Value - half, Half = half };
    }

    private static MeasuredPrediction? Of(Solution solution, string number, Prediction prediction) =>
        solution.SummaryOf(number) is { } value ? new MeasuredPrediction(prediction.Name, prediction.Value, value, 0, number.Replace('-', ' ')) : null;

    private static MeasuredPrediction? Slope(CurvePlaces places, OverlayPanel panel, Series series, CurveMark mark, Prediction prediction)
    {
        if (places.Stretch(mark, prediction) is not { IsMeasured: true } stretch || CurvePlaces.FitOf(series, stretch.Start, stretch.End) is not { } fit)
            return null;
        var how = $"slope of {OverlayTitle.Words(panel)} from {DisplayNumber.Range(stretch.Start, stretch.End, 3)}{(stretch.Words.Length > 0 ? $", {stretch.Words}" : "")}";
        var slope = fit.Slope();

        // The exponent of a law is compared in its own sign, the law of a constant by its exponent.
        return (mark.Exponent is { } exponent
            ? new MeasuredPrediction(prediction.Name, exponent, slope.Value, slope.ShownHalf, how)
            : new MeasuredPrediction(prediction.Name, prediction.Value, slope.Value / mark.Factor, slope.ShownHalf / Math.Abs(mark.Factor), how)) with
        {
            IsPowerLaw = stretch.IsLocal ? null : fit.IsPowerLaw,
        };
    }

    // The least value lies between the rows beside the least of them, below which it cannot be by more than they are above; at an end of the curve it may lie beyond.
    private static MeasuredPrediction? Least(OverlayPanel panel, Series series, Prediction prediction)
    {
        var row = Array.IndexOf(series.Y, series.Y.Min());
        if (row <= 0 || row >= series.Y.Length - 1 || !double.IsFinite(series.Y[row - 1]) || !double.IsFinite(series.Y[row + 1]))
            return null;
        var half = Math.Min(series.Y[row - 1], series.Y[row + 1]) - series.Y[row];
        return half > 0 ? new MeasuredPrediction(prediction.Name, prediction.Value, series.Y[row], half, $"{OverlayTitle.Words(panel)} at {DisplayNumber.Of(series.X[row], 3)}, where it is smallest") : null;
    }

    // What the curve has at a row: between rows it is not known to the digits that are shown.
    private static MeasuredPrediction? Value(CurvePlaces places, OverlayPanel panel, Series series, CurveMark mark, Prediction prediction)
    {
        const double Rounding = 1e-9;
        if (places.PlaceOf(mark, prediction) is not { } place || Array.FindIndex(series.X, x => Math.Abs(x - place) <= Rounding * Math.Abs(place)) is not (>= 0 and var row) || !double.IsFinite(series.Y[row]))
            return null;
        return new MeasuredPrediction(prediction.Name, panel.IsAbsolute ? Math.Abs(prediction.Value) : prediction.Value, series.Y[row], 0, $"{OverlayTitle.Words(panel)} at {DisplayNumber.Of(place)}");
    }

    private static MeasuredPrediction? Level(OverlayPanel panel, Series series, Prediction prediction)
    {
        var level = panel.IsAbsolute ? Math.Abs(prediction.Value) : prediction.Value;
        // Where the curve has not come towards the level, it stays at its start; one that never leaves that stays there as a whole.
        var leaves = series.Y.Max() - series.Y.Min() > Apart * Math.Abs(series.Y[0]);
        var near = Stretches(panel, series).Where(stretch => stretch.Width <= Stays * Math.Abs(stretch.Middle) && (level == 0 ? stretch.Middle == 0 : stretch.Middle / level is > 1 / LevelRoom and < LevelRoom) && !IsStart(stretch)).ToArray();
        if (near.Length == 0)
            return null;

        bool IsStart(Stretch stretch) => leaves && Math.Abs(level - series.Y[0]) > Apart * Math.Abs(series.Y[0]) && Distance(stretch) > WayLeft * Math.Abs(level - series.Y[0]);
        double Distance(Stretch stretch) => Math.Abs(stretch.Middle - level);

        // The flattest of those that come as near as can be told; elsewhere it may be flat because nothing has happened yet.
        var nearest = near.MinBy(Distance);
        var flattest = near.Where(stretch => Distance(stretch) <= Distance(nearest) + nearest.Width).MinBy(stretch => stretch.Width);
        var name = OverlayTitle.Words(panel);
        if (flattest.Width <= Math.Max(Flat * Math.Abs(flattest.Middle), PartOfDistance * Distance(flattest)))
        {
            var change = flattest.Width > Flat * Math.Abs(flattest.Middle) ? $", where it changes by {DisplayNumber.Percent(flattest.Width / Math.Abs(flattest.Middle), 1)}" : "";
            return new MeasuredPrediction(prediction.Name, level, flattest.Middle, 0, $"{name} from {DisplayNumber.Range(flattest.Start, flattest.End, 3)}{change}");
        }

        // A curve that ends on its way bounds where it will stay.
        var last = near[^1];
        if (last.End != series.X[^1] || last.Direction == 0)
            return null;
        return new MeasuredPrediction(prediction.Name, level, series.Y[^1], 0, $"{name} at its end, {DisplayNumber.Of(last.End, 3)}, where it still {(last.Direction < 0 ? "falls" : "grows")}") { Direction = last.Direction };
    }

    // Pieces of a quarter of a decade from every row on.
    private static IEnumerable<Stretch> Stretches(OverlayPanel panel, Series series)
    {
        for (int first = 0, last = 0; first < series.X.Length; first++)
        {
            var from = series.X[first];
            var to = panel.IsLogarithmicX ? from * Math.Pow(10, PartOfDecade) : from + (PartOfAxis * (series.X[^1] - series.X[0]));
            while (last + 1 < series.X.Length && series.X[last] < to)
                last++;
            if (series.X[last] < to || last - first < 2)
                continue;
            var (low, high, falls, grows) = (series.Y[first], series.Y[first], true, true);
            for (var row = first + 1; row <= last; row++)
            {
                (low, high) = (Math.Min(low, series.Y[row]), Math.Max(high, series.Y[row]));
                (falls, grows) = (falls && series.Y[row] < series.Y[row - 1], grows && series.Y[row] > series.Y[row - 1]);
            }

            yield return new Stretch((low + high) / 2, high - low, from, series.X[last], falls ? -1 : grows ? 1 : 0);
        }
    }

    private readonly record struct Stretch(double Middle, double Width, double Start, double End, int Direction);
}
