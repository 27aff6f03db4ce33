using System.Collections.Immutable;
using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>The singular values s_j of the modulation matrix F, with multiplicities m_j, in the order in which a teacher counts its modes. Immutable.</summary>
public sealed record FeatureScales
{
    /// <summary>Smallest ratio of two scales: the squares of scales and their sample eigenvalues stay within the range of numbers.</summary>
    public const double SmallestRatio = 1e-10;

    // Squares, their products with numbers of samples, and the times at which they move stay within the range of numbers.
    private const double LargestScale = 1e100;

    private const int LargestPowerLaw = 1_000_000;

    // Beyond this many modes a power law is carried on a few nodes per octave.
    private const int MostModes = 1000;

    private FeatureScales(ImmutableArray<double> values, ImmutableArray<long> multiplicities)
    {
        (Values, Multiplicities) = (values, multiplicities);
        Dimension = multiplicities.Sum();
        (Largest, Smallest) = (values.Max(), values.Min());
    }

    /// <summary>s_j &gt; 0.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>m_j ≥ 1.</summary>
    public ImmutableArray<long> Multiplicities { get; }

    /// <summary>Input dimension d = Σ m_j.</summary>
    public long Dimension { get; }

    /// <summary>The largest scale.</summary>
    public double Largest { get; }

    /// <summary>The smallest scale.</summary>
    public double Smallest { get; }

    /// <summary>The exponent of a power law, or null.</summary>
    public double? Exponent { get; private init; }

    /// <summary>Two scales, 1 on the fast directions and 1/κ on the slow ones.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="fast">Number of fast directions p, 1 ≤ p &lt; d.</param>
    /// <param name="condition">Condition number κ, 1 to 1e10.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static FeatureScales TwoScale(long dimension, long fast, double condition)
    {
        if (dimension < 2)
            throw new ParameterException("dimension", dimension, "a whole number >= 2", "fast and slow directions need one each");
        if (fast < 1 || fast >= dimension)
            throw new ParameterException("fast", fast, FormattableString.Invariant($"a whole number with 1 <= fast < dimension = {dimension}"));
        if (!(condition is >= 1 and <= 1 / SmallestRatio))
            throw new ParameterException("condition", condition, "a number >= 1 and <= 1e10", "F must be invertible");
        return new FeatureScales([1, 1 / condition], [fast, dimension - fast]);
    }

    /// <summary>s_j² = j^(−a), j = 1 … d.</summary>
    /// <param name="dimension">1 ≤ d ≤ 10⁶; every mode is a block.</param>
    /// <param name="exponent">a ≥ 0.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static FeatureScales PowerLaw(long dimension, double exponent)
    {
        if (dimension is < 1 or > LargestPowerLaw)
            throw new ParameterException("dimension", dimension, FormattableString.Invariant($"a whole number from 1 to {LargestPowerLaw} with spectrum = power-law"), "every mode is a block");
        if (!(exponent >= 0) || !double.IsFinite(exponent) || Math.Pow(dimension, -exponent / 2) < SmallestRatio)
            throw new ParameterException("exponent", exponent, "a number >= 0 with dimension^(-exponent/2) >= 1e-10", "F must be invertible");
        return new FeatureScales([.. Enumerable.Range(1, (int)dimension).Select(j => Math.Pow(j, -exponent / 2))], [.. Enumerable.Repeat(1L, (int)dimension)]) { Exponent = exponent };
    }

    /// <summary>Given scales.</summary>
    /// <param name="values">s_j, finite and above zero.</param>
    /// <param name="multiplicities">m_j ≥ 1, as many.</param>
    /// <param name="parameter">The parameter that an error names.</param>
    /// <exception cref="ParameterException">Out of range.</exception>
    public static FeatureScales Of(IReadOnlyList<double> values, IReadOnlyList<long> multiplicities, string parameter = "scales")
    {
        if (values.Count == 0)
            throw new ParameterException(parameter, "(no values)", "a list of at least one singular value");
        if (values.Count != multiplicities.Count)
            throw new ParameterException("multiplicities", FormattableString.Invariant($"({multiplicities.Count} numbers)"), FormattableString.Invariant($"one whole number per scale ({values.Count})"));
        foreach (var value in values)
        {
            if (!(value > 0) || !double.IsFinite(value))
                throw new ParameterException(parameter, value, "a list of finite singular values > 0", "F must be invertible");
        }

        foreach (var count in multiplicities)
        {
            if (count < 1)
                throw new ParameterException("multiplicities", count, "whole numbers >= 1");
        }

        foreach (var value in values)
        {
            if (value is < 1 / LargestScale or > LargestScale)
                throw new ParameterException(parameter, value, "singular values from 1e-100 to 1e100", "change the unit of the features");
        }

        if (values.Min() < SmallestRatio * values.Max())
            throw new ParameterException(parameter, values.Min(), "singular values of which none is below 1e-10 of the largest", "F must be invertible");
        return new FeatureScales([.. values], [.. multiplicities]);
    }

    /// <summary>One scale, which is part of scales that were checked.</summary>
    internal static FeatureScales One(double value, long multiplicity) => new([value], [multiplicity]);

    /// <summary>The scales one by one, as many as dimensions.</summary>
    internal double[] Expanded() => [.. Values.Zip(Multiplicities).SelectMany(pair => Enumerable.Repeat(pair.First, checked((int)pair.Second)))];

    /// <summary>The population of the engine: per-sample covariance s_j²/d, and power Σ w²/d of the labels that every block explains.</summary>
    internal Population Population(LatentTeacher teacher)
    {
        if (Exponent is { } exponent && Dimension > MostModes && teacher.Weights.IsEmpty)
        {
            var law = new PowerLawSpectrum(Dimension, exponent);
            return Numerics.RandomMatrix.Population.Of(SpectralCompression.Average(law, 2, (_, columns) => (columns[0], columns[1]) = (1, 1.0 / Dimension)), law.Normalization / Dimension);
        }

        var first = new long[Values.Length];
        for (var j = 1; j < first.Length; j++)
            first[j] = first[j - 1] + Multiplicities[j - 1];
        int[] order = [.. Enumerable.Range(0, Values.Length).OrderByDescending(j => Values[j])];
        var d = (double)Dimension;
        return Numerics.RandomMatrix.Population.Of(
            [.. order.Select(j => Values[j] * Values[j] / d)], [.. order.Select(j => (double)Multiplicities[j])], [.. order.Select(j => teacher.Power(first[j], Multiplicities[j]) / d)]);
    }
}
