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

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];
}
