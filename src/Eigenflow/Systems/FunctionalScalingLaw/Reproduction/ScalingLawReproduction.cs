namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The figures and claims of arXiv 2509.19189 and arXiv 2602.06797, as independent tasks. The parameters stand in each task.</summary>
internal static class ScalingLawReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
    ];
}
