namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// How the variance of the labels y is spread over the modes of the covariance: mode i with eigenvalue η_i and unit eigenvector u_i explains c_i = (E[(y − ȳ) u_i·(x − x̄)])²/η_i of it by a line, η_i w_i² with the regression w.
/// In the squared unit of the labels; it does not depend on the unit of the data. Classes are indicators of zero and one, whose powers and variances are summed.
/// <para>Chance: labels that have nothing to do with the rows give every mode σ²/(n − 1) on average (once that much again as its standard deviation, times √2, for Gaussian noise), so that c_i − <see cref="ChancePower"/> has no bias where
/// eigenvectors are known, and Σ c_i grows with the number of modes.</para>
/// </summary>
public sealed record TargetPower
{
    // What chance exceeds once in a hundred modes: the quantile of χ² of one degree of freedom.
    private const double Exceeded = 6.635;

    /// <summary>Name or number of the column.</summary>
    public required string Label { get; init; }

    /// <summary>Names of the classes; empty where labels are numbers.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Variance of the labels (divisor n − 1; mean square where means are not subtracted), summed over the indicators of classes.</summary>
    public required double Variance { get; init; }

    /// <summary>c_i ≥ 0 of the modes whose eigenvalue is above rounding, in the order of the eigenvalues: raw, with what chance adds.</summary>
    public required double[] Power { get; init; }

    /// <summary>Degrees of freedom of the rows: n − 1, or n where means are not subtracted.</summary>
    public required long Degrees { get; init; }

    /// <summary>R²: the part of the variance that all computed modes explain in these rows, chance included.</summary>
    public double Explained => Math.Min(1, Power.Sum() / Variance);

    /// <summary>Unbiased estimate of the variance that the computed modes do not explain (noise, what is no line, and modes that were not computed); null where there are no more rows than modes.</summary>
    public double? NoiseVariance => Degrees > Power.Length ? Math.Max(0, Variance - Power.Sum()) * Degrees / (Degrees - Power.Length) : null;

    /// <summary>Relative standard error of <see cref="NoiseVariance"/> for Gaussian noise; null without it, and for classes.</summary>
    public double? NoiseError => Degrees > Power.Length && Classes.Count == 0 ? Math.Sqrt(2.0 / (Degrees - Power.Length)) : null;

    /// <summary>What a mode explains on average by chance, σ²/(n − 1); null where the noise is not known.</summary>
    public double? ChancePower => NoiseVariance / Degrees;

    /// <summary>1 − σ²/Var y: the explained part without what chance adds; null where the noise is not known.</summary>
    public double? ExplainedWithoutChance => 1 - (NoiseVariance / Variance);

    /// <summary>Number of modes with more power than chance gives to one mode in a hundred; null where the noise is not known.</summary>
    public int? ModesAboveChance => ChancePower is { } chance ? Power.Count(value => value > Exceeded * chance) : null;

    /// <summary>Power without what chance adds on average, not below zero; null where the noise is not known.</summary>
    public double[]? WithoutChance => ChancePower is { } chance ? [.. Power.Select(value => Math.Max(0, value - chance))] : null;

    /// <summary>What the user should know, in sentences.</summary>
    internal IEnumerable<string> Warnings(bool isComplete)
    {
        const int Many = 10;
        if (NoiseVariance is null)
            yield return FormattableString.Invariant($"there are no more rows than modes ({Degrees} degrees of freedom, {Power.Length} modes): they explain any label, and how much of the target power is chance cannot be told");
        else if (Degrees < Many * (long)Power.Length)
            yield return DisplayText.Of($"rows are not many beside the modes ({Degrees} degrees of freedom, {Power.Length} modes): by chance alone these explain {DisplayNumber.Of(ChancePower!.Value * Power.Length / Variance, 2)} of the variance of the label; eigenvectors of small modes are those of the sample");
        if (!isComplete)
            yield return "the target power of modes that were not computed is not known: it counts as noise";
        if (MayBeNumbers)
            yield return FormattableString.Invariant($"label '{Label}' has {Classes.Count} different values, each of which was read as a class, for less than two rows each; where it holds numbers give --label-is numbers, which names the first that is none");
        if (MayBeClasses)
            yield return $"label '{Label}' holds few different whole numbers and was read as a number; if these are classes, give --label-is classes";
    }

    /// <summary>Whether labels that were read as numbers are three to a hundred different whole ones.</summary>
    internal bool MayBeClasses { get; init; }

    /// <summary>Whether labels that were read as classes have less than two rows each, of more than two classes.</summary>
    internal bool MayBeNumbers { get; init; }
}
