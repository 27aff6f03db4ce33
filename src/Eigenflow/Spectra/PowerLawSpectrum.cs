namespace Eigenflow.Spectra;

/// <summary>λ_i = i^(−a) / H_{d,a} with H_{d,a} = Σ_{j ≤ d} j^(−a) (arXiv 2511.18661, section 1). Memory O(1) at any dimension.</summary>
public sealed record PowerLawSpectrum : Spectrum
{
    // As for every spectrum, the smallest eigenvalue is at least 1e-200 of the largest.
    /// <summary>Largest exponent: with two modes already the second eigenvalue is then out of the range of numbers.</summary>
    public const double LargestExponent = 1000;

    private const double LargestDecades = 200;

    private readonly double scale;

    /// <summary>Makes the spectrum.</summary>
    /// <param name="dimension">Number of modes, ≥ 1.</param>
    /// <param name="exponent">The exponent a ≥ 0.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public PowerLawSpectrum(long dimension, double exponent)
        : base(dimension)
    {
        if (!(exponent is >= 0 and <= LargestExponent))
            throw new ParameterException("exponent", exponent, FormattableString.Invariant($"a number >= 0 and <= {LargestExponent}"));
        if (exponent * Math.Log10(dimension) > LargestDecades)
        {
            throw new ParameterException(
                "exponent", exponent, DisplayText.Plain($"from 0 to {LargestDecades / Math.Log10(dimension):G4} for dimension = {dimension}, so that dimension^(-exponent) stays within the range of numbers"));
        }

        Exponent = exponent;
        Normalization = PowerSum.Of(exponent, dimension);
        scale = 1 / Normalization;
    }

    /// <summary>The exponent a.</summary>
    public double Exponent { get; }

    /// <summary>The sum H_{d,a} that normalises the trace.</summary>
    public double Normalization { get; }

    /// <inheritdoc/>
    public override double this[long index] => At(index + 1.0);

    /// <summary>The law continued to real mode numbers: x^(−a) / H_{d,a}.</summary>
    /// <param name="number">1-based mode number, any real number > 0.</param>
    public double At(double number) => Exponent switch
    {
        0 => scale,
        1 => scale / number,
        2 => scale / (number * number),
        _ => scale * Math.Pow(number, -Exponent),
    };
}
