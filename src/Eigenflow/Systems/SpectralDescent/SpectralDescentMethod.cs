using Eigenflow.Schedules;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>A way to obtain a trajectory: a source of gradients with an update rule and a schedule. Immutable options; all defaults make sense alone.</summary>
public abstract record SpectralDescentMethod
{
    /// <summary>What is done with a gradient. Default: gradient descent.</summary>
    public UpdateRule Rule { get; init; } = UpdateRule.GradientDescent;

    /// <summary>Largest learning rate η &gt; 0, or null for <see cref="DefaultRates"/>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Number of steps K ≥ 1, or null for <see cref="DefaultRates"/>.</summary>
    public long? Steps { get; init; }

    /// <summary>Shape of the learning rate over the steps. Default: constant.</summary>
    public ScheduleShape Schedule { get; init; } = new ConstantShape();

    /// <summary>Learning rate at the end of the schedule, or null for the shape's own.</summary>
    public double? FinalRate { get; init; }

    /// <summary>Decay steps of the schedule, or null for a fifth of all.</summary>
    public long? DecaySteps { get; init; }

    /// <summary>The steps to save, or null for a grid of <see cref="Points"/>, half of them even in the logarithm and half of them even.</summary>
    public IReadOnlyList<long>? AtSteps { get; init; }

    /// <summary>Number of saved rows of the grid. Default 200: smooth at the width of a figure.</summary>
    public int Points { get; init; } = 200;

    /// <summary>Name as hosts spell it, such as <c>gd</c> or <c>full-spectral</c>.</summary>
    public abstract string Name { get; }

    internal abstract Solution Solve(SpectralDescentProblem problem, IProgress<Progress>? progress, CancellationToken cancellation);

    /// <summary>Whether gradients are those of finite batches.</summary>
    private protected virtual bool IsSampled => false;

    /// <summary>The name of the rule within the names of methods.</summary>
    private protected string RuleName => Rule.Direction switch
    {
        GradientDirection => "gd",
        PolarDirection => "spectral",
        PowerDirection => "fractional",
        _ => "muon",
    };

    /// <summary>Checks the options and makes the schedule.</summary>
    private protected LearningRateSchedule MakeSchedule(SpectralDescentProblem problem)
    {
        Rule.Validate();
        if (LearningRate is { } rate && (!(rate > 0) || !double.IsFinite(rate)))
            throw new ParameterException("learning-rate", rate, "a finite number > 0");
        if (Steps is < 1)
            throw new ParameterException("steps", Steps, "a whole number >= 1");
        var defaults = DefaultRates.Of(problem, Rule, IsSampled);
        var learningRate = LearningRate ?? defaults.LearningRate;
        var steps = Steps ?? (AtSteps is { Count: > 0 } given ? Math.Max(1, given.Max()) : defaults.StepsAt(learningRate));
        return new LearningRateSchedule(Schedule, learningRate, steps, FinalRate, DecaySteps);
    }

    /// <summary>The saved steps.</summary>
    private protected long[] Grid(LearningRateSchedule schedule)
    {
        if (AtSteps is { } given)
        {
            return given.Count > 0 && given.All(step => step >= 0 && step <= schedule.Steps)
                ? [.. given.Distinct().Order()]
                : throw new ParameterException("at-steps", given.Count == 0 ? "(empty)" : given.Max(), $"a list of step numbers from 0 to the number of steps {schedule.Steps}");
        }

        var half = Math.Max(2, Points / 2);
        var even = Enumerable.Range(0, half + 1).Select(k => (long)Math.Round((double)schedule.Steps * k / half));
        return [.. TimeGrid.Steps(schedule.Steps, half).Concat(even).Distinct().Order()];
    }

    /// <summary>The solution with what all methods share.</summary>
    private protected Solution Assemble(
        SpectralDescentProblem problem, LearningRateSchedule schedule, IReadOnlyList<Observable> columns, PhaseTracker tracker, SolveStatus status, SolverStatistics statistics, IEnumerable<string> warnings) => new()
        {
            System = SpectralDescentSystem.Identifier,
            Method = Name,
            Setting = new Setting([
                new("dimension", problem.Covariance.Dimension), new("start-scale", problem.Start.Scale), new("learning-rate", schedule.Peak), new("steps", schedule.Steps)]),
            Observables = columns,
            Events = tracker.Times(schedule.TimeAt),
            Summary = tracker.Summary(),
            Status = status,
            Statistics = statistics,
            Warnings = [.. warnings],
        };
}
