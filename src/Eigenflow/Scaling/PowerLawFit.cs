namespace Eigenflow.Scaling;

/// <summary>Options of a power-law fit.</summary>
public sealed record PowerLawOptions
{
    /// <summary>Left end of the window in x, or null to let the fit choose.</summary>
    public double? WindowStart { get; init; }

    /// <summary>Right end of the window in x, or null to let the fit choose.</summary>
    public double? WindowEnd { get; init; }

    /// <summary>Fewest decades of x that an automatic window spans. Default 1: over less, every smooth curve is a power law.</summary>
    public double MinimumDecades { get; init; } = 1;

    /// <summary>
    /// Largest change of the local exponent across a window on which a power law departs by more than noise. Default 0.05: half of what separates the exponents that theories distinguish;
    /// and at most twice this part of the exponent itself, a tenth by default, since exponents of losses are as small as 0.03.
    /// </summary>
    public double LargestDrift { get; init; } = 0.05;
}

/// <summary>y ≈ A x^p on a window.</summary>
public sealed record PowerLawFit
{
    /// <summary>The exponent p.</summary>
    public required double Exponent { get; init; }

    /// <summary>Lower end of the interval of p: 95 % for noise, and wide enough for all local exponents of a curve that bends by more than noise.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the interval of p.</summary>
    public required double Upper { get; init; }

    /// <summary>The amplitude A.</summary>
    public required double Amplitude { get; init; }

    /// <summary>Left end of the window.</summary>
    public required double WindowStart { get; init; }

    /// <summary>Right end of the window.</summary>
    public required double WindowEnd { get; init; }

    /// <summary>Number of points used.</summary>
    public required int Points { get; init; }

    /// <summary>Root mean square of the residuals of ln y.</summary>
    public required double LogResidual { get; init; }

    /// <summary>Change of the local exponent across the window, from a quadratic in the logarithms.</summary>
    public required double Drift { get; init; }

    /// <summary>By how much local exponents of the window differ from each other: the drift, or more along a curve that bends to and fro; what noise may have left counts nothing.</summary>
    public double LocalRange { get; init; }

    /// <summary>Half-width of the 95 % interval of the exponent as that of the whole window: noise with correlated residuals, however local exponents differ from it.</summary>
    public double MeanHalf { get; init; }

    /// <summary>Whether the interval is that of the local exponents, and not that of noise.</summary>
    public bool IsBent { get; init; }

    /// <summary>The change that a curve without noise may show: <see cref="PowerLawOptions.LargestDrift"/>, or less where the exponent is small.</summary>
    public required double AllowedDrift { get; init; }

    /// <summary>How much ln y changes over the window, from its smallest to its largest value.</summary>
    public required double Spread { get; init; }

    /// <summary>Why the window is what it is.</summary>
    public required string WindowRule { get; init; }

    /// <summary>Whether a power law describes the curve on the window.</summary>
    public required bool IsPowerLaw { get; init; }

    /// <summary>
    /// Whether the exponent is not told from zero: local exponents of both signs may lie within its interval, or it is zero to two digits, and it does not change by more than a curve without noise may. Against an
    /// exponent of zero every change is large, so that it is measured by itself there.
    /// </summary>
    public bool IsFlat { get; init; }

    /// <summary>Whether it is flat, a power law or none, in two words.</summary>
    public string Standing => IsFlat ? "flat" : IsPowerLaw ? "a power law" : "no power law";

    /// <summary>The verdict in words.</summary>
    public string Verdict => IsFlat
        ? DisplayText.Of($"flat: over the window the curve changes by {DisplayNumber.Percent(Math.Exp(Spread) - 1, 2)}, and its exponent is not told from zero")
        : !IsPowerLaw
        ? DisplayText.Of($"no power law here: the local exponent changes by {(LocalRange < 0.005 ? DisplayNumber.Of(LocalRange, 1) : FormattableString.Invariant($"{LocalRange:0.00}"))} over the window")
        : Drift <= AllowedDrift
            ? "power law"
            : DisplayText.Of($"power law within the scatter of the points: the local exponent changes by {Drift:0.00} over the window, which is not significant");
}
