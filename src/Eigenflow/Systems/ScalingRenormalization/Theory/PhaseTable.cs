using Eigenflow.Numerics;

namespace Eigenflow.Systems.ScalingRenormalization;

/// <summary>The contributions to the test error of random features.</summary>
internal enum PhaseTerm
{
    /// <summary>Signal that too few samples do not resolve.</summary>
    Data,

    /// <summary>Signal that the ridge does not let through.</summary>
    Ridge,

    /// <summary>Signal that too few features do not resolve.</summary>
    Width,

    /// <summary>Variance of the features, for the mean over data and together with them.</summary>
    Features,

    /// <summary>Label noise.</summary>
    Noise,
}

/// <summary>
/// The exponents p of the contributions P^(−p) to the error where the ridge falls as P^(−l) and the width grows as P^q (arXiv 2405.00592, phase diagram; with min(r, ½) in the variance of features, which the paper's map leaves out).
/// The contribution with the smallest one limits the model. The ridge is that of features whose entries have the variance 1/N: λ = P^(−l) N/D where they have 1/D.
/// </summary>
/// <param name="Capacity">α &gt; 1.</param>
/// <param name="Source">r ≥ 0.</param>
/// <param name="Averaging">c: the variance of features falls as N^(−c).</param>
internal sealed record PhaseTable(double Capacity, double Source, double Averaging = 1)
{
    /// <summary>All exponents, in the order of <see cref="PhaseTerm"/>.</summary>
    /// <param name="ridge">l ≥ 0.</param>
    /// <param name="width">q ≥ 0; infinity without features.</param>
    /// <param name="isNoisy">Whether labels are noisy.</param>
    public IReadOnlyList<(PhaseTerm Term, double Exponent)> Terms(double ridge, double width, bool isNoisy)
    {
        double kept = Math.Min(Source, 1), half = Math.Min(Source, 0.5);
        List<(PhaseTerm Term, double Exponent)> terms = [(PhaseTerm.Data, 2 * Capacity * kept), (PhaseTerm.Ridge, 2 * ridge * kept)];
        if (double.IsFinite(width))
        {
            // What samples and ridge resolve: κ_2 ~ P^(−min(l, α)), of which P^(min(l, α)/α) modes are learned.
            var resolution = Math.Min(ridge, Capacity);
            terms.Add((PhaseTerm.Width, 2 * Capacity * width * half));
            terms.Add((PhaseTerm.Features, (2 * resolution * half) + (Averaging * ExactDifference.Of(width, resolution / Capacity))));
        }

        if (isNoisy)
            terms.Add((PhaseTerm.Noise, ExactDifference.Of(1, Math.Min(1, Math.Min(ridge / Capacity, width)))));
        return terms;
    }

    /// <summary>The contribution that limits the model, with its exponent.</summary>
    /// <param name="ridge">l ≥ 0.</param>
    /// <param name="width">q ≥ 0; infinity without features.</param>
    /// <param name="isNoisy">Whether labels are noisy.</param>
    public (PhaseTerm Term, double Exponent) Dominant(double ridge, double width, bool isNoisy) => Terms(ridge, width, isNoisy).MinBy(term => term.Exponent);

    /// <summary>c of a layer: 1 where all columns count; (1 − a)/a of columns with variances j^(−a), ½ &lt; a &lt; 1, for N^(1−a) ≪ P ≪ N; 0 for a ≥ 1, whose width never helps.</summary>
    /// <param name="layer">The layer.</param>
    public static double AveragingOf(LayerForm layer) => layer is { Kind: LayerKind.Structured, Exponent: > 0.5 and var a } ? Math.Max(0, (1 - a) / a) : 1;
}
