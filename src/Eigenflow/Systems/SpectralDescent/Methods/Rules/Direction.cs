namespace Eigenflow.Systems.SpectralDescent;

/// <summary>A direction D(G) = U f(S) Vᵀ for G = U S Vᵀ: an odd function f of the singular values. Immutable.</summary>
public abstract record Direction
{
    /// <summary>Whether every singular direction moves by about η per step, whatever the size of the gradient.</summary>
    public abstract bool IsSignLike { get; }

    /// <summary>Momentum where none is asked for.</summary>
    internal virtual double UsualMomentum => 0;

    /// <summary>Whether blocks stand for the matrix only where it is diagonal: a start α I, and no other orthogonal one.</summary>
    internal virtual bool NeedsDiagonalBlocks => false;

    /// <exception cref="ParameterException">An option out of range.</exception>
    internal virtual void Validate()
    {
    }

    /// <summary>The engine that follows the coefficients of blocks.</summary>
    internal abstract BlockEngine Blocks(BlockSystem system, UpdateRule rule);

    /// <summary>The direction on matrices of one size, with its work space.</summary>
    internal abstract IMatrixDirection Matrices(int rows, int columns);
}

/// <summary>f on the coefficients of blocks; a struct, so that the loop is compiled for each.</summary>
internal interface IBlockMap
{
    /// <summary>Whether <see cref="Begin"/> is to be called.</summary>
    static abstract bool NeedsNorm { get; }

    /// <summary>Whether a coefficient below 1e-14 counts as zero, where a lattice of steps would only chatter about rounding.</summary>
    static abstract bool HasLattice { get; }

    /// <summary>A number as the map takes it: rounded where it works with fewer digits.</summary>
    double Stored(double value);

    /// <summary>Told of ‖M‖_F, and of the part of the steps that is done (0 at the first, 1 at the last), before each step.</summary>
    void Begin(double norm, double progress);

    /// <summary>f of a signed singular value.</summary>
    double Map(double value);
}

/// <summary>A direction on matrices of one size.</summary>
internal interface IMatrixDirection
{
    /// <summary>Told of the part of the steps that is done, 0 at the first and 1 at the last, before each step.</summary>
    void Begin(double progress)
    {
    }

    /// <summary>Writes D(G).</summary>
    void Apply(ReadOnlySpan<double> gradient, Span<double> direction);
}
