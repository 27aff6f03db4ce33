using Eigenflow.Settings;

namespace Eigenflow.Scaling.LossCurves;

/// <summary>Options of <see cref="ScheduleFit"/>.</summary>
public sealed record ScheduleFitOptions
{
    /// <summary>Range of <see cref="Skip"/>.</summary>
    public static Parameter<double> SkipRange { get; } = Parameter.Number("skip", 0, 0.5);

    /// <summary>Range of <see cref="Points"/>.</summary>
    public static Parameter<long> PointsRange { get; } = Parameter.Whole("points", 20, 2000);

    /// <summary>Range of <see cref="Restarts"/>.</summary>
    public static Parameter<long> RestartsRange { get; } = Parameter.Whole("restarts", 10, 10_000);

    /// <summary>Range of <see cref="Resamples"/>.</summary>
    public static Parameter<long> ResamplesRange { get; } = Parameter.Whole("resamples", 20, 10_000);

    /// <summary>Range of <see cref="Level"/>.</summary>
    public static Parameter<double> LevelRange { get; } = Parameter.Number("level", 0.5, 1) with { MinimumIsOpen = true, MaximumIsOpen = true };

    /// <summary>Range of the horizon of a proposed schedule.</summary>
    public static Parameter<long> HorizonRange { get; } = Parameter.Whole("horizon", 2, StepRates.LargestSteps);

    /// <summary>
    /// Part of the steps at the beginning that is not fitted, besides the warm-up; their learning rates still count. Default 0.02: before, the loss falls from its value at initialisation, and no law of this kind holds.
    /// </summary>
    public double Skip { get; init; } = 0.02;

    /// <summary>About how many points a curve is thinned to, 20 to 2000. Default 120: enough that bins are short against every feature of a schedule.</summary>
    public int Points { get; init; } = 120;

    /// <summary>Random starts of every fit, 10 to 10 000. Default 16.</summary>
    public int Restarts { get; init; } = 16;

    /// <summary>Resamples of the residuals, 20 to 10 000. Default 200: the ends of a 95 % interval are then the fifth smallest and largest values.</summary>
    public int Resamples { get; init; } = 200;

    /// <summary>Level of intervals and bands. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Seed of starts and resamples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The law that forecasts, one of <see cref="LossLaws.Names"/>; null (default) for the one that errs least on what was held out. Where the kernel cannot be identified, <c>power-time</c> takes its place.</summary>
    public string? Law { get; init; }

    internal void Validate()
    {
        _ = SkipRange.Check(Skip);
        _ = PointsRange.Check((long)Points);
        _ = RestartsRange.Check((long)Restarts);
        _ = ResamplesRange.Check((long)Resamples);
        _ = LevelRange.Check(Level);
        if (Law is not null && !LossLaws.Names.Contains(Law, StringComparer.Ordinal))
            throw new ParameterException("law", Law, "one of " + string.Join(", ", LossLaws.Names), Suggestion.For(Law, LossLaws.Names));
    }
}
