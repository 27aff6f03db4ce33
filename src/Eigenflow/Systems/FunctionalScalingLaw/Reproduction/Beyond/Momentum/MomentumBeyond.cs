using Eigenflow.Solutions;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Momentum and batch size in one-pass training (Wang, Huang, Li and Wu 2026), as independent tasks.</summary>
internal static class MomentumBeyond
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Task("claims", "Momentum: recursion, stability, identities", 1, MomentumClaims.Run),
        Task("stability", "Momentum: the map of stability", 2, StabilityFigure.Run),
        Task("law", "Momentum: the loss law with its constants", 5, MomentumLawFigure.Run),
        Task("transient", "Momentum: transients", 2, TransientClaims.Run),
        Task("batch", "Momentum: tuned risk against the batch", 8, BatchFigure.Run),
        Task("regimes", "Momentum: tuned risk against the data", 10, RegimesFigure.Run),
        Task("horizon", "Momentum that grows", 3, HorizonFigure.Run),
    ];

    private static ReproductionTask Task(string id, string title, double weight, Func<IProgress<Progress>?, CancellationToken, ReproductionResult> run) => new()
    {
        Id = "beyond-momentum-" + id,
        Title = title,
        Weight = weight,
        Run = run,
    };
}
