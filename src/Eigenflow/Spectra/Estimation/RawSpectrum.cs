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

    /// <summary>Eigenvalues with each of ten blocks of rows left out; empty where that is too much work.</summary>
    public IReadOnlyList<double[]> Reduced { get; init; } = [];

    /// <summary>Trace of the covariance.</summary>
    public required double Trace { get; init; }

    /// <summary>Largest magnitude of the data.</summary>
    public required double Largest { get; init; }

    /// <summary>Whether all eigenvalues are there.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Whether means were subtracted.</summary>
    public required bool IsCentred { get; init; }

    /// <summary>How they were obtained.</summary>
    public required string Method { get; init; }

    public static RawSpectrum Of(RowSource rows, long samples, SpectrumEstimateOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (samples < rows.Columns && samples <= SpectrumEstimate.LargestSize && FitsThrice(samples, rows.Columns))
            return ByRows(rows.ReadAll(), options.Centre, progress, cancellation);
        if (rows.Columns <= SpectrumEstimate.LargestSize)
            return ByColumns(rows, samples, options.Centre, progress, cancellation);
        var found = RangeFinder.Find(rows, samples, options.Centre, options.Modes, options.Iterations, progress, cancellation);
        return new RawSpectrum
        {
            Eigenvalues = found.Values,
            Errors = found.Errors,
            Estimates = found.Estimates,
            Trace = found.Trace,
            Largest = found.Largest,
            IsComplete = false,
            IsCentred = options.Centre,
            Method = FormattableString.Invariant(
                $"the leading {found.Values.Length} by a randomised range finder with {options.Iterations} subspace iterations; they hold {100 * found.Values.Sum() / found.Trace:0.#} % of the trace"),
        };
    }

    // The rows, centred, and transposed.
    private static bool FitsThrice(long samples, int columns) => 3.5 * sizeof(double) * samples * columns < 0.7 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static RawSpectrum ByColumns(RowSource rows, long samples, bool isCentred, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var d = rows.Columns;
        var isJackknifed = d <= LargestJackknife && samples >= 5 * Blocks;
        var moments = StreamedMoments.Of(rows, samples, isJackknifed ? Blocks : 1, progress, cancellation);
        progress?.Report(new Progress(0.8, "eigenvalues"));
        var covariance = moments.Covariance(isCentred);
        var isFinite = moments.Largest <= 1e140;
        return new RawSpectrum
        {
            // Products of larger numbers overflow: the caller refuses them.
            Eigenvalues = isFinite ? Solve(covariance) : new double[d],
            Reduced = isJackknifed && isFinite ? [.. Enumerable.Range(0, Blocks).Select(block => Leave(block))] : [],
            Trace = Enumerable.Range(0, d).Sum(k => covariance[((long)k * d) + k]),
            Largest = moments.Largest,
            IsComplete = true,
            IsCentred = isCentred,
            Method = "all, of the covariance",
        };

        double[] Leave(int block)
        {
            cancellation.ThrowIfCancellationRequested();
            return Solve(moments.Covariance(isCentred, block));
        }

        double[] Solve(double[] matrix) => GramSpectrum.NonNegative(DenseAlgebra.Best.SymmetricEigenvalues(matrix, d));
    }

    private static RawSpectrum ByRows(DataMatrix data, bool isCentred, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new Progress(0.3, "products of rows and their eigenvalues"));
        var largest = data.Values.Max(Math.Abs);
        var eigenvalues = largest <= 1e140 ? GramSpectrum.Eigenvalues(data, isCentred, 0, 0, cancellation) : new double[data.Rows];
        var isJackknifed = data.Rows is <= LargestJackknife and >= 5 * Blocks && largest <= 1e140;
        return new RawSpectrum
        {
            Eigenvalues = eigenvalues,
            Reduced = isJackknifed
                ? [.. Enumerable.Range(0, Blocks).Select(block => GramSpectrum.Eigenvalues(data, isCentred, data.Rows * block / Blocks, data.Rows * (block + 1) / Blocks, cancellation))]
                : [],
            Trace = eigenvalues.Sum(),
            Largest = largest,
            IsComplete = true,
            IsCentred = isCentred,
            Method = "all, of the Gram matrix of the rows",
        };
    }
}
