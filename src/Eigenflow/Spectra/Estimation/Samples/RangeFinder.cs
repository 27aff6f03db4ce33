using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using Eigenflow.Random;
using Eigenflow.Solutions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The leading eigenvalues of a covariance that is too large to be formed: subspace iteration from a Gaussian test matrix and a Rayleigh–Ritz step (Halko, Martinsson and Tropp 2011), each product C Q in one pass over the rows.
/// <para>Error: for every Ritz value θ_i with vector v_i, the residual ‖C v_i − θ_i v_i‖ is computed, and an eigenvalue of C lies within it; θ_i is never above the i-th eigenvalue. Its actual error is about the square of the residual over the distance to the rest of the spectrum, which is estimated beside the bound. The trace is exact.</para>
/// Work 4 n d l per pass, l = modes + oversampling; passes = 2 + iterations. Memory: about 6 d l doubles and a block of rows.
/// </summary>
internal static class RangeFinder
{
    private const int BlockNumbers = 1 << 21;
    private const int Halves = 2;
    private const int Oversampling = 32;
    private const int TestMatrixStream = 13;

    // Directions whose weight is below this part of the largest are rounding.
    private const double Negligible = 1e-13;

    /// <summary>Finds.</summary>
    public static RangeSpectrum Find(RowSource rows, long total, bool isCentred, int modes, int iterations, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var d = rows.Columns;
        var width = (int)Math.Min(Math.Min(d, total - 1), modes + Math.Max(Oversampling, modes / 4));
        var basis = new double[(long)d * width];
        for (var row = 0; row < d; row++)
            GaussianGenerator.Fill(new GaussianAddress(1, TestMatrixStream, 0, row), 0, basis.AsSpan(row * width, width));
        var moments = new Pass(rows, total, isCentred, progress);
        for (var pass = 0; pass <= iterations; pass++)
        {
            width = Orthonormalize(ref basis, d, width);
            basis = moments.Times(basis, width, (double)pass / (iterations + 2), 1.0 / (iterations + 2), cancellation);
        }

        width = Orthonormalize(ref basis, d, width);
        var image = moments.Times(basis, width, (iterations + 1.0) / (iterations + 2), 1.0 / (iterations + 2), cancellation);

        // T = Qᵀ C Q = V Θ Vᵀ; residuals (C Q − Q T) V.
        var small = new double[width * width];
        MatrixProduct.MultiplyTransposed(basis, image, small, width, d, width);
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j < i; j++)
                small[(i * width) + j] = small[(j * width) + i] = (small[(i * width) + j] + small[(j * width) + i]) / 2;
        }

        var eigen = DenseAlgebra.Best.SymmetricEigen(small, width, cancellation);
        var projected = new double[(long)d * width];
        MatrixProduct.Multiply(basis, small, projected, d, width, width);
        for (var i = 0L; i < image.LongLength; i++)
            image[i] -= projected[i];
        var vectors = new double[width * width];
        MatrixProduct.Transpose(eigen.Vectors, vectors, width, width);
        MatrixProduct.Multiply(image, vectors, projected, d, width, width);
        var found = Math.Min(modes, width);
        double[] values = new double[found], errors = new double[found], estimates = new double[found];
        var last = Math.Max(0, eigen.Values[width - 1]);
        for (var k = 0; k < found; k++)
        {
            values[k] = Math.Max(0, eigen.Values[k]);
            var squares = 0.0;
            for (var row = 0L; row < d; row++)
                squares += projected[(row * width) + k] * projected[(row * width) + k];
            errors[k] = Math.Sqrt(squares);
            estimates[k] = values[k] > last ? Math.Min(errors[k], squares / (values[k] - last)) : errors[k];
        }

        return new RangeSpectrum(values, errors, estimates, moments.Trace, moments.Largest, moments.Deviation, Project);

        double[] Project(double[] vector)
        {
            double[] inner = new double[width], parts = new double[width];
            MatrixProduct.MultiplyTransposed(basis, vector, inner, width, d, 1);
            MatrixProduct.Multiply(eigen.Vectors, inner, parts, width, width, 1);
            return parts[..found];
        }
    }

    // Twice by the Gram matrix: the second time removes what rounding left of the first. Returns the number of directions that are more than rounding.
    private static int Orthonormalize(ref double[] basis, int d, int width)
    {
        for (var round = 0; round < 2; round++)
        {
            var gram = new double[width * width];
            MatrixProduct.MultiplyTransposed(basis, basis, gram, width, d, width);
            var eigen = DenseAlgebra.Best.SymmetricEigen(gram, width);
            var kept = Math.Max(1, eigen.Values.Count(value => value > Negligible * eigen.Values[0]));
            var mix = new double[width * kept];
            for (var k = 0; k < kept; k++)
            {
                var scale = eigen.Values[k] > 0 ? 1 / Math.Sqrt(eigen.Values[k]) : 0;
                for (var row = 0; row < width; row++)
                    mix[(row * kept) + k] = eigen.Vectors[(k * width) + row] * scale;
            }

            var next = new double[(long)d * kept];
            MatrixProduct.Multiply(basis, mix, next, d, width, kept);
            (basis, width) = (next, kept);
        }

        return width;
    }

    // Products of the covariance with matrices, one pass each.
    private sealed class Pass(RowSource rows, long total, bool isCentred, IProgress<Progress>? progress)
    {
        private readonly double[] centre = new double[rows.Columns];
        private bool isKnown;

        public double Trace { get; private set; }

        public double Largest { get; private set; }

        public double Deviation { get; private set; }

        public double[] Times(double[] basis, int width, double from, double part, CancellationToken cancellation)
        {
            var d = rows.Columns;
            var most = Math.Max(2, BlockNumbers / d) & ~1;
            double[] block = new double[(long)most * d], coordinates = new double[(long)most * width];
            double[][] sums = [new double[(long)d * width], new double[(long)d * width]], products = [new double[(long)d * width], new double[(long)d * width]];
            var sum = new double[d];
            var squares = 0.0;
            long done = 0;
            rows.Restart();
            for (int read; done < total; done += read)
            {
                cancellation.ThrowIfCancellationRequested();
                read = rows.Read(block);
                if (read == 0)
                    throw new InputFileException(rows.Path, $"it ends after {done} rows, and had {total} before", "a file that does not change while it is read");
                if (!isKnown)
                {
                    RowCentre.Of(block, read, d).CopyTo(centre, 0);
                    isKnown = true;
                }

                for (var row = 0; row < read; row++)
                {
                    var values = block.AsSpan(row * d, d);
                    for (var k = 0; k < values.Length; k++)
                    {
                        Largest = Math.Max(Largest, Math.Abs(values[k]));
                        values[k] -= isCentred ? centre[k] : 0;
                        Deviation = Math.Max(Deviation, Math.Abs(values[k]));
                        sum[k] += values[k];
                        squares += values[k] * values[k];
                    }
                }

                var first = (read + 1) / Halves;
                Parallel.For(0, Halves, half =>
                {
                    var start = half == 0 ? 0 : first;
                    var count = half == 0 ? first : read - first;
                    if (count == 0)
                        return;
                    var own = block.AsSpan(start * d, count * d);
                    var image = coordinates.AsSpan(start * width, count * width);
                    MatrixProduct.Multiply(own, basis, image, count, d, width);
                    MatrixProduct.MultiplyTransposed(own, image, products[half], d, count, width);
                    var target = sums[half];
                    for (var i = 0L; i < target.LongLength; i++)
                        target[i] += products[half][i];
                });
                progress?.Report(new Progress(from + (part * (done + read) / total), "products with the rows"));
            }

            // About the mean: − n δ (δᵀ Q) with δ = sum/n.
            var means = new double[width];
            for (var k = 0; k < d; k++)
            {
                for (var j = 0; j < width; j++)
                    means[j] += sum[k] * basis[((long)k * width) + j];
            }

            double divisor = isCentred ? total - 1 : total;
            for (var k = 0; k < d; k++)
            {
                for (var j = 0; j < width; j++)
                {
                    var index = ((long)k * width) + j;
                    sums[0][index] = (sums[0][index] + sums[1][index] - (isCentred ? sum[k] * means[j] / total : 0)) / divisor;
                }
            }

            Trace = (squares - (isCentred ? sum.Sum(value => value * value) / total : 0)) / divisor;
            return sums[0];
        }
    }
}

/// <summary>What a range finder found.</summary>
/// <param name="Values">Ritz values, descending.</param>
/// <param name="Errors">Bounds: an eigenvalue lies within this distance of each.</param>
/// <param name="Estimates">Estimates of the errors: residual² over the distance to the last Ritz value, which stands for the part of the spectrum that was not found (Kato and Temple).</param>
/// <param name="Trace">Trace of the covariance, exact.</param>
/// <param name="Largest">Largest magnitude of the data.</param>
/// <param name="Deviation">Largest distance from the centre.</param>
/// <param name="Project">Products of a vector of d numbers with the Ritz vectors, which have length one.</param>
internal sealed record RangeSpectrum(double[] Values, double[] Errors, double[] Estimates, double Trace, double Largest, double Deviation, Func<double[], double[]> Project);
