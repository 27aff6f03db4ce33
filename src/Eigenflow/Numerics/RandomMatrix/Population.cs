using System.Numerics;
using Eigenflow.Spectra;

namespace Eigenflow.Numerics.RandomMatrix;

/// <summary>
/// The population that is learned from: eigenvalues η_j of the input covariance with their multiplicities m_j, and the power c_j = η_j w_j² of the target in them
/// (the variance of the labels that mode j explains). Immutable. Sums cost one pass over the nodes of a measure, which are a few hundred for a power law of any dimension.
/// </summary>
public sealed class Population
{
    private readonly double[] eigenvalues;
    private readonly double[] counts;
    private readonly double[] power;

    private Population(double[] eigenvalues, double[] counts, double[] power, double rank, double additive)
    {
        (this.eigenvalues, this.counts, this.power, Rank) = (eigenvalues, counts, power, rank);
        Additive = additive;
        Trace = eigenvalues.Zip(counts, (value, count) => value * count).Sum();
        Power = power.Sum();
    }

    /// <summary>Number of modes with an eigenvalue above zero.</summary>
    public double Rank { get; }

    /// <summary>Σ m_j η_j, without additive noise.</summary>
    public double Trace { get; }

    /// <summary>Σ c_j: the variance of the target.</summary>
    public double Power { get; }

    /// <summary>Total variance x of infinitely many directions that are infinitely small and carry no target: additive noise of features, in units of the eigenvalues.</summary>
    public double Additive { get; }

    /// <summary>(Σ m η)²/Σ m η²: how many directions share the variance.</summary>
    public double EffectiveRank => Trace * Trace / eigenvalues.Zip(counts, (value, count) => value * value * count).Sum();

    /// <summary>The largest eigenvalue.</summary>
    public double Largest => eigenvalues[0];

    /// <summary>The smallest eigenvalue above zero.</summary>
    internal double Smallest => eigenvalues[^1];

    /// <summary>The largest number of directions that can be fitted: the rank, or infinity with additive noise.</summary>
    internal double Limit => Additive > 0 ? double.PositiveInfinity : Rank;

    /// <summary>The population of a measure.</summary>
    /// <param name="measure">Column 0 counts modes; column 1, where there is one, holds the power of the target.</param>
    /// <param name="scale">What the nodes are multiplied by, &gt; 0: spectra have trace one.</param>
    /// <param name="additive">Variance of additive noise, ≥ 0.</param>
    public static Population Of(SpectralMeasure measure, double scale = 1, double additive = 0)
    {
        var kept = Enumerable.Range(0, measure.Nodes.Length).Where(j => measure.Nodes[j] > 0).ToArray();

        // Weights of Chebyshev nodes are real numbers of either sign; their sum over all modes is a whole number, which rounding does not hit where there are many.
        var missing = Math.Round(Enumerable.Range(0, measure.Nodes.Length).Where(j => !(measure.Nodes[j] > 0)).Sum(j => measure.Weights[0][j]));
        return Of(
            [.. kept.Select(j => measure.Nodes[j] * scale)], [.. kept.Select(j => measure.Weights[0][j])],
            measure.Weights.Length > 1 ? [.. kept.Select(j => measure.Weights[1][j])] : new double[kept.Length], measure.Dimension - missing, additive);
    }

    /// <summary>The population of given modes.</summary>
    /// <param name="eigenvalues">η_j &gt; 0, descending.</param>
    /// <param name="counts">m_j.</param>
    /// <param name="power">c_j = m_j η_j w_j², the power of all modes of the node.</param>
    /// <param name="additive">Variance of additive noise, ≥ 0.</param>
    /// <exception cref="ArgumentException">No modes, lengths that differ, or an eigenvalue that is not above zero.</exception>
    public static Population Of(double[] eigenvalues, double[] counts, double[] power, double additive = 0) => Of(eigenvalues, counts, power, Math.Round(counts.Sum()), additive);

    private static Population Of(double[] eigenvalues, double[] counts, double[] power, double rank, double additive) =>
        eigenvalues.Length > 0 && counts.Length == eigenvalues.Length && power.Length == eigenvalues.Length && Array.TrueForAll(eigenvalues, value => value > 0 && double.IsFinite(value)) && additive >= 0
            ? new Population(eigenvalues, counts, power, rank, additive)
            : throw new ArgumentException("A population has at least one mode, finite eigenvalues above zero, and as many counts and powers as eigenvalues.", nameof(eigenvalues));

    /// <summary>The same population with additive noise of features.</summary>
    /// <param name="additive">Its total variance x ≥ 0.</param>
    public Population With(double additive) => Of(eigenvalues, counts, power, Rank, additive);

    /// <summary>The sums at a renormalised ridge κ &gt; 0.</summary>
    /// <param name="kappa">κ.</param>
    public Resolution At(double kappa)
    {
        double learned = 0, missing = 0, spread = 0, target = 0, unlearned = 0, second = 0;

        // From the small terms to the large ones.
        for (var j = eigenvalues.Length - 1; j >= 0; j--)
        {
            var inverse = 1 / (eigenvalues[j] + kappa);
            var (part, rest) = (eigenvalues[j] * inverse, kappa * inverse);
            learned += counts[j] * part;
            missing += counts[j] * rest;
            spread += counts[j] * part * rest;
            target += power[j] * inverse;
            unlearned += power[j] * rest * rest;
            second += power[j] * part * inverse;
        }

        var noise = Additive > 0 ? Additive / kappa : 0;
        return new Resolution(kappa, learned + noise, Additive > 0 ? double.PositiveInfinity : missing, spread + noise, learned - spread, target, unlearned, second);
    }

    /// <summary>Where the target is learned completely: κ = 0.</summary>
    internal Resolution AtZero()
    {
        var target = 0.0;
        for (var j = eigenvalues.Length - 1; j >= 0; j--)
            target += power[j] / eigenvalues[j];
        return new Resolution(0, Rank, 0, 0, Rank, target, 0, target);
    }

    /// <summary>Complex sums: n = Σ m η/(η + κ) + x/κ, rank − n (infinity with additive noise), the spread −dn/dlog κ, T = Σ c/(η + κ) and T′ = Σ c/(η + κ)².</summary>
    /// <param name="kappa">κ off the negative real axis.</param>
    internal (Complex Learned, Complex Missing, Complex Spread, Complex Target, Complex Slope) At(Complex kappa)
    {
        Complex learned = 0, missing = 0, spread = 0, target = 0, slope = 0;
        for (var j = eigenvalues.Length - 1; j >= 0; j--)
        {
            var inverse = 1 / (eigenvalues[j] + kappa);
            var part = eigenvalues[j] * inverse;
            var rest = kappa * inverse;
            learned += counts[j] * part;
            missing += counts[j] * rest;
            spread += counts[j] * part * rest;
            target += power[j] * inverse;
            slope += power[j] * inverse * inverse;
        }

        var noise = Additive > 0 ? Additive / kappa : 0;
        return (learned + noise, Additive > 0 ? double.PositiveInfinity : missing, spread + noise, target, slope);
    }

    /// <summary>The κ at which n(κ) has a given value: df₁ inverted.</summary>
    /// <param name="degrees">n, above 0 and below the rank (any value above 0 with additive noise).</param>
    /// <returns>κ, relative error about 1e-15 n/(n₁ − n₂).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public double KappaOf(double degrees)
    {
        if (!(degrees > 0) || !(degrees < Limit))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, FormattableString.Invariant($"Degrees of freedom lie above 0 and below the rank {Limit}."));
        var missing = Limit - degrees;
        var isAlmostAll = missing < degrees;
        return IncreasingRoot.Find(Trace + Additive, kappa =>
        {
            var at = At(kappa);

            // Whichever is smaller, what is learned or what is missing, is known to all its digits.
            return isAlmostAll ? (Math.Log(at.Missing / missing), at.Spread / at.Missing) : (-Math.Log(at.Learned / degrees), at.Spread / at.Learned);
        });
    }

    /// <summary>The S-transform S(df) = (1 − df)/(df λ), where λ is the ridge at which tr A(A + λ)⁻¹ = df · rank (derived).</summary>
    /// <param name="fraction">df, in (0, 1).</param>
    public double STransform(double fraction) => (1 - fraction) / (fraction * KappaOf(fraction * Rank));
}
