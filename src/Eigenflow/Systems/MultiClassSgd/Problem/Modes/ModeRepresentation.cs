namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>How the modes of a mixture are carried by the theory.</summary>
public enum ModeRepresentation
{
    /// <summary>Blocks where most eigenvalues coincide; otherwise full to d = 2048, and compressed beyond where spectra and means are smooth.</summary>
    Auto,

    /// <summary>Each mode by itself.</summary>
    Full,

    /// <summary>Modes of equal eigenvalues merged, in the span of the means.</summary>
    Blocks,

    /// <summary>Gaussian quadrature over the mode numbers of each octave.</summary>
    Compressed,
}
