namespace Eigenflow.Systems;

/// <summary>The stretch of a curve along which a predicted slope is looked at.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="End">Its end.</param>
/// <param name="Words">Which part of the curve it is; empty for the surroundings of a time.</param>
internal sealed record LawStretch(double Start, double End, string Words)
{
    /// <summary>Whether the slope is a local one, of which no power law is said.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether the curve is measured there: a law of which it is not stated where it holds has only a place in the picture.</summary>
    public bool IsMeasured { get; init; } = true;
}
