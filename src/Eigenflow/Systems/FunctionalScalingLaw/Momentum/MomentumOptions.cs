namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>Where the gradient of a step with momentum is taken.</summary>
public enum MomentumKind
{
    /// <summary>At the iterate: the heavy ball.</summary>
    Polyak,

    /// <summary>At the point where momentum alone would lead.</summary>
    Nesterov,
}

/// <summary>How the strength of the momentum depends on the step.</summary>
public enum MomentumGrowth
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>ρ_k = 1 − 1/(k + 1): none in the first step, one in the limit.</summary>
    Increasing,
}

/// <summary>
/// Momentum of SGD: θ_{k+1} = θ_k − η_k g(p_k) + ρ_k (θ_k − θ_{k−1}) from θ_{−1} = θ_0 = 0, with the gradient at p_k = θ_k (Polyak) or θ_k + ρ_k (θ_k − θ_{k−1}) (Nesterov).
/// Immutable; none by default.
/// </summary>
public sealed record MomentumOptions
{
    /// <summary>No momentum.</summary>
    public static readonly MomentumOptions None = new();

    /// <summary>ρ, 0 ≤ ρ &lt; 1; not read by <see cref="MomentumGrowth.Increasing"/>.</summary>
    public double Strength { get; init; }

    /// <summary>Where gradients are taken.</summary>
    public MomentumKind Kind { get; init; }

    /// <summary>How the strength depends on the step.</summary>
    public MomentumGrowth Growth { get; init; }

    /// <summary>Whether there is any.</summary>
    public bool IsActive => Growth == MomentumGrowth.Increasing || Strength > 0;

    /// <summary>All that changes a trajectory, for saved states; empty without momentum.</summary>
    internal string Identity => IsActive ? FormattableString.Invariant($" momentum {Kind} {Growth} {Strength:R}") : "";

    /// <summary>ρ_k.</summary>
    /// <param name="step">k ≥ 0.</param>
    public double At(long step) => Growth == MomentumGrowth.Increasing ? 1 - (1 / (step + 1.0)) : Strength;

    /// <summary>η_ρ = η/(1 − ρ_k), the learning rate of SGD that moves slow modes as fast.</summary>
    /// <param name="rate">η.</param>
    /// <param name="step">k ≥ 0.</param>
    public double EffectiveRate(double rate, long step) => Growth == MomentumGrowth.Increasing ? rate * (step + 1.0) : rate / (1 - Strength);

    /// <summary>Checks the strength.</summary>
    /// <exception cref="ParameterException">Not from 0 to below 1.</exception>
    public void Validate()
    {
        if (!(Strength >= 0 && Strength < 1))
            throw new ParameterException("momentum", Strength, "a number >= 0 and < 1", "at 1 nothing that was ever learned or drawn is forgotten");
    }
}
