using Eigenflow.Data;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Eigenvalues of a sample covariance of fewer rows than columns by the n × n matrix of products of rows, which has the same eigenvalues apart from zeros. Work d n² and n³; the rows are in memory.
/// </summary>
internal static class GramSpectrum
{
    /// <summary>The eigenvalues in descending order, none below zero; rows <paramref name="skipFrom"/> … <paramref name="skipTo"/> − 1 are left out.</summary>
    public static double[] Eigenvalues(DataMatrix data, bool isCentred, int skipFrom, int skipTo, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, data.Rows).Where(row => row < skipFrom || row >= skipTo)];
        int n = rows.Length, d = data.Columns;
        var means = new double[d];
        if (isCentred)
        {
            foreach (var row in rows)
            {
                for (var column = 0; column < d; column++)
                    means[column] += data.Values[((long)row * d) + column] / n;
            }
        }

        double[] values = new double[(long)n * d], transposed = new double[(long)n * d], product = new double[(long)n * n];
        for (var index = 0; index < n; index++)
        {
            for (var column = 0; column < d; column++)
                transposed[((long)column * n) + index] = values[((long)index * d) + column] = data.Values[((long)rows[index] * d) + column] - means[column];
        }

        cancellation.ThrowIfCancellationRequested();
        const int panel = 64;
        Parallel.For(0, (n + panel - 1) / panel, new ParallelOptions { CancellationToken = cancellation }, index =>
        {
            var from = index * panel;
            var count = Math.Min(panel, n - from);
            MatrixProduct.Multiply(values.AsSpan(from * d, count * d), transposed, product.AsSpan(from * n, count * n), count, d, n);
        });
        for (var i = 0L; i < product.LongLength; i++)
            product[i] /= n - (isCentred ? 1 : 0);
        return NonNegative(DenseAlgebra.Best.SymmetricEigenvalues(product, n));
    }

    /// <summary>Rounding below zero is zero.</summary>
    public static double[] NonNegative(double[] eigenvalues)
    {
        for (var i = 0; i < eigenvalues.Length; i++)
            eigenvalues[i] = Math.Max(0, eigenvalues[i]);
        return eigenvalues;
    }
}
