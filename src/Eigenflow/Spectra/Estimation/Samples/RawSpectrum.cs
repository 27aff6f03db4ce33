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

    public static RawSpectrum Of(RowSource rows, long samples, SpectrumEstimateOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var degrees = options.Centre ? samples - 1 : samples;
        if (samples < rows.Columns && samples <= SpectrumEstimate.LargestSize && Fits(samples, rows.Columns))
            return ByRows(rows.ReadAll(), options.Centre, degrees, progress, cancellation);
        var sample = new RowSample(rows, samples);
        if (rows.Columns <= SpectrumEstimate.LargestSize)
            return ByColumns(rows, sample, samples, options.Centre, degrees, progress, cancellation);
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
            Method = DisplayText.Of(
                $"the leading {found.Values.Length} by a randomised range finder with {options.Iterations} subspace iterations; they hold {100 * found.Values.Sum() / found.Trace:0.#} % of the trace"),
        };
    }

    // The rows; panels of them are small.
    private static bool Fits(long samples, int columns) => 1.2 * sizeof(double) * samples * columns < 0.7 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static RawSpectrum ByColumns(RowSource rows, RowSample sample, long samples, bool isCentred, long degrees, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var d = rows.Columns;
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
            Method = "all, of the covariance",
        };

        double[] Leave(int block)
        {
            cancellation.ThrowIfCancellationRequested();
            return Solve(moments.Covariance(isCentred, block), d);
        }
    }

    private static RawSpectrum ByRows(DataMatrix data, bool isCentred, long degrees, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new Progress(0.3, "products of rows and their eigenvalues"));
        int n = data.Rows, d = data.Columns;
        var gram = GramMatrix.Of(data, isCentred, cancellation);
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
            Method = "all, of the Gram matrix of the rows",
        };
    }

    private static double[] Solve(double[] matrix, int size)
    {
        var eigenvalues = DenseAlgebra.Best.SymmetricEigenvalues(matrix, size);
        for (var k = 0; k < eigenvalues.Length; k++)
            eigenvalues[k] = Math.Max(0, eigenvalues[k]);
        return eigenvalues;
    }
}
