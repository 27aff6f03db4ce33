namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>What goes beyond the paper: figures and claims, as independent tasks.</summary>
internal static class PhaseRetrievalBeyond
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        .. DiscreteTasks.All,
        .. StudentTasks.Tasks,
        .. ModelSizeTasks.All,
        .. PreconditionedTasks.All,
    ];
}
