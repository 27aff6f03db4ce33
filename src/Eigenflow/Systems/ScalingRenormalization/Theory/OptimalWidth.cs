using Eigenflow.Numerics;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The width of the last layer with the smallest test error, at a fixed ridge: at the best ridge more width never hurts, at a ridge that is too small it lets label noise in.</summary>
internal static class OptimalWidth
{
    private const double Largest = 1e4;
    private const int Points = 100;

    // Less than this part is rounding, or a tail that falls for ever.
    private const double Gain = 1e-6;

    /// <summary>The width; infinity where wider is always better, up to 10⁴ times samples and width.</summary>
    /// <param name="problem">The problem, with layers; the width of the last one is ignored.</param>
    public static double Of(RegressionProblem problem)
    {
        var last = Math.Log(Largest * Math.Max(problem.Samples, problem.Width));
        if (problem.Layers[^1].Kind == LayerKind.Projection)
            last = Math.Log(problem.Layers.Count > 1 ? problem.Layers[^2].Width : problem.Target.Dimension);
        var (place, value) = ScalarMinimum.Find(Error, 0, last, Points);
        return value < Error(last) * (1 - Gain) ? Math.Exp(place) : double.PositiveInfinity;

        double Error(double logarithm)
        {
            var one = problem.Along("width", Math.Exp(logarithm));
            return one.Equivalent().At(one.Ridge).Risk(one.Noise).Error;
        }
    }
}
