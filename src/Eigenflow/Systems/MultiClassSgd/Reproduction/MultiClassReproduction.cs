namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>The figures and claims of arXiv 2510.14074 and of the part of arXiv 2405.19585 on learning-rate rules, as independent tasks. The parameters stand in each task.</summary>
internal static class MultiClassReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        new() { Id = "paper-figure-1", Title = "Figure 1 of the paper: logistic loss on identity, zero–one and power-law covariances", Weight = 20, Run = PaperFigure.Run },
        Figure(1, "Logistic regression: SGD and its theory", 4, LearningCurvesFigure.Logistic),
        Figure(2, "Least squares: SGD and its theory", 2, LearningCurvesFigure.LeastSquares),
        Figure(3, "Structural transition", 8, TransitionFigure.Run),
        Figure(4, "Decay on power laws", 2, DecayFigure.Run),
        Figure(5, "Clean directions", 1, CleanFigure.Run),
        Figure(6, "Zero–one law", 1, ZeroOneFigure.Run),
        Figure(7, "Asymmetric classes", 3, AsymmetricFigure.Run),
        Figure(8, "Several classes", 8, MultiClassFigure.Run),
        Figure(9, "Step sizes and divergence", 5, StepSizeFigure.Run),
        Figure(10, "Learning-rate rules", 3, ScheduleFigure.Run),
        new() { Id = "adaptive-phases", Title = "Adaptive steps on power laws", Weight = 15, Run = AdaptiveFigure.Run },
        Claims("limits", "Limits and constants of adaptive steps", 4, LimitClaims.Run),
        Claims("powers", "Exponents and constants of the decay", 5, PowerClaims.Run),
    ];

    private static ReproductionTask Figure(int number, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) =>
        new() { Id = $"figure-{number}", Title = title, FigureNumbers = [number], Weight = weight, Run = run };

    private static ReproductionTask Claims(string id, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) =>
        new() { Id = $"claims-{id}", Title = title, Weight = weight, Run = run };
}
