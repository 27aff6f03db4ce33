namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// What is done with a gradient G, wherever it comes from: M ← μM + (1 − μ)G, W ← W − η_k D(M). Immutable.
/// The same rule acts on the coefficients of blocks (which are signed singular values) and on matrices.
/// </summary>
public sealed record UpdateRule
{
    /// <summary>The direction D.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Momentum μ, 0 ≤ μ &lt; 1, of an exponential moving average that starts from zero. Default 0: D(G) itself.</summary>
    public double Momentum { get; init; }

    /// <summary>Gradient descent.</summary>
    public static UpdateRule GradientDescent { get; } = new() { Direction = new GradientDirection() };

    /// <summary>Spectral descent: the exact polar factor.</summary>
    public static UpdateRule Spectral { get; } = new() { Direction = new PolarDirection() };

    /// <summary>Muon: momentum, and five Newton–Schulz iterations with Muon's coefficients.</summary>
    public static UpdateRule Muon { get; } = new() { Direction = new NewtonSchulzDirection(), Momentum = 0.9 };

    /// <exception cref="ParameterException">Momentum out of range.</exception>
    internal void Validate()
    {
        if (!(Momentum >= 0 && Momentum < 1))
            throw new ParameterException("momentum", Momentum, "a number >= 0 and < 1");
        Direction.Validate();
    }
}

/// <summary>A direction D(G) = U f(S) Vᵀ for G = U S Vᵀ: an odd function f of the singular values. Immutable.</summary>
public abstract record Direction
{
    /// <summary>Whether every singular direction moves by about η per step, whatever the size of the gradient.</summary>
    public abstract bool IsSignLike { get; }

    /// <summary>Momentum where none is asked for.</summary>
    internal virtual double UsualMomentum => 0;

    /// <exception cref="ParameterException">An option out of range.</exception>
    internal virtual void Validate()
    {
    }

    /// <summary>The engine that follows the coefficients of blocks.</summary>
    internal abstract BlockEngine Blocks(BlockSystem system, double momentum);

    /// <summary>The direction on matrices of one size, with its work space.</summary>
    internal abstract IMatrixDirection Matrices(int rows, int columns);
}

/// <summary>f on the coefficients of blocks; a struct, so that the loop is compiled for each.</summary>
internal interface IBlockMap
{
    /// <summary>Whether <see cref="Begin"/> needs the Frobenius norm.</summary>
    static abstract bool NeedsNorm { get; }

    /// <summary>Whether a coefficient below 1e-14 counts as zero, where a lattice of steps would only chatter about rounding.</summary>
    static abstract bool HasLattice { get; }

    /// <summary>Told of ‖M‖_F before each step.</summary>
    void Begin(double norm);

    /// <summary>f of a signed singular value.</summary>
    double Map(double value);
}

/// <summary>A direction on matrices of one size.</summary>
internal interface IMatrixDirection
{
    /// <summary>Writes D(G).</summary>
    void Apply(ReadOnlySpan<double> gradient, Span<double> direction);
}
