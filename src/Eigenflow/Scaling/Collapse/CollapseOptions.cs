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
        if (From is { } from && !(from > 0 && double.IsFinite(from)))
            throw new ParameterException("range", from, "a number > 0");
        if (To is { } to && !(to > (From ?? 0) && double.IsFinite(to)))
            throw new ParameterException("range", to, "a number above the start of the range");
        if (Points is < 10 or > 10_000)
            throw new ParameterException("points", Points, "an integer from 10 to 10000");
    }
}
