namespace Eigenflow.Systems.ScalingCollapse;

/// <summary>The figures and claims of arXiv 2507.02119 that a solvable ladder can make, as independent tasks. The parameters stand in each task.</summary>
internal static class ScalingReproduction
{
    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
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
