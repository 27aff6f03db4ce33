using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>A way to obtain a trajectory of a phase-retrieval problem. Immutable options; all defaults make sense alone.</summary>
public abstract record PhaseRetrievalMethod
{
    /// <summary>Name as hosts spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Number of logarithmically spaced rows that are saved where no rows are asked for. Default 200: smooth at the width of a figure.</summary>
    public int Points { get; init; } = 200;

    /// <summary>Solves.</summary>
    /// <param name="problem">The problem, already validated.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the solve early with the trajectory up to there.</param>
    internal abstract Solution Solve(PhaseRetrievalProblem problem, IProgress<Progress>? progress, CancellationToken cancellation);

    /// <summary>The solution with what all methods share.</summary>
    private protected Solution Assemble(
        PhaseRetrievalProblem problem, IReadOnlyList<Observable> columns, IReadOnlyDictionary<string, double?> events, SolveStatus status, SolverStatistics statistics) => new()
        {
            System = PhaseRetrievalSystem.Identifier,
            Method = Name,
            Setting = new Setting([
                new("dimension", problem.Spectrum.Dimension), new("noise", problem.Noise),
                new("escape-threshold", problem.EscapeThreshold), new("accuracy", problem.Accuracy)]),
            Observables = columns,
            Events = events,
            Status = status,
            Statistics = statistics,
        };
}

/// <summary>A method in continuous time.</summary>
public abstract record ContinuousMethod : PhaseRetrievalMethod
{
    /// <summary>End of the flow time, &gt; 0; null takes the power of ten at which the slowest mode has relaxed, t ≥ 1/(8 λ_min s*).</summary>
    public double? Until { get; init; }

    /// <summary>The times to save, and <see cref="Until"/> where it is given, or null for a logarithmic grid. A run ends at the last of them.</summary>
    public IReadOnlyList<double>? Times { get; init; }

    /// <summary>Relative tolerance of the solver, 1e-13 to 0.1. Default 1e-8: eight digits cost twice the work of five.</summary>
    public double RelativeTolerance { get; init; } = 1e-8;

    /// <summary>Saved times for a problem.</summary>
    private protected double[] Grid(double largestEigenvalue, double smallestEigenvalue, double overlap)
    {
        if (!(RelativeTolerance is >= 1e-13 and <= 0.1))
            throw new ParameterException("rtol", RelativeTolerance, "a number >= 1e-13 and <= 0.1");
        if (Until is { } until && (!(until > 0) || !double.IsFinite(until)))
            throw new ParameterException("until", until, "a finite time > 0");
        if (Times is { } given)
        {
            if (given.Count == 0)
                throw new ParameterException("times", "(empty)", "a list of times >= 0, such as 1,10,100");
            foreach (var time in given)
            {
                if (!(time >= 0) || !double.IsFinite(time))
                    throw new ParameterException("times", time, "a list of finite times >= 0, such as 1,10,100");
            }

            return [.. given.Concat(Until is { } end ? [end] : []).Distinct().Order()];
        }

        var last = Until ?? Math.Pow(10, Math.Ceiling(Math.Log10(1 / (8 * smallestEigenvalue * overlap)) - 1e-9));
        var first = Math.Min(0.01 / (8 * largestEigenvalue * overlap), last / 10);
        return TimeGrid.Logarithmic(first, last, Math.Max(2, Points));
    }
}

/// <summary>A method that counts update steps.</summary>
public abstract record DiscreteMethod : PhaseRetrievalMethod
{
    /// <summary>Learning rate η &gt; 0 per step, the largest of the schedule; flow time is the sum of the rates. Default 1e-3, the paper's. Not read by a schedule from a file.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Shape of the learning rate over the steps. Default constant, the paper's.</summary>
    public ScheduleShape ScheduleShape { get; init; } = new ConstantShape();

    /// <summary>Final learning rate of the schedule, or null for the shape's own.</summary>
    public double? FinalLearningRate { get; init; }

    /// <summary>Steps over which the schedule decays, for shapes that have them; null for a fifth of all.</summary>
    public long? DecaySteps { get; init; }

    /// <summary>Number of steps, ≥ 1.</summary>
    public long Steps { get; init; } = 100_000;

    /// <summary>The steps to save, or null for a logarithmic grid up to <see cref="Steps"/>.</summary>
    public IReadOnlyList<long>? AtSteps { get; init; }

    /// <summary>The learning rates of all steps.</summary>
    private protected LearningRateSchedule Schedule() => new(
        ScheduleShape, LearningRate, Math.Max(Steps, AtSteps?.DefaultIfEmpty(0).Max() ?? 0), FinalLearningRate, DecaySteps);

    /// <summary>Checks the options and gives the saved steps.</summary>
    private protected long[] Grid()
    {
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
            throw new ParameterException("learning-rate", LearningRate, "a finite number > 0");
        if (AtSteps is { } given)
        {
            if (given.Count == 0 || given.Any(step => step < 0))
                throw new ParameterException("at-steps", given.Count == 0 ? "(empty)" : given.Min(), "a list of step numbers >= 0, such as 100,1000");
            return [.. given.Distinct().Order()];
        }

        if (Steps < 1)
            throw new ParameterException("steps", Steps, "a whole number >= 1");
        return TimeGrid.Steps(Steps, Math.Max(2, Points));
    }
}
