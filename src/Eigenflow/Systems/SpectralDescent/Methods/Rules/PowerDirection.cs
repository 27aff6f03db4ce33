namespace Eigenflow.Systems.SpectralDescent;

/// <summary>Fractional power U S^p Vᵀ, f(s) = |s|^p sign(s): between spectral descent (p = 0) and gradient descent (p = 1).</summary>
/// <param name="Power">p, 0 ≤ p ≤ 1.</param>
public sealed record PowerDirection(double Power) : Direction
{
    /// <inheritdoc/>
    public override bool IsSignLike => Power == 0;

    internal override void Validate()
    {
        if (!(Power >= 0 && Power <= 1))
            throw new ParameterException("power", Power, "a number >= 0 and <= 1");
    }

    internal override BlockEngine Blocks(BlockSystem system, double momentum) => Power switch
    {
        0 => new BlockEngine<PolarDirection.SignMap>(system, momentum, default),
        1 => new BlockEngine<GradientDirection.BlockMap>(system, momentum, default),
        _ => new BlockEngine<BlockMap>(system, momentum, new BlockMap(Power)),
    };

    internal override IMatrixDirection Matrices(int rows, int columns) => Power == 1
        ? new GradientDirection().Matrices(rows, columns)
        : new SingularValueDirection(rows, columns, (value, largest) => value <= PolarDirection.Tolerance * largest ? 0 : Math.Pow(value, Power));

    private readonly struct BlockMap(double power) : IBlockMap
    {
        public static bool NeedsNorm => false;

        public static bool HasLattice => false;

        public void Begin(double norm)
        {
        }

        public double Map(double value) => Math.CopySign(Math.Pow(Math.Abs(value), power), value);
    }
}
