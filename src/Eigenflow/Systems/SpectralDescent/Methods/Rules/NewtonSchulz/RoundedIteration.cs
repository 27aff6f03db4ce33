using Eigenflow.Numerics.LowPrecision;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Newton–Schulz in an arithmetic of less than double precision, operation by operation as it is published: X = G/‖G‖_F, transposed where there are more rows than columns;
/// A = XXᵀ, B = bA + (cA)A, X ← aX + BX. Products of matrices sum in float and round once; every other operation rounds. The gradient comes from a float, the norm is summed without rounding and then rounded.
/// Published codes add 1e-7 to the norm, which is left out.
/// </summary>
/// <param name="rule">Coefficients and iterations.</param>
/// <param name="rows">Rows of the matrices.</param>
/// <param name="columns">Columns of the matrices.</param>
internal sealed class RoundedIteration<TRounding>(NewtonSchulzDirection rule, int rows, int columns) : IMatrixDirection
    where TRounding : struct, IRounding
{
    private readonly int narrow = Math.Min(rows, columns);
    private readonly int wide = Math.Max(rows, columns);
    private readonly float[] x = new float[rows * columns];
    private readonly float[] transposed = new float[rows * columns];
    private readonly float[] product = new float[rows * columns];
    private readonly float[] gram = new float[Math.Min(rows, columns) * Math.Min(rows, columns)];
    private readonly float[] scaled = new float[Math.Min(rows, columns) * Math.Min(rows, columns)];
    private readonly float[] square = new float[Math.Min(rows, columns) * Math.Min(rows, columns)];

    public void Apply(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        // X is wide: row i of it is row i of the gradient, or its column where the gradient is tall.
        var isTall = rows > columns;
        var sum = 0.0;
        for (var i = 0; i < narrow; i++)
        {
            for (var j = 0; j < wide; j++)
            {
                var value = Stored(gradient[isTall ? (j * columns) + i : (i * columns) + j]);
                x[(i * wide) + j] = value;
                sum += (double)value * value;
            }
        }

        if (!(sum > 0))
        {
            direction.Clear();
            return;
        }

        var norm = Norm(rule, Math.Sqrt(sum));
        for (var i = 0; i < x.Length; i++)
            x[i] = TRounding.Round(x[i] / norm);
        for (var k = 0; k < rule.Iterations; k++)
            Iterate(rule.Coefficients.At(k));
        for (var i = 0; i < narrow; i++)
        {
            for (var j = 0; j < wide; j++)
                direction[isTall ? (j * columns) + i : (i * columns) + j] = x[(i * wide) + j];
        }
    }

    /// <summary>A number as the arithmetic holds it.</summary>
    public static float Stored(double value) => TRounding.Round((float)value);

    /// <summary>What X₀ is divided by.</summary>
    public static float Norm(NewtonSchulzDirection rule, double norm)
    {
        var stored = Stored(norm);
        return rule.Coefficients.NormFactor == 1 ? stored : TRounding.Round(stored * (float)rule.Coefficients.NormFactor);
    }

    /// <summary>The same iteration of one entry of a diagonal matrix: exact, since zeros stay zeros.</summary>
    public static double Map(NewtonSchulzDirection rule, float value, float norm)
    {
        if (!(norm > 0))
            return 0;
        var x = TRounding.Round(value / norm);
        for (var k = 0; k < rule.Iterations; k++)
        {
            var (linear, cubic, quintic) = rule.Coefficients.At(k);
            var gram = TRounding.Round(x * x);
            var scaled = TRounding.Round((float)quintic * gram);
            var inner = TRounding.Round(TRounding.Round((float)cubic * gram) + TRounding.Round(scaled * gram));
            x = TRounding.Round(TRounding.Round((float)linear * x) + TRounding.Round(inner * x));
        }

        return x;
    }

    private void Iterate((double Linear, double Cubic, double Quintic) coefficients)
    {
        var (linear, cubic, quintic) = ((float)coefficients.Linear, (float)coefficients.Cubic, (float)coefficients.Quintic);
        for (var i = 0; i < narrow; i++)
        {
            for (var j = 0; j < wide; j++)
                transposed[(j * narrow) + i] = x[(i * wide) + j];
        }

        SingleProduct.Multiply(x, transposed, gram, narrow, wide, narrow);
        for (var i = 0; i < gram.Length; i++)
        {
            gram[i] = TRounding.Round(gram[i]);
            scaled[i] = TRounding.Round(quintic * gram[i]);
        }

        SingleProduct.Multiply(scaled, gram, square, narrow, narrow, narrow);
        for (var i = 0; i < gram.Length; i++)
            gram[i] = TRounding.Round(TRounding.Round(cubic * gram[i]) + TRounding.Round(square[i]));
        SingleProduct.Multiply(gram, x, product, narrow, narrow, wide);
        for (var i = 0; i < x.Length; i++)
            x[i] = TRounding.Round(TRounding.Round(linear * x[i]) + TRounding.Round(product[i]));
    }

    /// <summary>The direction on the coefficients of blocks.</summary>
    internal struct BlockMap(NewtonSchulzDirection direction) : IBlockMap
    {
        private float norm;

        public static bool NeedsNorm => true;

        public static bool HasLattice => true;

        public readonly double Stored(double value) => RoundedIteration<TRounding>.Stored(value);

        public void Begin(double size, double progress) => norm = Norm(direction, size);

        public readonly double Map(double value) => RoundedIteration<TRounding>.Map(direction, (float)value, norm);
    }
}
