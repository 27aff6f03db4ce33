using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using Eigenflow.Solutions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// Sums and products of rows in one pass, about the mean of the first block, so that a large mean costs no digits: S = Σ (x − c)(x − c)ᵀ and s = Σ (x − c), for the whole or for consecutive parts of the rows.
/// Every block is split in two fixed halves that run side by side: results do not depend on the number of threads. Work n d²; memory 4 d² doubles beside d² for every part, and a block of about 8 MB or 256 rows.
/// </summary>
internal sealed class StreamedMoments
{
    private const int BlockNumbers = 1 << 20;
    private const int FewestBlockRows = 256;
    private const int Halves = 2;

    private readonly int columns;
    private readonly double[] centre;
    private readonly Part[] parts;

    private StreamedMoments(int columns, double[] centre, Part[] parts) => (this.columns, this.centre, this.parts) = (columns, centre, parts);

    /// <summary>Number of rows.</summary>
    public long Rows => parts.Sum(part => part.Rows);

    /// <summary>Largest magnitude.</summary>
    public double Largest { get; private set; }

    /// <summary>Largest distance from the centre.</summary>
    public double Deviation { get; private set; }

    /// <summary>Reads all rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="total">Their number.</param>
    /// <param name="count">Number of consecutive parts of about equal length.</param>
    /// <param name="progress">Receives the fraction of the rows, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static StreamedMoments Of(RowSource rows, long total, int count, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var d = rows.Columns;
        var most = Math.Max(FewestBlockRows, BlockNumbers / d) & ~1;
        double[] block = new double[(long)most * d], products = new double[Halves * (long)d * d], sums = new double[Halves * (long)d * d];
        Part[] parts = [.. Enumerable.Range(0, count).Select(_ => new Part(new double[(long)d * d], new double[d]))];
        double[]? centre = null;
        double largest = 0, deviation = 0;
        long done = 0;
        rows.Restart();
        for (var index = 0; index < count; index++)
        {
            Array.Clear(sums);
            var part = parts[index];
            for (var end = total * (index + 1) / count; done < end;)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = rows.Read(block.AsSpan(0, (int)Math.Min(most, end - done) * d));
                if (read == 0)
                    throw new InputFileException(rows.Path, $"it ends after {done} rows, and had {total} before", "a file that does not change while it is read");
                centre ??= RowCentre.Of(block, read, d);
                var (size, distance) = Shift(block, read, d, centre, part.Sum);
                (largest, deviation) = (Math.Max(largest, size), Math.Max(deviation, distance));
                part.Rows += read;
                Add(block, read, d, products, sums);
                done += read;
                progress?.Report(new Progress((double)done / total, "products of rows"));
            }

            for (var i = 0L; i < part.Product.LongLength; i++)
                part.Product[i] = sums[i] + sums[((long)d * d) + i];
        }

        return new StreamedMoments(d, centre!, parts) { Largest = largest, Deviation = deviation };
    }

    /// <summary>The covariance with divisor n − 1, or the second moment with divisor n; without the rows of one part if wanted.</summary>
    public double[] Covariance(bool isCentred, int leftOut = -1)
    {
        var d = columns;
        double n = 0;
        var sum = new double[d];
        var matrix = new double[(long)d * d];
        for (var index = 0; index < parts.Length; index++)
        {
            if (index == leftOut)
                continue;
            n += parts[index].Rows;
            for (var i = 0; i < d; i++)
                sum[i] += parts[index].Sum[i];
            for (var i = 0L; i < matrix.LongLength; i++)
                matrix[i] += parts[index].Product[i];
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                // About the mean c + s/n, or about zero.
                var change = isCentred ? -sum[i] * sum[j] / n : (centre[i] * sum[j]) + (sum[i] * centre[j]) + (n * centre[i] * centre[j]);
                matrix[((long)i * d) + j] = (matrix[((long)i * d) + j] + change) / (n - (isCentred ? 1 : 0));
            }
        }

        return matrix;
    }

    private static (double Largest, double Deviation) Shift(double[] block, int rows, int d, double[] centre, double[] sum)
    {
        double largest = 0, deviation = 0;
        for (var row = 0; row < rows; row++)
        {
            var values = block.AsSpan(row * d, d);
            for (var k = 0; k < values.Length; k++)
            {
                largest = Math.Max(largest, Math.Abs(values[k]));
                values[k] -= centre[k];
                deviation = Math.Max(deviation, Math.Abs(values[k]));
                sum[k] += values[k];
            }
        }

        return (largest, deviation);
    }

    private static void Add(double[] block, int rows, int d, double[] products, double[] sums)
    {
        var first = (rows + 1) / Halves;
        Parallel.For(0, Halves, half =>
        {
            var from = half == 0 ? 0 : first;
            var count = half == 0 ? first : rows - first;
            if (count == 0)
                return;
            var size = d * d;
            var rowsOfHalf = block.AsSpan(from * d, count * d);
            var product = products.AsSpan(half * size, size);
            MatrixProduct.MultiplyTransposed(rowsOfHalf, rowsOfHalf, product, d, count, d);
            var target = sums.AsSpan(half * size, size);
            for (var i = 0; i < size; i++)
                target[i] += product[i];
        });
    }

    private sealed record Part(double[] Product, double[] Sum)
    {
        public long Rows { get; set; }
    }
}
