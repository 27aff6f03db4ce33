using Eigenflow.Dynamics;
using Eigenflow.Numerics.Networks;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>
/// Trains a small network as a denoiser with fresh samples, as an ensemble of independent replicas with initial parameters and samples of their own: losses, excess risk, equivariance error, variance of the gradient and
/// the quality of generated samples. Work per step and replica: about six times batch × parameters (times the elements of a group that the network is averaged over) fused operations beside the targets.
/// </summary>
internal sealed record NetworkTraining : ScheduledMethod<DiffusionProblem>, ISampledMethod
{
    /// <summary>Largest values of the options.</summary>
    public const int LargestBatch = 100_000, LargestWidth = 100_000, MostLevels = 10_000, MostTestSamples = 100_000, MostGenerated = 1_000_000;

    /// <inheritdoc/>
    public override string Name => "network";

    /// <inheritdoc/>
    public int Replicas { get; init; } = 4;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    /// <summary>Widths of the hidden layers; none is a linear map.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [48];

    /// <summary>Activation of the hidden units.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>How the network is made equivariant.</summary>
    public Equivariance Equivariance { get; init; } = Equivariance.None;

    /// <summary>Whether Adam trains it, and not plain SGD.</summary>
    public bool IsAdaptive { get; init; } = true;

    /// <summary>Number of noise levels T ≥ 1.</summary>
    public int Levels { get; init; } = 1;

    /// <summary>Smallest σ of several levels.</summary>
    public double SmallestSigma { get; init; } = 0.01;

    /// <summary>How the levels are weighted.</summary>
    public LossWeight Weight { get; init; } = LossWeight.Uniform;

    /// <summary>Samples per step B.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Samples of a test, and of a variance of gradients.</summary>
    public int TestSamples { get; init; } = 500;

    /// <summary>Samples that are generated for a row where there are several levels.</summary>
    public int Generated { get; init; } = 1000;

    private Optimiser Optimiser => IsAdaptive ? new Adam() : new GradientDescent();

    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        var schedule = Schedule(problem);
        var plan = Plan(problem, schedule);
        var quantities = NetworkMeasure.Of(plan);

        // What is too large is told before the replicas begin side by side.
        _ = new NetworkMeasure(plan, NetworkTrajectory.TestBatch);
        _ = new NetworkTrajectory(plan, 0);
        var shape = plan.Design.Shape;
        var work = 6.0 * Batch * shape.Count * (Equivariance == Equivariance.None ? 1 : problem.Group.DesignSize);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = quantities.Count,
                Make = replica => new NetworkTrajectory(plan, replica),
                StepWork = work + (100.0 * Batch * (problem.Dimension + (problem.Group.Work * problem.Templates.Count)) * (problem.Estimator.IsSampled() ? problem.Samples : 1)),
                StateBytes = StateBytes(plan),
                Identity = FormattableString.Invariant($"{Name} {ProblemIdentity.Of(problem)} {string.Join('-', Hidden)} {Activation} {Equivariance} {IsAdaptive} {Levels} {SmallestSigma:R} {Weight} {Batch} {TestSamples} {Generated} {schedule.Identity}"),
                IdentityColumns = ProblemIdentity.Columns(problem),
                Divergence = step => new Divergence(FormattableString.Invariant($"diverged by step {step} (training loss above 1e9 times that of a denoiser that gives zero)"), "reduce learning-rate"),
            },
            context);
        return Assemble(
            problem,
            [StepColumn(ensemble.Steps), .. quantities.SelectMany((quantity, k) => ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, k]))],
            ensemble.Status, new SolverStatistics { Steps = ensemble.StepsDone, Evaluations = ensemble.StepsDone * Batch, StateSize = shape.Count });
    }

    /// <summary>What the replicas share.</summary>
    internal TrainingPlan Plan(DiffusionProblem problem, Schedules.LearningRateSchedule schedule)
    {
        SampledParameters.Check(this);
        var design = new NetworkDesign(problem, new NoiseLevels(problem, SmallestSigma, Levels, Weight), Hidden, Activation, Equivariance);
        return new TrainingPlan(design, Optimiser, schedule, Batch, Seed, new DenoiserTest(design, TestSamples, Seed), Levels > 1 && !problem.IsTorus ? Generated : 0);
    }

    private protected override double DefaultRate(DiffusionProblem problem) => 1e-3;

    private protected override long DefaultSteps(DiffusionProblem problem, double learningRate) => SgdRates.DefaultSteps;

    private protected override void CheckOptions()
    {
        Whole("batch", Batch, 1, LargestBatch);
        Whole("levels", Levels, 1, MostLevels);
        Whole("test-samples", TestSamples, 2, MostTestSamples);
        Whole("generated", Generated, 1, MostGenerated);
        foreach (var width in Hidden)
            Whole("hidden", width, 1, LargestWidth);
    }

    private static void Whole(string name, int value, int smallest, int largest)
    {
        if (value < smallest || value > largest)
            throw new ParameterException(name, value, FormattableString.Invariant($"a whole number from {smallest} to {largest}"));
    }

    // Parameters with their memories and gradients, the units of the batch and of the tests, and samples.
    private double StateBytes(TrainingPlan plan)
    {
        var (shape, problem) = (plan.Design.Shape, plan.Design.Problem);
        var images = Equivariance == Equivariance.None ? 1 : problem.Group.DesignSize;
        return sizeof(double) * ((10.0 * shape.Count) + (3.0 * images * (Batch + NetworkTrajectory.TestBatch) * shape.Widths.Sum()) + ((5.0 * problem.Dimension) + problem.Group.Normals) * (Batch + (2 * TestSamples)));
    }
}
