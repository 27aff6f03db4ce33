using Eigenflow.Schedules;

namespace Eigenflow.Systems;

/// <summary>The parameters <c>schedule</c>, <c>final</c> and <c>decay-steps</c>, which every system with update steps shares, and how they become a schedule.</summary>
public static class ScheduleParameters
{
    /// <summary>Names of the three parameters, for the tables of methods.</summary>
    public static IReadOnlyList<string> Names { get; } = ["schedule", "final", "decay-steps"];

    /// <summary>The rows of the parameter table.</summary>
    /// <param name="peakName">Name of the parameter that holds the peak, such as <c>learning-rate</c>.</param>
    /// <param name="belongsToProblem">Whether they belong to the problem and not to methods.</param>
    /// <param name="defaultSchedule">The default shape.</param>
    public static IReadOnlyList<ParameterInfo> Rows(string peakName, bool belongsToProblem = false, string defaultSchedule = "constant") =>
    [
        new()
        {
            Name = "schedule", Symbol = "η_k", Kind = ParameterKind.Text, Default = defaultSchedule, Choices = ScheduleText.Forms, Examples = ScheduleText.Examples, BelongsToProblem = belongsToProblem,
            Help = $"Shape of the learning rate over the steps; {peakName} is its largest value. A file holds the rates themselves, one per step or in the columns step and learning_rate.",
        },
        new()
        {
            Name = "final", Symbol = "b", Kind = ParameterKind.Number, Minimum = 0, BelongsToProblem = belongsToProblem,
            Help = "Learning rate at the end of the schedule; by default a hundredth of the peak where the decay is exponential, and 0 otherwise.",
        },
        new()
        {
            Name = "decay-steps", Symbol = "K₂", Kind = ParameterKind.Integer, Minimum = 1, Maximum = 1e15, BelongsToProblem = belongsToProblem,
            Help = "Steps over which wsd decays; by default a fifth of all.",
        },
    ];

    /// <summary>Makes the schedule of a completed setting.</summary>
    /// <param name="setting">A completed setting with the three parameters, the peak and the number of steps.</param>
    /// <param name="peakName">Name of the parameter that holds the peak.</param>
    /// <param name="stepsName">Name of the parameter that holds the number of steps.</param>
    /// <exception cref="ParameterException">They do not fit each other.</exception>
    public static LearningRateSchedule Schedule(Setting setting, string peakName, string stepsName = "steps")
    {
        try
        {
            return new LearningRateSchedule(
                ScheduleText.Parse((string)setting["schedule"]!), (double)setting[peakName]!, (long)setting[stepsName]!, (double?)setting["final"], (long?)setting["decay-steps"]);
        }
        catch (ParameterException exception) when (exception.Parameter == "peak")
        {
            throw new ParameterException(peakName, exception.Value, exception.Allowed, exception.Remedy);
        }
    }

    /// <summary>Checks a setting whose method reads a schedule, and writes the shape, the final rate and the decay steps in their canonical form.</summary>
    /// <param name="given">What the user set.</param>
    /// <param name="completed">The setting with the defaults of the table.</param>
    /// <param name="peakName">Name of the parameter that holds the peak.</param>
    /// <param name="stepsName">Name of the parameter that holds the number of steps.</param>
    /// <returns>The setting, with <c>final</c> and <c>decay-steps</c> where the shape reads them.</returns>
    /// <exception cref="ParameterException">They do not fit each other.</exception>
    public static Setting Check(Setting given, Setting completed, string peakName, string stepsName = "steps")
    {
        var schedule = Schedule(completed, peakName, stepsName);
        if (schedule.Shape.HasOwnRates)
        {
            // A completed setting holds the peak of the file and can be completed again.
            if (given[peakName] is { } peak && !(peak is double number && number == schedule.Peak))
                throw new ParameterException(peakName, Setting.Format(peak), $"left out with schedule = {schedule.Shape.Text}", "the file holds the learning rates");
            completed = completed.With(peakName, schedule.Peak);
        }

        completed = completed.With("schedule", schedule.Shape.Text);
        if (schedule.Shape.HasFinal)
            completed = completed.With("final", schedule.Final);
        return schedule.Shape.HasDecaySteps ? completed.With("decay-steps", schedule.DecaySteps) : completed;
    }
}
