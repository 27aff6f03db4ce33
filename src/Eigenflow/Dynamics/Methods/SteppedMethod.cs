using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Solutions;

namespace Eigenflow.Dynamics;

/// <summary>A method that counts update steps, and says which of them are saved.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record SteppedMethod<TProblem> : Method<TProblem>
    where TProblem : IProblem
{
    /// <summary>The steps to save, or null for a grid over all.</summary>
    public IReadOnlyList<long>? AtSteps { get; init; }

    /// <summary>Number of logarithmically spaced steps that are saved where none are asked for. Default 200: smooth at the width of a figure.</summary>
    public int Points { get; init; } = GridParameters.DefaultPoints;

    internal override Method<TProblem> Configured(SettingView setting) => this with { AtSteps = GridParameters.Steps(setting), Points = setting[GridParameters.Points] };

    /// <summary>How many steps of the grid are even in the logarithm and how many are even; half of the second kind show a decay at the end.</summary>
    private protected virtual (int Logarithmic, int Even) Layout => (Math.Max(2, Points), 0);

    /// <summary>The column of the saved steps.</summary>
    /// <param name="steps">The steps.</param>
    private protected static Observable StepColumn(IEnumerable<long> steps) => GridParameters.Step.Column([.. steps.Select(step => (double)step)]);

    /// <summary>The saved steps.</summary>
    /// <param name="steps">Number of steps K.</param>
    private protected long[] Grid(long steps)
    {
        if (AtSteps is { } given)
        {
            return given.Count > 0 && given.All(step => step >= 0 && step <= steps)
                ? [.. given.Distinct().Order()]
                : throw new ParameterException("at-steps", given.Count == 0 ? "(empty)" : given.First(step => step < 0 || step > steps), $"a list of step numbers from 0 to steps = {steps}, such as 100,1000");
        }

        return TimeGrid.Steps(steps, Layout.Logarithmic, Layout.Even);
    }
}

/// <summary>A method that counts update steps and has the learning rates of them as its own.</summary>
/// <typeparam name="TProblem">The problems that it solves.</typeparam>
public abstract record ScheduledMethod<TProblem> : SteppedMethod<TProblem>
    where TProblem : IProblem
{
    /// <summary>Learning rate η &gt; 0 per step, the largest of the schedule, or null for the default of the system. Not read by a schedule from a file.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Shape of the learning rate over the steps. Default constant.</summary>
    public ScheduleShape ScheduleShape { get; init; } = new ConstantShape();

    /// <summary>Final learning rate of the schedule, or null for the shape's own.</summary>
    public double? FinalLearningRate { get; init; }

    /// <summary>Steps over which the schedule decays, for shapes that have them; null for a fifth of all.</summary>
    public long? DecaySteps { get; init; }

    /// <summary>Number of steps, ≥ 1, or null for the last of <see cref="SteppedMethod{TProblem}.AtSteps"/>, and the default of the system where there are none.</summary>
    public long? Steps { get; init; }

    internal override Method<TProblem> Configured(SettingView setting)
    {
        var schedule = ScheduleParameters.OfMethods.Schedule(setting);
        return (ScheduledMethod<TProblem>)base.Configured(setting) with
        {
            ScheduleShape = schedule.Shape,
            LearningRate = schedule.Peak,
            Steps = schedule.Steps,
            FinalLearningRate = setting[ScheduleParameters.OfMethods.Final],
            DecaySteps = setting[ScheduleParameters.OfMethods.DecaySteps],
        };
    }

    /// <summary>The learning rate of a problem where none is given; by default one has to be.</summary>
    private protected virtual double DefaultRate(TProblem problem) => throw new ParameterException("learning-rate", null, "a finite number > 0", "this method has no default");

    /// <summary>The number of steps of a problem where none is given; by default it has to be.</summary>
    private protected virtual long DefaultSteps(TProblem problem, double learningRate) => throw new ParameterException("steps", null, "a whole number >= 1", "this method has no default");

    /// <summary>Checks the options that a method has of its own.</summary>
    private protected virtual void CheckOptions()
    {
    }

    /// <summary>Checks the options and gives the learning rates of all steps.</summary>
    private protected LearningRateSchedule Schedule(TProblem problem)
    {
        CheckOptions();
        if (LearningRate is { } given && (!(given > 0) || !double.IsFinite(given)))
            throw new ParameterException("learning-rate", given, "a finite number > 0");
        if (Steps is < 1)
            throw new ParameterException("steps", Steps, "a whole number >= 1");
        var rate = LearningRate ?? DefaultRate(problem);
        var steps = Steps ?? (AtSteps is { Count: > 0 } saved ? Math.Max(1, saved.Max()) : DefaultSteps(problem, rate));
        return new LearningRateSchedule(ScheduleShape, rate, steps, FinalLearningRate, DecaySteps);
    }
}
