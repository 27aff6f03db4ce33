using Eigenflow.Numerics;

namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Mean-square stability of SGD with constant momentum (Wang, Huang, Li and Wu 2026; factorised form derived), exact for Gaussian features. With x = ηλ a mode amplifies noise by q/(BD − q):
/// Polyak q = x(1 + ρ), D = (1 − ρ)(2(1 + ρ) − x); Nesterov q = x(1 + ρ + ρ(1 + 2ρ)x), D = (1 − ρ + ρx)(2(1 + ρ) − (1 + 2ρ)x). Stable ⇔ BD &gt; q in every mode and κ = Σ q/(BD − q) &lt; 1.
/// </summary>
public sealed record MomentumStability
{
    // Beyond this part of the step at which the first mode alone is unstable the sum has a pole.
    private const double NearPole = 1 - 1e-15;
    private readonly KernelModes modes;
    private readonly double noise;

    /// <summary>Judges a learning rate.</summary>
    /// <param name="modes">The modes.</param>
    /// <param name="noise">σ² ≥ 0.</param>
    /// <param name="rate">η &gt; 0.</param>
    /// <param name="batch">B &gt; 0; samples make it a whole number, the formulas do not.</param>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="strength">ρ, 0 ≤ ρ &lt; 1.</param>
    public MomentumStability(KernelModes modes, double noise, double rate, double batch, MomentumKind kind, double strength)
    {
        new MomentumOptions { Strength = strength }.Validate();
        this.modes = modes;
        this.noise = noise;
        (Rate, Batch, Kind, Strength) = (rate, batch, kind, strength);
    }

    /// <summary>η.</summary>
    public double Rate { get; }

    /// <summary>B.</summary>
    public double Batch { get; }

    /// <summary>Where gradients are taken.</summary>
    public MomentumKind Kind { get; }

    /// <summary>ρ.</summary>
    public double Strength { get; }

    /// <summary>κ; +∞ where the first mode alone is unstable.</summary>
    public double Gain => GainAt(Rate, isOfRisk: false);

    /// <summary>Σ of what the stationary risk takes from the noise: κ for Polyak, Σ x(1 + ρ − ρx)/(BD − q) for Nesterov.</summary>
    public double RiskGain => GainAt(Rate, isOfRisk: true);

    /// <summary>Whether the first mode, and with it every other, has BD &gt; q.</summary>
    public bool IsLocallyStable => Rate * modes.Largest < LargestStep(Kind, Strength, Batch);

    /// <summary>Whether the mean risk stays bounded.</summary>
    public bool IsStable => IsLocallyStable && Gain < 1;

    /// <summary>η_ρ = η/(1 − ρ).</summary>
    public double EffectiveRate => Rate / (1 - Strength);

    /// <summary>B_e = B(1 − ρ)/(1 + ρ): Polyak's momentum is SGD with this batch and the rate η/(1 + ρ) as far as κ, E_∞ and η_crit go, exactly, for every spectrum (derived).</summary>
    public double EffectiveBatch => Batch * (1 - Strength) / (1 + Strength);

    /// <summary>The learning rate with κ = 1, for this batch and momentum: unique, since κ grows with η.</summary>
    public double CriticalRate
    {
        get
        {
            var high = LargestStep(Kind, Strength, Batch) / modes.Largest * NearPole;
            var low = high;
            do
                low /= 16;
            while (GainAt(low, isOfRisk: false) > 1);
            return Math.Exp(ScalarRoot.Find(logarithm => Math.Log(GainAt(Math.Exp(logarithm), isOfRisk: false)), Math.Log(low), Math.Log(high)));
        }
    }

    /// <summary>E_∞ = D_M + ½(σ² + 2D_M) χ/(1 − κ) with χ of <see cref="RiskGain"/> (derived).</summary>
    /// <exception cref="ParameterException">Unstable: there is no stationary value.</exception>
    public double StationaryRisk => IsStable
        ? modes.Approximation + ((noise + (2 * modes.Approximation)) * RiskGain / (2 * (1 - Gain)))
        : throw new ParameterException("peak", Rate, DisplayText.Plain($"a learning rate < {CriticalRate:G4} for batch = {Batch:R} and momentum = {Strength:R}"), IsLocallyStable ? "beyond it the second moments grow and no stationary loss exists" : "mode 1 alone is unstable");

    /// <summary>What a user should know, or null when stable.</summary>
    public string? Warning => IsStable
        ? null
        : Invariant($"peak = {Rate:G6} with batch = {Batch:R} and momentum = {Strength:R} is not stable in the mean square ({(IsLocallyStable ? Invariant($"κ = {Gain:G4}, must be < 1") : "mode 1 alone is unstable, BD <= q")}): scaling laws do not hold and kept constant the loss would grow; use peak < {CriticalRate:G4}");

    /// <summary>The step x = ηλ at which a mode alone becomes unstable, BD = q.</summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="strength">ρ.</param>
    /// <param name="batch">B.</param>
    public static double LargestStep(MomentumKind kind, double strength, double batch)
    {
        var (rho, left) = (strength, 1 - strength);
        if (kind == MomentumKind.Polyak)
            return 2 * batch * left * (1 + rho) / ((batch * left) + 1 + rho);

        // The positive root of ρ(1 + 2ρ)(B + 1)x² − (B(4ρ² + ρ − 1) − (1 + ρ))x − 2B(1 − ρ²).
        double square = rho * (1 + (2 * rho)) * (batch + 1), linear = (batch * ((4 * rho * rho) + rho - 1)) - (1 + rho), constant = 2 * batch * left * (1 + rho);
        var root = Math.Sqrt((linear * linear) + (4 * square * constant));
        return linear > 0 ? (linear + root) / (2 * square) : 2 * constant / (root - linear);
    }

    /// <summary>q/x and D of a mode.</summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="step">x = ηλ.</param>
    /// <param name="strength">ρ.</param>
    public static (double Gain, double Damping) Mode(MomentumKind kind, double step, double strength) => kind == MomentumKind.Polyak
        ? (1 + strength, (1 - strength) * ((2 * (1 + strength)) - step))
        : (1 + strength + (strength * (1 + (2 * strength)) * step), (1 - strength + (strength * step)) * ((2 * (1 + strength)) - ((1 + (2 * strength)) * step)));

    /// <summary>Σ_k G_k² of the response of a mode to one unit of noise (paper; Nesterov with y = 1 − x).</summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="step">x = ηλ.</param>
    /// <param name="strength">ρ.</param>
    public static double GreenEnergy(MomentumKind kind, double step, double strength) => kind == MomentumKind.Polyak
        ? (1 + strength) / ((1 - strength) * step * ((2 * (1 + strength)) - step))
        : (1 + (strength * (1 - step))) / ((1 - (strength * (1 - step))) * step * (1 + ((1 + (2 * strength)) * (1 - step))));

    /// <summary>x = ηλ above which a mode oscillates: (1 − √ρ)² (Polyak), ((1 − ρ)/(1 + ρ))² (Nesterov).</summary>
    /// <param name="kind">Where gradients are taken.</param>
    /// <param name="strength">ρ.</param>
    public static double CriticalDamping(MomentumKind kind, double strength)
    {
        var root = kind == MomentumKind.Polyak ? (1 - strength) / (1 + Math.Sqrt(strength)) : (1 - strength) / (1 + strength);
        return root * root;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private double GainAt(double rate, bool isOfRisk)
    {
        if (!(rate * modes.Largest < LargestStep(Kind, Strength, Batch)))
            return double.PositiveInfinity;
        var sum = 0.0;
        for (var j = modes.Size - 1; j >= 0; j--)
        {
            var step = rate * modes.Eigenvalues[j];
            var (gain, damping) = Mode(Kind, step, Strength);
            sum += modes.NoiseWeights[j] * (isOfRisk && Kind == MomentumKind.Nesterov ? 1 + Strength - (Strength * step) : gain) / ((Batch * damping) - (step * gain));
        }

        return rate * sum;
    }
}
