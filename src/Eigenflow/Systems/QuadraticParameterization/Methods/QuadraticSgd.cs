using Eigenflow.Dynamics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.QuadraticParameterization;

/// <summary>
/// One-pass SGD with fresh Gaussian samples, as an ensemble of independent replicas: mean risk with standard error, median and quantiles (<c>risk-se</c>, <c>risk-median</c>, …). The risk of a state is exact, there is no test set.
/// Runs that diverge are counted (<c>diverged-fraction</c>) and never averaged in: means are over the others. Work per sample, mode and replica: one Gaussian and about 6 fused operations; memory 3 to 5 M doubles per replica.
/// The result does not depend on the number of threads.
/// </summary>
public sealed record QuadraticSgd : QuadraticDescent, ISampledMethod
{
    private const long LargestModel = 20_000_000;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>Samples per step B, 1 to 1e6.</summary>
    public long Batch { get; init; } = 1;

    /// <summary>Independent runs, 1 to 65535. Default 16: a standard error of a few per cent of the scatter of runs.</summary>
    public int Replicas { get; init; } = 16;

    /// <summary>Seed of the samples.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads; 0 uses every core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    private protected override long Samples => Batch;

    private protected override void CheckOptions()
    {
        if (Batch is < 1 or > 1_000_000)
            throw new ParameterException("batch", Batch, "a whole number from 1 to 1e6");
    }

    internal override Solution Solve(QuadraticProblem problem, SolveContext context)
    {
        var (schedule, warnings) = Prepare(problem);
        if (problem.ModelSize > LargestModel)
            throw new TooLargeException($"sgd with model-size = {problem.ModelSize}", problem.ModelSize * 40.0, LargestModel * 40.0, "use method = closure or flow, or a smaller model");
        var weights = QuadraticColumns.Weights(problem, KeepsWeights);
        var quantities = QuadraticColumns.Of(problem, weights);
        var shared = new SgdRule.Shared(problem, GradientFactor, Batch, weights);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = quantities.Count,
                Make = replica => new RuleTrajectory(new SgdRule(shared, Seed, replica), schedule, quantities.Count),
                StepWork = shared.Roots.Length * (double)Batch * (shared.Misalignment is null ? 2 : shared.Roots.Length),
                StateBytes = 40.0 * shared.Roots.Length,
                Identity = FormattableString.Invariant($"{problem.SystemId} {problem.Model} {problem.StartSlope:R} {shared.NoiseScale:R} {problem.Rotation:R} {problem.Seed} {GradientFactor:R} {Batch} {schedule.Identity}"),
                IdentityColumns = [shared.Roots, shared.Target],
                Divergence = step => new Divergence(FormattableString.Invariant($"diverged by step {step} (risk above a million times the first one)"), "reduce learning-rate"),
            },
            context);
        return Assemble(
            problem, [TimeColumn(schedule, ensemble.Steps), StepColumn(ensemble.Steps), .. quantities.SelectMany((quantity, k) => Columns(ensemble, quantity, k))],
            ensemble.Status, new SolverStatistics { Steps = ensemble.StepsDone, Evaluations = ensemble.StepsDone * Batch, StateSize = shared.Roots.Length, Modes = "full" }) with
        {
            Warnings = warnings,
            Summary = [new SummaryNumber("diverged-fraction", "diverged", ensemble.Diverged / (double)Replicas, "Fraction of the runs that diverged; they are in no mean.")],
        };
    }

    // Of slopes the mean alone: five columns for each of hundreds would hide the others.
    private static IEnumerable<Observable> Columns(EnsembleResult ensemble, NamedQuantity quantity, int statistic)
    {
        var columns = ensemble.Columns(quantity, (replica, row) => ensemble[replica, row, statistic]);
        return quantity == QuadraticColumns.Risk || quantity == QuadraticColumns.Product ? columns : columns.Take(1);
    }
}
