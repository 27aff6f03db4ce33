using Eigenflow.Schedules;
using Eigenflow.Settings;

namespace Eigenflow.Dynamics;

/// <summary>The parameters of a learning-rate schedule, which every system with update steps shares, and how they become a schedule.</summary>
internal sealed class ScheduleParameters
{
    /// <summary>The number of steps, whatever its default.</summary>
    public static readonly Parameter<long?> Steps = Parameter.OptionalWhole("steps", "K", "Number of update steps.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(10, 1e9) };

    private static readonly Parameter<long?> Decay = Parameter.OptionalWhole("decay-steps", "K₂", "Steps over which wsd decays; by default a fifth of all.", ValueRange.Within(1, 1e15)) with { Usual = UsualRange.Decades(1, 1e8) };

    private static readonly Parameter<double?> End = Parameter.OptionalNumber(
        "final", "b", "Learning rate at the end of the schedule; by default a hundredth of the peak where the decay is exponential, and 0 otherwise.", ValueRange.NotNegative) with
    { Usual = UsualRange.ZeroAndDecades(1e-6, 1) };

    private static readonly Parameter<double?> LatePart = Parameter.OptionalNumber(
        "decay-fraction", "f", "Last part of the run over which the schedule decays, after its peak; by default all of it. For shapes without a stable part of their own.", ValueRange.Above(0).UpTo(1));

    /// <summary>The schedule of methods with learning rates of their own.</summary>
    public static readonly ScheduleParameters OfMethods = new("learning-rate");

    /// <param name="peakName">Name of the parameter that holds the largest learning rate.</param>
    /// <param name="shape">The default shape.</param>
    public ScheduleParameters(string peakName, string shape = "constant")
    {
        Peak = Parameter.OptionalNumber(peakName, "η", "", ValueRange.Positive) with { Usual = UsualRange.Decades(1e-5, 10) };
        Shape = Parameter.Text(
            "schedule", "η_k", shape, $"Shape of the learning rate over the steps; {peakName} is its largest value. A file holds the rates themselves, one per step or in the columns step and learning_rate.",
            ScheduleText.Forms, ScheduleText.Parse, parsed => parsed.Text) with
        { Examples = ScheduleText.Examples };
        All = [Shape, End, Decay, LatePart];
    }

    /// <summary>Reads the largest learning rate, whatever the default that a system declares.</summary>
    public Parameter<double?> Peak { get; }

    /// <summary>The shape.</summary>
    public Parameter<ScheduleShape> Shape { get; }

    /// <summary>The final rate.</summary>
    public Parameter<double?> Final { get; } = End;

    /// <summary>The decay steps.</summary>
    public Parameter<long?> DecaySteps { get; } = Decay;

    /// <summary>The part over which a shape decays.</summary>
    public Parameter<double?> DecayFraction { get; } = LatePart;

    /// <summary>Shape, final rate, decay steps and decay fraction, for the tables of systems and methods.</summary>
    public IReadOnlyList<Parameter> All { get; }

    /// <summary>The shape of a setting with the part over which it decays.</summary>
    /// <exception cref="ParameterException">A part for a shape that does not take one.</exception>
    public ScheduleShape ShapeOf(SettingView setting)
    {
        var shape = setting.Get(Shape);
        if (setting[LatePart] is not { } part)
            return shape;
        var inner = shape is WarmupShape warmed ? warmed.Rest : shape;
        if (!LateDecayShape.Allows(inner))
            throw new ParameterException(LatePart.Name, part, $"left out with schedule = {shape.Text}", ScheduleText.LateDecays);
        if (part == 1)
            return shape;
        var late = new LateDecayShape(part, inner);
        return shape is WarmupShape before ? before with { Rest = late } : late;
    }

    /// <summary>Makes the schedule of a setting that holds the peak and the number of steps.</summary>
    /// <exception cref="ParameterException">They do not fit each other.</exception>
    public LearningRateSchedule Schedule(SettingView setting)
    {
        try
        {
            return new LearningRateSchedule(ShapeOf(setting), setting[Peak] ?? 0, setting[Steps] ?? 0, setting[End], setting[Decay]);
        }
        catch (ParameterException exception) when (exception.Parameter == "peak")
        {
            throw new ParameterException(Peak.Name, exception.Value, exception.Allowed, exception.Remedy);
        }
    }

    /// <summary>Checks a setting whose method reads a schedule, and writes the shape, the final rate and the decay steps in their canonical form.</summary>
    /// <exception cref="ParameterException">They do not fit each other.</exception>
    public void Check(SettingDraft draft) => Complete(draft, Schedule(draft));

    /// <summary>The same with the schedule of a setting whose steps are not those of a parameter.</summary>
    /// <exception cref="ParameterException">A peak beside a file that holds the rates.</exception>
    public void Complete(SettingDraft draft, LearningRateSchedule schedule)
    {
        if (schedule.Shape.HasOwnRates)
        {
            // A completed setting holds the peak of the file and is the completed form of itself.
            if (draft.Given[Peak.Name] is { } peak && !(peak is double number && number == schedule.Peak))
                throw new ParameterException(Peak.Name, Setting.Format(peak), $"left out with schedule = {schedule.Shape.Text}", "the file holds the learning rates");
            draft.Set(Peak, schedule.Peak);
        }

        draft.Set(Shape, draft.Get(Shape));
        if (schedule.Shape.HasFinal)
            draft.Set(End, schedule.Final);
        if (schedule.Shape.HasDecaySteps)
            draft.Set(Decay, schedule.DecaySteps);
    }
}
