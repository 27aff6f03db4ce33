using Eigenflow.Data;
using Eigenflow.Numerics;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Centres the rows of a matrix and rotates them to the eigenbasis of their covariance: by the d × d covariance, or by the n × n Gram matrix X Xᵀ/n = U Λ Uᵀ when there are
/// fewer rows than columns, whose rows in the eigenbasis are √(n λ_k) U. The normalisation is 1/n: SGD draws rows with replacement, and this is the covariance of what it draws.
/// Signs are fixed by making the largest coordinate of each mode positive. Work n d min(n, d) + 9 min(n, d)³; memory three times the data and 3 min(n, d)² doubles while they are made.
/// </summary>
internal static class RowRotation
{
    private const int LargestSize = 8192;
    private const int RowsPerBlock = 64;

    public static InputRows Rotate(DataMatrix data, string name)
    {
        Check(data, name);
        var (rows, columns) = (data.Rows, data.Columns);
        var centred = Centre(data);
        var basis = rows < columns ? GramBasis(centred, rows, columns) : CovarianceBasis(centred, rows, columns);

        // Eigenvalues are exact to rounding of the largest one; what lies below is noise.
        var threshold = Math.Max(rows, columns) * Math.Pow(2, -52) * basis.Values[0];
        var kept = basis.Values.Count(value => value > threshold);
        var store = new RowStore<double>(rows, kept);
        if (rows < columns)
            FromGram(basis, store, kept);
        else
            Project(centred, basis, store, columns, kept);
        return Normalise(name, data, store, kept);
    }

    private static void Check(DataMatrix data, string name)
    {
        if (data.Rows < 2)
            throw new ParameterException("inputs", $"{name} ({data.Rows} row)", "a table with at least 2 rows (samples)");
        var bytes = sizeof(double) * (double)data.Rows * (Math.Min(data.Rows, data.Columns) + RowStore<double>.Group);
        var available = Math.Min(InputRows.LargestBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.25);
        if (bytes > available)
            throw new TooLargeException($"inputs {name} with {data.Rows} rows and {data.Columns} columns", bytes, available, "use fewer rows");
        var size = Math.Min(data.Rows, data.Columns);
        if (size > LargestSize)
        {
            throw new TooLargeException(
                $"the eigenvectors of {data.Rows} rows and {data.Columns} columns", 3.0 * sizeof(double) * size * size, 3.0 * sizeof(double) * LargestSize * LargestSize,
                $"use at most {LargestSize} columns or rows");
        }
    }

    // The centred rows in units of the largest magnitude, so that squares stay in range.
    private static double[] Centre(DataMatrix data)
    {
        var largest = 0.0;
        foreach (var value in data.Values)
            largest = Math.Max(largest, Math.Abs(value));
        if (largest == 0)
            throw Constant();
        var centred = new double[data.Values.Length];
        for (var i = 0L; i < centred.Length; i++)
            centred[i] = data.Values[i] / largest;

        // Twice: the second pass removes the rounding of the first mean.
        for (var pass = 0; pass < 2; pass++)
        {
            var means = new double[data.Columns];
            for (var row = 0; row < data.Rows; row++)
            {
                for (var column = 0; column < data.Columns; column++)
                    means[column] += centred[((long)row * data.Columns) + column];
            }

            for (var row = 0; row < data.Rows; row++)
            {
                for (var column = 0; column < data.Columns; column++)
                    centred[((long)row * data.Columns) + column] -= means[column] / data.Rows;
            }
        }

        // The mean of a constant column is rounded; what that leaves is no variance.
        var remains = 0.0;
        foreach (var value in centred)
            remains = Math.Max(remains, Math.Abs(value));
        return remains > 1e-14 ? centred : throw Constant();
    }

    private static ParameterException Constant() => new("inputs", "(constant columns)", "a table in which at least one column varies");

    private static SymmetricEigen CovarianceBasis(double[] centred, int rows, int columns)
    {
        var covariance = new double[columns * columns];
        MatrixProduct.MultiplyTransposed(centred, centred, covariance, columns, rows, columns);
        return Decompose(covariance, columns, rows);
    }

    private static SymmetricEigen GramBasis(double[] centred, int rows, int columns)
    {
        var transposed = new double[centred.Length];
        MatrixProduct.Transpose(centred, transposed, rows, columns);
        var gram = new double[rows * rows];
        MatrixProduct.Multiply(centred, transposed, gram, rows, columns, rows);
        return Decompose(gram, rows, rows);
    }

    private static SymmetricEigen Decompose(double[] product, int size, int rows)
    {
        for (var i = 0; i < product.Length; i++)
            product[i] /= rows;
        return DenseAlgebra.Best.SymmetricEigen(product, size);
    }

    private static void FromGram(SymmetricEigen basis, RowStore<double> store, int kept)
    {
        for (var mode = 0; mode < kept; mode++)
        {
            var scale = Math.Sqrt(store.Count * basis.Values[mode]);
            for (var row = 0; row < store.Count; row++)
                store.Row(row)[mode] = scale * basis.Vectors[(mode * store.Count) + row];
        }
    }

    private static void Project(double[] centred, SymmetricEigen basis, RowStore<double> store, int columns, int kept)
    {
        // One column per mode.
        var vectors = new double[columns * kept];
        MatrixProduct.Transpose(basis.Vectors.AsSpan(0, kept * columns), vectors, kept, columns);
        Parallel.For(0, (store.Count + RowsPerBlock - 1) / RowsPerBlock, block =>
        {
            var first = block * RowsPerBlock;
            var count = Math.Min(RowsPerBlock, store.Count - first);
            var projected = new double[count * kept];
            MatrixProduct.Multiply(centred.AsSpan(checked(first * columns), count * columns), vectors, projected, count, columns, kept);
            for (var row = 0; row < count; row++)
                projected.AsSpan(row * kept, kept).CopyTo(store.Row(first + row));
        });
    }

    // Second moments of the rotated rows themselves, in descending order, with trace one.
    private static InputRows Normalise(string name, DataMatrix data, RowStore<double> store, int kept)
    {
        var moments = new double[kept];
        var extremes = new double[kept];
        for (var row = 0; row < store.Count; row++)
        {
            var values = store.Row(row);
            for (var mode = 0; mode < kept; mode++)
            {
                moments[mode] += values[mode] * values[mode];
                if (Math.Abs(values[mode]) > Math.Abs(extremes[mode]))
                    extremes[mode] = values[mode];
            }
        }

        var order = Enumerable.Range(0, kept).OrderByDescending(mode => moments[mode]).ToArray();
        var scale = Math.Sqrt(store.Count / order.Reverse().Sum(mode => moments[mode]));
        var factors = order.Select(mode => extremes[mode] < 0 ? -scale : scale).ToArray();
        var scratch = new double[kept];
        for (var row = 0; row < store.Count; row++)
        {
            var values = store.Row(row);
            values[..kept].CopyTo(scratch);
            for (var mode = 0; mode < kept; mode++)
                values[mode] = factors[mode] * scratch[order[mode]];
        }

        return new InputRows(name, data.Columns, store, [.. order.Select(mode => moments[mode])]) { Notes = data.Notes };
    }
}
