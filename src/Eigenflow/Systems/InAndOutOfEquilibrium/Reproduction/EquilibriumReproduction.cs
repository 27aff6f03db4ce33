namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The figures and claims of arXiv 2306.03521, as independent tasks. The parameters stand in each task.</summary>
internal static class EquilibriumReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Covariance, currents and entropy production with replacement", 25, ReplacementFigure.Run),
        Figure(2, "Shuffled epochs: covariance, shift and diffusion", 5, EpochFigure.Run),
        Figure(3, "Probability currents", 6, CurrentFigure.Run),
        Figure(4, "Entropy production of windows, and both fluctuation theorems", 8, EntropyFigure.Run),
        Figure(5, "The detailed theorem for long windows", 5, DetailedFigure.Run),
        Figure(6, "The shift of shuffled epochs in a network", 15, NetworkFigure.Run),
        Figure(7, "Samplers of a posterior", 4, SamplerFigure.Run),
        Figure(8, "The effective landscape of one parameter", 2, LandscapeFigure.Run),
    ];

    private static ReproductionTask Figure(int number, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) => new()
    {
        Id = $"figure-{number}",
        Title = title,
        FigureNumbers = [number],
        Weight = weight,
        Run = run,
    };
}
