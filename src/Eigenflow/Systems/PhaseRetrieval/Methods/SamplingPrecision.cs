namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The precision in which SGD draws samples and keeps its weights.</summary>
public enum SamplingPrecision
{
    /// <summary>64 bits. Rounding is far below the noise of SGD for any number of steps.</summary>
    Double,

    /// <summary>
    /// 32 bits: about half the time. Inner products are summed in 32 bits within a block of 1024 modes and in 64 bits beyond; updates below 6e-8 of a weight are lost,
    /// so learning rates that move weights by less per step should use double.
    /// </summary>
    Single,
}
