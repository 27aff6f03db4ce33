using System.Diagnostics;
using Eigenflow.Dynamics;
using Eigenflow.Solutions;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Full-batch gradient descent on a fixed set of n Gaussian rows, over replicas with rows of their own and one teacher and start: means, bands, <c>loss</c> of the population and <c>loss-train</c> of the rows. Work per step and replica 4 n d;
/// memory n d doubles per replica. The result does not depend on the number of threads.
/// </summary>
public sealed record FiniteSampleDescent : DescentMethod, ISampledMethod
{
    /// <summary>Alignment |u|/√(s s*) from which on the teacher counts as recovered.</summary>
    internal const double Recovered = 0.95;

    private const double LargestNumbers = 4e8;

    /// <summary>The loss over the rows.</summary>
    internal static readonly NamedQuantity TrainLoss = new("loss-train", "L_train", "Mean of (⟨x, w⟩² − y)² over the rows that a finite sample trains on, label noise included; loss is that of the population without noise.");

    /// <inheritdoc/>
    public override string Name => "finite-sample";

    /// <summary>Number of rows n ≥ 1. Default 1000.</summary>
    public int Samples { get; init; } = 1000;

    /// <inheritdoc/>
    public int Replicas { get; init; } = 16;

    /// <inheritdoc/>
    public long Seed { get; init; } = 1;

    /// <inheritdoc/>
    public int Threads { get; init; }

    internal override Solution Solve(PhaseRetrievalProblem problem, SolveContext context)
    {
        problem.RequirePlain(Name);
        var schedule = Schedule(problem);
        if (Samples < 1)
            throw new ParameterException("samples", Samples, "a whole number >= 1");
        SampledParameters.Check(this);
        var numbers = (double)Samples * problem.Spectrum.Dimension;
        if (numbers > LargestNumbers)
        {
            throw new TooLargeException(
                FormattableString.Invariant($"finite-sample with samples = {Samples} and dimension = {problem.Spectrum.Dimension}"), sizeof(double) * numbers, sizeof(double) * LargestNumbers, "use method = sgd, which draws fresh samples, or fewer samples");
        }

        var clock = Stopwatch.StartNew();
        var modes = problem.Modes(ModeRepresentation.Full, context.Cancellation);
        var largest = Stability.LargestLearningRate(modes);
        var ensemble = Ensemble.Run(
            new EnsemblePlan
            {
                Options = this,
                Grid = Grid(schedule.Steps),
                Width = SgdTrajectory.Width,
                Make = replica => new SgdTrajectory(new FiniteSampleKernel(modes, Samples, problem.Noise, Seed, replica), modes, schedule),
                StepWork = 4 * numbers,
                SumsBySize = true,
                StateBytes = sizeof(double) * numbers,
                Identity = FormattableString.Invariant($"{problem.SystemId} {Name} {Samples} {schedule.Identity} {problem.Noise:R}"),
                IdentityColumns = [modes.Eigenvalues, modes.Teacher, modes.Start],
                Watch = new EnsembleWatch(PhaseEvents.Described, () => new PhaseWatch(problem, modes), schedule.TimeAt),
                Divergence = step => Diverged(step, schedule.Peak, largest),
            },
            context);
        return Assemble(problem, OnlineSgd.Columns(ensemble, schedule, TrainLoss), ensemble.Status, new SolverStatistics
        {
            Steps = ensemble.StepsDone,
            Evaluations = ensemble.StepsDone * Samples,
            StateSize = modes.Size,
            Modes = modes.RepresentationName,
            WallSeconds = clock.Elapsed.TotalSeconds,
        }, ensemble.Events) with
        {
            Summary =
            [
                new("effective-dimension", "d_eff", EffectiveDimension(modes), "(tr Q)²/tr Q²: the number of modes that the covariance is spread over; errors of the empirical gradient are of the order of √(d_eff/n)."),
                .. Recovery(ensemble, modes.TeacherOverlap),
                .. ensemble.Summary,
            ],
        };
    }

    /// <summary>(Σ λ)²/Σ λ².</summary>
    internal static double EffectiveDimension(WeightedModes modes)
    {
        var trace = modes.SumOverModes(value => value);
        return trace * trace / modes.SumOverModes(value => value * value);
    }

    // Of the runs that did not diverge, at the last row.
    private static SummaryNumber[] Recovery(EnsembleResult ensemble, double overlap)
    {
        var last = ensemble.Steps.Length - 1;
        return last < 0 || ensemble.Replicas.Length == 0 ? [] :
        [
            new("recovered", "P", Enumerable.Range(0, ensemble.Replicas.Length).Average(replica => IsRecovered(replica) ? 1.0 : 0), DisplayText.Plain($"Part of the replicas that recovered the teacher: |u|/√(s s*) >= {Recovered} at the last row.")),
        ];

        bool IsRecovered(int replica) => Math.Abs(ensemble[replica, last, SgdTrajectory.TeacherOverlap]) >= Recovered * Math.Sqrt(ensemble[replica, last, 0] * overlap);
    }
}
