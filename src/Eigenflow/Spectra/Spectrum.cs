namespace Eigenflow.Spectra;

/// <summary>
/// The eigenvalues λ₁ ≥ λ₂ ≥ … ≥ λ_d ≥ 0 of an input covariance, normalised to trace one (Σ λ_i = 1).
/// Modes are numbered in descending order of eigenvalue. Immutable; nothing of size d is stored unless the values were given one by one.
/// </summary>
public abstract record Spectrum
{
    /// <summary>Largest dimension that a spectrum may have.</summary>
    public const long LargestDimension = 1_000_000_000_000_000;

    // Rates and times are products and quotients of eigenvalues: beyond this ratio they leave the range of numbers.
    internal const double LargestRatio = 1e200;

    private protected Spectrum(long dimension)
    {
        if (dimension is < 1 or > LargestDimension)
            throw new ParameterException("dimension", dimension, "a whole number >= 1 and <= 1e15");
        Dimension = dimension;
    }

    /// <summary>Number of modes d.</summary>
    public long Dimension { get; }

    /// <summary>Largest eigenvalue λ₁.</summary>
    public double Largest => this[0];

    /// <summary>Smallest eigenvalue that is not zero.</summary>
    public double SmallestPositive => this[CountAtLeast(double.Epsilon) - 1];

    /// <summary>Number of distinct lumps when the spectrum is piecewise constant, otherwise null.</summary>
    public virtual int? DistinctCount => null;

    /// <summary>The eigenvalue of a mode.</summary>
    /// <param name="index">0-based index of the mode, below <see cref="Dimension"/>.</param>
    public abstract double this[long index] { get; }

    /// <summary>Power law λ_i = i^(−a) / Σ_j j^(−a) (arXiv 2511.18661, section 1).</summary>
    /// <param name="dimension">Number of modes, ≥ 1.</param>
    /// <param name="exponent">The exponent a ≥ 0; 0 is isotropic.</param>
    public static Spectrum PowerLaw(long dimension, double exponent) => new PowerLawSpectrum(dimension, exponent);

    /// <summary>All eigenvalues equal to 1/d.</summary>
    /// <param name="dimension">Number of modes, ≥ 1.</param>
    public static Spectrum Isotropic(long dimension) => new StepSpectrum([(dimension, 1.0)], "isotropic");

    /// <summary>A few large eigenvalues above a flat bulk.</summary>
    /// <param name="dimension">Number of modes, ≥ 1.</param>
    /// <param name="spikes">Number of large eigenvalues, 1 to d.</param>
    /// <param name="strength">Ratio of a large eigenvalue to one of the bulk, 1 to 1e200.</param>
    public static Spectrum Spiked(long dimension, long spikes, double strength)
    {
        if (spikes < 1 || spikes > dimension)
            throw new ParameterException("spectrum", FormattableString.Invariant($"spiked:{spikes}:{strength}"), FormattableString.Invariant($"spiked:COUNT:STRENGTH with COUNT from 1 to the dimension {dimension}"));
        if (!(strength is >= 1 and <= LargestRatio))
            throw new ParameterException("spectrum", FormattableString.Invariant($"spiked:{spikes}:{Settings.Setting.Format(strength)}"), "spiked:COUNT:STRENGTH with STRENGTH from 1 to 1e200");
        return new StepSpectrum(spikes == dimension ? [(spikes, strength)] : [(spikes, strength), (dimension - spikes, 1.0)], FormattableString.Invariant($"spiked:{spikes}:{Settings.Setting.Format(strength)}"));
    }

    /// <summary>Equal eigenvalues on the first modes, zero on the others.</summary>
    /// <param name="dimension">Number of modes, ≥ 1.</param>
    /// <param name="rank">Number of modes that are not zero, 1 to d.</param>
    public static Spectrum ZeroOne(long dimension, long rank)
    {
        if (rank < 1 || rank > dimension)
            throw new ParameterException("spectrum", $"zero-one:{rank}", $"zero-one:RANK with RANK from 1 to the dimension {dimension}");
        return new StepSpectrum(rank == dimension ? [(rank, 1.0)] : [(rank, 1.0), (dimension - rank, 0.0)], $"zero-one:{rank}");
    }

    /// <summary>Given eigenvalues, sorted into descending order and normalised to trace one.</summary>
    /// <param name="eigenvalues">At least one value; finite, none negative, not all zero.</param>
    public static Spectrum FromValues(IEnumerable<double> eigenvalues) => new ExplicitSpectrum([.. eigenvalues]);

    /// <summary>Writes consecutive eigenvalues.</summary>
    /// <param name="first">0-based index of the first mode.</param>
    /// <param name="destination">Receives λ of modes first, first + 1, …</param>
    public virtual void Fill(long first, Span<double> destination)
    {
        for (var k = 0; k < destination.Length; k++)
            destination[k] = this[first + k];
    }

    /// <summary>Number of modes whose eigenvalue is at least a threshold. Work O(log d) or less.</summary>
    /// <param name="threshold">The threshold, in the normalisation of the spectrum.</param>
    public virtual long CountAtLeast(double threshold)
    {
        long low = 0, high = Dimension;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (this[middle] >= threshold)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
