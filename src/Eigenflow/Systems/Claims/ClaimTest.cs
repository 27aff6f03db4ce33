namespace Eigenflow.Systems;

/// <summary>How a claim compares.</summary>
public enum ClaimTest
{
    /// <summary>Equal within a part of the prediction.</summary>
    Relative,

    /// <summary>Equal within an absolute tolerance.</summary>
    Absolute,

    /// <summary>At most.</summary>
    AtMost,

    /// <summary>At least.</summary>
    AtLeast,
}
