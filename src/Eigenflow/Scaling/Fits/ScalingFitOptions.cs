using Eigenflow.Settings;

namespace Eigenflow.Scaling.Fits;

/// <summary>Options of a fit of scaling laws.</summary>
public sealed record ScalingFitOptions
{
    /// <summary>Range of <see cref="Level"/>.</summary>
    public static Parameter<double> LevelRange { get; } = Parameter.Number("level", 0.5, 0.999);

    /// <summary>Range of <see cref="Resamples"/>.</summary>
    public static Parameter<long> ResamplesRange { get; } = Parameter.Whole("resamples", 99, 100_000);

    /// <summary>Range of <see cref="LargestDrift"/>.</summary>
    public static Parameter<double> DriftRange { get; } = Parameter.Number("drift", 0, 10) with { MinimumIsOpen = true };

    /// <summary>Range of both ends of the window.</summary>
    public static Parameter<double> WindowRange { get; } = Parameter.Number("window", 0, Parameter.LargestNumber) with { MinimumIsOpen = true };

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
        _ = LevelRange.Check(Level);
        _ = ResamplesRange.Check((long)Resamples);
        _ = DriftRange.Check(LargestDrift);
        foreach (var bound in new[] { WindowStart, WindowEnd })
        {
            if (bound is { } number)
                _ = WindowRange.Check(number);
        }

        if (WindowEnd <= WindowStart)
            throw new ParameterException("window", FormattableString.Invariant($"{WindowStart:R},{WindowEnd:R}"), "two numbers FROM,TO, the first smaller than the second");
        foreach (var name in Laws)
        {
            if (!ScalingLaw.All.Any(law => string.Equals(law.Name, name, StringComparison.Ordinal)))
                throw new ParameterException("law", name, "one of " + string.Join(", ", ScalingFit.LawNames), Suggestion.For(name, [.. ScalingFit.LawNames]));
        }
    }
}
