namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The flow ẇ = −Q^(−κ)∇L: every mode moves at the rate λ^(1−κ) in place of λ, while s, u and the loss keep their weights λ (derived; docs/systems/phase-retrieval.md).</summary>
public static class Preconditioning
{
    /// <summary>The rate λ^(1−κ) of a mode; 0 where λ is, because nothing is learned there.</summary>
    /// <param name="eigenvalue">λ ≥ 0.</param>
    /// <param name="exponent">κ from 0 to 1.</param>
    public static double Rate(double eigenvalue, double exponent) => exponent switch
    {
        _ when eigenvalue <= 0 => 0,
        0 => eigenvalue,
        1 => 1,
        _ => Math.Pow(eigenvalue, 1 - exponent),
    };

    /// <summary>Exponent of 1 − s, 1 − u and L ∝ t^(−x): x = (a + b − 1)/(a(1 − κ)); infinite at κ = 1, where they fall exponentially.</summary>
    /// <param name="exponent">Spectral exponent a.</param>
    /// <param name="preconditioner">κ.</param>
    /// <param name="sourceExponent">Source exponent b.</param>
    public static double LossExponent(double exponent, double preconditioner, double sourceExponent = 0) =>
        preconditioner == 1 ? double.PositiveInfinity : SharpLaw.Exponent(exponent, sourceExponent) / (1 - preconditioner);

    /// <summary>κ* = 1 − 1/a, the least κ at which the last half of the modes relaxes no slower, as a power of d, than with isotropic inputs when the rates have trace one: there λ^(1−κ*) ∝ 1/i.</summary>
    /// <param name="exponent">Spectral exponent a ≥ 1.</param>
    public static double BalancingExponent(double exponent) => Math.Max(0, 1 - (1 / exponent));

    /// <summary>The exponent x of T(MSE = ½) ∝ d^x with rates of trace one: max(1, a(1 − κ)), for a(1 − κ) ≠ 1.</summary>
    /// <param name="exponent">Spectral exponent a.</param>
    /// <param name="preconditioner">κ.</param>
    public static double HalfTimeGrowth(double exponent, double preconditioner) => Math.Max(1, exponent * (1 - preconditioner));

    /// <summary>The exponent x of ρ ∝ d^(−x) with rates of trace one: max(0, 1 − a(1 − κ)), for a &gt; 1.</summary>
    /// <param name="exponent">Spectral exponent a.</param>
    /// <param name="preconditioner">κ.</param>
    public static double EscapeDecay(double exponent, double preconditioner) => Math.Max(0, 1 - (exponent * (1 - preconditioner)));
}
