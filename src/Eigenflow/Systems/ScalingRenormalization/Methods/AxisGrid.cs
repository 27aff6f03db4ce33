namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>Where curves of this system begin and end by default.</summary>
internal static class AxisGrid
{
    /// <summary>The values on an axis, checked.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="axis">samples, ridge or width.</param>
    /// <param name="grid">Gives the values between two ends, or those that were asked for.</param>
    public static double[] Of(RegressionProblem problem, string axis, Func<double, double, double[]> grid)
    {
        if (axis == "width" && problem.Layers.Count == 0)
            throw new ParameterException("along", axis, "samples or ridge where layers = none", "set layers, such as layers = gaussian:200");
        var values = axis switch
        {
            "samples" => grid(Math.Max(1, problem.Samples / 30), Math.Max(30 * problem.Samples, problem.Width < 300 * problem.Samples ? 3 * problem.Width : 0)),
            "ridge" => grid(1e-8 * problem.Target.Population.Largest, 10 * problem.Target.Population.Largest),
            _ => grid(Math.Max(1, Math.Min(problem.Samples, problem.Width) / 100), problem.Layers[^1].Kind == LayerKind.Projection ? Before(problem) : 100 * Math.Max(problem.Samples, problem.Width)),
        };
        var least = axis == "ridge" ? 0 : 1;
        var most = axis == "width" && problem.Layers[^1].Kind == LayerKind.Projection ? Before(problem) : double.PositiveInfinity;
        foreach (var value in values)
        {
            if (value < least)
                throw new ParameterException("at", value, $"{axis} >= {least}");
            if (value > most)
                throw new ParameterException("at", value, FormattableString.Invariant($"{axis} <= {most}"), "a projection has at most the dimensions before it");
        }

        return values;
    }

    private static double Before(RegressionProblem problem) => problem.Layers.Count > 1 ? problem.Layers[^2].Width : problem.Target.Dimension;
}
