namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The figures and claims of arXiv 2503.03206, as independent tasks. The parameters stand in each task.</summary>
internal static class DiffusionReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks = [];
}
