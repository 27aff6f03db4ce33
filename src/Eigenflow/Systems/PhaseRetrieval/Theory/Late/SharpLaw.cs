using Eigenflow.Spectra;
using MathNet.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The sharp law of Phase IIb (derived; docs/systems/phase-retrieval.md): with τ₁(t) = Σ λ_i w*_i (w*_i ∓ w_i(0)) e^(−8λ_i s* t), as t → ∞ with a &gt; 1,
/// and τ₂(t) = Σ λ_i (w*_i ∓ w_i(0))² e^(−16λ_i s* t), which tends to τ₁(2t) for large d,
/// 1 − s/s* ≈ (2/3) τ₁(t)/s*, 1 − |u|/s* ≈ (τ₁(t)/3 + τ₂(t)/2)/s*, L ≈ 4 s* τ₂(t). So s, u and the loss relax as t^(−(a−1)/a), and
/// T₂(ε) ∝ ε^(−a/(a−1)); the paper's ε^(−2a/(a−1)) log(1/ε) is an upper bound, not the rate. Work O(n) per evaluation.
/// </summary>
public sealed class SharpLaw
{
    private readonly WeightedModes modes;
    private readonly int sign;

    /// <summary>The law of a problem.</summary>
    /// <param name="modes">Its modes.</param>
    /// <param name="sign">Sign of the teacher that the student approaches: that of the escape coefficient.</param>
    public SharpLaw(WeightedModes modes, int sign = 1)
    {
        this.modes = modes;
        this.sign = sign;
    }

    /// <summary>τ₁(t).</summary>
    /// <param name="time">Flow time t ≥ 0.</param>
    public double Tail(double time) => modes.Sum(j => modes.Weights[j] * modes.Eigenvalues[j] * modes.Teacher[j]
        * (modes.Teacher[j] - (sign * modes.Start[j])) * Math.Exp(-8 * modes.Rates[j] * modes.TeacherOverlap * time));

    /// <summary>τ₂(t): the part of s and L that is of second order in the deviation of the slow modes, w(0) ∓ w*.</summary>
    /// <param name="time">Flow time t ≥ 0.</param>
    public double SecondTail(double time) => modes.Sum(j =>
    {
        var gap = modes.Teacher[j] - (sign * modes.Start[j]);
        return modes.Weights[j] * modes.Eigenvalues[j] * gap * gap * Math.Exp(-16 * modes.Rates[j] * modes.TeacherOverlap * time);
    });

    /// <summary>1 − s/s* ≈ (2/3) τ₁(t)/s*.</summary>
    /// <param name="time">Flow time.</param>
    public double Shortfall(double time) => 2.0 / 3 * Tail(time) / modes.TeacherOverlap;

    /// <summary>1 − |u|/s* ≈ (τ₁(t)/3 + τ₂(t)/2)/s*.</summary>
    /// <param name="time">Flow time.</param>
    public double Misalignment(double time) => ((Tail(time) / 3) + (SecondTail(time) / 2)) / modes.TeacherOverlap;

    /// <summary>L ≈ 4 s* τ₂(t).</summary>
    /// <param name="time">Flow time.</param>
    public double Loss(double time) => 4 * modes.TeacherOverlap * SecondTail(time);

    /// <summary>
    /// The time since the crossing at which both shortfalls have fallen to ε, max(⅔τ₁(t), ⅓τ₁(t) + ½τ₁(2t)) = ε s*. It has τ₁(2t) in place of τ₂(t): T₂ = T₁′ + this is an
    /// interpolation that holds to 3 % for ε ≤ 0.01, where the two differ by less.
    /// </summary>
    /// <param name="accuracy">ε in (0, 1).</param>
    public double TimeTo(double accuracy)
    {
        double low = 0, high = 1 / (8 * modes.SmallestRate * modes.TeacherOverlap);
        while (Worst(high) > accuracy && high < 1e300)
            high *= 2;
        if (Worst(low) <= accuracy)
            return 0;
        for (var k = 0; k < 200 && high - low > 1e-12 * high; k++)
        {
            var middle = low > 0 ? Math.Sqrt(low * high) : high / 1024;
            if (Worst(middle) > accuracy)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>
    /// The same for d = ∞ in closed form (b = 0): [k⟨w*²⟩(c/a)Γ(β)/ε]^(1/β)/(8c) with k = max(⅔, ⅓ + 2^(−β−1)), that is u last for a &lt; 2.41 and s otherwise; for ε ≫ d^(−(a−1)).
    /// </summary>
    /// <param name="spectrum">The power law, a &gt; 1.</param>
    /// <param name="meanTeacherSquare">⟨w*²⟩/s*.</param>
    /// <param name="accuracy">ε.</param>
    /// <returns>The time times s*.</returns>
    public static double LimitTimeTo(PowerLawSpectrum spectrum, double meanTeacherSquare, double accuracy)
    {
        var beta = Exponent(spectrum.Exponent);
        var scale = 1 / spectrum.Normalization;
        var last = Math.Max(2.0 / 3, (1.0 / 3) + Math.Pow(2, -beta - 1));
        return Math.Pow(last * meanTeacherSquare * scale / spectrum.Exponent * SpecialFunctions.Gamma(beta) / accuracy, 1 / beta) / (8 * scale);
    }

    /// <summary>The exponent β of τ₁ ∝ t^(−β): (a + b − 1)/a for a power law a and source exponent b with a + b &gt; 1.</summary>
    /// <param name="exponent">Spectral exponent a &gt; 0.</param>
    /// <param name="sourceExponent">Source exponent b.</param>
    public static double Exponent(double exponent, double sourceExponent = 0) => (exponent + sourceExponent - 1) / exponent;

    /// <summary>
    /// τ₁(t) ≈ ⟨w*²⟩ (c/a) Γ(β) (8ct)^(−β) for 1 ≪ 8ct ≪ d^a, c = 1/H_{d,a} (b = 0).
    /// </summary>
    /// <param name="spectrum">The power law.</param>
    /// <param name="meanTeacherSquare">⟨w*²⟩ = ‖w*‖²/d.</param>
    /// <param name="time">Flow time times s*.</param>
    public static double MesoscopicTail(PowerLawSpectrum spectrum, double meanTeacherSquare, double time)
    {
        var beta = Exponent(spectrum.Exponent);
        var scale = 1 / spectrum.Normalization;
        return meanTeacherSquare * scale / spectrum.Exponent * SpecialFunctions.Gamma(beta) * Math.Pow(8 * scale * time, -beta);
    }

    private double Worst(double time) => Math.Max(Shortfall(time), ((Tail(time) / 3) + (Tail(2 * time) / 2)) / modes.TeacherOverlap);
}
