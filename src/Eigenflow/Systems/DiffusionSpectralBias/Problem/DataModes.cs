using Eigenflow.Data;
using Eigenflow.Numerics.Dense;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>Modes of what the user gives: rows of samples, or a covariance matrix.</summary>
internal static class DataModes
{
    /// <summary>Largest dimension, or number of rows where it is the smaller one, whose matrix is diagonalised.</summary>
    public const int LargestMatrix = 4096;

    private const double SmallestPart = 1e-10;
    private const double Asymmetry = 1e-8;
    private const double SmallestSpread = 1e-14;
    private const double SmallestMean = 1e-12;

    /// <summary>
    /// The eigenvectors of the covariance (1/n) Σ (x − m)(x − m)ᵀ of rows; by their Gram matrix where there are fewer rows than columns. Modes below 1e-10 of the largest are left out.
    /// Where the mean is learned and has a part outside of them, the direction of that part is the last mode, of variance zero.
    /// </summary>
    /// <param name="table">The rows.</param>
    /// <param name="isCentred">Whether the mean is taken out of the data, and not learned.</param>
    public static ModeSet OfRows(DataMatrix table, bool isCentred)
    {
        int n = table.Rows, d = table.Columns;
        if (n < 2)
            throw new ParameterException("inputs", $"({n} rows)", "at least two rows, one per sample");
        CheckSize("inputs", Math.Min(n, d));
        var (mean, centred) = Centre(table);
        var isWide = n < d;
        var size = isWide ? n : d;
        var gram = new double[size * size];
        if (isWide)
        {
            var columns = Transposed(centred, n, d);
            MatrixProduct.MultiplyTransposed(columns, columns, gram, n, d, n);
        }
        else
        {
            MatrixProduct.MultiplyTransposed(centred, centred, gram, d, n, d);
        }

        for (var k = 0; k < gram.Length; k++)
            gram[k] /= n;

        var eigen = Diagonalise(gram, size, "inputs");
        var count = eigen.Values.TakeWhile(value => value > SmallestPart * eigen.Values[0]).Count();
        if (count == 0)
            throw new ParameterException("inputs", "(constant rows)", "rows that differ");
        var vectors = new double[count * d];
        if (!isWide)
        {
            eigen.Vectors.AsSpan(0, count * d).CopyTo(vectors);
        }
        else
        {
            MatrixProduct.Multiply(eigen.Vectors.AsSpan(0, count * n), centred, vectors, count, n, d);
            for (var k = 0; k < count; k++)
            {
                var vector = vectors.AsSpan(k * d, d);
                var norm = 1 / Math.Sqrt(Dot(vector, vector));
                for (var i = 0; i < d; i++)
                    vector[i] *= norm;
            }
        }

        Orient(vectors, d);
        var variances = eigen.Values[..count];
        if (!isCentred && Remainder(mean, vectors, d) is { } direction)
        {
            // The mean along which the data do not vary is one more mode, of no variance: weights see it all the same.
            (vectors, variances, count) = ([.. vectors, .. direction], [.. variances, 0], count + 1);
        }

        var rows = new double[(long)n * count];
        MatrixProduct.Multiply(centred, Transposed(vectors, count, d), rows, n, d, count);

        var (width, height) = ModeBasis.ShapeOf(d);
        return new ModeSet(variances, new DataBasis(width, height, vectors, mean))
        {
            Rows = rows,
            Mean = isCentred ? [] : [.. Enumerable.Range(0, count).Select(k => Dot(mean, vectors.AsSpan(k * d, d)))],
        };
    }

    /// <summary>The eigenvectors of a covariance matrix.</summary>
    /// <exception cref="ParameterException">It is not square, not symmetric or not positive semidefinite.</exception>
    public static ModeSet OfCovariance(DataMatrix matrix)
    {
        var d = Square(matrix);
        var eigen = Diagonalise(matrix.Values, d, "covariance");
        if (eigen.Values[^1] < -Asymmetry * Math.Abs(eigen.Values[0]))
            throw new ParameterException("covariance", DisplayText.Plain($"(smallest eigenvalue {eigen.Values[^1]:G4})"), "a positive semidefinite matrix");
        var vectors = eigen.Vectors.ToArray();
        Orient(vectors, d);
        var (width, height) = ModeBasis.ShapeOf(d);
        return new ModeSet([.. eigen.Values.Select(value => Math.Max(0, value))], new DataBasis(width, height, vectors, []));
    }

    /// <summary>The size of a symmetric matrix.</summary>
    public static int Square(DataMatrix matrix)
    {
        var d = matrix.Rows;
        if (d != matrix.Columns)
            throw new ParameterException("covariance", $"({matrix.Rows} × {matrix.Columns})", "a square matrix", "rows of samples are given by inputs");
        CheckSize("covariance", d);
        double largest = matrix.Values.Max(Math.Abs), worst = 0;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < i; j++)
                worst = Math.Max(worst, Math.Abs(matrix.Values[(i * d) + j] - matrix.Values[(j * d) + i]));
        }

        return worst <= Asymmetry * largest
            ? d
            : throw new ParameterException("covariance", DisplayText.Plain($"(entries differ from their mirror images by {worst:G4})"), DisplayText.Plain($"a symmetric matrix, to {Asymmetry:R} of its largest entry"));
    }

    /// <summary>Rows without their mean.</summary>
    public static (double[] Mean, double[] Centred) Centre(DataMatrix table)
    {
        var (n, d) = (table.Rows, table.Columns);
        var mean = new double[d];
        var centred = table.Values.ToArray();

        // Twice: the second pass removes the rounding of the first mean.
        for (var pass = 0; pass < 2; pass++)
        {
            var rest = new double[d];
            for (var k = 0; k < centred.Length; k++)
                rest[k % d] += centred[k] / n;
            for (var k = 0; k < centred.Length; k++)
                centred[k] -= rest[k % d];
            for (var k = 0; k < d; k++)
                mean[k] += rest[k];
        }

        // The mean of a constant column is rounded; what that leaves is no variance.
        if (!(centred.Max(Math.Abs) > SmallestSpread * table.Values.Max(Math.Abs)))
            throw new ParameterException("inputs", "(constant columns)", "a table in which at least one column varies");
        return (mean, centred);
    }

    // The direction of the mean that is orthogonal to the modes, or null where nothing but rounding is left.
    private static double[]? Remainder(double[] mean, double[] vectors, int d)
    {
        var rest = mean.ToArray();
        if (vectors.Length == (long)d * d)
            return null;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < vectors.Length / d; k++)
            {
                var vector = vectors.AsSpan(k * d, d);
                var part = Dot(rest, vector);
                for (var i = 0; i < d; i++)
                    rest[i] -= part * vector[i];
            }
        }

        var norm = Math.Sqrt(Dot(rest, rest));
        return norm > SmallestMean * Math.Sqrt(Dot(mean, mean)) ? [.. rest.Select(value => value / norm)] : null;
    }

    private static SymmetricEigen Diagonalise(double[] matrix, int size, string parameter)
    {
        // In units of the largest entry: squares of large numbers leave the range of numbers.
        var scale = matrix.Max(Math.Abs);
        if (!(scale > 0) || !double.IsFinite(scale))
            throw new ParameterException(parameter, scale, "numbers that differ, and whose squares are finite");
        var eigen = DenseAlgebra.Best.SymmetricEigen([.. matrix.Select(value => value / scale)], size);
        return eigen with { Values = [.. eigen.Values.Select(value => value * scale)] };
    }

    // The sign of an eigenvector is the implementation's: its largest entry is positive.
    private static void Orient(double[] vectors, int d)
    {
        for (var k = 0; k < vectors.Length / d; k++)
        {
            var vector = vectors.AsSpan(k * d, d);
            var at = 0;
            for (var i = 1; i < d; i++)
            {
                if (Math.Abs(vector[i]) > Math.Abs(vector[at]) * (1 + Asymmetry))
                    at = i;
            }

            if (vector[at] >= 0)
                continue;
            for (var i = 0; i < d; i++)
                vector[i] = -vector[i];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
            sum = Math.FusedMultiplyAdd(a[k], b[k], sum);
        return sum;
    }

    private static double[] Transposed(double[] matrix, int rows, int columns)
    {
        var turned = new double[matrix.Length];
        MatrixProduct.Transpose(matrix, turned, rows, columns);
        return turned;
    }

    private static void CheckSize(string parameter, int size)
    {
        if (size > LargestMatrix)
            throw new TooLargeException(FormattableString.Invariant($"the covariance of {parameter}, {size} x {size}"), 24.0 * size * size, 24.0 * LargestMatrix * LargestMatrix, "use fewer rows, or smaller patches");
    }
}
