namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>What is trained by SGD.</summary>
public enum ModelKind
{
    /// <summary>φ(x) = W x with a d × d matrix.</summary>
    Linear,

    /// <summary>φ(x) = θ E[x₀|x] with one number: the optimum θ = 1 is realisable.</summary>
    Posterior,
}
