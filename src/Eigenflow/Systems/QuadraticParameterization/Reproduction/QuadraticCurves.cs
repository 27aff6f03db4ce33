using Eigenflow.Dynamics;
using Eigenflow.Figures;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>Problems, runs and curves that several tasks of the reproduction share.</summary>
internal static class QuadraticCurves
{
    public const string Paper = QuadraticPredictions.Paper;
    public const string Derived = QuadraticPredictions.Derived;

    /// <summary>The models with their names and colours.</summary>
    public static readonly (QuadraticModel Model, string Name, int Color)[] Models = [(QuadraticModel.Signed, "signed", 0), (QuadraticModel.Positive, "positive", 2), (QuadraticModel.Linear, "linear", 1)];

    /// <summary>α = 3, β = 1.5 with sizes at which the separation is clearest.</summary>
    public static QuadraticProblem Steep { get; } = new() { Exponent = 3, SignalExponent = 1.5, ModelSize = 200, Dimension = 200_000, Noise = 0.25, Start = 0.5 };

    /// <summary>α = 4, β = 2.</summary>
    public static QuadraticProblem Steeper { get; } = Steep with { Exponent = 4, SignalExponent = 2 };

    /// <summary>α = 1.5, β = 2.5: the linear model is optimal already.</summary>
    public static QuadraticProblem Gentle { get; } = new() { Exponent = 1.5, SignalExponent = 2.5, ModelSize = 200, Dimension = 200_000, Noise = 1 };

    /// <summary>The name of a model.</summary>
    public static string Name(QuadraticModel model) => Array.Find(Models, one => one.Model == model).Name;

    /// <summary>The paper's schedule.</summary>
    public static ScheduleShape Geometric { get; } = new GeometricShape(2);

    /// <summary>The step size of a case: 0.05 for α ≥ β, that of the theorem times 0.2 otherwise.</summary>
    public static double Rate(QuadraticProblem problem, double samples) => problem.Exponent > problem.SignalExponent ? 0.05 : 0.2 * Math.Pow(samples, ScalingExponents.Of(problem).Rate);

    /// <summary>The mean risk by theory: exact for the linear model, closed moments for the others.</summary>
    public static Solution Theory(this QuadraticProblem problem, double rate, long steps, CancellationToken cancellation, IReadOnlyList<long>? at = null) =>
        problem.Run(new MomentClosure { LearningRate = rate, Steps = steps, ScheduleShape = Geometric, AtSteps = at }, cancellation);

    /// <summary>Solves, and ends the task when it is cancelled.</summary>
    public static Solution Run(this QuadraticProblem problem, Method<QuadraticProblem> method, CancellationToken cancellation, IProgress<Progress>? progress = null)
    {
        var solution = problem.Solve(method, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }

    /// <summary>The steps of a solution.</summary>
    public static long[] Steps(this Solution solution) => [.. solution["step"].Select(step => (long)step)];

    /// <summary>Numbers spaced evenly in the logarithm, the ends included.</summary>
    public static double[] Logarithmic(double from, double to, int count) => [.. TimeGrid.Logarithmic(from, to, count).Skip(1)];

    /// <summary>−d ln R/d ln t between neighbours at the geometric means of the abscissae; or against another logarithm.</summary>
    /// <param name="x">The abscissae.</param>
    /// <param name="y">The values.</param>
    /// <param name="variable">What the slope is taken against, as a function of the abscissa.</param>
    public static (double[] X, double[] Slopes) LocalSlopes(double[] x, double[] y, Func<double, double>? variable = null)
    {
        variable ??= at => at;
        double[] middle = new double[x.Length - 1], slopes = new double[x.Length - 1];
        for (var k = 0; k < slopes.Length; k++)
        {
            middle[k] = Math.Sqrt(x[k] * x[k + 1]);
            slopes[k] = -Math.Log(y[k + 1] / y[k]) / Math.Log(variable(x[k + 1]) / variable(x[k]));
        }

        return (middle, slopes);
    }

    /// <summary>α and β in a sentence.</summary>
    public static string Case(QuadraticProblem problem) => $"α = {DisplayNumber.Of(problem.Exponent)}, β = {DisplayNumber.Of(problem.SignalExponent)}";

    /// <summary>A case as a part of an identifier.</summary>
    public static string Id(QuadraticProblem problem) => $"a{DisplayNumber.Of(problem.Exponent)}-b{DisplayNumber.Of(problem.SignalExponent)}";
}
