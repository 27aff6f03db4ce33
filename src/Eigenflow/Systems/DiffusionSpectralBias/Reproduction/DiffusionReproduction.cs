namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>The figures and claims of arXiv 2503.03206 and what follows from its theory, as independent tasks. The parameters stand in each task.</summary>
internal static class DiffusionReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Task("figure-2", "Gains and generated variances of one layer and of two tied ones", 1, VarianceFigures.First, 2),
        Task("figure-5", "Generated variances from a larger start, which dip before they rise", 1, VarianceFigures.Second, 5),
        Task("figure-6", "Emergence times against variances", 2, EmergenceFigure.Run, 6),
        Task("figure-7", "Velocities of flow matching", 1, FlowFigures.Velocities, 7),
        Task("figure-8", "Generated variances and emergence of flow matching", 4, FlowFigures.Variances, 8),
        Task("figure-21", "Weight and bias of one mode with a mean", 1, MeanFigure.Run, 21),
        Task("preconditioning", "Preconditioning and objectives", 4, PreconditioningFigure.Run),
        Task("filters", "Convolutions and patches", 2, FilterFigure.Run),
        Task("depth", "Depth", 12, DepthFigure.Run),
        Task("spectrum", "The generated spectrum during training", 2, SpectrumFigure.Run),
        Task("samples", "Samples of half-trained models", 2, SampleFigure.Run),
        Task("sgd", "SGD and discrete samplers against their theory", 8, SgdFigure.Run),
    ];

    private static ReproductionTask Task(string id, string title, double weight, Func<IProgress<Solutions.Progress>?, CancellationToken, ReproductionResult> run, params IReadOnlyList<int> numbers) =>
        new() { Id = id, Title = title, FigureNumbers = numbers, Weight = weight, Run = run };
}
