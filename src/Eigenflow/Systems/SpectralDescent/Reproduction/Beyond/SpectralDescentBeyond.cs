namespace Eigenflow.Systems.SpectralDescent;

/// <summary>What goes beyond the paper: figures and claims, as independent tasks.</summary>
internal static class SpectralDescentBeyond
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        .. MuonTasks.All,
    ];
}
