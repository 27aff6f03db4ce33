namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The figures of arXiv 2511.18661 and the claims about it, as independent tasks. The parameters stand in each task.</summary>
internal static class PhaseRetrievalReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Online SGD: MSE against step for several exponents", 20, SgdErrorFigure.Run),
        Figure(2, "Population gradient descent with its phases", 1.5, PhasesFigure.Run),
        Figure(3, "Escape: larger exponents escape sooner", 1, EscapeFigure.Run),
        Figure(4, "The frozen approximation of Phase III", 2.5, FrozenFigure.Run),
        Figure(5, "Online SGD: fluctuations between runs", 16, SgdFluctuationFigure.Run),
        Figure(6, "The sharp law: 1 − u against time", 1, SharpLawFigure.Run),
        Claims("landscape", "Loss, gradient, Hessian and critical points", 0.5, LandscapeClaims.Run),
        Claims("hierarchy", "The moment hierarchy and its truncation", 0.5, HierarchyClaims.Run),
        Claims("exponents", "Exponents, predicted and fitted", 2, ExponentClaims.Run),
        Claims("escape", "The escape time is linear in log d", 1.5, EscapeClaims.Run),
        Claims("escape-mode", "The escape rate as an eigenvalue, correlations of the growing mode, and T₁ beyond the linear theory", 0.5, EscapeModeClaims.Run),
        Claims("escape-random", "The escape over random starts", 3, RandomEscapeClaims.Run),
        Claims("trade-off", "Escape against convergence", 0.6, TradeOffClaims.Run),
        Claims("convergence", "The sharp law late in time, and T₂", 1.5, ConvergenceClaims.Run),
        Claims("late", "T₂ as a sum, late shortfalls and loss, and S_d at all times", 0.5, LateClaims.Run),
        Claims("clock", "The MSE in all phases from one clock", 0.5, ClockClaims.Run),
        Claims("floors", "Stationary floors of online SGD", 3, FloorClaims.Run),
        Claims("relaxation", "Plateau and relaxation of the MSE", 1, RelaxationClaims.Run),
        Claims("collapse", "Collapse of the MSE on the number of relaxed modes", 0.3, CollapseClaims.Run),
        Claims("discrete", "Gradient descent against the flow", 0.2, DiscreteClaims.Run),
        Claims("sgd", "Online SGD against its mean-field theory", 12, SgdClaims.Run),
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
