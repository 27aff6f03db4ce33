namespace Eigenflow.Numerics.Dense;

/// <summary>
/// A = U B Vᵀ with B upper bidiagonal, by reflections from the left and from the right in turn (Golub and Kahan, SIAM J. Numer. Anal. B 2, 205, 1965). Every step reads the rest of the matrix twice and writes it once;
/// work 4 m n² − (4/3) n³ operations.
/// </summary>
internal sealed class Bidiagonal
{
    /// <summary>Reduces.</summary>
    /// <param name="matrix">m × n with m ≥ n, row by row; overwritten, and kept for the right reflections.</param>
    /// <param name="rows">m.</param>
    /// <param name="columns">n.</param>
    /// <param name="cancellation">Looked at in every step.</param>
    public Bidiagonal(double[] matrix, int rows, int columns, CancellationToken cancellation)
    {
        var columnStore = new double[columns * rows];
        (Left, Right) = (new Reflections(columnStore, rows, columns), new Reflections(matrix, columns, columns - 1));
        (Diagonal, Above) = (new double[columns], new double[columns - 1]);
        var sums = new double[columns];
        for (var k = 0; k < columns; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = k; i < rows; i++)
                columnStore[(k * rows) + i] = matrix[(i * columns) + k];
            Diagonal[k] = Left.Make(k, k, rows - k, 0);
            var rest = columns - k - 1;
            if (rest == 0)
                break;

            // (τ uᵀA) of the rest, which makes the first row of it final.
            var u = Left.Vector(k);
            var sum = sums.AsSpan(0, rest);
            sum.Clear();
            if (Left.Factor(k) != 0)
            {
                for (var i = k; i < rows; i++)
                    RowLoops.Add(Left.Factor(k) * u[i - k], matrix.AsSpan((i * columns) + k + 1, rest), sum);
            }

            RowLoops.Add(-1, sum, matrix.AsSpan((k * columns) + k + 1, rest));
            Above[k] = Right.Make(k, k + 1, rest, 0);
            var v = Right.Vector(k);
            var factor = Right.Factor(k);
            for (var i = k + 1; i < rows; i++)
            {
                var row = matrix.AsSpan((i * columns) + k + 1, rest);
                var overlap = RowLoops.AddAndDot(-u[i - k], sum, row, v);
                if (factor != 0)
                    RowLoops.Add(-factor * overlap, v, row);
            }
        }
    }

    /// <summary>Reflections whose product is U.</summary>
    public Reflections Left { get; }

    /// <summary>Reflections whose product is V.</summary>
    public Reflections Right { get; }

    /// <summary>Diagonal of B, n numbers.</summary>
    public double[] Diagonal { get; }

    /// <summary>What stands above it, n − 1 numbers.</summary>
    public double[] Above { get; }
}
