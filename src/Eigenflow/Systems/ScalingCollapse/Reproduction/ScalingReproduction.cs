namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The figures and claims of arXiv 2507.02119 that a solvable ladder can make, as independent tasks. The parameters stand in each task.</summary>
internal static class ScalingReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Loss curves, their collapse, and supercollapse", 12, CollapseFigures.Run),
        Figure(2, "A wrong irreducible loss", 0.5, OffsetFigure.Run),
        Figure(3, "Schedules", 2, ScheduleFigure.Run),
        Figure(4, "Wrong data exponents", 1, BrokenFigure.Run),
        Figure(5, "Sums of power laws", 0.1, LawFigure.Run),
        Figure(6, "Other schedules from a constant rate", 0.5, TransferFigures.Curves),
        Figure(7, "Gradient covariance over risk", 0.5, TraceFigure.Run) with { FigureNumbers = [7, 14] },
        Figure(8, "Deviation near the end", 2, ControlFigure.Run),
        Figure(10, "Horizons", 3, HorizonFigure.Run),
        Figure(11, "Power laws of final losses", 1, EndsFigure.Run),
        Figure(12, "Errors of predicted schedules", 2, TransferFigures.Errors),
        new() { Id = "claims-laws", Title = "Analyses of exact power laws", Weight = 0.5, Run = LawClaims.Run },
        new() { Id = "claims-noise", Title = "Scatter of a thousand seeds against theory", Weight = 8, Run = NoiseClaims.Run },
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
