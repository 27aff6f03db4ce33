using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Solutions;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Systems;

/// <summary>The curve by which a solution is spoken of, along the abscissa on which it is drawn: numbers of titles and sentences, and the places of events, are on it.</summary>
/// <param name="Solution">The solution.</param>
/// <param name="Words">What the curve is called.</param>
/// <param name="Along">The column on the abscissa.</param>
/// <param name="Series">The curve, abscissae ascending; rows at zero are part of it, whether or not the axis has a place for them.</param>
internal sealed record SubjectCurve(Solution Solution, string Words, Observable Along, Series Series)
{
    // Sums of learning rates and products with the step differ in their last digits.
    private const double Rounding = 1e-9;

    // Half a unit of the third digit.
    private const double Told = 5e-4;

    private const string Time = "t", Step = "step";

    /// <summary>The curve of a subject; null where the solution does not have it.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="solution">The solution.</param>
    public static SubjectCurve? Of(DrawnSubject subject, Solution solution)
    {
        if (!solution.Has(subject.Observable) || (subject.Abscissa.Length > 0 && !solution.Has(subject.Abscissa)))
            return null;
        var series = SolutionSeries.Of(solution, subject.Observable, "", 0, abscissa: subject.Abscissa.Length > 0 ? subject.Abscissa : null, absolute: subject.IsAbsolute, keepsZero: true);
        return new SubjectCurve(solution, subject.Words, AlongOf(solution, subject.Abscissa), series);
    }

    /// <summary>The column on the abscissa of a subject, or of what has none.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="abscissa">Its name; empty for the independent variable.</param>
    public static Observable AlongOf(Solution solution, string abscissa) =>
        solution.Observables.FirstOrDefault(column => string.Equals(column.Name, abscissa, StringComparison.Ordinal)) ?? solution.Axis;

    /// <summary>What the abscissa is called in front of a value.</summary>
    /// <param name="along">The column.</param>
    public static string SymbolOf(Observable along) => along.Symbol.Length > 0 ? along.Symbol : along.Name;

    /// <summary>What the abscissa is called in front of a value.</summary>
    public string Symbol => SymbolOf(Along);

    /// <summary>The same curve as far as a panel shows it, with what it is compared with there; itself where the panel has none that is it.</summary>
    /// <param name="panels">The panels in which it may be.</param>
    public (SubjectCurve Curve, Panel? Panel) In(IEnumerable<Panel> panels)
    {
        var zero = Series.X.Length > 0 && Series.X[0] == 0 ? 1 : 0;
        foreach (var panel in panels)
        {
            foreach (var drawn in panel.Series)
            {
                var start = drawn.X.Length > 0 && drawn.X[0] == 0 ? 0 : zero;
                var count = drawn.X.Length;
                if (count == 0 || start + count > Series.X.Length || !drawn.X.AsSpan().SequenceEqual(Series.X.AsSpan(start, count)) || !drawn.Y.AsSpan().SequenceEqual(Series.Y.AsSpan(start, count)))
                    continue;
                return (this with { Series = Series.Where((_, row) => row < start + count) with { Expected = drawn.Expected is { } expected ? [.. Enumerable.Repeat(double.NaN, start), .. expected] : null } }, panel);
            }
        }

        return (this, null);
    }

    /// <summary>Where an event stands on the abscissa of a solution. Events of trajectories are times, whatever they are drawn against; those of others are places on their axis.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="along">The column on the abscissa.</param>
    /// <param name="value">The event.</param>
    /// <returns>The place; null where the rows do not reach it.</returns>
    public static EventPlace? PlaceOf(Solution solution, Observable along, double value)
    {
        var counted = solution.Has(Time) ? solution[Time] : solution.Axis.Values;
        var last = counted.Length == 0 ? double.NaN : Math.Max(counted[0], counted[^1]);
        if (!double.IsFinite(value) || !(value <= last + (Rounding * Math.Abs(last))))
            return null;
        var grain = GrainOf(solution, counted, value);
        if (ReferenceEquals(counted, along.Values))
            return new EventPlace(value, true, grain);

        // Where time stands still the last row is the state there; where it falls the rows are turned.
        var rows = counted.Zip(along.Values).Where(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second)).OrderBy(pair => pair.First).GroupBy(pair => pair.First, (time, pairs) => (Time: time, Place: pairs.Max(pair => pair.Second))).ToArray();
        if (rows.Length < 2)
            return null;
        if (value < rows[0].Time)
            return new EventPlace(rows[0].Place * value / rows[0].Time, false, grain);
        value = Math.Min(value, rows[^1].Time);
        double[] times = [.. rows.Select(row => row.Time)], places = [.. rows.Select(row => row.Place)];
        var (straight, smooth) = (LinearSpline.InterpolateSorted(times, places).Interpolate(value), new MonotoneCurve(times, places).At(value));

        // A place between rows is as well known as two ways of going between them agree.
        return new EventPlace(smooth, Math.Abs(straight - smooth) <= Told * Math.Abs(smooth), grain);
    }

    /// <summary>How far the row before is, where an event stands at a row and was located to rows; 0 where it was located between them.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="value">The event.</param>
    /// <param name="isCount">Whether steps are counted, so that one that follows the one before is exact.</param>
    public static double GapBefore(Solution solution, double value, bool isCount)
    {
        var counted = solution.Has(Time) ? solution[Time] : solution.Axis.Values;
        if (solution.Events.Values.OfType<double>().Where(double.IsFinite).Any(one => GrainOf(solution, counted, one) == EventGrain.Between) || (isCount && GrainOf(solution, counted, value) != EventGrain.Row))
            return 0;
        var row = Array.FindIndex(counted, one => Math.Abs(one - value) <= Rounding * Math.Abs(value));
        return row > 0 ? Math.Abs(counted[row] - counted[row - 1]) : 0;
    }

    // Between rows, at a row that is told apart from the one before, or at one of steps that are all there.
    private static EventGrain GrainOf(Solution solution, double[] counted, double value)
    {
        var row = Array.FindIndex(counted, one => Math.Abs(one - value) <= Rounding * Math.Abs(value));
        if (row < 0)
            return EventGrain.Between;
        var whole = solution.Has(Step) ? solution[Step] : counted;
        return row > 0 && Math.Abs(counted[row] - counted[row - 1]) > Told * Math.Abs(value) && !(double.IsInteger(whole[row]) && Math.Abs(whole[row] - whole[row - 1]) == 1) ? EventGrain.Row : EventGrain.Fine;
    }
}

/// <summary>Where an event stands beside the rows of its solution.</summary>
internal enum EventGrain
{
    /// <summary>Between rows, so that it was not located to them.</summary>
    Between,

    /// <summary>At a row that is as near to the one before as can be told.</summary>
    Fine,

    /// <summary>At a row that is not.</summary>
    Row,
}

/// <summary>An event on the abscissa.</summary>
/// <param name="Place">The place.</param>
/// <param name="IsSharp">Whether the way to the abscissa is known to the digits that are told.</param>
/// <param name="Grain">Where it stands beside the rows.</param>
internal readonly record struct EventPlace(double Place, bool IsSharp, EventGrain Grain);
