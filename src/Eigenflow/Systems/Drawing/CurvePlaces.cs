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
    // A slope is looked for over a third of the decades in which it may hold, at most over one.
    private const double PartOfRange = 3;
    private const int Places = 200;

    // Part by which the slope of the end of a curve may change along it.
    private const double Settled = 0.05;

    // Events are in the time of a solution, whatever its first column is.
    private const string Time = "t";

    /// <summary>The predictions that are seen in this panel; those of what a setting asks for are not all declared.</summary>
    public IEnumerable<(PredictedQuantity Quantity, Prediction Prediction)> Marked()
    {
        var solution = curve.Solution;
        foreach (var prediction in curve.Predictions.Where(prediction => prediction.Window != WindowStatus.Withheld))
        {
            var quantity = declared.FirstOrDefault(candidate => string.Equals(candidate.Name, prediction.Name, StringComparison.Ordinal));
            if (quantity?.Mark is { } mark && quantity.IsOf(solution.Method) && (mark.Observable.Length == 0 || mark.Observable == shown.Observable)
                && (mark.Kind != CurveMarkKind.Slope || Column(mark.Along) == Column(shown.Abscissa)) && !double.IsNaN(ValueOf(mark.After)))
                yield return (quantity, prediction);
        }
    }

    /// <summary>The value of a prediction: zero for no name, not a number where there is no such number.</summary>
    /// <param name="name">Its name.</param>
    public double ValueOf(string name) => name.Length == 0 ? 0
        : curve.Predictions.FirstOrDefault(prediction => string.Equals(prediction.Name, name, StringComparison.Ordinal)) is { } found ? found.Value : double.NaN;

    /// <summary>Where a value of one column stands on the abscissa of the panel; null where the curve does not go.</summary>
    /// <param name="along">Name of the column; empty for the independent variable.</param>
    /// <param name="value">The value.</param>
    public double? Abscissa(string along, double value)
    {
        double[] from = curve.Solution[Column(along)], to = curve.Solution[Column(shown.Abscissa)];
        if (from.Length < 2 || !(value >= from[0]) || !(value <= from[^1]))
            return null;
        return ReferenceEquals(from, to) ? value : LinearSpline.InterpolateSorted(from, to).Interpolate(value);
    }

    /// <summary>The stretch along which a predicted slope is looked at: around a time where it is meant there, at the end of the curve where it is meant after an event, otherwise where the curve is nearest to it within the range in which it holds; null where there is none.</summary>
    /// <param name="mark">What is said of the slope.</param>
    /// <param name="slope">The slope.</param>
    public (double Start, double End)? Stretch(CurveMark mark, double slope) =>
        mark.At.Length > 0 ? Around(Edge(mark.At) ?? double.NaN)
        : mark.LastAfter.Length > 0 ? Last(mark.LastAfter)
        : From(mark.From) is { } from && To(mark.To) is { } to ? Nearest(slope, from, to) : null;

    /// <summary>The slope of a curve along a stretch; null where it has fewer than three points there.</summary>
    /// <param name="series">The curve.</param>
    /// <param name="start">Its beginning.</param>
    /// <param name="end">Its end.</param>
    public static MeasuredSlope? SlopeOf(Series series, double start, double end)
    {
        var points = series.Where((x, row) => x >= start && x <= end && series.Y[row] > 0);
        return points.X.Length >= 3 ? points.SlopeBetween(start, end) : null;
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

    private static LinearSpline Logarithms(Series series) => LinearSpline.InterpolateSorted([.. series.X.Select(x => Math.Log(x))], [.. series.Y.Select(y => Math.Log(y))]);

    private string Column(string? name) => string.IsNullOrEmpty(name) ? curve.Solution.Axis.Name : name;

    // The abscissa of a predicted time; null where there is none.
    private double? Edge(string name) => Marked(name) is { } mark ? Abscissa(mark.Along, ValueOf(name)) : null;

    private CurveMark? Marked(string name) => declared.First(quantity => string.Equals(quantity.Name, name, StringComparison.Ordinal)).Mark;

    // From a time that the curve does not reach, or that is not known, nothing is seen of a slope; what began before the curve holds from its start on.
    private double? From(string name) => name.Length == 0 || Marked(name) is not { } mark ? double.NegativeInfinity
        : Edge(name) ?? (curve.Solution[Column(mark.Along)] is [var first, ..] && ValueOf(name) < first ? double.NegativeInfinity : null);

    // The same of a time that is past before the curve begins.
    private double? To(string name) => name.Length == 0 || Marked(name) is not { } mark ? double.PositiveInfinity
        : Edge(name) ?? (curve.Solution[Column(mark.Along)] is [var first, ..] && ValueOf(name) < first ? null : double.PositiveInfinity);

    // Half a decade with the time in its middle; null where the curve does not go so far.
    private (double Start, double End)? Around(double time)
    {
        var half = Math.Pow(10, 0.25);
        return series.X.Length > 1 && time / half >= series.X[0] && time * half <= series.X[^1] ? (time / half, time * half) : null;
    }

    // The last third of the decades after an event, which has to be a decade back; null where the slope still changes along it, so that the curve has not come to its end.
    private (double Start, double End)? Last(string after)
    {
        if (!curve.Solution.Events.TryGetValue(after, out var time) || time is not { } reached || series.X.Length < 3 || Abscissa(curve.Solution.Has(Time) ? Time : "", reached) is not (> 0 and var from))
            return null;
        var range = Math.Log(series.X[^1] / from);
        if (!(range >= Math.Log(10)))
            return null;
        var end = series.X[^1];
        var (start, middle) = (end * Math.Exp(-Math.Min(Math.Log(10), range / PartOfRange)), end * Math.Exp(-Math.Min(Math.Log(10), range / PartOfRange) / 2));
        return SlopeOf(series, start, middle) is { } before && SlopeOf(series, middle, end) is { } last && Math.Abs(before.Value - last.Value) <= Settled * Math.Abs(last.Value) ? (start, end) : null;
    }

    private (double Start, double End)? Nearest(double slope, double from, double to)
    {
        var drawn = series.Where((x, row) => x > 0 && series.Y[row] > 0 && double.IsFinite(series.Y[row]));
        if (drawn.X.Length < 3)
            return null;
        var (first, last) = (Math.Log(Math.Max(from, drawn.X[0])), Math.Log(Math.Min(to, drawn.X[^1])));
        var width = Math.Min(Math.Log(10), (last - first) / PartOfRange);
        if (!(width > 0))
            return null;

        // The slope that is told is the one that is compared.
        double Departure(double start) => SlopeOf(drawn, Math.Exp(start), Math.Exp(start + width)) is { } found ? Math.Abs(found.Value - slope) : double.PositiveInfinity;
        var best = Enumerable.Range(0, Places + 1).Select(place => first + ((last - width - first) * place / Places)).MinBy(Departure);
        return (Math.Exp(best), Math.Exp(best + width));
    }
}
