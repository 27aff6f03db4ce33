using Eigenflow.Numerics.RandomMatrix;

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
    /// <summary>The numbers at one size.</summary>
    /// <param name="samples">n.</param>
    /// <param name="columns">p.</param>
    /// <param name="exponent">a of σ_j = j^(−a); 0 is isotropic.</param>
    /// <param name="ridge">λ ≥ 0; 0 is the minimum norm.</param>
    /// <exception cref="ParameterException">The ridge is negative, or a size below one.</exception>
    public static SmootherTheory Of(int samples, int columns, double exponent, double ridge)
    {
        if (samples < 2)
            throw new ParameterException("samples", samples, "a whole number >= 2");
        if (columns < 1)
            throw new ParameterException("columns", columns, "a whole number >= 1");
        if (!(ridge >= 0) || !double.IsFinite(ridge))
            throw new ParameterException("ridge", ridge, "a finite number >= 0");
        double[] variances = exponent == 0 ? [1] : [.. Enumerable.Range(1, columns).Select(j => Math.Pow(j, -exponent))];
        double[] counts = exponent == 0 ? [columns] : [.. variances.Select(_ => 1.0)];
        var at = new RidgeEquivalent(Population.Of(variances, counts, new double[variances.Length]), samples).At(ridge / samples);
        var (resolution, left) = (at.Resolution, at.Stiffness);
        var train = ridge > 0 ? resolution.Learned - (ridge / (samples * at.Kappa) * resolution.Spread / left) : resolution.Learned;
        return new SmootherTheory(samples * at.Kappa, resolution.Learned, resolution.Second, train, resolution.Second / left);
    }

    /// <summary>Mean p_test of minimum-norm least squares on isotropic Gaussian features at finite size: np/(n − p − 1) for p &lt; n − 1, n²/(p − n − 1) for p &gt; n + 1, and infinite between.</summary>
    /// <param name="samples">n.</param>
    /// <param name="columns">p.</param>
    public static double IsotropicTest(int samples, int columns) =>
        columns < samples - 1 ? (double)samples * columns / (samples - columns - 1)
        : columns > samples + 1 ? (double)samples * samples / (columns - samples - 1) : double.PositiveInfinity;
}
