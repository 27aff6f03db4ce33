namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>
/// SGD with the preconditioned step v ← v − η H^(−κ) g (derived): in the coordinates H^(κ/2) v it is plain SGD, step by step and sample by sample, on features of the covariance H^(1−κ) with the target
/// H^(κ/2) θ*. For power laws that is the same system with β' = β(1 − κ) and s' = s/(1 − κ): s'β' = sβ stays, and every law of the paper holds with the primed exponents while β' &gt; 1.
/// </summary>
/// <param name="Capacity">β &gt; 1.</param>
/// <param name="Difficulty">s &gt; 0.</param>
/// <param name="Preconditioner">κ from 0 to below 1 − 1/β.</param>
public readonly record struct PreconditionedLaw(double Capacity, double Difficulty, double Preconditioner)
{
    /// <summary>1 − 1/β: from this κ on the trace of H^(1−κ) grows with the number of features, and with it the noise of SGD.</summary>
    public double LargestPreconditioner => 1 - (1 / Capacity);

    /// <summary>β' = β(1 − κ).</summary>
    public double EffectiveCapacity => Capacity * (1 - Preconditioner);

    /// <summary>s' = s/(1 − κ).</summary>
    public double EffectiveDifficulty => Difficulty / (1 - Preconditioner);

    /// <summary>The bias falls as t^x, x = −s/(1 − κ).</summary>
    public double BiasExponent => -EffectiveDifficulty;

    /// <summary>Noise is forgotten as t^x, x = −(2 − 1/(β(1 − κ))).</summary>
    public double ForgettingExponent => -(2 - (1 / EffectiveCapacity));

    /// <summary>The least κ at which the task is easy, s' ≥ 1 − 1/β': κ* = 1 − 1/β − s, or 0.</summary>
    public double EasyFrom => Math.Max(0, LargestPreconditioner - Difficulty);

    /// <summary>Exponents of tuned schedules.</summary>
    public TunedExponents Tuned => new(EffectiveCapacity, EffectiveDifficulty);

    /// <summary>The problem whose plain SGD is the preconditioned one of another.</summary>
    /// <param name="problem">A problem of power laws; its exponents are replaced.</param>
    /// <exception cref="ParameterException">κ is out of range.</exception>
    public ScalingLawProblem Equivalent(ScalingLawProblem problem)
    {
        if (!(Preconditioner >= 0 && Preconditioner < LargestPreconditioner))
            throw new ParameterException("preconditioner", Preconditioner, DisplayText.Plain($"a number >= 0 and < {LargestPreconditioner:G4} for capacity = {Capacity:R}"), "from there on the trace grows with the number of features");
        return problem with { Capacity = EffectiveCapacity, Difficulty = EffectiveDifficulty };
    }
}
