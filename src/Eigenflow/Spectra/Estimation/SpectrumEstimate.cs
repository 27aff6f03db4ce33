using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Scaling;
using Eigenflow.Solutions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The eigenvalues of the covariance of rows, and the exponent of λ_i ∝ i^(−a) with an interval. Rows are read in blocks: they may be more than memory holds.
/// <para>Up to 4096 columns: the exact covariance in one pass (<see cref="StreamedMoments"/>). More columns, but at most 4096 rows and fewer than columns: the Gram matrix. More of both: the leading eigenvalues with an
/// error bound each, in a few passes (<see cref="RangeFinder"/>).</para>
/// <para>Window of the exponent: modes beyond n/10 or beyond the numerical rank are left out, since a sample of n rows pushes its smallest eigenvalues down, and so are eigenvalues whose estimated error is above 1 %; within the rest,
/// the longest range over which the local exponent is constant to 0.1 (see <see cref="PowerLaw"/>). What white noise of the same size explains (<see cref="WhiteNoise"/>) is no power law.</para>
/// <para>Interval: ten blocks of rows are left out in turn and everything is repeated (block jackknife) where that is affordable, min(n, d) ≤ 512, and the bias that it finds is added; otherwise the interval of the line through the logarithms.</para>
/// </summary>
public sealed record SpectrumEstimate
{
    /// <summary>Largest covariance or Gram matrix that is formed.</summary>
    public const int LargestSize = 4096;

    private const double LargestRelativeError = 0.01;

    /// <summary>Number of rows n.</summary>
    public required long Samples { get; init; }

    /// <summary>Number of columns d.</summary>
    public required int Features { get; init; }

    /// <summary>Eigenvalues of the covariance in descending order, in the squared unit of the data; as many as min(n, d) or the rank allow.</summary>
    public required double[] Eigenvalues { get; init; }

    /// <summary>Bounds of the errors of the eigenvalues: an eigenvalue of the covariance lies within this distance of each. Null where they are exact to rounding.</summary>
    public required double[]? ErrorBounds { get; init; }

    /// <summary>Estimates of their actual errors, below the bounds. Null where they are exact.</summary>
    public required double[]? ErrorEstimates { get; init; }

    /// <summary>The eigenvalues corrected for the size of the sample, or null. Those beyond min(n, d) are a continuation.</summary>
    public required double[]? Corrected { get; init; }

    /// <summary>What the correction is and how it ended, or why there is none.</summary>
    public required string Correction { get; init; }

    /// <summary>Trace of the covariance.</summary>
    public required double Trace { get; init; }

    /// <summary>How the eigenvalues were obtained.</summary>
    public required string Method { get; init; }

    /// <summary>What the user should know, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The verdict on the power law in words.</summary>
    public required string Verdict { get; init; }

    /// <summary>Number of eigenvalues above rounding.</summary>
    public required int Rank { get; init; }

    /// <summary>Participation ratio (Σλ)²/Σλ².</summary>
    public required double EffectiveRank { get; init; }

    /// <summary>Fit of ln λ_i on ln i: its exponent is −a. Null when no range of one decade is left.</summary>
    public required PowerLawFit? Fit { get; init; }

    /// <summary>Half-width of the 95 % interval of a.</summary>
    public required double ExponentUncertainty { get; init; }

    /// <summary>How the interval was obtained.</summary>
    public required string UncertaintyMethod { get; init; }

    /// <summary>The last mode that the sample size supports, and why.</summary>
    public required string Cutoff { get; init; }

    /// <summary>The linear algebra that was used.</summary>
    public required string Algebra { get; init; }

    /// <summary>The exponent a, or null.</summary>
    public double? Exponent => Fit is { } fit ? -fit.Exponent : null;

    /// <summary>Estimates from rows in memory.</summary>
    /// <param name="data">Rows are samples. At least 2 rows.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">Too few rows, no variance, or a window that is not allowed.</exception>
    public static SpectrumEstimate FromData(DataMatrix data, SpectrumEstimateOptions? options = null, CancellationToken cancellation = default) => FromRows(RowSource.Of(data), options, null, cancellation);

    /// <summary>Estimates from rows that are read in blocks.</summary>
    /// <param name="rows">Rows are samples. At least 2 rows.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="progress">Receives the fraction of the work, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">Too few rows, no variance, a window that is not allowed, or a defect of the file.</exception>
    public static SpectrumEstimate FromRows(RowSource rows, SpectrumEstimateOptions? options = null, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new SpectrumEstimateOptions();
        options.Validate();
        progress?.Report(new Progress(0, "counting rows"));
        var samples = rows.CountRows(cancellation);
        if (samples < 2)
            throw new ParameterException("data", $"({samples} row)", "a table with at least 2 rows (samples)");
        var raw = RawSpectrum.Of(rows, samples, options, progress, cancellation);
        var eigenvalues = raw.Eigenvalues;

        // Eigenvalues are in the squared unit of the data, so that the squares must be numbers too.
        if (raw.Largest is not (0 or (>= 1e-140 and <= 1e140)))
            throw new ParameterException("data", raw.Largest, "a table whose largest magnitude is between 1e-140 and 1e140", "change the unit of the data");

        // The mean of a constant column is rounded, which leaves a variance of 1e-32 of its square.
        if (!(eigenvalues[0] > 1e-28 * raw.Largest * raw.Largest))
            throw new ParameterException("data", "(constant columns)", "a table in which at least one column varies");
        if (options.WindowEnd > eigenvalues.Length)
            throw new ParameterException("window", options.WindowEnd, FormattableString.Invariant($"at most {eigenvalues.Length}, the number of eigenvalues"));
        var rank = eigenvalues.Count(value => value > 1e-12 * eigenvalues[0]);
        var warnings = new List<string>(rows.Notes);
        var (limit, cutoff) = Limit(samples, raw, rank);
        if (options.WindowEnd > limit)
            warnings.Add(FormattableString.Invariant($"the window reaches beyond mode {limit}, which is the last one to rely on ({cutoff}): the exponent is biased"));
        var fit = Estimate(eigenvalues, limit, new PowerLawOptions { WindowStart = options.WindowStart, WindowEnd = options.WindowEnd, LargestDrift = 0.1 });
        var isWhite = raw.IsComplete && WhiteNoise.Departure(eigenvalues.AsSpan(0, rank), raw.IsCentred ? samples - 1 : samples, rows.Columns, raw.Trace) < WhiteNoise.Allowed(samples, rows.Columns);
        if (isWhite && fit is not null)
            fit = fit with { IsPowerLaw = false };
        var (uncertainty, method) = Uncertainty(raw, fit, eigenvalues, samples, rows.Columns);
        var (corrected, correction) = Correct(options, raw, samples, rows.Columns, rank, progress, cancellation);
        return new SpectrumEstimate
        {
            Samples = samples,
            Features = rows.Columns,
            Eigenvalues = eigenvalues,
            ErrorBounds = raw.Errors,
            ErrorEstimates = raw.Estimates,
            Corrected = corrected,
            Correction = correction,
            Trace = raw.Trace,
            Method = raw.Method,
            Warnings = warnings,
            Verdict = isWhite ? "no power law here: white noise of this sample size has the same eigenvalues (Marchenko–Pastur)" : (fit is null ? "no power law: no range of one decade is left" : fit.Verdict + (options.WindowEnd > limit ? ", on a window that reaches beyond what the sample supports" : "")),
            Rank = rank,
            EffectiveRank = raw.Trace * raw.Trace / eigenvalues.Sum(value => value * value),
            Fit = fit,
            ExponentUncertainty = uncertainty,
            UncertaintyMethod = method,
            Cutoff = cutoff,
            Algebra = DenseAlgebra.Best.Name,
        };
    }

    /// <summary>Writes the eigenvalues above rounding, normalised to trace one, with comment lines that say where they come from.</summary>
    /// <param name="path">A .csv file.</param>
    /// <param name="source">Name of the data.</param>
    public void Save(string path, string source)
    {
        Save(path, source, Eigenvalues[..Rank], "");
    }

    /// <summary>Writes the corrected eigenvalues as <see cref="Save(string, string)"/> does the measured ones.</summary>
    /// <param name="path">A .csv file.</param>
    /// <param name="source">Name of the data.</param>
    /// <exception cref="InvalidOperationException">There is no correction.</exception>
    public void SaveCorrected(string path, string source) =>
        Save(path, source, Corrected ?? throw new InvalidOperationException("There is no corrected spectrum."), $"corrected for the size of the sample: {Correction}");

    private void Save(string path, string source, double[] eigenvalues, string remark)
    {
        var trace = eigenvalues.Sum();
        NumericFile.WriteVector(path, "eigenvalue", [.. eigenvalues.Select(value => value / trace)],
        [
            $"covariance spectrum of {source}: {Samples} samples, {Features} features, rank {Rank}; normalised to trace one",
            $"eigenvalues: {Method}",
            .. remark.Length > 0 ? (string[])[remark] : [],
            Exponent is { } exponent
                ? string.Create(CultureInfo.InvariantCulture, $"exponent {exponent:0.####} +- {ExponentUncertainty:0.####} over modes {Fit!.WindowStart:0} to {Fit.WindowEnd:0}; {Verdict}")
                : "no power law was fitted",
        ]);
    }

    /// <summary>Eigenvalue against mode number with the fitted law and its window.</summary>
    /// <param name="source">Name of the data, for the caption.</param>
    public Figure ToFigure(string source)
    {
        var numbers = Enumerable.Range(1, Rank).Select(number => (double)number).ToArray();
        var series = new List<Series> { new() { Label = "eigenvalues", X = numbers, Y = Eigenvalues[..Rank], Style = SeriesStyle.Points } };
        var regions = new List<Region>();
        if (ErrorBounds is { } bounds)
        {
            series[0] = series[0] with
            {
                Lower = [.. Eigenvalues.Take(Rank).Zip(bounds, (value, error) => Math.Max(value - error, 1e-3 * value))],
                Upper = [.. Eigenvalues.Take(Rank).Zip(bounds, (value, error) => value + error)],
            };
        }

        if (Corrected is { } corrected)
        {
            series.Add(new Series
            {
                Label = "corrected for the sample",
                X = [.. Enumerable.Range(1, corrected.Length).Select(number => (double)number)],
                Y = corrected,
                Style = SeriesStyle.Dashed,
                Color = 2,
            });
        }

        if (Fit is { } fit)
        {
            var x = numbers.Where(number => number >= fit.WindowStart * 0.999 && number <= fit.WindowEnd * 1.001).ToArray();
            series.Add(new Series
            {
                Label = string.Create(CultureInfo.InvariantCulture, $"λ ∝ i^{{−{Exponent:0.00}}}"),
                X = x,
                Y = [.. x.Select(number => fit.Amplitude * Math.Pow(number, fit.Exponent))],
                Color = 1,
            });
            regions.Add(new Region(fit.WindowStart, fit.WindowEnd, "fitted window"));
        }

        return new Figure
        {
            Id = "spectrum",
            Title = "Covariance spectrum",
            Caption = string.Create(CultureInfo.InvariantCulture, $"Eigenvalues of the covariance of {source}: {Samples} samples, {Features} features. ")
                + (Exponent is { } exponent ? string.Create(CultureInfo.InvariantCulture, $"Exponent a = {exponent:0.000} ± {ExponentUncertainty:0.000} ({UncertaintyMethod}); {Verdict}.") : $"{Verdict}."),
            Panels = [new Panel { X = new Axis("mode number i", true), Y = new Axis("eigenvalue λ", true), Series = series, Regions = regions }],
        };
    }

    private static (int Limit, string Cutoff) Limit(long samples, RawSpectrum raw, int rank)
    {
        var supported = (int)Math.Clamp(samples / 10, 1, int.MaxValue);
        var known = raw.Estimates is { } errors ? errors.Zip(raw.Eigenvalues).TakeWhile(pair => pair.First <= LargestRelativeError * pair.Second).Count() : rank;
        if (known < Math.Min(rank, supported))
            return (Math.Max(1, known), known == 0 ? "none: no eigenvalue is known within 1 %, use more --iterations or --modes" : $"mode {known}: the last whose estimated error is below {100 * LargestRelativeError:0} %");
        return rank <= supported
            ? (rank, $"mode {rank}: {(raw.IsComplete ? "the numerical rank" : "the last that was computed")}")
            : (supported, $"mode {supported}: a tenth of the {samples} samples, beyond which eigenvalues are biased downwards");
    }

    private static (double[]? Corrected, string Text) Correct(
        SpectrumEstimateOptions options, RawSpectrum raw, long samples, int features, int rank, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (!options.Corrects)
            return (null, "not asked for");
        if (!raw.IsComplete || rank > TailCorrection.LargestSize)
            return (null, $"none: it is computed up to {TailCorrection.LargestSize} modes");
        progress?.Report(new Progress(0.9, "correcting the tail"));
        var degrees = raw.IsCentred ? samples - 1 : samples;
        if (rank < Math.Min(degrees, features))
            return (null, $"none: the rank {rank} is below the number of rows and columns, so that some columns are combinations of others");
        var corrected = TailCorrection.Of(raw.Eigenvalues[..rank], degrees, features, 1, cancellation);
        return (corrected.Eigenvalues, FormattableString.Invariant(
            $"samples of {samples} Gaussian rows with the corrected spectrum have the measured eigenvalues, up to {100 * corrected.Misfit:0.#} % rms, after {corrected.Iterations} iterations"));
    }

    private static PowerLawFit? Estimate(double[] eigenvalues, int limit, PowerLawOptions options)
    {
        var end = options.WindowEnd is { } given ? (int)given : limit;
        return PowerLaw.TryFit(Numbers(end), eigenvalues.AsSpan(0, end), options);
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(number => (double)number)];

    private static (double HalfWidth, string Method) Uncertainty(RawSpectrum raw, PowerLawFit? fit, double[] all, long samples, int features)
    {
        if (fit is null)
            return (0, "no fit");
        if (raw.Reduced.Count == 0)
        {
            var first = SampleBias.OfSlope(-fit.Exponent, fit.Amplitude, (int)Math.Round(fit.WindowStart), (int)Math.Round(fit.WindowEnd), features, samples, raw.Trace);
            return (((fit.Upper - fit.Lower) / 2) + Math.Abs(first), "95 % interval of the line, residual correlation included, plus the bias of a sample of this size to first order");
        }

        // The window stays that of all data, so that the interval is that of the exponent and not of the choice of window.
        var window = new PowerLawOptions { WindowStart = fit.WindowStart, WindowEnd = fit.WindowEnd };
        double[] exponents = [.. raw.Reduced.Select(eigenvalues => PowerLaw.TryFit(Numbers(eigenvalues.Length), eigenvalues, window)!.Exponent)];
        var mean = exponents.Average();
        var blocks = exponents.Length;
        var variance = exponents.Sum(value => (value - mean) * (value - mean)) * (blocks - 1) / blocks;

        // A sample spreads its eigenvalues by O(i/n), which steepens the law: a bias of order 1/n, which the jackknife sees.
        var bias = (blocks - 1) * Math.Abs(mean - PowerLaw.TryFit(Numbers(all.Length), all, window)!.Exponent);

        // Student's t for nine degrees of freedom at 95 %. Scatter about the line is an error of the exponent too.
        return (
            Math.Max(2.262 * Math.Sqrt(variance), (fit.Upper - fit.Lower) / 2) + bias,
            $"95 %: the larger of a jackknife over {blocks} blocks of rows and the interval of the line, plus the bias that the jackknife finds");
    }
}
