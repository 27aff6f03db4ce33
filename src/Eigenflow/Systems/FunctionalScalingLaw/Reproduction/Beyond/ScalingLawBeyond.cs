namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>What goes beyond the paper: figures and claims, as independent tasks.</summary>
internal static class ScalingLawBeyond
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        .. MomentumBeyond.Tasks,
        .. PreconditionedTasks.All,
    ];
}
