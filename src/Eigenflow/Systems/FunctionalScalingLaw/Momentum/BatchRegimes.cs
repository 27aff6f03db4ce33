namespace Eigenflow.Systems.FunctionalScalingLaw;

/// <summary>What is tuned at a given batch.</summary>
public enum TunedRule
{
    /// <summary>SGD: the learning rate.</summary>
    Sgd,

    /// <summary>Learning rate and momentum, gradients at the iterate.</summary>
    Polyak,

    /// <summary>Learning rate and momentum, gradients ahead of it.</summary>
    Nesterov,
}

/// <summary>
/// The three regimes of the batch B = D^b at a budget of D samples (Wang, Huang, Li and Wu 2026): best risk D^(−r(b)), best η = D^(−c) and 1 − ρ = D^(−m), for noise of the labels that dominates.
/// </summary>
/// <param name="Capacity">β &gt; 1.</param>
/// <param name="Difficulty">s &gt; 0.</param>
public readonly record struct BatchRegimes(double Capacity, double Difficulty)
{
    /// <summary>b₁ = s/(s + 1): up to here the learning rate alone is enough.</summary>
    public double First => Difficulty / (Difficulty + 1);

    /// <summary>b₂ = (2s + 1/β)/(2s + 1 + 1/β): Nesterov's kink, where its exponent is largest.</summary>
    public double Second => ((2 * Difficulty) + (1 / Capacity)) / ((2 * Difficulty) + 1 + (1 / Capacity));

    /// <summary>b₃ = (2s + 1)/(2s + 2): Polyak's kink.</summary>
    public double Third => ((2 * Difficulty) + 1) / ((2 * Difficulty) + 2);

    /// <summary>r(b).</summary>
    /// <param name="rule">What is tuned.</param>
    /// <param name="batch">b, 0 to 1.</param>
    public double Exponent(TunedRule rule, double batch)
    {
        var s = Difficulty;
        return rule switch
        {
            TunedRule.Sgd => batch < First ? s / (s + 1) : s * (1 - batch),
            TunedRule.Polyak => batch < Third ? s / (s + 1) : 2 * s * (1 - batch),
            _ => batch < First ? s / (s + 1) : batch < Second ? s * (1 + ((Capacity - 1) * batch)) / ((s * Capacity) + 1) : 2 * s * (1 - batch),
        };
    }

    /// <summary>c of η = D^(−c) and m of 1 − ρ = D^(−m).</summary>
    /// <param name="rule">What is tuned.</param>
    /// <param name="batch">b, 0 to 1.</param>
    public (double Rate, double Momentum) Hyperparameters(TunedRule rule, double batch)
    {
        var s = Difficulty;
        if (batch < First)
            return (First - batch, 0);
        return rule switch
        {
            TunedRule.Sgd => (0, 0),
            TunedRule.Polyak => (0, batch < Third ? batch - First : 1 - batch),
            _ => (0, batch < Second ? Capacity * (((s + 1) * batch) - s) / ((s * Capacity) + 1) : 1 - batch),
        };
    }
}
