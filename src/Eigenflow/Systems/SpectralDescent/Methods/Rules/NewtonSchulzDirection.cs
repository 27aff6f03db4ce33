using Eigenflow.Numerics.Dense;
using Eigenflow.Settings;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The Newton–Schulz approximation of the polar factor: X₀ = G/‖G‖_F, X ← aX + (bA + cA²)X with A = XXᵀ, a polynomial of the singular values.
/// Muon's quintic lands in about [0.68, 1.20] for singular values above 0.003 of the norm: a soft sign. The cubic (1.5, −0.5, 0) converges to the sign, slowly from small values.
/// Work per application: (4 r c² + 2 c³) fused operations per iteration on an r × c matrix, r ≥ c (the smaller side carries A); memory 3 r c + 3 c² doubles.
/// </summary>
public sealed record NewtonSchulzDirection : Direction
{
    /// <summary>a. Default: Muon's.</summary>
    public double Linear { get; init; } = 3.4445;

    /// <summary>b. Default: Muon's.</summary>
    public double Cubic { get; init; } = -4.7750;

    /// <summary>c. Default: Muon's.</summary>
    public double Quintic { get; init; } = 2.0315;

    /// <summary>Number of iterations, 1 to 1000. Default 5: Muon's.</summary>
    public int Iterations { get; init; } = 5;

    /// <inheritdoc/>
    public override bool IsSignLike => true;

    internal override double UsualMomentum => 0.9;

    /// <summary>The coefficients a, b, c that a text names: <c>muon</c>, <c>cubic</c>, or three numbers.</summary>
    /// <exception cref="ParameterException">Of no such form.</exception>
    internal static double[] ReadCoefficients(string text) => text switch
    {
        "muon" => [3.4445, -4.7750, 2.0315],
        "cubic" => [1.5, -0.5, 0],
        _ => text.Split(',').Select(TextForm.Real).ToArray() is [{ } a, { } b, { } c]
            ? [a, b, c]
            : throw new ParameterException("newton-schulz", text, "muon, cubic or three numbers a,b,c", Suggestion.For(text, ["muon", "cubic"])),
    };

    /// <summary>The value at which a relative singular value σ (of the Frobenius norm) lands.</summary>
    /// <param name="value">σ, 0 to 1.</param>
    public double Polynomial(double value)
    {
        for (var k = 0; k < Iterations; k++)
        {
            var square = value * value;
            value *= Linear + (square * (Cubic + (square * Quintic)));
        }

        return value;
    }

    internal override void Validate()
    {
        if (!double.IsFinite(Linear) || !double.IsFinite(Cubic) || !double.IsFinite(Quintic))
            throw new ParameterException("newton-schulz", FormattableString.Invariant($"{Linear},{Cubic},{Quintic}"), "three finite coefficients");
        if (Iterations is < 1 or > 1000)
            throw new ParameterException("iterations", Iterations, "a whole number from 1 to 1000");
    }

    internal override BlockEngine Blocks(BlockSystem system, double momentum) => new BlockEngine<BlockMap>(system, momentum, new BlockMap(this));

    internal override IMatrixDirection Matrices(int rows, int columns) => new MatrixDirection(this, rows, columns);

    private struct BlockMap(NewtonSchulzDirection direction) : IBlockMap
    {
        private double inverse;

        public static bool NeedsNorm => true;

        public static bool HasLattice => true;

        public void Begin(double norm) => inverse = norm > 0 ? 1 / norm : 0;

        public readonly double Map(double value) => direction.Polynomial(value * inverse);
    }

    private sealed class MatrixDirection(NewtonSchulzDirection rule, int rows, int columns) : IMatrixDirection
    {
        // X is kept tall, so that the Gram matrix is the smaller one: (aI + bA + cA²)X of a wide X is the transpose of X(aI + bA + cA²) of a tall one.
        private readonly int tall = Math.Max(rows, columns);
        private readonly int narrow = Math.Min(rows, columns);
        private readonly double[] gram = new double[Math.Min(rows, columns) * Math.Min(rows, columns)];
        private readonly double[] square = new double[Math.Min(rows, columns) * Math.Min(rows, columns)];
        private double[] x = new double[rows * columns];
        private double[] next = new double[rows * columns];

        public void Apply(ReadOnlySpan<double> gradient, Span<double> direction)
        {
            var norm = 0.0;
            for (var i = 0; i < rows * columns; i++)
                norm += gradient[i] * gradient[i];
            norm = Math.Sqrt(norm);
            if (!(norm > 0))
            {
                direction.Clear();
                return;
            }

            if (rows >= columns)
                gradient.CopyTo(x);
            else
                MatrixProduct.Transpose(gradient, x, rows, columns);
            for (var i = 0; i < x.Length; i++)
                x[i] /= norm;
            for (var k = 0; k < rule.Iterations; k++)
            {
                MatrixProduct.MultiplyTransposed(x, x, gram, narrow, tall, narrow);
                if (rule.Quintic != 0)
                    MatrixProduct.Multiply(gram, gram, square, narrow, narrow, narrow);
                for (var i = 0; i < gram.Length; i++)
                    gram[i] = (rule.Cubic * gram[i]) + (rule.Quintic * square[i]);
                for (var i = 0; i < narrow; i++)
                    gram[(i * narrow) + i] += rule.Linear;
                MatrixProduct.Multiply(x, gram, next, tall, narrow, narrow);
                (x, next) = (next, x);
            }

            if (rows >= columns)
                x.CopyTo(direction);
            else
                MatrixProduct.Transpose(x, direction, tall, narrow);
        }
    }
}
