using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>A claim that is checked on every run, or on every fit of a figure.</summary>
internal sealed record StudyClaim
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What is claimed, one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The measured quantity; null for the slope of a figure's fits.</summary>
    internal Formula? Measured { get; init; }

    /// <summary>Identifier of the figure whose fitted slopes are measured, or null.</summary>
    internal string? SlopeOf { get; init; }

    /// <summary>Half-width of the 95 % interval of the measured quantity; null where fits alone bring one.</summary>
    internal Formula? Uncertainty { get; init; }

    internal required Formula Predicted { get; init; }

    internal required ClaimTest Test { get; init; }

    internal double Tolerance { get; init; }

    internal required PredictionKind Kind { get; init; }

    internal required string Source { get; init; }

    internal required Selection Only { get; init; }

    /// <summary>Where it is claimed, in words.</summary>
    internal string Window { get; init; } = "";

    /// <summary>The recorded column along which the source claims it, and up to where; null where it states none.</summary>
    internal (string Column, double Until)? Horizon { get; init; }

    /// <summary>Whether it is claimed for all times.</summary>
    internal bool IsForAllTimes { get; init; }

    /// <summary>Sizes at which the source claims it, by parameter or derived quantity.</summary>
    internal IReadOnlyList<(string Name, double Claimed)> Scales { get; init; } = [];
}
