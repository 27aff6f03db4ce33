namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The figures and claims of arXiv 2306.03521, as independent tasks. The parameters stand in each task.</summary>
internal static class EquilibriumReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks = [];
}
