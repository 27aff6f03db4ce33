namespace Eigenflow.Systems;

/// <summary>The outcome of putting a prediction to the test, decided by <see cref="Claim.Verdict"/> alone.</summary>
public enum Verdict
{
    /// <summary>The whole interval of the measurement agrees, at the scale and up to the time that the source claims.</summary>
    Holds,

    /// <summary>The whole interval of the measurement disagrees.</summary>
    Fails,

    /// <summary>The whole interval of the measurement disagrees with a printed statement that is known to be wrong (<see cref="Claim.Correction"/>).</summary>
    FailsAsPrinted,

    /// <summary>The prediction says nothing there.</summary>
    OutOfWindow,

    /// <summary>The test could not tell: the interval includes values that agree and values that disagree, or the run is too short or too small.</summary>
    Inconclusive,

    /// <summary>It agrees, but far below the scale that the source claims.</summary>
    Reduced,
}
