namespace Eigenflow.Scaling.Fits;

/// <summary>Options of a fit of scaling laws.</summary>
public sealed record ScalingFitOptions
{
    /// <summary>Left end of the window in x, or null: everything, and for the power law the rule.</summary>
    public double? WindowStart { get; init; }

    /// <summary>Right end of the window in x, or null.</summary>
    public double? WindowEnd { get; init; }

    /// <summary>Names of the laws to fit; empty for all. Default all.</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>Level of the intervals, 0.5 to 0.999. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Resamples of the bootstrap, 99 to 100 000. Default 999: the ends of a 95 % interval are then the 25th values from either side.</summary>
    public int Resamples { get; init; } = 999;

    /// <summary>Largest change of the local exponent across the window of a power law that departs by more than noise, and at most twice this part of the exponent. Default 0.05, as in <see cref="PowerLawOptions"/>.</summary>
    public double LargestDrift { get; init; } = 0.05;

    /// <summary>Seed of the resamples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ParameterException">One is out of range.</exception>
    public void Validate()
    {
        if (!(Level is >= 0.5 and <= 0.999))
            throw new ParameterException("level", Level, "a number from 0.5 to 0.999");
        if (Resamples is < 99 or > 100_000)
            throw new ParameterException("resamples", Resamples, "an integer from 99 to 100000");
        if (!(LargestDrift is > 0 and <= 10))
            throw new ParameterException("drift", LargestDrift, "a number above 0, at most 10");
        if (WindowStart is { } start && !(start > 0 && double.IsFinite(start)))
            throw new ParameterException("window", start, "a number > 0");
        if (WindowEnd is { } end && !(end > (WindowStart ?? 0) && double.IsFinite(end)))
            throw new ParameterException("window", end, "a number above the start of the window");
        foreach (var name in Laws)
        {
            if (!ScalingLaw.All.Any(law => string.Equals(law.Name, name, StringComparison.Ordinal)))
                throw new ParameterException("law", name, "one of " + string.Join(", ", ScalingFit.LawNames), Systems.Suggestion.For(name, [.. ScalingFit.LawNames]));
        }
    }
}
