namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Where the gradient of a matrix of weights comes from.</summary>
internal interface IGradientSource
{
    /// <summary>About the number of elementary operations of a gradient.</summary>
    double Work { get; }

    /// <summary>Writes G(W), d × m row by row.</summary>
    void Fill(ReadOnlySpan<double> weights, long step, Span<double> gradient);
}
