using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>A method that trains step by step and samples by the discrete sampler; training time is the number of steps.</summary>
public abstract record DescentMethod : SteppedMethod<DiffusionProblem>
{
    private const double MostNumbers = 1e8;

    /// <summary>Number of steps.</summary>
    public long Steps { get; init; } = 1000;

    /// <summary>The sampler, whose levels are trained.</summary>
    internal DiscreteSampler Sampler { get; init; } = DiscreteSampler.Default;

    /// <summary>Modes with columns, from 0.</summary>
    internal IReadOnlyList<int> Shown { get; init; } = [];

    private protected static Divergence Diverged(long step) => new(FormattableString.Invariant($"diverged by step {step} (the loss is a million times that of the start)"), "reduce learning-rate");

    private protected IReadOnlyList<int> ShownOf(DiffusionProblem problem) => Shown.Count > 0 ? Shown : [.. DiffusionParameters.DefaultModes(problem.Dimension).Select(mode => (int)mode - 1)];

    /// <summary>What helps beyond the edge of stability.</summary>
    internal static string Remedy(DiffusionProblem problem) => problem.Weighting == NoiseWeighting.Uniform ? "lower it, or use weighting = inverse" : "lower it";

    private protected LearningRateSchedule Schedule(DiffusionProblem problem)
    {
        if (Steps < 1)
            throw new ParameterException("steps", Steps, "a whole number >= 1");
        var edge = Stability.Edge(problem, Sampler);
        return problem.LearningRate < edge
            ? new LearningRateSchedule(new ConstantShape(), problem.LearningRate, Steps, null, null)
            : throw new ParameterException("learning-rate", problem.LearningRate, FormattableString.Invariant($"a number > 0 and < {edge:G6}, the edge of stability of update steps here"), Remedy(problem));
    }

    private protected static void CheckSize(string what, double numbers)
    {
        if (numbers > MostNumbers)
            throw new TooLargeException(what, 8 * numbers, 8 * MostNumbers, "use fewer modes or sampler-steps");
    }

    private protected static Observable[] Axes(IReadOnlyList<long> steps) => [DiffusionColumns.Time.Column([.. steps.Select(step => (double)step)]), DiffusionColumns.Step.Column([.. steps.Select(step => (double)step)])];
}

/// <summary>Gradient descent on the population loss at the levels of the discrete sampler: of gains, one by one, or of whole matrices where a mean or a start couples the modes.</summary>
public sealed record DiffusionDescent : DescentMethod
{
    /// <inheritdoc/>
    public override string Name => "gd";

    /// <inheritdoc/>
    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        var (schedule, shown) = (Schedule(problem), ShownOf(problem));
        CheckSize($"gd of {problem.Dimension} modes", problem.IsCoupled ? MatrixDescentRule.SizeOf(problem, Sampler) : GainDescentRule.SizeOf(problem, Sampler));
        StateRule rule = problem.IsCoupled ? new MatrixDescentRule(problem, Sampler, shown, 0, 0, 0) : new GainDescentRule(problem, Sampler, shown);
        var quantities = DiffusionColumns.Of(shown);
        var trajectory = new RuleTrajectory(rule, schedule, quantities.Count);
        var grid = Grid(Steps);
        var (rows, status) = SteppedRun.Run(trajectory, grid, context, () => Diverged(trajectory.Step));
        return Assemble(
            problem, [.. Axes(grid[..rows.Count]), .. quantities.Select((quantity, k) => quantity.Column([.. rows.Select(row => row[k])]))], status,
            new SolverStatistics { Steps = trajectory.Step, Evaluations = trajectory.Step, StateSize = rule.State.Length });
    }
}

/// <summary>SGD on batches of fresh Gaussian samples, or of the rows of a file, with fresh noise at every level, as an ensemble of independent runs. Samples of the trained networks have exactly the law that is told.</summary>
public sealed record DiffusionSgd : DescentMethod, ISampledMethod
{
    /// <summary>Largest number of modes.</summary>
    public const int LargestDimension = 256;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Samples per step B.</summary>
    public int Batch { get; init; } = 16;

    /// <inheritdoc/>
    public int Replicas { get; init; } = 4;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    /// <inheritdoc/>
    internal override Solution Solve(DiffusionProblem problem, SolveContext context)
    {
        Check(problem);
        var (schedule, shown) = (Schedule(problem), ShownOf(problem));
        var size = MatrixDescentRule.SizeOf(problem, Sampler);
        CheckSize($"sgd of {problem.Dimension} modes", size);
        var quantities = DiffusionColumns.Of(shown);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(Steps),
                Width = quantities.Count,
                Make = replica => new RuleTrajectory(new MatrixDescentRule(problem, Sampler, shown, Batch, Seed, replica), schedule, quantities.Count),
                StepWork = 4.0 * size * Batch,
                StateBytes = 2 * sizeof(double) * size,
                Identity = Identity(problem, schedule, shown),
                Divergence = Diverged,
            },
            context);
        return Assemble(
            problem, [.. Axes(ensemble.Steps), .. quantities.SelectMany((quantity, k) => ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, k]))], ensemble.Status,
            new SolverStatistics { Steps = ensemble.StepsDone, Evaluations = ensemble.StepsDone * Batch, StateSize = (long)size }) with
        {
            Warnings = Stability.Edge(problem, Sampler, Batch) is var edge && problem.LearningRate >= edge
                ? [DisplayText.Plain($"the noise of batches of {Batch} makes steps grow from about learning-rate = {edge:G3} on; lower it, or raise batch")] : [],
        };
    }

    /// <summary>Refuses problems that it is not for.</summary>
    internal static void Check(DiffusionProblem problem)
    {
        if (problem.Dimension > LargestDimension)
            throw new ParameterException("dimension", problem.Dimension, $"a whole number from 1 to {LargestDimension} for the method sgd, which steps whole matrices");
    }

    private string Identity(DiffusionProblem problem, LearningRateSchedule schedule, IReadOnlyList<int> shown) => FormattableString.Invariant(
        $"{problem.SystemId} {Name} {problem.Architecture} {problem.Objective} {problem.Process} {problem.Weighting} {problem.Gain:R} {problem.Unbalance:R} {problem.SigmaMin:R} {problem.SigmaMax:R} {problem.SigmaData:R} {problem.WeightSigma:R} {Sampler} {Batch} {string.Join(',', shown)} {Hash(problem.Variances)} {Hash(problem.Mean)} {Hash(problem.Start?.Values ?? [.. (problem.Filter ?? []).SelectMany(gain => new[] { gain.Real, gain.Imaginary })])} {problem.Start?.Columns} {Hash(problem.Set.Rows)} {schedule.Identity}");

    private static string Hash(double[] values) => values.Length == 0 ? "-" : Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
}
