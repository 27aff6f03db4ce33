namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>The figures and claims of arXiv 2509.19189 and arXiv 2602.06797, as independent tasks. The parameters stand in each task.</summary>
internal static class ScalingLawReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Loss of SGD under cosine, WSD and cyclic schedules", 14, LossDynamicsFigure.Run),
        Figure(2, "Final loss against data with tuned peaks", 30, FinalLossFigure.Run),
        Figure(3, "Other capacities and difficulties", 2, VariationsFigure.Run),
        Figure(4, "From a schedule to its loss curve, and to the best schedule", 4, DemoFigure.Run),
        Figure(5, "Regimes of the optimal schedule", 2, PhaseDiagramFigure.Run),
        Figure(6, "Schedules of fixed shape: capacity saturation", 8, ShapeSlopesFigure.Run),
        Figure(7, "One pass of SGD at the minimax rate", 3, OnePassFigure.Run),
        Figure(8, "A law fitted on one schedule predicts others", 0.2, TransferFigure.Run),
        Figure(9, "Exponents under tuned schedules", 20, ExponentsFigure.Run),
        Figure(10, "Signal profile and forgetting kernel", 0.5, ProfilesFigure.Run),
        Figure(11, "Random features", 1, RandomFeaturesFigure.Run),
        Figure(12, "Parts of the loss", 0.5, PartsFigure.Run),
        Claims("levels", "Levels of the theory against each other", 1, LevelClaims.Run),
        Claims("corrections", "Logarithms of WSD", 1, CorrectionClaims.Run),
    ];

    private static ReproductionTask Figure(
        int number, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) => new()
        {
            Id = $"figure-{number}",
            Title = title,
            FigureNumbers = [number],
            Weight = weight,
            Run = run,
        };

    private static ReproductionTask Claims(
        string id, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) => new()
        {
            Id = $"claims-{id}",
            Title = title,
            Weight = weight,
            Run = run,
        };
}
