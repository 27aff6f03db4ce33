namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The figures and claims of this system, as independent tasks. The parameters stand in each task.</summary>
internal static class SpectralDescentReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Coefficients of signal, spike and bulk", 0.1, CoefficientsFigure.Run),
        Figure(2, "Loss: plateau, tail, finite end", 0.2, LossFigure.Run),
        Figure(3, "Alignment against progress", 0.2, AlignmentFigure.Run),
        Figure(4, "Escape steps against the spike", 0.1, EscapeFigure.Run),
        Figure(5, "The sliding mode", 0.2, SlidingFigure.Run),
        Figure(6, "Power-law covariances", 0.5, PowerLawFigure.Run),
        Figure(7, "Mini-batches, momentum and Newton–Schulz", 60, MiniBatchFigure.Run),
        Figure(8, "Floors and schedules", 0.5, FloorFigure.Run),
        Claims("escape", "Rates, threshold, plateau and dip", 0.3, EscapeClaims.Run),
        Claims("late", "The late stage of gradient descent", 0.3, LateClaims.Run),
        Claims("engines", "Gradient, polar factor, matrices against blocks", 0.1, MatrixClaims.Run),
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
