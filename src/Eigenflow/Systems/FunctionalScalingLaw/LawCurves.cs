using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Shared pieces of this system's figures and claims.</summary>
internal static class LawCurves
{
    public const string Paper = "arXiv:2509.19189";

    public const string SchedulePaper = "arXiv:2602.06797";

    public const string Derived = "derived (docs/systems/functional-scaling-law.md)";

    /// <summary>A solved column; points at abscissa zero are left out where the axis is logarithmic.</summary>
    public static Series Of(Solution solution, string observable, string label, int color, SeriesStyle style = SeriesStyle.Line, string abscissa = "step", bool keepsZero = false)
    {
        double[] x = solution[abscissa], y = solution[observable];

        // Without learning rate intrinsic time stands still: the last of equal abscissae is the state there.
        var rows = Enumerable.Range(0, x.Length).Where(row => (x[row] > 0 || keepsZero) && (row + 1 == x.Length || x[row + 1] > x[row])).ToArray();
        double[] Pick(double[] column) => [.. rows.Select(row => column[row])];
        var hasBand = solution.Has(observable + "-q10");
        return new Series
        {
            Label = label,
            X = Pick(x),
            Y = Pick(y),
            Lower = hasBand ? Pick(solution[observable + "-q10"]) : null,
            Upper = hasBand ? Pick(solution[observable + "-q90"]) : null,
            Style = style,
            Color = color,
        };
    }

    /// <summary>A function on given abscissae.</summary>
    public static Series Function(IEnumerable<double> x, Func<double, double> function, string label, int color, SeriesStyle style = SeriesStyle.Line)
    {
        var abscissae = x.ToArray();
        return new Series { Label = label, X = abscissae, Y = [.. abscissae.Select(function)], Color = color, Style = style };
    }

    /// <summary>A legend entry that explains a line style or dots for all colours.</summary>
    public static Series Key(string label, SeriesStyle style) => new() { Label = label, X = [], Y = [], Style = style, Color = -1 };

    /// <summary>About so many points of a series, evenly spaced in the logarithm of the abscissa and with the last ones: enough for dots on a line.</summary>
    public static Series Thinned(this Series series, int count)
    {
        var kept = new List<int>();
        var gap = Math.Log(series.X[^1] / series.X[0]) / count;
        for (var row = 0; row < series.X.Length; row++)
        {
            if (kept.Count == 0 || Math.Log(series.X[row] / series.X[kept[^1]]) >= gap || row == series.X.Length - 1)
                kept.Add(row);
        }

        double[]? Pick(double[]? column) => column is null ? null : [.. kept.Select(row => column[row])];
        return series with { X = Pick(series.X)!, Y = Pick(series.Y)!, Lower = Pick(series.Lower), Upper = Pick(series.Upper) };
    }

    /// <summary>A number in a label.</summary>
    public static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A number with its power of ten in a text, such as <c>2 × 10^{-3}</c>.</summary>
    public static string Scientific(double value)
    {
        if (value is >= 0.01 and < 10_000)
            return value.ToString("0.####", CultureInfo.InvariantCulture);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);
        var digits = (value / Math.Pow(10, exponent)).ToString("0.##", CultureInfo.InvariantCulture);
        var power = $"10^{{{exponent.ToString(CultureInfo.InvariantCulture).Replace('-', '−')}}}";
        return string.Equals(digits, "1", StringComparison.Ordinal) ? power : $"{digits} × {power}";
    }

    /// <summary>A number in a table.</summary>
    public static string Cell(double value, string format = "0.0000") => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];
}
