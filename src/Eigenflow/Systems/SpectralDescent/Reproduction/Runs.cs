using Eigenflow.Numerics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The block recursions that figures and claims share.</summary>
internal static class Runs
{
    public static SpectralDescentProblem Spiked(long dimension, double spike, double scale) =>
        new() { Covariance = InputCovariance.Spiked(dimension, spike), Start = WeightStart.Identity(scale) };

    public static SpectralDescentProblem PowerLaw(int dimension, double exponent, int mode, double scale) =>
        new() { Covariance = InputCovariance.PowerLaw(dimension, exponent), Teacher = TeacherDirection.Mode(mode), Start = WeightStart.Identity(scale) };

    /// <summary>Gradient descent on blocks.</summary>
    public static Solution Descent(SpectralDescentProblem problem, double rate, long steps, CancellationToken cancellation, int points = 400, IReadOnlyList<long>? at = null) =>
        Whole(problem.Solve(new BlockRecursion { LearningRate = rate, Steps = steps, Points = points, AtSteps = at }, null, cancellation), cancellation);

    /// <summary>Spectral descent on blocks.</summary>
    public static Solution Spectral(
        SpectralDescentProblem problem, double rate, long steps, CancellationToken cancellation, int points = 400, IReadOnlyList<long>? at = null, ScheduleShape? schedule = null) =>
        Whole(problem.Solve(new BlockRecursion { Rule = UpdateRule.Spectral, LearningRate = rate, Steps = steps, Points = points, AtSteps = at, ScheduleShape = schedule ?? new ConstantShape() }, null, cancellation), cancellation);

    /// <summary>Every step from zero.</summary>
    public static long[] Every(long steps, long stride = 1) => [.. Enumerable.Range(0, (int)(steps / stride) + 1).Select(k => k * stride)];

    /// <summary>Least-squares line, and half the difference between the slopes of its halves as the spread.</summary>
    public static (double Slope, double Intercept, double Spread) Line(double[] x, double[] y)
    {
        var half = x.Length / 2;
        var slope = LeastSquaresLine.Fit(x, y).Slope;
        return (slope, y.Average() - (slope * x.Average()), Math.Abs(LeastSquaresLine.Fit(x.AsSpan(..half), y.AsSpan(..half)).Slope - LeastSquaresLine.Fit(x.AsSpan(half..), y.AsSpan(half..)).Slope) / 2);
    }

    // A trajectory that was cut short must not become a figure.
    private static Solution Whole(Solution solution, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return solution;
    }
}
