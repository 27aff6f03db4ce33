using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>A way to obtain a trajectory: a source of gradients with an update rule and a schedule. Learning rate and steps are by default those of <see cref="DefaultRates"/>.</summary>
public abstract record DescentMethod : ScheduledMethod<SpectralDescentProblem>
{
    /// <summary>What is done with a gradient. Default: gradient descent.</summary>
    public UpdateRule Rule { get; init; } = UpdateRule.GradientDescent;

    /// <summary>The loss at which runs count as done where no other is asked for.</summary>
    internal const double UsualLossTarget = 1e-3;

    /// <summary>L at which the event <c>target</c> is reached. Default 1e-3.</summary>
    public double LossTarget { get; init; } = UsualLossTarget;

    /// <summary>The name of the rule within the names of methods.</summary>
    private protected string RuleName => Rule.Direction switch
    {
        GradientDirection => "gd",
        PolarDirection => "spectral",
        PowerDirection => "fractional",
        _ => "muon",
    };

    // Phases of growth are even in the logarithm, and those at the end in the step.
    private protected override (int Logarithmic, int Even) Layout => (Math.Max(2, Points / 2), Math.Max(2, Points / 2));

    private protected override double DefaultRate(SpectralDescentProblem problem) => DefaultRates.Of(problem, Rule, this is MiniBatchDescent).LearningRate;

    private protected override long DefaultSteps(SpectralDescentProblem problem, double learningRate) => DefaultRates.Of(problem, Rule, this is MiniBatchDescent).StepsAt(learningRate);

    private protected override void CheckOptions()
    {
        Rule.Validate();
        if (!(LossTarget > 0) || !double.IsFinite(LossTarget))
            throw new ParameterException("loss-target", LossTarget, "a number > 0");
    }

    /// <summary>The solution with what all methods share.</summary>
    private protected Solution Assemble(
        SpectralDescentProblem problem, LearningRateSchedule schedule, IReadOnlyList<Observable> columns, PhaseTracker tracker, SolveStatus status, SolverStatistics statistics, IEnumerable<string> warnings)
    {
        var solution = Assemble(problem, columns, status, statistics, tracker.Times(schedule.TimeAt));
        return solution with
        {
            Setting = solution.Setting.With(SpectralDescentParameters.LearningRate, schedule.Peak).With(SpectralDescentParameters.Steps, schedule.Steps),
            Summary = tracker.Summary(),
            Warnings = [.. warnings],
        };
    }
}
