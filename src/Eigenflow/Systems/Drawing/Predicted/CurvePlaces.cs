using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Systems;

/// <summary>Where the predictions of a curve are seen on it: at which abscissa a time stands, along which stretch a slope or a level is looked for. Marks in figures and what is measured at them follow it.</summary>
/// <param name="declared">The predictions of the system.</param>
/// <param name="curve">The curve with its predictions.</param>
/// <param name="shown">The panel in which it is drawn.</param>
/// <param name="series">The curve as it is drawn there.</param>
internal sealed class CurvePlaces(IReadOnlyList<PredictedQuantity> declared, PredictedCurve curve, OverlayPanel shown, Series series)
{
    // A law holds far from the ends of its range: it is looked at along the middle third of its decades.
    private const double Parts = 3;

    // Over less than this factor everything is a power law.
    private const double LeastFactor = 2;

    // Part by which the slope of the end of a curve may change along it, and by which it may have been another one as long before: at a turn it was quite another.
    private const double Settled = 0.05;
    private const double Turned = 0.3;

    private const double Slack = 1e-9;

    // Events are in the time of a solution, whatever its first column is.
    private const string Time = "t", Step = "step";

    private Solution Solution => curve.Solution;

    /// <summary>The predictions that are seen in this curve.</summary>
    public IEnumerable<(PredictedQuantity Quantity, Prediction Prediction)> Marked() =>
        curve.Predictions.Where(prediction => prediction.Window != WindowStatus.Withheld && FateOf(prediction) == MarkFate.Drawn).Select(prediction => (Find(prediction.Name)!, prediction));

    /// <summary>Whether a prediction is of this curve, and why it is not; those of what a setting asks for are not all declared.</summary>
    /// <param name="prediction">The prediction.</param>
    public MarkFate FateOf(Prediction prediction)
    {
        if (Find(prediction.Name) is not { Mark: { } mark } quantity)
            return MarkFate.NoMark;
        if (!quantity.IsOf(Solution.Method))
            return MarkFate.OtherMethod;
        if (mark.Observable.Length > 0 && !Shows(mark.Observable))
            return MarkFate.OtherColumn;
        var isThere = mark.Kind switch
        {
            CurveMarkKind.Slope => Column(mark.Along) == Column(shown.Abscissa),
            CurveMarkKind.Time => Counts(mark),
            CurveMarkKind.Value => prediction.Place is not null ? Counts(mark) : Find(mark.At)?.Mark is { } time ? Counts(time) : IsAtSetting(mark),
            _ => true,
        };
        return !isThere ? MarkFate.OtherAxis : double.IsNaN(ValueOf(mark.After)) || double.IsNaN(ValueOf(mark.At)) ? MarkFate.Beyond : MarkFate.Drawn;
    }

    /// <summary>Whether a prediction is of one abscissa of this curve: a value, or a level along the axis of a parameter for whose value it is stated.</summary>
    /// <param name="mark">Its mark.</param>
    public bool IsAtOnePlace(CurveMark mark) => mark.Kind == CurveMarkKind.Value || (mark.Kind == CurveMarkKind.Level && mark.OnlyAt.Contains(Solution.Axis.Name, StringComparer.Ordinal));

    /// <summary>The abscissa of the panel for which a value is stated; null where the curve does not go.</summary>
    /// <param name="mark">What is said of the value.</param>
    /// <param name="prediction">The prediction.</param>
    public double? PlaceOf(CurveMark mark, Prediction prediction) =>
        prediction.Place is { } place ? Abscissa(mark.Along, place)
        : mark.Kind == CurveMarkKind.Value && Find(mark.At)?.Mark is { } time ? Abscissa(time.Along, ValueOf(mark.At))
        : IsAtSetting(mark) ? Abscissa("", NumberOf(Solution.Setting[Solution.Axis.Name])!.Value) : null;

    /// <summary>The value of a prediction: zero for no name, not a number where there is no such number.</summary>
    /// <param name="name">Its name.</param>
    public double ValueOf(string name) => name.Length == 0 ? 0
        : curve.Predictions.FirstOrDefault(prediction => string.Equals(prediction.Name, name, StringComparison.Ordinal)) is { } found ? found.Value : double.NaN;

    /// <summary>Where a value of one column stands on the abscissa of the panel; null where the curve does not go. The curve itself may be infinite there.</summary>
    /// <param name="along">Name of the column; empty for the independent variable.</param>
    /// <param name="value">The value.</param>
    public double? Abscissa(string along, double value)
    {
        if (!Solution.Has(Column(along)) || series.X.Length < 2)
            return null;
        double[] from = Solution[Column(along)], to = Solution[Column(shown.Abscissa)];
        if (from.Length < 2)
            return null;

        // The end of a run is a sum in its column.
        var (least, most) = (Math.Min(from[0], from[^1]), Math.Max(from[0], from[^1]));
        if (!(value >= least - (Slack * Math.Abs(least))) || !(value <= most + (Slack * Math.Abs(most))))
            return null;
        value = Math.Clamp(value, least, most);
        if (!ReferenceEquals(from, to))
            value = (from[0] > from[^1] ? LinearSpline.InterpolateSorted([.. from.Reverse()], [.. to.Reverse()]) : LinearSpline.InterpolateSorted(from, to)).Interpolate(value);
        return value >= series.X[0] && value <= series.X[^1] ? value : null;
    }

    /// <summary>The stretch along which a predicted slope is looked at, without knowing the slope: around a time where it is meant there, at the end of the curve where it is meant after an event, otherwise the middle third of the decades in which it is stated to hold; null where the curve has none.</summary>
    /// <param name="mark">What is said of the slope.</param>
    /// <param name="prediction">The prediction.</param>
    public LawStretch? Stretch(CurveMark mark, Prediction prediction)
    {
        if (mark.At.Length > 0)
            return Around(Edge(mark.At) ?? double.NaN);
        if (mark.LastAfter.Length > 0)
            return Last(mark.LastAfter);
        var isStated = prediction.Range is not null || Array.Exists([mark.From, mark.To, mark.FromEvent, mark.ToEvent], name => name.Length > 0);
        return From(mark, prediction) is { } from && To(mark, prediction) is { } to ? Middle(from, to, isStated) : null;
    }

    /// <summary>The power law that is fitted to a curve along a stretch, with the interval that its bend asks for; null where it has fewer than three points there.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="start">Its beginning.</param>
    /// <param name="end">Its end.</param>
    public static PowerLawFit? FitOf(Series series, double start, double end)
    {
        var points = series.Where((x, row) => x >= start * (1 - Slack) && x <= end * (1 + Slack) && series.Y[row] > 0 && double.IsFinite(series.Y[row]));
        return points.X.Length >= 3 && points.X[0] > 0 ? PowerLaw.Fit(points.X, points.Y, new PowerLawOptions { WindowStart = points.X[0], WindowEnd = points.X[^1] }) : null;
    }

    /// <summary>The ordinate of a curve at an abscissa, between its points; null beyond them.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="x">The abscissa.</param>
    public static double? ValueAt(Series series, double x)
    {
        if (series.X.Length < 2 || x < series.X[0] || x > series.X[^1])
            return null;
        var y = series.Y.All(value => value > 0) && series.X[0] > 0
            ? Math.Exp(Logarithms(series).Interpolate(Math.Log(x)))
            : LinearSpline.InterpolateSorted(series.X, series.Y).Interpolate(x);
        return double.IsFinite(y) ? y : null;
    }

    // A column of a quantity, or one of those that it has of each of several models, such as "loss-64".
    private bool Shows(string observable) => shown.Observable == observable || (shown.Observable.StartsWith(observable + "-", StringComparison.Ordinal) && double.TryParse(shown.Observable.AsSpan(observable.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static double? NumberOf(object? value) => value switch { double number => number, long whole => whole, int whole => whole, _ => null };

    // Along the axis of a parameter of which the prediction is at the value that the setting has.
    private bool IsAtSetting(CurveMark mark) => mark.OnlyAt.Contains(Solution.Axis.Name, StringComparer.Ordinal) && NumberOf(Solution.Setting[Solution.Axis.Name]) is not null;

    // Whether the column in which a place counts runs along the curve.
    private bool Counts(CurveMark mark) => Solution.Has(Column(mark.Along)) && IsAlong(mark) && Solution[Column(mark.Along)] is [var first, .., var last] && first != last;

    private static LinearSpline Logarithms(Series series) => LinearSpline.InterpolateSorted([.. series.X.Select(x => Math.Log(x))], [.. series.Y.Select(y => Math.Log(y))]);

    // Against another observable, as in a plane, there are no times.
    private bool IsAlong(CurveMark mark) => Column(shown.Abscissa) is var abscissa && (abscissa == Solution.Axis.Name || abscissa == Column(mark.Along) || abscissa is Time or Step);

    private PredictedQuantity? Find(string name) => declared.FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.Ordinal));

    private string Column(string? name) => string.IsNullOrEmpty(name) ? Solution.Axis.Name : name;

    // The abscissa of a predicted time, or of the event of the curve that it is of; null where there is none.
    private double? Edge(string name) => Find(name)?.Mark is not { } mark ? null
        : mark.Event.Length > 0 && Solution.Events.ContainsKey(mark.Event) ? EventPlace(mark.Event) : Abscissa(mark.Along, ValueOf(name));

    private double? EventPlace(string name) => Solution.Events.TryGetValue(name, out var time) && time is { } reached ? Abscissa(Solution.Has(Time) ? Time : "", reached) : null;

    // From an event that has not come, or a time that the curve does not reach or that is not known, nothing is seen of a slope; what began before the curve holds from its start on.
    private double? From(CurveMark mark, Prediction prediction) =>
        mark.FromEvent.Length > 0 && Solution.Events.TryGetValue(mark.FromEvent, out var time) ? time is 0 ? double.NegativeInfinity : EventPlace(mark.FromEvent)
        : mark.From.Length > 0 ? Edge(mark.From) ?? (IsPast(mark.From) ? double.NegativeInfinity : null)
        : prediction.Range?.From ?? double.NegativeInfinity;

    // The same of a time that is past before the curve begins.
    private double? To(CurveMark mark, Prediction prediction) =>
        mark.ToEvent.Length > 0 && Solution.Events.ContainsKey(mark.ToEvent) ? EventPlace(mark.ToEvent) ?? double.PositiveInfinity
        : mark.To.Length > 0 ? Edge(mark.To) ?? (IsPast(mark.To) ? null : double.PositiveInfinity)
        : prediction.Range?.To ?? double.PositiveInfinity;

    private bool IsPast(string name) => Find(name)?.Mark is { } mark && Solution.Has(Column(mark.Along)) && Solution[Column(mark.Along)] is [var first, ..] && ValueOf(name) < first;

    // Half a decade with the time in its middle; null where the curve does not go so far.
    private LawStretch? Around(double time)
    {
        var half = Math.Pow(10, 0.25);
        return series.X.Length > 1 && time / half >= series.X[0] && time * half <= series.X[^1] ? new LawStretch(time / half, time * half, "") { IsLocal = true } : null;
    }

    // The last third of the decades after an event, which has to be a decade back; null where the slope still changes along it or has been another one as long before, so that the curve has not come to its end but turns.
    private LawStretch? Last(string after)
    {
        if (series.X.Length < 3 || EventPlace(after) is not (> 0 and var from))
            return null;
        var range = Math.Log(series.X[^1] / from);
        if (!(range >= Math.Log(10)))
            return null;
        var (end, width) = (series.X[^1], Math.Exp(Math.Min(Math.Log(10), range / Parts)));
        var start = end / width;
        double Slope(double first, double last) => FitOf(series, first, last)?.Exponent ?? double.NaN;
        var last = Slope(end / Math.Sqrt(width), end);
        return Math.Abs(Slope(start, end / Math.Sqrt(width)) - last) <= Settled * Math.Abs(last) && Math.Abs(Slope(start / width, start) - last) <= Turned * Math.Abs(last) ? new LawStretch(start, end, "the end of the curve") : null;
    }

    private LawStretch? Middle(double from, double to, bool isStated)
    {
        var drawn = series.Where((x, row) => x > 0 && series.Y[row] > 0 && double.IsFinite(series.Y[row]));
        if (drawn.X.Length < 3)
            return null;
        (from, to) = (Math.Max(from, drawn.X[0]), Math.Min(to, drawn.X[^1]));
        var factor = Math.Pow(to / from, 1 / Parts);
        return from < to && factor >= LeastFactor ? new LawStretch(from * factor, to / factor, $"the middle third of {DisplayNumber.Range(from, to, 3)}") { IsMeasured = isStated } : null;
    }
}
