using Eigenflow.Spectra;
using MathNet.Numerics;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// The sharp law of Phase IIb (derived; docs/systems/phase-retrieval.md): with τ₁(t) = Σ λ_i w*_i (w*_i ∓ w_i(0)) e^(−8λ_i s* t), as t → ∞ with a &gt; 1,
/// 1 − s/s* ≈ (2/3) τ₁(t)/s*, 1 − |u|/s* ≈ (τ₁(t)/3 + τ₁(2t)/2)/s*, L ≈ 4 s* τ₁(2t). So s, u and the loss relax as t^(−(a−1)/a), and
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

    /// <summary>1 − s/s* ≈ (2/3) τ₁(t)/s*.</summary>
    /// <param name="time">Flow time.</param>
    public double Shortfall(double time) => 2.0 / 3 * Tail(time) / modes.TeacherOverlap;

    /// <summary>1 − |u|/s* ≈ (τ₁(t)/3 + τ₁(2t)/2)/s*.</summary>
    /// <param name="time">Flow time.</param>
    public double Misalignment(double time) => ((Tail(time) / 3) + (Tail(2 * time) / 2)) / modes.TeacherOverlap;

    /// <summary>L ≈ 4 s* τ₁(2t).</summary>
    /// <param name="time">Flow time.</param>
    public double Loss(double time) => 4 * modes.TeacherOverlap * Tail(2 * time);

    /// <summary>The time at which both shortfalls have fallen to ε by this law.</summary>
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

    private double Worst(double time) => Math.Max(Shortfall(time), Misalignment(time));
}
