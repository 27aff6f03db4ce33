using Eigenflow.Data;
using Eigenflow.Systems.RaoBlackwellDiffusion;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>The inputs of the reference values.</summary>
internal static class Clouds
{
    public static readonly double[] Template = [1, 0, 0, 0, 1.5, 0, 0, 0, 0.7, -1, -1.5, -0.7];

    public static readonly double[] Noisy =
    [
        0.761672457264, -1.06951619615, -0.110612019135, -0.0605734580885, 1.57314180541, 0.304139541859,
        0.047250693555, -0.474046650991, 0.704359913518, -0.748349692731, -0.029578958273, -0.897887436243,
    ];

    public static readonly double[] Ring = [1, 0.740302305868, -0.0161468365471, -0.3899924966, 0.146356379136, 1.28366218546, 2.16017028665, 2.15390225434];

    public static readonly double[] NoisyRing = [1.41837040684, 1.23138015551, 2.13182505098, 0.546622938478, 0.719144456178, -0.0296730337654, -0.458395171723, 0.486070663997];

    public static readonly double[] Vector = [1, -0.5, 0.3, 2];

    public static readonly double[] NoisyVector = [0.9, 0.2, -0.1, 1.1];

    /// <summary>The first two columns of points of space.</summary>
    public static double[] Planar(double[] cloud) => [.. cloud.Where((_, k) => k % 3 != 2)];

    /// <summary>The third column negated.</summary>
    public static double[] Mirrored(double[] cloud) => [.. cloud.Select((value, k) => k % 3 == 2 ? -value : value)];

    public static DiffusionProblem Problem(string group, int columns, double[] values, int rows = 1, double sigma = 0.6, double alpha = 0.8)
    {
        var templates = TemplateSet.Of(new DataMatrix(values.Length / columns, columns, values), rows, null);
        var made = new GroupForm(group).Make(templates.Rows, templates.Columns);
        return new DiffusionProblem { Templates = templates, Group = made, Sigma = sigma, Alpha = group == "torus" ? null : alpha, Kernel = group == "torus" ? KernelKind.Torus : KernelKind.Edm };
    }

    /// <summary>The target of the first template, and ln c.</summary>
    public static double[] Target(this DiffusionProblem problem, double[] noisy, EstimatorKind kind = EstimatorKind.Orbit)
    {
        var target = new double[noisy.Length];
        TargetEstimator.Of(problem, kind).Target(problem.Level, 0, problem.Templates.Values[0], noisy, [], target);
        return target;
    }
}
