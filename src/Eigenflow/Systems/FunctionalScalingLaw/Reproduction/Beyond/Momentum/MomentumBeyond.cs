namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Momentum and batch size in one-pass training (Wang, Huang, Li and Wu 2026), as independent tasks.</summary>
internal static class MomentumBeyond
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks = [];
}
