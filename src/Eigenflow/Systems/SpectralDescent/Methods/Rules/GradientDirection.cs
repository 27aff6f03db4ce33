namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Gradient descent: f(s) = s.</summary>
public sealed record GradientDirection : Direction
{
    /// <inheritdoc/>
    public override bool IsSignLike => false;

    internal override BlockEngine Blocks(BlockSystem system, UpdateRule rule) => new BlockEngine<BlockMap>(system, rule, default);

    internal override IMatrixDirection Matrices(int rows, int columns) => new MatrixDirection();

    internal readonly struct BlockMap : IBlockMap
    {
        public static bool NeedsNorm => false;

        public static bool HasLattice => false;

        public double Stored(double value) => value;

        public void Begin(double norm, double progress)
        {
        }

        public double Map(double value) => value;
    }

    private sealed class MatrixDirection : IMatrixDirection
    {
        public void Apply(ReadOnlySpan<double> gradient, Span<double> direction) => gradient.CopyTo(direction);
    }
}
