using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Online training on fresh Gaussian batches as an ensemble of independent replicas from one start: every column is the mean over replicas, with its standard error (suffix <c>-se</c>),
/// median and quantiles. The result does not depend on the number of threads.
/// Work per step and replica: B d Gaussians, 2 B d m operations, and the direction; memory per replica (d + m) min(B, 1024) + 8 d m doubles. Events are those of the mean, located to the saved rows.
/// </summary>
public sealed record MiniBatchDescent : DescentMethod, ISampledMethod
{
    /// <inheritdoc/>
    public override string Name => Rule.Direction switch
    {
        GradientDirection => "sgd",
        NewtonSchulzDirection => "muon",
        _ => RuleName + "-sgd",
    };

    /// <summary>Batch size B, 1 to 10⁷. Default 256.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>Independent runs, 1 to 65535. Default 8.</summary>
    public int Replicas { get; init; } = 8;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core.</summary>
    public int Threads { get; init; }

    internal override Solution Solve(SpectralDescentProblem problem, SolveContext context)
    {
        if (Batch is < 1 or > 10_000_000)
            throw new ParameterException("batch", Batch, "a whole number from 1 to 1e7");
        var schedule = Schedule(problem);
        var system = MatrixSystem.Of(problem);
        var clock = Stopwatch.StartNew();
        double size = (double)system.Dimension * system.Width, piece = (system.Dimension + system.Width) * (double)Math.Min(Batch, BatchGradient.LargestPiece);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = DescentColumns.All.Count,
                Make = replica => new MatrixEngine(system, new BatchGradient(system, Batch, Seed, replica), Rule, schedule),
                StepWork = new MatrixEngine(system, new BatchGradient(system, Batch, Seed, 0), Rule, schedule).StepWork,
                StateBytes = sizeof(double) * ((8 * size) + piece),
                Identity = FormattableString.Invariant($"{problem.SystemId} {Name} {Rule} {Batch} {schedule.Identity} {system.Width} {system.Loud} {system.Quiet}"),
                IdentityColumns = [system.Eigenvalues, system.Teacher, system.Start],
                Divergence = step => DescentPhases.Diverged(step, Rule, system),
            },
            context);
        Observation Mean(int row) => DescentColumns.Row(statistic => ensemble.Mean(row, statistic));
        var tracker = DescentPhases.Track(system, Rule, LossTarget, ensemble.Steps, [.. Enumerable.Range(0, ensemble.Steps.Length).Select(Mean)]);
        var warnings = DescentWarnings.Of(problem, Rule, schedule, system.Eigenvalues[system.Loud], DescentPhases.SignalVariance(system), isBlocks: false).ToList();
        if (Rule.Direction.IsSignLike && Rule.Momentum == 0 && Batch < Math.Min(system.Dimension, system.Width))
            warnings.Add($"batch = {Batch} is smaller than the dimension: a gradient has rank {Batch} at most, so that a step moves {Batch} directions only; raise batch, or use momentum");
        return Assemble(problem, schedule, DescentColumns.OfReplicas(ensemble, schedule), tracker, ensemble.Status, new SolverStatistics
        {
            Steps = ensemble.StepsDone,
            Evaluations = ensemble.StepsDone * Batch,
            StateSize = system.Dimension * (long)system.Width,
            Modes = "matrix",
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, warnings);
    }
}
