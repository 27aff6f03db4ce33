using Eigenflow.Figures;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>The trainings of small networks, as independent tasks, and what they share. The parameters stand in each task.</summary>
internal static class TrainingReproduction
{
    public const string Paper = "arXiv 2502.09890", Derived = "derived";

    public static readonly IReadOnlyList<ReproductionTask> Tasks =
    [
        Task(7, "Two points: loss, denoiser and generated samples", 20, ToyFigure.Run),
        Task(8, "A planar cloud in any orientation", 3, CloudFigure.Run),
        Task(9, "A cloud in space: sampled and aligned targets", 6, MoleculeFigure.Run),
        Task(10, "Two noisy templates: what orbit averaging leaves", 4, MixtureFigure.Run),
        Task(11, "A crystal: proposals for translations", 5, CrystalFigure.Run),
    ];

    /// <summary>Steps of a learning curve, even in the logarithm, with some at the end in equal distances.</summary>
    /// <param name="steps">The last step.</param>
    /// <param name="points">How many are even in the logarithm.</param>
    /// <param name="last">How many at the end.</param>
    /// <param name="distance">Their distance.</param>
    public static long[] Grid(long steps, int points, int last, long distance) =>
        [.. TimeGrid.Steps(steps - (last * distance), points, 0).Concat(Enumerable.Range(0, last).Select(k => steps - (k * distance))).Distinct().Order()];

    /// <summary>A panel of learning curves.</summary>
    public static Panel Panel(string title, string label, params IReadOnlyList<Series> series) => new() { Title = title, X = new Axis("step k", true), Y = new Axis(label, true), Series = series };

    private static ReproductionTask Task(int number, string title, double weight, Func<IProgress<Progress>?, CancellationToken, ReproductionResult> run) =>
        new() { Id = $"figure-{number}", Title = title, FigureNumbers = [number], Weight = weight, Run = run };
}
