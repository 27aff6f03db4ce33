using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>What figures and claims of this system share.</summary>
internal static class Lab
{
    public const string Paper = "arXiv:2112.03215";

    public const string Derived = "derived (docs/systems/multiscale-double-descent.md)";

    public const string Time = "flow time t";

    public const string Error = "test error E";

    /// <summary>The condition number in colour bars.</summary>
    public static ColorScale Conditions { get; } = new("condition number κ", IsLogarithmic: true);

    /// <summary>A condition number in identifiers.</summary>
    public static string Name(double condition) => ((long)condition).ToString(CultureInfo.InvariantCulture);

    /// <summary>Two scales 1 and 1/κ.</summary>
    public static MultiscaleProblem TwoScale(long samples, long dimension, long fast, double condition, double noise = 0) =>
        new() { Samples = samples, Scales = FeatureScales.TwoScale(dimension, fast, condition), Noise = noise };

    /// <summary>Logarithmic times.</summary>
    public static double[] Times(double from, double to, int count) => TimeGrid.Logarithmic(from, to, count)[1..];

    /// <summary>A solution that was not cut short.</summary>
    public static Solution Solve(MultiscaleProblem problem, Dynamics.Method<MultiscaleProblem> method, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var solution = problem.Solve(method, null, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }

    /// <summary>The error of a solution over its time.</summary>
    public static Series Curve(Solution solution, string label, int color, SeriesStyle style = SeriesStyle.Line) => SolutionSeries.Of(solution, "error", label, color, style, "t");

    /// <summary>The phases of the exact flow.</summary>
    public static ErrorPhases Phases(MultiscaleProblem problem, double? until = null)
    {
        var (theory, edges) = (new ExactTheory(problem), SampleEdges.Of(problem));
        return ErrorPhases.Of(time => theory.Flow(time).Error, edges.FirstTime, until ?? edges.RelaxedTime);
    }

    /// <summary>The phases along the ridge path, over 1/λ.</summary>
    public static ErrorPhases RidgePhases(MultiscaleProblem problem)
    {
        var (theory, edges) = (new ExactTheory(problem), SampleEdges.Of(problem));
        return ErrorPhases.Of(time => theory.Ridge(problem.Ridge + (1 / time)).Error, edges.FirstTime, edges.RelaxedTime);
    }
}
