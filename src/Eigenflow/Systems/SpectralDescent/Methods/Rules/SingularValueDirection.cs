using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// U f(S) Vᵀ by a thin singular value decomposition, about 6 r c² operations of LAPACK (or of the managed code) on an r × c matrix, r ≥ c.
/// The decomposition allocates its factors; nothing else does.
/// </summary>
/// <param name="rows">Rows of the matrices.</param>
/// <param name="columns">Columns of the matrices.</param>
/// <param name="map">f(s, largest s).</param>
internal sealed class SingularValueDirection(int rows, int columns, Func<double, double, double> map) : IMatrixDirection
{
    public void Apply(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        var rank = Math.Min(rows, columns);
        var (left, values, right) = DenseAlgebra.Best.ThinSvd(gradient, rows, columns);
        double[] factors = [.. values.Select(value => map(value, values[0]))];
        for (var row = 0; row < rows; row++)
        {
            var entries = left.AsSpan(row * rank, rank);
            for (var k = 0; k < rank; k++)
                entries[k] *= factors[k];
        }

        MatrixProduct.Multiply(left, right, direction, rows, rank, columns);
    }
}
