using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.FunctionalScalingLaw.Kernels;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// One-pass SGD with fresh Gaussian samples, as an ensemble of independent replicas: the mean loss over replicas with its standard error (<c>loss-se</c>), median and
/// quantiles. The risk of a state is evaluated exactly from δ. Random projections are simulated in their eigenbasis, which is
/// the same in law. Work per step and replica: M Gaussians and 3 M fused operations per sample; memory 4 M doubles per replica. The result does not depend on the number of threads.
/// </summary>
public sealed record OnlineSgd : ScalingLawMethod, ISampledMethod
{
    private const long LargestModel = 100_000_000;
    private const double BytesPerMode = 32;

    // A risk beyond this multiple of the first is on its way to infinity.
    private const double LargestGrowth = 1e9;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Independent runs, 1 to 65535. Default 64: a standard error of a few per cent.</summary>
    public int Replicas { get; init; } = 64;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Momentum; none by default. Then δ and the last move are the state, 6 M doubles per replica, and the label noise is one more coordinate of a sample.</summary>
    public MomentumOptions Momentum { get; init; } = MomentumOptions.None;

    internal override Solution Solve(ScalingLawProblem problem, SolveContext context)
    {
        SampledParameters.Check(this);
        Momentum.Validate();
        var grid = Grid(problem.Schedule.Steps);
        if (problem.ModelSize > LargestModel)
            throw new TooLargeException($"sgd with model-size = {problem.ModelSize}", problem.ModelSize * 40.0, LargestModel * 40.0, "use method = exact, which gives the mean at once, or a smaller model");
        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(ModeRepresentation.Full);
        var stability = StabilityLimit.Of(problem, modes, Momentum);
        var roots = SgdKernel.PaddedRoots(modes.Eigenvalues);
        double[] start = [.. modes.SignalWeights.Select((signal, j) => -Math.Sqrt(signal / modes.Eigenvalues[j]))];
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = grid,
                Width = 1,
                Make = replica => Momentum.IsActive
                    ? new MomentumTrajectory(new MomentumSgdKernel(roots, start, problem.Noise + (2 * modes.Approximation), Momentum, Seed, replica), problem.Schedule, problem.Batch, modes.Approximation, LargestGrowth * (modes.InitialLoss + problem.Noise))
                    : new SgdTrajectory(new SgdKernel(roots, start, problem.Noise + (2 * modes.Approximation), problem.Batch.Largest > 1, Seed, replica), problem.Schedule, problem.Batch, modes.Approximation, LargestGrowth * (modes.InitialLoss + problem.Noise)),
                StepWork = modes.Size * (double)problem.Batch.Largest,
                StateBytes = (Momentum.IsActive ? 2 : 1) * BytesPerMode * modes.Size,
                Identity = FormattableString.Invariant($"{problem.SystemId} {problem.Schedule.Identity} {problem.Batch.Text} {problem.Noise:R} {modes.Approximation:R}{Momentum.Identity}"),
                IdentityColumns = [modes.Eigenvalues, modes.SignalWeights],
                Divergence = step => Diverged(FormattableString.Invariant($"diverged at step {step} (excess risk above 1e9 of the first one)"), stability),
            },
            context);
        return Assemble(problem, Columns(problem, ensemble), ensemble.Status, new SolverStatistics
        {
            Steps = ensemble.StepsDone,
            Evaluations = ensemble.StepsDone * problem.Batch.First,
            StateSize = modes.Size,
            Modes = modes.Representation,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, stability);
    }

    // The parts of the loss that are not random are those of the exact moments.
    private List<Observable> Columns(ScalingLawProblem problem, EnsembleResult ensemble)
    {
        var theory = problem.Solve(new ExactMoments { AtSteps = ensemble.Steps.Length == 0 ? [0] : ensemble.Steps, Modes = ModeRepresentation.Full, Momentum = Momentum });
        var rows = Enumerable.Range(0, Math.Min(ensemble.Steps.Length, theory.Times.Length)).Select(row =>
        {
            double mean = ensemble.Mean(row, 0), approximation = theory["approximation"][row], signal = theory["signal"][row];
            return new LossRow(theory.Times[row], mean, approximation, signal, mean - approximation - signal);
        }).ToArray();
        var columns = LossRows.Columns(problem, ensemble.Steps[..rows.Length], rows);
        columns.AddRange(ReplicaColumns.Of(LossRows.Quantities[0], rows.Length, ensemble.Replicas.Length, (replica, row) => ensemble[replica, row, 0]).Skip(1));
        return columns;
    }
}
