using Eigenflow.Numerics.RandomMatrix;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>
/// Effective parameters of ridge regression on p Gaussian features of variances σ_j, with the penalty λ on ΦᵀΦ, for large n and p. With h_j = nσ_j/(nσ_j + κ), where κ is n times the renormalised ridge
/// of the penalty λ/n: df₁ = Σ h, df₂ = Σ h². At p = n without a ridge p_test is infinite.
/// </summary>
/// <param name="Kappa">κ.</param>
/// <param name="Trace">p_cov at the training inputs, df₁.</param>
/// <param name="Second">df₂.</param>
/// <param name="Train">p_train, df₁ − (λ/κ) Σ h(1 − h)/(1 − df₂/n).</param>
/// <param name="Test">p_test, df₂/(1 − df₂/n): the noise part of the test error is σ² p_test/n.</param>
internal sealed record SmootherTheory(double Kappa, double Trace, double Second, double Train, double Test)
{
    /// <summary>Mean error at the test points, whose labels have no noise.</summary>
    public double TestError { get; private init; } = double.NaN;

    /// <summary>Mean error at the training points.</summary>
    public double TrainError { get; private init; } = double.NaN;

    /// <summary>The numbers at one size.</summary>
    /// <param name="samples">n.</param>
    /// <param name="columns">p.</param>
    /// <param name="exponent">a of σ_j = j^(−a); 0 is isotropic.</param>
    /// <param name="ridge">λ ≥ 0; 0 is the minimum norm.</param>
    /// <exception cref="ParameterException">The ridge is negative, or a size below one.</exception>
    public static SmootherTheory Of(double samples, long columns, double exponent, double ridge) => Of(samples, columns, exponent, ridge, columns, 0);

    /// <summary>The same with the errors for the target Σ x_j/√d on the first d inputs, of which the features are the first p; the others act as noise.</summary>
    /// <param name="samples">n.</param>
    /// <param name="columns">p ≤ d.</param>
    /// <param name="exponent">a of σ_j = j^(−a); 0 is isotropic.</param>
    /// <param name="ridge">λ ≥ 0; 0 is the minimum norm.</param>
    /// <param name="dimension">d.</param>
    /// <param name="noise">Variance of the label noise.</param>
    /// <exception cref="ParameterException">The ridge is negative, or a size below one.</exception>
    public static SmootherTheory Of(double samples, long columns, double exponent, double ridge, long dimension, double noise)
    {
        if (!(samples >= 2) || !double.IsFinite(samples))
            throw new ParameterException("samples", samples, "a finite number >= 2");
        if (columns < 1 || columns > dimension)
            throw new ParameterException("columns", columns, FormattableString.Invariant($"a whole number from 1 to dimension = {dimension}"));
        if (!(ridge >= 0) || !double.IsFinite(ridge))
            throw new ParameterException("ridge", ridge, "a finite number >= 0");
        var unseen = (PowerSum.Of(exponent, dimension) - PowerSum.Of(exponent, columns)) / dimension;
        var at = new RidgeEquivalent(Features(columns, exponent, dimension), samples).At(ridge / samples);
        var (resolution, left) = (at.Resolution, at.Stiffness);
        var train = ridge > 0 ? resolution.Learned - (ridge / (samples * at.Kappa) * resolution.Spread / left) : resolution.Learned;
        var risk = at.Risk(noise + Math.Max(0, unseen));
        return new SmootherTheory(samples * at.Kappa, resolution.Learned, resolution.Second, train, resolution.Second / left) { TestError = risk.Error + Math.Max(0, unseen), TrainError = risk.TrainError };
    }

    /// <summary>Mean p_test of minimum-norm least squares on isotropic Gaussian features at finite size: np/(n − p − 1) for p &lt; n − 1, n²/(p − n − 1) for p &gt; n + 1, and infinite between.</summary>
    /// <param name="samples">n.</param>
    /// <param name="columns">p.</param>
    public static double IsotropicTest(int samples, int columns) =>
        columns < samples - 1 ? (double)samples * columns / (samples - columns - 1)
        : columns > samples + 1 ? (double)samples * samples / (columns - samples - 1) : double.PositiveInfinity;

    // A few hundred nodes for a power law of any size.
    private static Population Features(long columns, double exponent, long dimension) => exponent == 0
        ? Population.Of([1], [columns], [(double)columns / dimension])
        : Population.Of(
            SpectralCompression.Average(Spectrum.PowerLaw(columns, exponent), 2, (number, values) =>
            {
                values[0] = 1;
                values[1] = Math.Pow(number, -exponent) / dimension;
            }),
            PowerSum.Of(exponent, columns));
}
