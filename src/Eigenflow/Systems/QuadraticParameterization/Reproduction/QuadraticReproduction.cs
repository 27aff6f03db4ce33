namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>The figures and claims of arXiv 2502.09106, as independent tasks. The parameters stand in each task.</summary>
internal static class QuadraticReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Where feature learning separates (α > β)", 6, SeparationFigures.Separated),
        Figure(2, "Where it does not (α < β)", 6, SeparationFigures.Together),
        Figure(3, "Final risk against samples", 20, DataScalingFigure.Run),
        Figure(4, "Coordinates are learned one after another", 0.1, StaircaseFigure.Run),
        Figure(5, "Gain of exponent over (α, β)", 0.5, GainFigure.Run),
        Figure(6, "From lazy to rich", 0.5, LazyFigure.Run),
        Figure(7, "Risk against model size", 0.5, ModelScalingFigure.Run),
        Figure(8, "Step sizes", 10, StepSizeFigure.Run),
        Figure(9, "A rotated basis", 15, RotationFigure.Run),
        Figure(10, "Diverged runs, and the product of the weights", 10, StabilityFigure.Run),
        Figure(11, "Slopes of the flow of 10⁹ modes", 1, FlowSlopesFigure.Run),
        Figure(12, "Best split of compute", 2, ComputeFigure.Run),
        new() { Id = "claims-moments", Title = "Mean risks of 4000 runs against moments", Weight = 5, Run = MomentClaims.Run },
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
