using Eigenflow.Data;
using Eigenflow.Numerics.Dense;
using Eigenflow.Solutions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Eigenvalues of a sample covariance, by the way that the size of the data allows.</summary>
internal sealed record RawSpectrum
{
    private const int LargestJackknife = 512;
    private const int Blocks = 10;

    /// <summary>Eigenvalues, descending.</summary>
    public required double[] Eigenvalues { get; init; }

    /// <summary>Error bounds, or null where the eigenvalues are exact.</summary>
    public double[]? Errors { get; init; }

    /// <summary>Estimates of the errors, or null where the eigenvalues are exact.</summary>
    public double[]? Estimates { get; init; }

    /// <summary>Eigenvalues with each of ten blocks of rows left out, made when asked for; null where that is too much work.</summary>
    public Func<IReadOnlyList<double[]>>? LeaveOut { get; init; }

    /// <summary>Eigenvalues of the covariance of the rows divided by their lengths, made when asked for; null where that is too much work.</summary>
    public Func<double[]>? Even { get; init; }

    /// <summary>How unequal rows are, or null where they are too few to tell.</summary>
    public RowSpread? Spread { get; init; }

    /// <summary>Trace of the covariance.</summary>
    public required double Trace { get; init; }

    /// <summary>Largest magnitude of the data.</summary>
    public required double Largest { get; init; }

    /// <summary>Largest distance of a number from the centre of its column.</summary>
    public required double Deviation { get; init; }

    /// <summary>Whether all eigenvalues are there.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Degrees of freedom: one less than the rows where means were subtracted. Null where eigenvalues are given as exact.</summary>
    public required long? Degrees { get; init; }

    /// <summary>How they were obtained.</summary>
    public required string Method { get; init; }

    /// <summary>The target power of the modes above rounding; null where rows have no labels.</summary>
    public TargetPower? Target { get; init; }

    public static RawSpectrum Of(RowSource rows, long samples, SpectrumEstimateOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var degrees = options.Centre ? samples - 1 : samples;
        if (samples < rows.Columns && samples <= SpectrumEstimate.LargestSize && Fits(samples, rows.Columns))
            return ByRows(rows.ReadAll(), options, degrees, progress, cancellation);
        var sample = new RowSample(rows, samples);
        if (rows.Columns <= SpectrumEstimate.LargestSize)
            return ByColumns(rows, sample, samples, options, degrees, progress, cancellation);
        var found = RangeFinder.Find(sample, samples, options.Centre, options.Modes, options.Iterations, progress, cancellation);
        return new RawSpectrum
        {
            Eigenvalues = found.Values,
            Errors = found.Errors,
            Estimates = found.Estimates,
            Spread = RowSpread.Of(sample.SquaredLengths(options.Centre), found.Values, found.Trace, degrees),
            Trace = found.Trace,
            Largest = found.Largest,
            Deviation = found.Deviation,
            IsComplete = false,
            Degrees = degrees,
            Target = TargetOf(rows, samples, options, found.Values, found.Project, cancellation),
            Method = DisplayText.Of(
                $"the leading {found.Values.Length} by a randomised range finder with {options.Iterations} subspace iterations; they hold {100 * found.Values.Sum() / found.Trace:0.#} % of the trace"),
        };
    }

    // The rows; panels of them are small.
    private static bool Fits(long samples, int columns) => 1.2 * sizeof(double) * samples * columns < 0.7 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static RawSpectrum ByColumns(RowSource rows, RowSample sample, long samples, SpectrumEstimateOptions options, long degrees, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (d, isCentred) = (rows.Columns, options.Centre);
        var isJackknifed = d <= LargestJackknife && samples >= 5 * Blocks;
        var moments = StreamedMoments.Of(sample, samples, isJackknifed ? Blocks : 1, progress, cancellation);
        progress?.Report(new Progress(0.8, "eigenvalues"));

        // Products of larger numbers overflow: the caller refuses them.
        var isFinite = moments.Largest <= SpectrumEstimate.LargestMagnitude;
        var covariance = moments.Covariance(isCentred);
        var eigenvalues = isFinite ? Solve(covariance, d) : new double[d];
        var trace = Enumerable.Range(0, d).Sum(k => covariance[((long)k * d) + k]);
        return new RawSpectrum
        {
            Eigenvalues = eigenvalues,
            LeaveOut = isJackknifed ? () => [.. Enumerable.Range(0, Blocks).Select(Leave)] : null,
            Even = () => Solve(StreamedMoments.Of(EvenRows.Of(rows, sample, isCentred), samples, 1, progress, cancellation).Covariance(isCentred), d),
            Spread = isFinite ? RowSpread.Of(sample.SquaredLengths(isCentred), eigenvalues, trace, degrees) : null,
            Trace = trace,
            Largest = moments.Largest,
            Deviation = moments.Deviation,
            IsComplete = true,
            Degrees = degrees,
            Target = isFinite && options.Labels is not null && DenseAlgebra.Best.SymmetricEigen(covariance, d, cancellation) is var eigen
                ? TargetOf(rows, samples, options, eigen.Values, covariances => Project(eigen.Vectors, covariances), cancellation)
                : null,
            Method = "all, of the covariance",
        };

        double[] Leave(int block)
        {
            cancellation.ThrowIfCancellationRequested();
            return Solve(moments.Covariance(isCentred, block), d);
        }
    }

    private static RawSpectrum ByRows(DataMatrix data, SpectrumEstimateOptions options, long degrees, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new Progress(0.3, "products of rows and their eigenvalues"));
        var n = data.Rows;
        var gram = GramMatrix.Of(data, options.Centre, cancellation);
        var isFinite = gram.Largest <= SpectrumEstimate.LargestMagnitude;
        var eigenvalues = isFinite ? gram.Eigenvalues() : new double[n];
        return new RawSpectrum
        {
            Eigenvalues = eigenvalues,
            LeaveOut = n is <= LargestJackknife and >= 5 * Blocks
                ? () => [.. Enumerable.Range(0, Blocks).Select(block => gram.Eigenvalues((int)((long)n * block / Blocks), (int)((long)n * (block + 1) / Blocks)))]
                : null,
            Even = gram.EvenEigenvalues,
            Spread = isFinite ? RowSpread.Of(gram.SquaredLengths, eigenvalues, gram.Trace, degrees) : null,
            Trace = gram.Trace,
            Largest = gram.Largest,
            Deviation = gram.Deviation,
            IsComplete = true,
            Degrees = degrees,
            Target = isFinite && options.Labels is { } labels ? TargetByRows(gram, labels, n, options.Centre) : null,
            Method = "all, of the Gram matrix of the rows",
        };
    }

    // c = (u·b)²/η with the covariances b of labels and columns.
    private static TargetPower? TargetOf(RowSource rows, long samples, SpectrumEstimateOptions options, double[] eigenvalues, Func<double[], double[]> project, CancellationToken cancellation)
    {
        if (options.Labels is not { } labels)
            return null;
        var moments = LabelMoments.Of(rows, labels, samples, options.Centre, cancellation);
        var power = new double[Rank(eigenvalues)];
        foreach (var covariances in moments.Covariances)
        {
            var parts = project(covariances);
            for (var k = 0; k < power.Length; k++)
                power[k] += parts[k] / eigenvalues[k] * parts[k];
        }

        return moments.ToPower(power);
    }

    // The eigenvector v of the Gram matrix is X u scaled to length one: c = (v·y)²/(n − 1).
    private static TargetPower TargetByRows(GramMatrix gram, LabelColumn labels, int samples, bool isCentred)
    {
        var (moments, deviations) = LabelMoments.OfFew(labels, samples, isCentred);
        var eigen = gram.Eigenvectors();
        var power = new double[Rank(eigen.Values)];
        foreach (var values in deviations)
        {
            var parts = Project(eigen.Vectors, values);
            for (var k = 0; k < power.Length; k++)
                power[k] += parts[k] * parts[k] / (samples - (isCentred ? 1 : 0));
        }

        return moments.ToPower(power);
    }

    private static int Rank(double[] eigenvalues) => eigenvalues.Count(value => value > SpectrumEstimate.Rounding * eigenvalues[0]);

    // Products of a vector with the rows of a square matrix.
    private static double[] Project(double[] vectors, double[] vector)
    {
        var parts = new double[vector.Length];
        MatrixProduct.Multiply(vectors, vector, parts, vector.Length, vector.Length, 1);
        return parts;
    }

    private static double[] Solve(double[] matrix, int size)
    {
        var eigenvalues = DenseAlgebra.Best.SymmetricEigenvalues(matrix, size);
        for (var k = 0; k < eigenvalues.Length; k++)
            eigenvalues[k] = Math.Max(0, eigenvalues[k]);
        return eigenvalues;
    }
}
