namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Spectral descent: the polar factor U Vᵀ, f(s) = sign(s), by a thin singular value decomposition; singular values below 1e-12 of the largest are dropped.
/// With a smoothing ε &gt; 0, f(s) = s/√(s² + ε²) instead, which an integrator in continuous time can follow (stiffly).
/// </summary>
public sealed record PolarDirection : Direction
{
    /// <summary>Singular values below this part of the largest count as zero.</summary>
    internal const double Tolerance = 1e-12;

    /// <summary>ε ≥ 0, in units of the gradient. Default 0: the sign.</summary>
    public double Smoothing { get; init; }

    /// <inheritdoc/>
    public override bool IsSignLike => true;

    internal override void Validate()
    {
        if (!(Smoothing >= 0) || !double.IsFinite(Smoothing))
            throw new ParameterException("smoothing", Smoothing, "a number >= 0");
    }

    internal override BlockEngine Blocks(BlockSystem system, UpdateRule rule) => Smoothing > 0
        ? new BlockEngine<SmoothMap>(system, rule, new SmoothMap(Smoothing * Smoothing))
        : new BlockEngine<SignMap>(system, rule, default);

    internal override IMatrixDirection Matrices(int rows, int columns)
    {
        var square = Smoothing * Smoothing;
        return new SingularValueDirection(rows, columns, (value, largest) => value <= Tolerance * largest ? 0 : square > 0 ? value / Math.Sqrt((value * value) + square) : 1);
    }

    internal readonly struct SignMap : IBlockMap
    {
        public static bool NeedsNorm => false;

        public static bool HasLattice => true;

        public double Stored(double value) => value;

        public void Begin(double norm, double progress)
        {
        }

        // Not Math.Sign, which throws at NaN.
        public double Map(double value) => value > 0 ? 1 : value < 0 ? -1 : 0;
    }

    internal readonly struct SmoothMap(double square) : IBlockMap
    {
        public static bool NeedsNorm => false;

        public static bool HasLattice => false;

        public double Stored(double value) => value;

        public void Begin(double norm, double progress)
        {
        }

        public double Map(double value) => value / Math.Sqrt((value * value) + square);
    }
}
