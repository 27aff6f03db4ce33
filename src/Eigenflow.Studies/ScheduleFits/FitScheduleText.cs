using Eigenflow.Scaling.LossCurves;
using Eigenflow.Schedules;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What is typed for a fit of loss curves under schedules: the options of <c>eigenflow fit-schedule</c>, null where they are left out.</summary>
public sealed record FitScheduleText
{
    private static readonly Parameter<double> Rates = Parameter.Number("rate", 0, Parameter.LargestNumber);
    private static readonly Parameter<double> PositiveRates = Rates with { MinimumIsOpen = true };
    private static readonly Parameter<long> StepCounts = Parameter.Whole("steps", 1, StepRates.LargestSteps);

    /// <summary>Other schedules to forecast: files, or shapes such as <c>wsd</c>.</summary>
    public IReadOnlyList<string> Transfers { get; init; } = [];

    /// <summary>Whether the best schedule is looked for.</summary>
    public bool Optimize { get; init; }

    /// <summary>Whether every file is fitted alone and forecasts all others.</summary>
    public bool Each { get; init; }

    /// <summary>Steps of the proposed schedule.</summary>
    public string? Horizon { get; init; }

    /// <summary>Largest learning rate of the proposed schedule.</summary>
    public string? MaxRate { get; init; }

    /// <summary>Smallest learning rate of the proposed schedule.</summary>
    public string? MinRate { get; init; }

    /// <summary>Schedule of the fitted curves in place of a column.</summary>
    public string? Schedule { get; init; }

    /// <summary>Its largest learning rate.</summary>
    public string? Peak { get; init; }

    /// <summary>Its learning rate at the end.</summary>
    public string? Final { get; init; }

    /// <summary>Steps over which it decays.</summary>
    public string? DecaySteps { get; init; }

    /// <summary>Its steps.</summary>
    public string? Steps { get; init; }

    /// <summary>Learning rate between logged steps: auto, linear or hold.</summary>
    public string? Between { get; init; }

    /// <summary>The law that forecasts.</summary>
    public string? Law { get; init; }

    /// <summary>Column of steps.</summary>
    public string? Step { get; init; }

    /// <summary>Column of losses.</summary>
    public string? Loss { get; init; }

    /// <summary>Column of learning rates.</summary>
    public string? Rate { get; init; }

    /// <summary>Warm-up before the first logged rate, <c>STEPS[:RATE]</c>.</summary>
    public string? Warmup { get; init; }

    /// <summary>Part of the steps at the beginning that is not fitted.</summary>
    public string? Skip { get; init; }

    /// <summary>Resamples of the bootstrap.</summary>
    public string? Resamples { get; init; }

    /// <summary>Random starts of every fit.</summary>
    public string? Restarts { get; init; }

    /// <summary>Seed of starts and resamples.</summary>
    public string? Seed { get; init; }

    /// <summary>Reads what was typed.</summary>
    /// <param name="files">The files; at least one.</param>
    /// <param name="command">The request as it was typed.</param>
    /// <exception cref="ParameterException">A value that is not allowed, or options that do not go together.</exception>
    public FitScheduleRequest Read(IReadOnlyList<string> files, string command)
    {
        var shape = Schedule is { } text ? ScheduleText.Parse(text) : null;
        var rate = TypedNumbers.Number("peak", Peak, PositiveRates);
        var end = TypedNumbers.Number("final", Final, Rates);
        var (length, decay) = (TypedNumbers.Whole("steps", Steps, StepCounts), TypedNumbers.Whole("decay-steps", DecaySteps, StepCounts));
        foreach (var (name, given) in ((string, string?)[])[("peak", Peak), ("final", Final), ("decay-steps", DecaySteps), ("steps", Steps)])
        {
            if (shape is null && given is not null)
                throw new ParameterException(name, given, "given together with --schedule");
        }

        if (shape is { HasOwnRates: false } && rate is null)
            throw new ParameterException("peak", "", $"given with --schedule {shape.Text}", "add --peak RATE");
        foreach (var (name, given) in ((string, string?)[])[("horizon", Horizon), ("max-rate", MaxRate), ("min-rate", MinRate)])
        {
            if (!Optimize && given is not null)
                throw new ParameterException(name, given, "given together with --optimize");
        }

        if (shape is not null && Warmup is { } unused)
            throw new ParameterException("warmup", unused, "left out with --schedule", $"write --schedule warmup:STEPS+{shape.Text}");
        if (shape is not null && Rate is { } column)
            throw new ParameterException("rate", column, "left out with --schedule, which stands for the column");
        var defaults = new ScheduleFitOptions();
        return new FitScheduleRequest
        {
            Files = files,
            Transfers = Transfers,
            Reading = new LossCurveReading
            {
                Schedule = shape is null ? null : count => new LearningRateSchedule(shape, rate ?? 0, length ?? count, end, decay),
                Filling = Between switch
                {
                    null or "auto" => RateFilling.Auto,
                    "linear" => RateFilling.Linear,
                    "hold" => RateFilling.Hold,
                    var other => throw new ParameterException("between", other, "one of auto, linear, hold"),
                },
                Columns = new LossCurveColumns { Step = Step, Loss = Loss, Rate = Rate },
                WarmUp = Warmup is { } rise ? WarmUp.Parse(rise) : null,
            },
            Fit = defaults with
            {
                Law = Law,
                Skip = TypedNumbers.Number("skip", Skip, ScheduleFitOptions.SkipRange) ?? defaults.Skip,
                Resamples = (int)(TypedNumbers.Whole("resamples", Resamples, ScheduleFitOptions.ResamplesRange) ?? defaults.Resamples),
                Restarts = (int)(TypedNumbers.Whole("restarts", Restarts, ScheduleFitOptions.RestartsRange) ?? defaults.Restarts),
                Seed = (ulong)(TypedNumbers.Whole("seed", Seed, TypedNumbers.Seeds) ?? 1),
            },
            Proposes = Optimize,
            ComparesEach = Each,
            Horizon = TypedNumbers.Whole("horizon", Horizon, ScheduleFitOptions.HorizonRange),
            HighestRate = TypedNumbers.Number("max-rate", MaxRate, PositiveRates),
            LowestRate = TypedNumbers.Number("min-rate", MinRate, Rates) ?? 0,
            CommandText = command,
        };
    }

    /// <summary>The command line that gives the same result.</summary>
    /// <param name="files">Names of the files.</param>
    /// <param name="transfers">Names of the other schedules.</param>
    public string Command(IEnumerable<string> files, IEnumerable<string> transfers) => CommandLine.Of(
        "fit-schedule", files,
        [
            .. transfers.Select(text => ("--transfer", (string?)text)), ("--optimize", Optimize ? "" : null), ("--each", Each ? "" : null), ("--horizon", Horizon), ("--max-rate", MaxRate), ("--min-rate", MinRate),
            ("--schedule", Schedule), ("--peak", Peak), ("--final", Final), ("--decay-steps", DecaySteps), ("--steps", Steps), ("--between", Between), ("--law", Law), ("--step", Step), ("--loss", Loss), ("--rate", Rate),
            ("--warmup", Warmup), ("--skip", Skip), ("--resamples", Resamples), ("--restarts", Restarts), ("--seed", Seed),
        ]);
}
