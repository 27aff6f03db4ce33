namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>The figures and claims of arXiv 2502.09890 and of what is derived, as independent tasks. The parameters stand in each task.</summary>
internal static class DiffusionReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Variance of targets that orbit averaging removes", 4, VarianceFigure.Run),
        Figure(2, "Decomposition with two templates", 2, DecompositionFigure.Run),
        Figure(3, "Sampled orbit targets: error and bias against the candidates", 5, CandidatesFigure.Run),
        Figure(4, "Moments and floors of SGD", 8, FloorFigure.Run),
        Figure(5, "Noise of the gradient of linear denoisers", 10, GradientFigure.Run),
        Figure(6, "Hard alignment against the posterior mean", 3, AlignmentFigure.Run),
        new() { Id = "bridge", Title = "Flow matching with a bridge noise", Weight = 1, Run = BridgeFigure.Run },
        new() { Id = "claims-statements", Title = "Statements about orbit targets for all kinds of groups", Weight = 5, Run = VerificationClaims.Run },
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
