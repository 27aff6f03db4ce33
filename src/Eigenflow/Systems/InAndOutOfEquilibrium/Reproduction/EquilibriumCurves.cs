using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Problems, runs and fits that several tasks of the reproduction share.</summary>
internal static class EquilibriumCurves
{
    public const string Paper = EquilibriumPredictions.Paper;
    public const string Derived = EquilibriumPredictions.Derived;

    /// <summary>Half-width of a 95 % interval in standard errors.</summary>
    public const double Normal95 = 1.96;

    private const double StillTolerance = 0.05;

    /// <summary>The six rows without randomness.</summary>
    public static EquilibriumProblem Reference { get; } = EquilibriumParameters.Defaults(EquilibriumModel.ReferenceRegression);

    /// <summary>diag(2, 1) with D = 10⁻⁴ (1, ½; ½, 1) at η = 0.01.</summary>
    public static EquilibriumProblem TwoModes { get; } = EquilibriumParameters.Defaults(EquilibriumModel.Matrices);

    /// <summary>The theory of a scheme.</summary>
    public static SchemeTheory Theory(this EquilibriumProblem problem, SamplingScheme scheme, double rate, NoisePlacement placement = NoisePlacement.PerStep) =>
        EquilibriumChecks.Theory(problem, new SchemeOptions(scheme, rate, 1, placement));

    /// <summary>The stationary values of chains; ends the task when it is cancelled.</summary>
    public static ChainSummary Stationary(this EquilibriumProblem problem, ChainMethod method, CancellationToken cancellation)
    {
        var (plan, result) = (method with { Threads = 1, AtSteps = [method.Steps] }).Run(problem, new SolveContext(null, null, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return ChainSummary.Stationary(plan, result) ?? throw new InvalidOperationException("Nothing was recorded.");
    }

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];

    /// <summary>The exponent of measured values by weighted least squares of logarithms, with the half-width of its 95 % interval from their errors.</summary>
    public static (double Slope, double Half) Slope(IReadOnlyList<double> x, IReadOnlyList<(double Value, double Error)> y)
    {
        double[] logX = [.. x.Select(at => Math.Log(at))], logY = [.. y.Select(one => Math.Log(Math.Abs(one.Value)))], weights = [.. y.Select(one => Math.Pow(one.Value / one.Error, 2))];
        var line = LeastSquaresLine.Fit(logX, logY, weights);
        return (line.Slope, Normal95 / Math.Sqrt(line.SquaresX));
    }

    /// <summary>The local exponent of a function between two abscissae.</summary>
    public static double Slope(Func<double, double> function, double from, double to) => Math.Log(Math.Abs(function(to) / function(from))) / Math.Log(to / from);

    /// <summary>The claim of an exponent of theory: exact moments between two learning rates.</summary>
    public static Claim SlopeOfTheory(string id, string statement, double expected, Func<double, double> function, double from, double to, string source) => Claim.Absolute(
        $"{id}-theory", $"{statement} in the exact moments", expected, Slope(function, from, to), StillTolerance, source, DisplayText.Of($"exact moments at η = {from:G2} and {to:G2}, six rows without randomness"), PredictionKind.Asymptotic).Over("η → 0");

    /// <summary>The claim of an exponent that chains were measured for.</summary>
    public static Claim SlopeOfChains(string id, string statement, double expected, double tolerance, IReadOnlyList<double> rates, IReadOnlyList<(double Value, double Error)> values, string source)
    {
        var (slope, half) = Slope(rates, values);
        return Claim.Absolute(
            $"{id}-chains", $"{statement} in chains", expected, slope, tolerance, source, DisplayText.Of($"weighted least squares of logarithms over {rates.Count} learning rates from {rates[0]:G2} to {rates[^1]:G2}, with the errors over blocks of chains"), PredictionKind.Asymptotic, half).Over("η → 0");
    }

    /// <summary>The claim that a measured value is a predicted one, with its 95 % interval.</summary>
    public static Claim Measured(string id, string statement, double predicted, (double Value, double Error) measured, double tolerance, string source, string obtained, PredictionKind kind = PredictionKind.Exact) =>
        Claim.Relative(id, statement, predicted, measured.Value, tolerance, source, obtained, kind, Normal95 * measured.Error);

    /// <summary>Measured values as dots with 95 % intervals.</summary>
    public static Series Dots(string label, IReadOnlyList<double> x, IReadOnlyList<(double Value, double Error)> y, int color) => new()
    {
        Label = label,
        X = [.. x],
        Y = [.. y.Select(one => Math.Abs(one.Value))],
        Lower = [.. y.Select(one => Math.Max(1e-300, Math.Abs(one.Value) - (Normal95 * one.Error)))],
        Upper = [.. y.Select(one => Math.Abs(one.Value) + (Normal95 * one.Error))],
        Style = SeriesStyle.Points,
        Color = color,
    };

    /// <summary>A function as a line.</summary>
    public static Series Line(string label, double[] x, Func<double, double> function, int color, SeriesStyle style = SeriesStyle.Line) => new()
    {
        Label = label,
        X = x,
        Y = [.. x.Select(at => Math.Abs(function(at)))],
        Color = color,
        Style = style,
    };
}
