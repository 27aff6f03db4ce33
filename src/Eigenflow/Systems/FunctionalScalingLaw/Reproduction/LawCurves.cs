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

    /// <summary>A solved column against the step (or another column).</summary>
    public static Series Of(Solution solution, string observable, string label, int color, SeriesStyle style = SeriesStyle.Line, string abscissa = "step", bool keepsZero = false) =>
        SolutionSeries.Of(solution, observable, label, color, style, abscissa, keepsZero: keepsZero);

    /// <summary>A function on given abscissae, as a line.</summary>
    public static Series Function(IEnumerable<double> x, Func<double, double> function, string label, int color, SeriesStyle style = SeriesStyle.Line) => SolutionSeries.Function(x, function, label, color, style);

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
