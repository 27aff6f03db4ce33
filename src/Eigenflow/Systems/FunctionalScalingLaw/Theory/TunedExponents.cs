namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// Exponents of the final loss under the best peak γ = a/B, decay and model size, as the data D or the compute C = M D grows (arXiv 2509.19189, main results).
/// Logarithms stand beside: an exponential decay has D/ln D (C/ln C) in place of D (C); WSD in the easy regime has powers of ln D of its own.
/// </summary>
/// <param name="Capacity">β &gt; 1.</param>
/// <param name="Difficulty">s &gt; 0.</param>
public readonly record struct TunedExponents(double Capacity, double Difficulty)
{
    private double Alpha => Capacity * Difficulty;

    /// <summary>s ≥ 1 − 1/β.</summary>
    public bool IsEasy => Difficulty >= 1 - (1 / Capacity);

    /// <summary>E ∝ D^x for a constant rate: x = −s/(1 + s).</summary>
    public double ConstantData => -Difficulty / (1 + Difficulty);

    /// <summary>γ ∝ D^x for a constant rate: x = −s/(1 + s).</summary>
    public double ConstantRate => ConstantData;

    /// <summary>E ∝ C^x for a constant rate: x = −sβ/(1 + sβ + β).</summary>
    public double ConstantCompute => -Alpha / (1 + Alpha + Capacity);

    /// <summary>M ∝ C^x for a constant rate: x = 1/(1 + sβ + β).</summary>
    public double ConstantModel => 1 / (1 + Alpha + Capacity);

    /// <summary>E ∝ D^x up to logarithms for decays: x = −sβ/(1 + sβ) easy, −s hard.</summary>
    public double DecayData => IsEasy ? -Alpha / (1 + Alpha) : -Difficulty;

    /// <summary>γ ∝ D^x up to logarithms for decays: x = −(1 + sβ − β)/(1 + sβ) easy, 0 hard.</summary>
    public double DecayRate => IsEasy ? -(1 + Alpha - Capacity) / (1 + Alpha) : 0;

    /// <summary>E ∝ C^x up to logarithms for decays: x = −sβ/(2 + sβ) easy, −sβ/(1 + β) hard.</summary>
    public double DecayCompute => IsEasy ? -Alpha / (2 + Alpha) : -Alpha / (1 + Capacity);

    /// <summary>M ∝ C^x up to logarithms for decays: x = 1/(2 + sβ) easy, 1/(1 + β) hard.</summary>
    public double DecayModel => IsEasy ? 1 / (2 + Alpha) : 1 / (1 + Capacity);

    /// <summary>Power of ln D in E for WSD, data limited: (sβ − s)/(1 + sβ) easy, 0 hard.</summary>
    public double WsdDataLogarithm => IsEasy ? (Alpha - Difficulty) / (1 + Alpha) : 0;

    /// <summary>Power of ln C in E for WSD, compute limited: (sβ − s)/(2 + sβ) easy, 0 hard.</summary>
    public double WsdComputeLogarithm => IsEasy ? (Alpha - Difficulty) / (2 + Alpha) : 0;

    /// <summary>Power of ln D in the best γ of WSD in the easy regime: −(β − 1)/(1 + sβ); the sign is missing in print (derived).</summary>
    public double WsdRateLogarithm => IsEasy ? -(Capacity - 1) / (1 + Alpha) : 0;

    /// <summary>Power of ln C in the best M of WSD in the easy regime: −(1 − 1/β)/(2 + sβ) (derived; in print −1/(2 + sβ), which does not balance).</summary>
    public double WsdModelLogarithm => IsEasy ? -(1 - (1 / Capacity)) / (2 + Alpha) : 0;

    /// <summary>N₂/N ∝ N^x for the decay of the optimal schedule in the hard regime: x = −(β − 1 − sβ)/(2β − 1) (derived).</summary>
    public double OptimalDecayFraction => IsEasy ? 0 : -(Capacity - 1 - Alpha) / ((2 * Capacity) - 1);

    /// <summary>Exponent of a schedule of fixed shape with the tail (1 − x)^g: β becomes min(β, g + 1) ("capacity saturation").</summary>
    /// <param name="tail">g ≥ 0.</param>
    public double FixedShape(double tail)
    {
        var effective = Math.Min(Capacity, tail + 1);
        return Difficulty >= 1 - (1 / effective) ? -Difficulty * effective / (1 + (Difficulty * effective)) : -Difficulty;
    }
}
