namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>All of a problem that would change a number, for saved states.</summary>
internal static class ProblemIdentity
{
    /// <summary>Numbers and names.</summary>
    public static string Of(DiffusionProblem problem) => FormattableString.Invariant(
        $"{problem.SystemId} {problem.Group.Name} {problem.Templates.Rows} {problem.Templates.Columns} {problem.Kernel} {problem.Alpha:R} {problem.Sigma:R} {problem.Deviation:R} {problem.Bridge:R} {problem.Spread:R} {problem.IsCentred} {problem.Estimator} {problem.Samples} {problem.Temperature:R}");

    /// <summary>Lists of numbers: templates, weights, and what the group makes of a vector, for groups of files.</summary>
    public static IReadOnlyList<double[]> Columns(DiffusionProblem problem) => [.. problem.Templates.Values, [.. problem.Templates.Weights], Images(problem)];

    private static double[] Images(DiffusionProblem problem)
    {
        double[] probe = [.. Enumerable.Range(0, problem.Dimension).Select(j => Math.Sin((1.3 * j) + 0.5))], image = new double[probe.Length];
        var sums = new double[Math.Min(64, problem.Group.DesignSize)];
        for (var k = 0; k < sums.Length; k++)
        {
            problem.Group.ApplyDesign(k, probe, image);
            sums[k] = Vectors.Dot(probe, image);
        }

        return sums;
    }
}
