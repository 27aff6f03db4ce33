namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The figures and claims of this system, as independent tasks. The parameters stand in each task.</summary>
internal static class MultiscaleReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Fast features, slow features, both", 0.2, ScalesFigure.Run),
        Figure(3, "Gradient descent and ridge against their theories", 6, TheoryFigure.Run),
        Figure(4, "Trajectories in the plane of alignment and norm", 1, PlaneFigure.Run),
        Figure(5, "Error against ridge and time, condition number and time", 4, RidgeTimeFigure.Run),
        Figure(6, "A shrinkage that vanishes takes the bump away", 20, ShrinkageFigure.Run),
        Claims("maps", "Where there is double descent", 20, PhaseMaps.Run),
        Claims("simulation", "Simulation against theory", 10, SimulationClaims.Run),
        Claims("limits", "Bump, second descent, end", 1, LimitClaims.Run),
        Claims("early-stopping", "Early stopping against a ridge (Lemma B.1)", 1, EarlyStoppingClaims.Run),
    ];

    private static ReproductionTask Figure(int number, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) =>
        new() { Id = $"figure-{number}", Title = title, FigureNumbers = [number], Weight = weight, Run = run };

    private static ReproductionTask Claims(string id, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run) =>
        new() { Id = $"claims-{id}", Title = title, Weight = weight, Run = run };
}
