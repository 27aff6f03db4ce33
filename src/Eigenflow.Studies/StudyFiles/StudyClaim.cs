using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>How a claim compares.</summary>
internal enum ClaimTest
{
    /// <summary>Equal within a relative tolerance.</summary>
    Relative,

    /// <summary>Equal within an absolute tolerance.</summary>
    Absolute,

    /// <summary>At most.</summary>
    AtMost,

    /// <summary>At least.</summary>
    AtLeast,
}

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

    internal required Formula Predicted { get; init; }

    internal required ClaimTest Test { get; init; }

    internal double Tolerance { get; init; }

    internal required PredictionKind Kind { get; init; }

    internal required string Source { get; init; }

    internal required Selection Only { get; init; }
}
