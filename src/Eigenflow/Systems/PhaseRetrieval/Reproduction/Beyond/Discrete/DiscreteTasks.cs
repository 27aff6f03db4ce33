using Eigenflow.Solutions;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>Online SGD in discrete time, beyond the paper: exact second moments, spread between runs, floors, stability, schedules, samples, and where the mean field breaks.</summary>
internal static class DiscreteTasks
{
    public static readonly ReproductionTask[] All =
    [
        Task("moments", "Second moments of one stochastic gradient", 1, MomentClaims.Run),
        Task("bands", "The spread of online SGD between runs", 8, BandFigure.Run),
        Task("floors", "Floors against learning rate, batch, noise and exponent", 6, FloorFigure.Run),
        Task("stability", "The edge of stability in mean square", 3, StabilityFigure.Run),
        Task("map", "Where the mean field breaks", 6, BreakdownMap.Run),
        Task("samples", "Scaling of the loss with samples", 8, SampleFigure.Run),
    ];

    /// <summary>The problem of these tasks: teacher all ones, alternating start.</summary>
    public static PhaseRetrievalProblem Problem(long dimension, double exponent, double noise) => new()
    {
        Spectrum = Spectrum.PowerLaw(dimension, exponent),
        Teacher = Teacher.Ones(),
        Start = Start.Alternating(),
        Noise = noise,
    };

    /// <summary>The edge of stability in mean square.</summary>
    public static double Edge(PhaseRetrievalProblem problem, int batch = 1) => TeacherFluctuations.Of(problem, problem.Modes(), batch).LargestRate();

    /// <summary>The standard deviation between runs of a column, in every row.</summary>
    public static double[] Deviation(Solution runs, string observable, int replicas) => [.. runs[observable + ReplicaColumns.Error].Select(error => error * Math.Sqrt(replicas))];

    /// <summary>How many replicas diverged: the status begins with the number.</summary>
    public static int Diverged(Solution runs) => runs.Status.Outcome != SolveOutcome.Diverged ? 0 : int.Parse(runs.Status.Message.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static ReproductionTask Task(string id, string title, double weight, Func<IProgress<Progress>?, CancellationToken, ReproductionResult> run) => new()
    {
        Id = $"beyond-discrete-{id}",
        Title = title,
        Weight = weight,
        Run = run,
    };
}
