using Eigenflow.Data;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The n × n matrix of products of centred rows, which has the eigenvalues of their covariance apart from zeros. One product, over panels of columns: matrices of fewer rows, about their own mean, and of rows of equal length are made from it.
/// Work d n² and n³ for eigenvalues; memory the rows and a few n².
/// </summary>
internal sealed class GramMatrix
{
    private const int PanelNumbers = 1 << 17;
    private const int RowsPerTask = 32;
    private const int MedianRounds = 10;

    private readonly int size;
    private readonly bool isCentred;
    private readonly double[] products;

    private GramMatrix(int size, bool isCentred, double[] products, double largest, double deviation)
    {
        this.size = size;
        this.isCentred = isCentred;
        this.products = products;
        Largest = largest;
        Deviation = deviation;
    }

    /// <summary>Largest magnitude of the data.</summary>
    public double Largest { get; }

    /// <summary>Largest distance from the centre.</summary>
    public double Deviation { get; }

    /// <summary>Trace of the covariance.</summary>
    public double Trace => Enumerable.Range(0, size).Sum(i => products[((long)i * size) + i]) / (size - (isCentred ? 1 : 0));

    /// <summary>Squared lengths of the rows.</summary>
    public double[] SquaredLengths => [.. Enumerable.Range(0, size).Select(i => products[((long)i * size) + i])];

    /// <summary>The products of all rows, about their mean or as they are.</summary>
    public static GramMatrix Of(DataMatrix data, bool isCentred, CancellationToken cancellation)
    {
        int n = data.Rows, d = data.Columns, width = Math.Clamp(PanelNumbers / n, 8, 1024);
        double[] panel = new double[n * width], transposed = new double[n * width], product = new double[(long)n * n], sum = new double[(long)n * n], centre = new double[width];
        double largest = 0, deviation = 0;
        for (var from = 0; from < d; from += width)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(width, d - from);
            Array.Clear(centre);
            for (var row = 1; row < n && isCentred; row++)
            {
                for (var k = 0; k < count; k++)
                    centre[k] += (data.Values[((long)row * d) + from + k] - data.Values[from + k]) / n;
            }

            for (var k = 0; k < count && isCentred; k++)
                centre[k] += data.Values[from + k];
            for (var row = 0; row < n; row++)
            {
                for (var k = 0; k < count; k++)
                {
                    var value = data.Values[((long)row * d) + from + k];
                    largest = Math.Max(largest, Math.Abs(value));
                    value -= centre[k];
                    deviation = Math.Max(deviation, Math.Abs(value));
                    panel[(row * count) + k] = transposed[(k * n) + row] = value;
                }
            }

            Parallel.For(0, (n + RowsPerTask - 1) / RowsPerTask, new ParallelOptions { CancellationToken = cancellation }, index =>
            {
                var first = index * RowsPerTask;
                var rows = Math.Min(RowsPerTask, n - first);
                MatrixProduct.Multiply(panel.AsSpan(first * count, rows * count), transposed, product.AsSpan(first * n, rows * n), rows, count, n);
                for (var i = first * n; i < (first + rows) * n; i++)
                    sum[i] += product[i];
            });
        }

        return new GramMatrix(n, isCentred, sum, largest, deviation);
    }

    /// <summary>Eigenvalues of the covariance, descending, none below zero; rows <paramref name="skipFrom"/> … <paramref name="skipTo"/> − 1 are left out.</summary>
    public double[] Eigenvalues(int skipFrom = 0, int skipTo = 0) => Solve(skipFrom, skipTo);

    /// <summary>Eigenvalues where every row is divided by its length, about the point whose directions to the rows cancel (the spatial median, by Weiszfeld's iteration): rows of heavy tails move the mean.</summary>
    public double[] EvenEigenvalues()
    {
        double[] weights = [.. Enumerable.Repeat(1.0 / size, size)], images = new double[size], scales = new double[size];
        for (var round = 0; round < (isCentred ? MedianRounds : 1); round++)
        {
            // The point is m = Σ w_i x_i: ‖x_i − m‖² = G_ii − 2 (G w)_i + wᵀ G w. About the mean, w = 1/n gives m = 0.
            var square = 0.0;
            for (var i = 0; i < size; i++)
            {
                images[i] = 0;
                for (var j = 0; j < size && isCentred; j++)
                    images[i] += products[((long)i * size) + j] * weights[j];
                square += weights[i] * images[i];
            }

            var sum = 0.0;
            for (var i = 0; i < size; i++)
            {
                var length = products[((long)i * size) + i] - (2 * images[i]) + square;
                scales[i] = length > 0 ? 1 / Math.Sqrt(length) : 0;
                sum += scales[i];
            }

            if (round + 1 == MedianRounds || !isCentred)
                return Solve(0, 0, scales, images, square);
            for (var i = 0; i < size; i++)
                weights[i] = scales[i] / sum;
        }

        throw new InvalidOperationException("unreachable");
    }

    /// <summary>Eigenvalues of the covariance with the eigenvectors of the Gram matrix: row k is the k-th, n numbers of length one.</summary>
    public SymmetricEigen Eigenvectors()
    {
        var (matrix, n) = Matrix(0, 0, null, null, 0);
        return DenseAlgebra.Best.SymmetricEigen(matrix, n);
    }

    private double[] Solve(int skipFrom, int skipTo, double[]? scales = null, double[]? images = null, double square = 0)
    {
        var (matrix, n) = Matrix(skipFrom, skipTo, scales, images, square);
        var eigenvalues = DenseAlgebra.Best.SymmetricEigenvalues(matrix, n);
        for (var i = 0; i < n; i++)
            eigenvalues[i] = Math.Max(0, eigenvalues[i]);
        return eigenvalues;
    }

    private (double[] Matrix, int Size) Matrix(int skipFrom, int skipTo, double[]? scales, double[]? images, double square)
    {
        int[] rows = [.. Enumerable.Range(0, size).Where(row => row < skipFrom || row >= skipTo)];
        var n = rows.Length;
        var matrix = new double[(long)n * n];
        var means = new double[n];
        var mean = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var value = products[((long)rows[i] * size) + rows[j]];
                if (scales is not null)
                    value = (value - images![i] - images[j] + square) * scales[i] * scales[j];
                matrix[((long)i * n) + j] = value;
                means[i] += value / n;
            }

            mean += means[i] / n;
        }

        // About the mean of these rows. For all of them it is the mean already.
        var isMoved = isCentred && (n < size || scales is not null);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                matrix[((long)i * n) + j] = (matrix[((long)i * n) + j] - (isMoved ? means[i] + means[j] - mean : 0)) / (n - (isCentred ? 1 : 0));
        }

        return (matrix, n);
    }
}
