namespace Eigenflow.Scaling.LossCurves;

/// <summary>Options of <see cref="ScheduleFit"/>.</summary>
public sealed record ScheduleFitOptions
{
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
        if (!(Skip is >= 0 and <= 0.5))
            throw new ParameterException("skip", Skip, "a number from 0 to 0.5");
        if (Points is < 20 or > 2000)
            throw new ParameterException("points", Points, "a whole number from 20 to 2000");
        if (Restarts is < 10 or > 10_000)
            throw new ParameterException("restarts", Restarts, "a whole number from 10 to 10000");
        if (Resamples is < 20 or > 10_000)
            throw new ParameterException("resamples", Resamples, "a whole number from 20 to 10000");
        if (!(Level is > 0.5 and < 1))
            throw new ParameterException("level", Level, "a number above 0.5 and below 1");
        if (Law is not null && !LossLaws.Names.Contains(Law, StringComparer.Ordinal))
            throw new ParameterException("law", Law, "one of " + string.Join(", ", LossLaws.Names), Systems.Suggestion.For(Law, LossLaws.Names));
    }
}
