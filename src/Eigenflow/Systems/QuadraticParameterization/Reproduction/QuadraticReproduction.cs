namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The figures and claims of arXiv 2502.09106, as independent tasks. The parameters stand in each task.</summary>
internal static class QuadraticReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks = [];
}
