namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The figures of arXiv 2511.18661 and the claims about it, as independent tasks. The parameters stand in each task.</summary>
internal static class PhaseRetrievalReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Figure(1, "Online SGD: MSE against step for several exponents", 30, SgdErrorFigure.Run),
        Figure(2, "Population gradient descent with its phases", 8, PhasesFigure.Run),
        Figure(3, "Escape: larger exponents escape sooner", 4, EscapeFigure.Run),
        Figure(4, "The frozen approximation of Phase III", 6, FrozenFigure.Run),
        Figure(5, "Online SGD: fluctuations grow with the exponent", 20, SgdFluctuationFigure.Run),
        Figure(6, "The sharp law: 1 − u against time", 2, SharpLawFigure.Run),
        Claims("landscape", "Loss, gradient, Hessian and critical points", 3, LandscapeClaims.Run),
        Claims("hierarchy", "The moment hierarchy and its truncation", 2, HierarchyClaims.Run),
        Claims("escape", "Escape: rate, time and its logarithm in d", 3, EscapeClaims.Run),
        Claims("trade-off", "Escape against convergence", 2, TradeOffClaims.Run),
        Claims("convergence", "The sharp law, its exponents, and T₂", 4, ConvergenceClaims.Run),
        Claims("relaxation", "Plateau and relaxation of the MSE", 4, RelaxationClaims.Run),
        Claims("collapse", "Collapse of the MSE on the number of relaxed modes", 2, CollapseClaims.Run),
        Claims("discrete", "Gradient descent against the flow", 2, DiscreteClaims.Run),
        Claims("sgd", "Online SGD against its mean-field theory", 20, SgdClaims.Run),
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
