namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// What is done with a gradient G, wherever it comes from: M ← μM + gG with g = 1 − μ or 1, and W ← (1 − η_kω)W − η_k c D(M), or D(gG + μM) with Nesterov's momentum. Immutable.
/// The same rule acts on the coefficients of blocks (which are signed singular values) and on matrices.
/// </summary>
public sealed record UpdateRule
{
    /// <summary>The direction D.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Momentum μ, 0 ≤ μ &lt; 1, of an average that starts from zero. Default 0: D(G) itself.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the direction looks ahead as Muon's does: D(gG + μM) with the new M. Default: no.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>Whether gradients are added with weight g = 1 − μ (an average, the default) or g = 1 (a sum). The polar factor and Newton–Schulz see no difference; others have steps larger by 1/(1 − μ) with a sum.</summary>
    public bool IsSum { get; init; }

    /// <summary>The factor c of updates by the shape of the layer. Default: 1.</summary>
    public UpdateScale Scale { get; init; }

    /// <summary>Decoupled weight decay ω ≥ 0. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Gradient descent.</summary>
    public static UpdateRule GradientDescent { get; } = new() { Direction = new GradientDirection() };

    /// <summary>Spectral descent: the exact polar factor.</summary>
    public static UpdateRule Spectral { get; } = new() { Direction = new PolarDirection() };

    /// <summary>Muon: momentum, and five Newton–Schulz iterations with Muon's coefficients.</summary>
    public static UpdateRule Muon { get; } = new() { Direction = new NewtonSchulzDirection(), Momentum = 0.9 };

    /// <summary>g, the weight of a new gradient.</summary>
    internal double Gain => IsSum ? 1 : 1 - Momentum;

    /// <exception cref="ParameterException">Momentum or weight decay out of range.</exception>
    internal void Validate()
    {
        if (!(Momentum >= 0 && Momentum < 1))
            throw new ParameterException("momentum", Momentum, "a number >= 0 and < 1");
        if (!(WeightDecay >= 0) || !double.IsFinite(WeightDecay))
            throw new ParameterException("weight-decay", WeightDecay, "a number >= 0");
        Direction.Validate();
    }
}
