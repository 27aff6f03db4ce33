using Eigenflow.Figures;
using Eigenflow.Solutions;
using MathNet.Numerics.Interpolation;

namespace Eigenflow.Systems;

/// <summary>Series from the columns of solutions, and what is done with them. Every figure of every system uses these.</summary>
internal static class SolutionSeries
{
    // Times are sums of learning rates in one method and given in another.
    private const double Rounding = 1e-9;

    /// <summary>A column against another, with the band over replicas where there is one.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="observable">The column.</param>
    /// <param name="label">Label in the legend.</param>
    /// <param name="color">Number of the colour; −1 is neutral.</param>
    /// <param name="style">Line or dots.</param>
    /// <param name="abscissa">The column on the abscissa; null takes the independent variable.</param>
    /// <param name="absolute">Whether sizes are drawn and not values.</param>
    /// <param name="keepsZero">Whether rows at abscissa zero are kept, which a logarithmic axis has no place for.</param>
    public static Series Of(
        Solution solution, string observable, string label, int color, SeriesStyle style = SeriesStyle.Line, string? abscissa = null, bool absolute = false, bool keepsZero = false)
    {
        double[] x = abscissa is null ? solution.Axis.Values : solution[abscissa], y = solution[observable];

        // Without learning rate intrinsic time stands still: the last of equal abscissae is the state there. A column such as the inverse of a ridge falls.
        int[] order = [.. Enumerable.Range(0, x.Length)];
        if (order.Length > 1 && x[0] > x[^1])
            Array.Reverse(order);
        var rows = order.Where((row, place) => (x[row] > 0 || keepsZero) && double.IsFinite(x[row]) && (place + 1 == order.Length || x[order[place + 1]] > x[row])).ToArray();
        double[] Pick(double[] column) => [.. rows.Select(row => absolute ? Math.Abs(column[row]) : column[row])];
        var hasBand = solution.Has(observable + ReplicaColumns.Low);

        // A band of sizes lies between those of its ends, and begins at zero where zero is within it.
        double[] Edge(Func<double, double, double> pick, double? straddling)
        {
            double[] low = solution[observable + ReplicaColumns.Low], high = solution[observable + ReplicaColumns.High];
            return [.. rows.Select(row => !absolute ? pick(low[row], high[row]) : straddling is { } zero && low[row] < 0 && high[row] > 0 ? zero : pick(Math.Abs(low[row]), Math.Abs(high[row])))];
        }

        return new Series
        {
            Label = label,
            X = [.. rows.Select(row => x[row])],
            Y = Pick(y),
            Lower = hasBand ? Edge(Math.Min, straddling: 0) : null,
            Upper = hasBand ? Edge(Math.Max, straddling: null) : null,
            Style = style,
            Color = color,
        };
    }

    /// <summary>The same series with intervals of 95 % from the standard errors of its column, on the axis of the solution; itself where there are none.</summary>
    /// <param name="series">The series, with all rows of the solution.</param>
    /// <param name="solution">The solution.</param>
    /// <param name="observable">The column.</param>
    public static Series WithErrors(this Series series, Solution solution, string observable)
    {
        const double Normal95 = 1.96;
        if (!solution.Has(observable + ReplicaColumns.Error))
            return series;
        var errors = new Dictionary<double, double>();
        foreach (var (row, x) in solution.Axis.Values.Index())
            errors[x] = Normal95 * solution[observable + ReplicaColumns.Error][row];
        return series with { Lower = [.. series.X.Zip(series.Y, (x, y) => y - errors[x])], Upper = [.. series.X.Zip(series.Y, (x, y) => y + errors[x])] };
    }

    /// <summary>A column against another that turns back: a series for each piece between its turns, which share the points at which it turns.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="observable">The column.</param>
    /// <param name="label">Label in the legend.</param>
    /// <param name="color">Number of the colour; −1 is neutral.</param>
    /// <param name="abscissa">The column on the abscissa.</param>
    /// <param name="style">Line or dots.</param>
    public static IEnumerable<Series> Folded(Solution solution, string observable, string label, int color, string abscissa, SeriesStyle style = SeriesStyle.Line)
    {
        var x = solution[abscissa];
        for (int from = 0, to; from < x.Length; from = to < x.Length ? to - 1 : to)
        {
            for (to = from + 1; to < x.Length && (to < from + 2 || (x[to] - x[to - 1]) * (x[to - 1] - x[from]) >= 0); to++)
            {
            }

            var (first, last) = (from, to);
            yield return Of(solution with { Observables = [.. solution.Observables.Select(column => column with { Values = column.Values[first..last] })], Interpolant = null }, observable, label, color, style, abscissa);
        }
    }

    /// <summary>A function on given abscissae.</summary>
    /// <param name="x">The abscissae.</param>
    /// <param name="function">The function.</param>
    /// <param name="label">Label in the legend.</param>
    /// <param name="color">Number of the colour.</param>
    /// <param name="style">Line or dots; theory beside a solved curve is dashed.</param>
    public static Series Function(IEnumerable<double> x, Func<double, double> function, string label, int color, SeriesStyle style = SeriesStyle.Dashed)
    {
        var abscissae = x.ToArray();
        return new Series { Label = label, X = abscissae, Y = [.. abscissae.Select(function)], Color = color, Style = style };
    }

    /// <summary>
    /// The same series beside what a theory says at its abscissae: from its rows at equal abscissae, else from its dense output where it has one and runs along the same axis, else between its rows,
    /// by Akima's splines in logarithms where all is positive; NaN beyond its ends.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="theory">The theory.</param>
    /// <param name="observable">Its column.</param>
    /// <param name="abscissa">The column on the abscissa; null takes the independent variable.</param>
    /// <param name="absolute">Whether sizes are compared and not values.</param>
    public static Series Against(this Series series, Solution theory, string observable, string? abscissa = null, bool absolute = false)
    {
        var x = abscissa is null ? theory.Axis.Values : theory[abscissa];
        var (first, last) = (Math.Min(x[0], x[^1]), Math.Max(x[0], x[^1]));

        // Intrinsic time may stand still: the last of equal abscissae is the state there.
        var rows = new Dictionary<double, double>();
        foreach (var (row, value) in theory[observable].Index())
            rows[x[row]] = value;
        var between = abscissa is null && theory.Interpolant is not null ? at => theory.At(Math.Min(at, last))[observable] : Between(rows);
        double Value(double at) => rows.TryGetValue(at, out var known) ? known : at >= first && at <= last * (1 + Rounding) ? between(Math.Min(at, last)) : double.NaN;
        return series.Against(at => absolute ? Math.Abs(Value(at)) : Value(at));
    }

    private static Func<double, double> Between(Dictionary<double, double> rows)
    {
        const int Fewest = 5;
        var finite = rows.Where(row => double.IsFinite(row.Value)).OrderBy(row => row.Key).ToArray();
        var isLogarithmic = finite.All(row => row.Value > 0);
        var knots = finite.Where(row => !isLogarithmic || row.Key > 0).ToArray();
        if (knots.Length < Fewest)
            return _ => double.NaN;
        double Scaled(double value) => isLogarithmic ? Math.Log(value) : value;
        var spline = CubicSpline.InterpolateAkimaSorted([.. knots.Select(row => Scaled(row.Key))], [.. knots.Select(row => Scaled(row.Value))]);
        return at => at < knots[0].Key ? double.NaN : isLogarithmic ? Math.Exp(spline.Interpolate(Math.Log(at))) : spline.Interpolate(at);
    }

    /// <summary>The same series beside a function of the abscissa.</summary>
    /// <param name="series">The series.</param>
    /// <param name="theory">The function; NaN where it says nothing.</param>
    public static Series Against(this Series series, Func<double, double> theory) => series with { Expected = [.. series.X.Select(theory)] };

    /// <summary>Largest relative departure of a series from what it is compared with, over some of its abscissae; NaN where there are none.</summary>
    /// <param name="series">A series with <see cref="Series.Expected"/>.</param>
    /// <param name="from">First abscissa that counts.</param>
    /// <param name="to">Last abscissa that counts.</param>
    public static double LargestDeparture(this Series series, double from = double.NegativeInfinity, double to = double.PositiveInfinity) => series.Y
        .Zip(series.Expected ?? [], (value, expected) => Math.Abs((value / expected) - 1)).Where((departure, row) => series.X[row] >= from && series.X[row] <= to && double.IsFinite(departure))
        .DefaultIfEmpty(double.NaN).Max();

    /// <summary>A legend entry that explains a line style or dots for all colours.</summary>
    public static Series Key(string label, SeriesStyle style) => new() { Label = label, X = [], Y = [], Style = style, Color = -1 };

    /// <summary>The rows of a series that a test of abscissa and row keeps.</summary>
    public static Series Where(this Series series, Func<double, int, bool> keep)
    {
        // Asked once per row: what is kept may depend on the rows before.
        bool[] kept = [.. series.X.Select(keep)];
        double[]? Pick(double[]? column) => column is null ? null : [.. column.Where((_, row) => kept[row])];
        return series with { X = Pick(series.X)!, Y = Pick(series.Y)!, Lower = Pick(series.Lower), Upper = Pick(series.Upper), Expected = Pick(series.Expected) };
    }

    /// <summary>Every so many rows of a series: enough for dots on a line.</summary>
    public static Series Every(this Series series, int stride) => series.Where((_, row) => row % stride == 0);

    /// <summary>About so many points of a series, evenly spaced in the logarithm of the abscissa and with the last ones: enough for dots on a line.</summary>
    public static Series Thinned(this Series series, int count)
    {
        var gap = series.X.Length == 0 ? 0 : Math.Log(series.X[^1] / series.X[0]) / count;
        var last = double.NaN;
        return series.Where((x, row) =>
        {
            if (!double.IsNaN(last) && !(Math.Log(x / last) >= gap) && row != series.X.Length - 1)
                return false;
            last = x;
            return true;
        });
    }

    /// <summary>Means of neighbouring rows: the chatter of updates of fixed size has period two.</summary>
    public static Series Smoothed(this Series series) => series with
    {
        X = [.. series.X.Skip(1)],
        Y = [.. Enumerable.Range(1, Math.Max(0, series.Y.Length - 1)).Select(row => (series.Y[row] + series.Y[row - 1]) / 2)],
        Lower = null,
        Upper = null,
        Expected = null,
    };
}
