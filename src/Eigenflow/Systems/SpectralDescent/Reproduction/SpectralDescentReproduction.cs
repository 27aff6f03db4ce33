namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The figures and claims of this system, as independent tasks. The parameters stand in each task.</summary>
internal static class SpectralDescentReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks = [];
}
