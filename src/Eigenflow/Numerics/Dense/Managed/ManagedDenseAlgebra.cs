namespace Eigenflow.Numerics.Dense;

/// <summary>
/// Dense linear algebra that ends when it is asked to: reflections and implicit QR iterations that look at their token in every step, at most some tens of milliseconds apart. On one thread; the same bits on every vector width.
/// </summary>
public sealed class ManagedDenseAlgebra : IDenseAlgebra
{
    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default)
    {
        var (copy, exponent) = Scaled(matrix[..(size * size)]);
        var reduced = new Tridiagonal(copy, size, cancellation);
        TridiagonalIteration.Run(reduced.Diagonal, reduced.Beside, null, cancellation);
        var values = reduced.Diagonal;
        Array.Sort(values);
        Array.Reverse(values);
        return [.. values.Select(value => Math.ScaleB(value, exponent))];
    }

    /// <inheritdoc/>
    public SymmetricEigen SymmetricEigen(ReadOnlySpan<double> matrix, int size, CancellationToken cancellation = default)
    {
        var (copy, exponent) = Scaled(matrix[..(size * size)]);
        var reduced = new Tridiagonal(copy, size, cancellation);
        var turned = new TurnedRows(size);
        TridiagonalIteration.Run(reduced.Diagonal, reduced.Beside, turned, cancellation);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(k => reduced.Diagonal[k])];
        var vectors = new double[size * size];
        for (var k = 0; k < size; k++)
            turned.CopyRow(order[k], vectors.AsSpan(k * size, size));
        reduced.Turns.Apply(vectors, size, isDescending: false, cancellation);
        return new SymmetricEigen([.. order.Select(k => Math.ScaleB(reduced.Diagonal[k], exponent))], vectors);
    }

    /// <inheritdoc/>
    public ThinSvd ThinSvd(ReadOnlySpan<double> matrix, int rows, int columns, CancellationToken cancellation = default)
    {
        var (copy, exponent) = Scaled(matrix[..(rows * columns)]);
        if (rows >= columns)
        {
            var tall = Tall(copy, rows, columns, exponent, cancellation);
            var left = new double[rows * columns];
            MatrixProduct.Transpose(tall.Left, left, columns, rows);
            return new ThinSvd(left, tall.Values, tall.Right);
        }

        var turned = new double[copy.Length];
        MatrixProduct.Transpose(copy, turned, rows, columns);
        var wide = Tall(turned, columns, rows, exponent, cancellation);
        var first = new double[rows * rows];
        MatrixProduct.Transpose(wide.Right, first, rows, rows);
        return new ThinSvd(first, wide.Values, wide.Left);
    }

    // Singular vectors are rows.
    private static (double[] Left, double[] Values, double[] Right) Tall(double[] matrix, int rows, int columns, int exponent, CancellationToken cancellation)
    {
        var reduced = new Bidiagonal(matrix, rows, columns, cancellation);
        var (turnedLeft, turnedRight) = (new TurnedRows(columns), new TurnedRows(columns));
        var values = reduced.Diagonal;
        BidiagonalIteration.Run(values, reduced.Above, turnedLeft, turnedRight, cancellation);
        int[] order = [.. Enumerable.Range(0, columns).OrderByDescending(k => Math.Abs(values[k]))];
        double[] left = new double[columns * rows], right = new double[columns * columns];
        for (var k = 0; k < columns; k++)
        {
            turnedLeft.CopyRow(order[k], left.AsSpan(k * rows, columns));
            turnedRight.CopyRow(order[k], right.AsSpan(k * columns, columns));
            if (!double.IsNegative(values[order[k]]))
                continue;
            for (var i = 0; i < columns; i++)
                right[(k * columns) + i] = -right[(k * columns) + i];
        }

        reduced.Left.Apply(left, columns, isDescending: true, cancellation);
        reduced.Right.Apply(right, columns, isDescending: true, cancellation);
        return (left, [.. order.Select(k => Math.ScaleB(Math.Abs(values[k]), exponent))], right);
    }

    // By a power of two, so that the largest entry is about one: squares neither overflow nor vanish.
    private static (double[] Copy, int Exponent) Scaled(ReadOnlySpan<double> matrix)
    {
        DenseAlgebra.RequireFinite(matrix);
        var largest = 0.0;
        foreach (var value in matrix)
            largest = Math.Max(largest, Math.Abs(value));
        var exponent = largest == 0 ? 0 : Math.ILogB(largest);
        var copy = new double[matrix.Length];
        for (var k = 0; k < copy.Length; k++)
            copy[k] = Math.ScaleB(matrix[k], -exponent);
        return (copy, exponent);
    }
}
