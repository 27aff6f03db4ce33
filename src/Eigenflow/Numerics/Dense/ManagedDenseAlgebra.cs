using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Numerics.Dense;

/// <summary>Dense linear algebra by MathNet.Numerics: works everywhere.</summary>
public sealed class ManagedDenseAlgebra : IDenseAlgebra
{
    /// <inheritdoc/>
    public string Name => "managed (MathNet.Numerics)";

    /// <inheritdoc/>
    public double[] SymmetricEigenvalues(ReadOnlySpan<double> matrix, int size) => SymmetricEigen(matrix, size).Values;

    /// <inheritdoc/>
    public SymmetricEigen SymmetricEigen(ReadOnlySpan<double> matrix, int size)
    {
        DenseAlgebra.RequireFinite(matrix);
        var dense = Matrix<double>.Build.Dense(size, size);
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
                dense[row, column] = dense[column, row] = matrix[(row * size) + column];
        }

        var decomposition = dense.Evd(Symmetricity.Symmetric);
        var order = Enumerable.Range(0, size).OrderByDescending(k => decomposition.EigenValues[k].Real).ToArray();
        var vectors = new double[size * size];
        for (var k = 0; k < size; k++)
        {
            for (var j = 0; j < size; j++)
                vectors[(k * size) + j] = decomposition.EigenVectors[j, order[k]];
        }

        return new SymmetricEigen([.. order.Select(k => decomposition.EigenValues[k].Real)], vectors);
    }

    /// <inheritdoc/>
    public ThinSvd ThinSvd(ReadOnlySpan<double> matrix, int rows, int columns)
    {
        DenseAlgebra.RequireFinite(matrix);
        var dense = Matrix<double>.Build.Dense(rows, columns);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                dense[row, column] = matrix[(row * columns) + column];
        }

        var decomposition = dense.Svd(computeVectors: true);
        var rank = Math.Min(rows, columns);
        double[] left = new double[rows * rank], right = new double[rank * columns];
        for (var k = 0; k < rank; k++)
        {
            for (var row = 0; row < rows; row++)
                left[(row * rank) + k] = decomposition.U[row, k];
            for (var column = 0; column < columns; column++)
                right[(k * columns) + column] = decomposition.VT[k, column];
        }

        return new ThinSvd(left, [.. decomposition.S.Take(rank)], right);
    }
}
