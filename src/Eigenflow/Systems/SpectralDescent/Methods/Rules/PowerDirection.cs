namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Fractional power U S^p Vᵀ, f(s) = |s|^p sign(s): between spectral descent (p = 0) and gradient descent (p = 1), and beyond spectral descent with p &lt; 0, where small gradients move farthest.
/// With a final power it goes evenly from one to the other over the steps. Negative powers and final ones drop singular values below 1e-12 of the largest (of the norm, on blocks).
/// </summary>
/// <param name="Power">p, −1 ≤ p ≤ 1; that of the first step.</param>
public sealed record PowerDirection(double Power) : Direction
{
    /// <summary>p of the last step, −1 to 1, or null for the same at every step.</summary>
    public double? FinalPower { get; init; }

    /// <inheritdoc/>
    public override bool IsSignLike => Power == 0 && Last == 0;

    /// <summary>Mean power over the steps.</summary>
    internal double Mean => (Power + Last) / 2;

    /// <summary>The smaller of the two powers.</summary>
    internal double Lowest => Math.Min(Power, Last);

    private double Last => FinalPower ?? Power;

    internal override void Validate()
    {
        if (!(Power is >= -1 and <= 1))
            throw new ParameterException("power", Power, "a number >= -1 and <= 1");
        if (!(Last is >= -1 and <= 1))
            throw new ParameterException("final-power", Last, "a number >= -1 and <= 1");
    }

    internal override BlockEngine Blocks(BlockSystem system, UpdateRule rule) => Power switch
    {
        _ when Last != Power || Power < 0 => new BlockEngine<GeneralMap>(system, rule, new GeneralMap(Power, Last)),
        0 => new BlockEngine<PolarDirection.SignMap>(system, rule, default),
        1 => new BlockEngine<GradientDirection.BlockMap>(system, rule, default),
        _ => new BlockEngine<BlockMap>(system, rule, new BlockMap(Power)),
    };

    internal override IMatrixDirection Matrices(int rows, int columns) => Power == 1 && Last == 1
        ? new GradientDirection().Matrices(rows, columns)
        : new MatrixDirection(rows, columns, Power, Last);

    private static double At(double first, double last, double progress) => first + ((last - first) * progress);

    private readonly struct BlockMap(double power) : IBlockMap
    {
        public static bool NeedsNorm => false;

        public static bool HasLattice => false;

        public double Stored(double value) => value;

        public void Begin(double norm, double progress)
        {
        }

        public double Map(double value) => Math.CopySign(Math.Pow(Math.Abs(value), power), value);
    }

    // Negative powers need a smallest size, and powers that change the place.
    private struct GeneralMap(double first, double last) : IBlockMap
    {
        private double power;
        private double smallest;

        public static bool NeedsNorm => true;

        public static bool HasLattice => false;

        public readonly double Stored(double value) => value;

        public void Begin(double norm, double progress)
        {
            power = At(first, last, progress);
            smallest = PolarDirection.Tolerance * norm;
        }

        public readonly double Map(double value) => Math.Abs(value) <= smallest ? 0 : Math.CopySign(Math.Pow(Math.Abs(value), power), value);
    }

    private sealed class MatrixDirection : IMatrixDirection
    {
        private readonly double first;
        private readonly double last;
        private readonly SingularValueDirection inner;
        private double power;

        public MatrixDirection(int rows, int columns, double first, double last)
        {
            this.first = first;
            this.last = last;
            power = first;
            inner = new SingularValueDirection(rows, columns, (value, largest) => value <= PolarDirection.Tolerance * largest ? 0 : Math.Pow(value, power));
        }

        public void Begin(double progress) => power = At(first, last, progress);

        public void Apply(ReadOnlySpan<double> gradient, Span<double> direction) => inner.Apply(gradient, direction);
    }
}
