using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Solutions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>
/// The eigenvalues of the covariance of rows, what they say, and the exponent of λ_i ∝ i^(−a) with an interval where they follow a power law. Rows are read in blocks: they may be more than memory holds.
/// <para>Up to 4096 columns: the exact covariance in one pass (<see cref="StreamedMoments"/>). More columns, but at most 4096 rows and fewer than columns: the Gram matrix (<see cref="GramMatrix"/>). More of both: the leading
/// eigenvalues with an error bound each, in a few passes (<see cref="RangeFinder"/>).</para>
/// <para>White noise and components above a white bulk are told first (<see cref="WhiteBulk"/>), also for rows of unequal size (<see cref="EvenRows"/>). Window of the exponent: modes beyond n/10, beyond the numerical rank or
/// inside the bulk are left out, and so are eigenvalues whose estimated error is above 1 %; within the rest, the longest range that follows a power law (<see cref="ModeWindow"/>).</para>
/// <para>Interval: ten blocks of rows are left out in turn and everything is repeated (block jackknife) where that is affordable, min(n, d) ≤ 512; otherwise the interval of the line through the logarithms. The bias of the sample is added
/// (<see cref="SampleBias"/>).</para>
/// </summary>
public sealed record SpectrumEstimate
{
    /// <summary>Largest covariance or Gram matrix that is formed.</summary>
    public const int LargestSize = 4096;

    /// <summary>Largest magnitude of numbers: the squares are numbers too.</summary>
    internal const double LargestMagnitude = 1e140;

    /// <summary>Eigenvalues below this part of the largest are rounding.</summary>
    internal const double Rounding = 1e-12;

    /// <summary>Number of rows n; null for eigenvalues that are given without it.</summary>
    public required long? Samples { get; init; }

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

    /// <summary>Whether all eigenvalues were computed.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>How the eigenvalues were obtained.</summary>
    public required string Method { get; init; }

    /// <summary>What the user should know, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What the spectrum is.</summary>
    public required SpectrumKind Kind { get; init; }

    /// <summary>The verdict in words.</summary>
    public required string Verdict { get; init; }

    /// <summary>Number of components above a white bulk; null where there is no white bulk, or none of the covariance itself.</summary>
    public required int? Components { get; init; }

    /// <summary>Variance of the white bulk, in the squared unit of the data; null where there is none.</summary>
    public required double? NoiseVariance { get; init; }

    /// <summary>The eigenvalue that white noise of this variance and size exceeds once in a thousand samples; null where there is no bulk.</summary>
    public required double? NoiseEdge { get; init; }

    /// <summary>Number of eigenvalues above rounding.</summary>
    public required int Rank { get; init; }

    /// <summary>Participation ratio (Σλ)²/Σλ²; its upper bound where not all eigenvalues were computed: the rest of the trace is spread evenly.</summary>
    public required double EffectiveRank { get; init; }

    /// <summary>Fit of ln λ_i on ln i over the window: that of a power law where <see cref="Kind"/> says so or the window was given; otherwise null.</summary>
    public required ModeLaw? Fit { get; init; }

    /// <summary>Half-width of the 95 % interval of a.</summary>
    public required double ExponentUncertainty { get; init; }

    /// <summary>How the interval was obtained.</summary>
    public required string UncertaintyMethod { get; init; }

    /// <summary>The last mode that the sample size supports, and why.</summary>
    public required string Cutoff { get; init; }

    /// <summary>The linear algebra that was used.</summary>
    public required string Algebra { get; init; }

    /// <summary>How the variance of the labels is spread over the modes; null without labels.</summary>
    public TargetPower? Target { get; init; }

    /// <summary>The test error of ridge regression of the labels on the rows, estimated from them alone; null without labels, and where not all modes were computed.</summary>
    public CrossValidation? Validation { get; init; }

    /// <summary>The exponent a, or null.</summary>
    public double? Exponent => Fit?.Exponent;

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
            throw new ParameterException("data", $"({samples} row)", "a table with at least 2 rows (samples)", "a row of eigenvalues is read with --is eigenvalues");
        var hint = SpectrumHints.Of(rows, samples, out var same);
        var repeated = new RepeatedRows(same, samples);
        var raw = RawSpectrum.Of(repeated, samples, options, progress, cancellation);
        return Of(raw, samples, rows.Columns, options, [.. rows.Notes, .. hint, .. repeated.Hint is { } copies ? (string[])[copies] : []], progress, cancellation);
    }

    /// <summary>Reads eigenvalues or a covariance matrix that are given.</summary>
    /// <param name="given">What is given.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">A window that is not allowed.</exception>
    public static SpectrumEstimate FromGiven(GivenSpectrum given, SpectrumEstimateOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new SpectrumEstimateOptions();
        options.Validate();
        if (options.Labels is { } labels)
            throw new ParameterException("label", labels.Name, "left out where eigenvalues or a covariance are given", "labels belong to rows (samples)");
        return Of(given.ToRaw(options.Centre), given.Samples, given.Features, options, given.Warnings, null, cancellation);
    }

    private static SpectrumEstimate Of(
        RawSpectrum raw, long? samples, int features, SpectrumEstimateOptions options, IReadOnlyList<string> notes, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var eigenvalues = raw.Eigenvalues;

        // Eigenvalues are in the squared unit of the data, so that the squares must be numbers too.
        if (raw.Largest > LargestMagnitude || (raw.Deviation is > 0 and < 1 / LargestMagnitude))
            throw new ParameterException("data", raw.Largest, "a table whose largest magnitude is between 1e-140 and 1e140", "change the unit of the data");
        if (!(eigenvalues[0] > 0))
            throw new ParameterException("data", "(constant columns)", "a table in which at least one column varies");
        var rank = eigenvalues.Count(value => value > Rounding * eigenvalues[0]);
        if (options.WindowEnd > rank || options.WindowStart * ModeWindow.Decade > rank)
            throw new ParameterException("window", options.WindowEnd ?? options.WindowStart, FormattableString.Invariant($"at most {rank}, the number of eigenvalues above rounding, and a decade from its first mode to its last"));
        var reading = SpectrumReading.Of(raw, samples, features, rank, options, progress, cancellation);
        List<string> warnings = [.. notes];
        if (options.WindowEnd > reading.Limit)
            warnings.Add(FormattableString.Invariant($"the window reaches beyond mode {reading.Limit}, which is the last one to rely on ({reading.Cutoff}): the exponent is biased"));
        warnings.AddRange(raw.Target?.Warnings(raw.IsComplete) ?? []);
        var (corrected, correction) = Correct(options, raw, samples, features, rank, progress, cancellation);
        var isShown = reading.Kind == SpectrumKind.PowerLaw || options.WindowStart is not null || options.WindowEnd is not null;
        return new SpectrumEstimate
        {
            Samples = samples,
            Features = features,
            Eigenvalues = eigenvalues,
            ErrorBounds = raw.Errors,
            ErrorEstimates = raw.Estimates,
            Corrected = corrected,
            Correction = correction,
            Trace = raw.Trace,
            IsComplete = raw.IsComplete,
            Method = raw.Method,
            Warnings = warnings,
            Kind = reading.Kind,
            Verdict = reading.Verdict,
            Components = reading.Bulk?.Components,
            NoiseVariance = reading.Bulk?.Variance,
            NoiseEdge = reading.Bulk?.Edge,
            Rank = rank,
            EffectiveRank = Participation(raw, features),
            Fit = isShown ? reading.Law : null,
            ExponentUncertainty = isShown ? reading.HalfWidth : 0,
            UncertaintyMethod = isShown ? reading.IntervalMethod : "no exponent",
            Cutoff = reading.Cutoff,
            Algebra = DenseAlgebra.Best.Name,
            Target = raw.Target,
            Validation = raw is { Target: { } target, IsComplete: true } && samples is { } count ? new CrossValidation(eigenvalues, target, count) : null,
        };
    }

    /// <summary>Writes the eigenvalues above rounding, normalised to trace one, with comment lines that say where they come from. The trace that was not resolved is spread evenly over the modes that were not.</summary>
    /// <param name="path">A .csv file.</param>
    /// <param name="source">Name of the data.</param>
    public void Save(string path, string source) => SpectrumFile.Write(this, path, source);

    /// <summary>Writes the corrected eigenvalues as <see cref="Save"/> does the measured ones.</summary>
    /// <param name="path">A .csv file.</param>
    /// <param name="source">Name of the data.</param>
    /// <exception cref="InvalidOperationException">There is no correction.</exception>
    public void SaveCorrected(string path, string source) => SpectrumFile.WriteCorrected(this, path, source);

    /// <summary>Eigenvalue against mode number with the fitted law and its window.</summary>
    /// <param name="source">Name of the data, for the caption.</param>
    public Figure ToFigure(string source) => SpectrumFigure.Of(this, source);

    private static double Participation(RawSpectrum raw, int features)
    {
        double squares = 0, rest = 1;
        foreach (var value in raw.Eigenvalues)
        {
            squares += value / raw.Trace * (value / raw.Trace);
            rest -= value / raw.Trace;
        }

        var missing = raw.IsComplete ? 0 : Math.Min(raw.Degrees ?? features, features) - raw.Eigenvalues.Length;
        return 1 / (squares + (missing > 0 ? rest * rest / missing : 0));
    }

    private static (double[]? Corrected, string Text) Correct(
        SpectrumEstimateOptions options, RawSpectrum raw, long? samples, int features, int rank, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        if (!options.Corrects)
            return (null, "not asked for");
        if (!raw.IsComplete || rank > TailCorrection.LargestSize)
            return (null, $"none: it is computed up to {TailCorrection.LargestSize} modes");
        if (raw.Degrees is not { } degrees)
            return (null, "none: the number of samples is not given");
        progress?.Report(new Progress(0.9, "correcting the tail"));
        if (rank < Math.Min(degrees, features))
            return (null, $"none: the rank {rank} is below the number of rows and columns, so that some columns are combinations of others");
        var corrected = TailCorrection.Of(raw.Eigenvalues[..rank], degrees, features, 1, cancellation);
        return (corrected.Eigenvalues, DisplayText.Of(
            $"samples of {samples} Gaussian rows with the corrected spectrum have the measured eigenvalues, up to {100 * corrected.Misfit:0.#} % rms, after {corrected.Iterations} iterations"));
    }
}
