using Eigenflow.Settings;

namespace Eigenflow.Scaling.Collapse;

/// <summary>Whether seeds with one label are compared across models.</summary>
public enum SeedPairing
{
    /// <summary>Paired where every model has the same labels, and the labels have a common effect on most of the range: common random numbers.</summary>
    Auto,

    /// <summary>Always paired.</summary>
    Paired,

    /// <summary>Never paired.</summary>
    None,
}

/// <summary>Options of a collapse score.</summary>
public sealed record CollapseOptions
{
    /// <summary>Smallest rescaled x, or null: where all curves have begun.</summary>
    public double? From { get; init; }

    /// <summary>Largest rescaled x, or null: where the first curve ends.</summary>
    public double? To { get; init; }

    /// <summary>Whether deviations are relative to the mean at the same x (default); otherwise to the largest mean, for curves that fall to nothing and whose tails do not matter.</summary>
    public bool IsRelative { get; init; } = true;

    /// <summary>Points of the grid, 10 to 10 000. Default 100.</summary>
    public int Points { get; init; } = 100;

    /// <summary>Whether seeds are paired across models.</summary>
    public SeedPairing Pairing { get; init; }

    /// <summary>Seed of the resampled seeds.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ParameterException">One is out of range.</exception>
    public void Validate()
    {
        foreach (var bound in new[] { From, To })
        {
            if (bound is { } number)
                _ = (Parameter.Number("range", 0, Parameter.LargestNumber) with { MinimumIsOpen = true }).Check(number);
        }

        if (To <= From)
            throw new ParameterException("range", FormattableString.Invariant($"{From:R},{To:R}"), "two numbers FROM,TO, the first smaller than the second");
        _ = Parameter.Whole("points", 10, 10_000).Check((long)Points);
    }
}
