using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Numerics.Dense;
using Eigenflow.Scaling;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Options of a spectrum estimate.</summary>
public sealed record SpectrumEstimateOptions
{
    /// <summary>Whether the mean of every column is subtracted. Default true: the covariance, not the second moment.</summary>
    public bool Centre { get; init; } = true;

    /// <summary>First mode (1-based) of the exponent's window, or null for the rule.</summary>
    public long? WindowStart { get; init; }

    /// <summary>Last mode of the exponent's window, or null for the rule.</summary>
    public long? WindowEnd { get; init; }

    internal void Validate()
    {
        if (WindowStart is < 1)
            throw new ParameterException("window", WindowStart, "a mode number >= 1");
        if (WindowEnd is { } end && end <= (WindowStart ?? 1))
            throw new ParameterException("window", end, FormattableString.Invariant($"a mode number above the start of the window, {WindowStart ?? 1}"));
    }
}

/// <summary>
/// The eigenvalues of the covariance of a data matrix, and the exponent of λ_i ∝ i^(−a) with an interval.
/// Work n d² for the covariance (d n² by the Gram matrix when n &lt; d) and min(n, d)³ for its eigenvalues; memory min(n, d)² doubles beside the data.
/// <para>Window of the exponent: modes beyond n/10 or beyond the numerical rank are left out, since a sample of n rows pushes its smallest eigenvalues down; within the rest,
/// the longest range over which the local exponent is constant to 0.1 (see <see cref="PowerLaw"/>).</para>
/// <para>Interval: ten blocks of rows are left out in turn and everything is repeated (block jackknife) where that is affordable, min(n, d) ≤ 512, and the bias that it finds is added; otherwise the interval of the line through the logarithms.</para>
/// </summary>
public sealed record SpectrumEstimate
{
    private const int LargestSize = 4096;
    private const int LargestJackknife = 512;
    private const int Blocks = 10;

    /// <summary>Number of rows n.</summary>
    public required int Samples { get; init; }

    /// <summary>Number of columns d.</summary>
    public required int Features { get; init; }

    /// <summary>Eigenvalues of the covariance in descending order, in the squared unit of the data; as many as min(n, d) or the rank allow.</summary>
    public required double[] Eigenvalues { get; init; }

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

    /// <summary>Estimates.</summary>
    /// <param name="data">Rows are samples. At least 2 rows.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="EigenflowException">Too few rows, no variance, too large, or a window that is not allowed.</exception>
    public static SpectrumEstimate FromData(DataMatrix data, SpectrumEstimateOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new SpectrumEstimateOptions();
        if (data.Rows < 2)
            throw new ParameterException("data", $"({data.Rows} row)", "a table with at least 2 rows (samples)");
        var size = Math.Min(data.Rows, data.Columns);
        if (size > LargestSize)
        {
            throw new TooLargeException(
                $"a covariance of {data.Rows} rows and {data.Columns} columns", 3.0 * sizeof(double) * size * size, 3.0 * sizeof(double) * LargestSize * LargestSize,
                $"use at most {LargestSize} columns or rows");
        }

        options.Validate();
        var largest = LargestMagnitude(data);
        var eigenvalues = Covariance.Eigenvalues(data, options.Centre, 0, 0, cancellation);

        // The mean of a constant column is rounded, which leaves a variance of 1e-32 of its square.
        if (!(eigenvalues[0] > 1e-28 * largest * largest))
            throw new ParameterException("data", "(constant columns)", "a table in which at least one column varies");
        var rank = eigenvalues.Count(value => value > 1e-12 * eigenvalues[0]);
        var (limit, cutoff) = Limit(data, rank);
        var window = new PowerLawOptions
        {
            WindowStart = options.WindowStart,
            WindowEnd = options.WindowEnd,
            LargestDrift = 0.1,
        };
        var fit = Estimate(eigenvalues, limit, window);
        var (uncertainty, method) = Uncertainty(data, options, fit, eigenvalues, cancellation);
        return new SpectrumEstimate
        {
            Samples = data.Rows,
            Features = data.Columns,
            Eigenvalues = eigenvalues,
            Rank = rank,
            EffectiveRank = eigenvalues.Sum() * eigenvalues.Sum() / eigenvalues.Sum(value => value * value),
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
        var trace = Eigenvalues.Take(Rank).Sum();
        var values = Eigenvalues.Take(Rank).Select(value => value / trace).ToArray();
        NumericFile.WriteVector(path, "eigenvalue", values,
        [
            $"covariance spectrum of {source}: {Samples} samples, {Features} features, rank {Rank}; normalised to trace one",
            Exponent is { } exponent
                ? string.Create(CultureInfo.InvariantCulture, $"exponent {exponent:0.####} +- {ExponentUncertainty:0.####} over modes {Fit!.WindowStart:0} to {Fit.WindowEnd:0}; {Fit.Verdict}")
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
        if (Fit is { } fit)
        {
            var x = numbers.Where(number => number >= fit.WindowStart * 0.999 && number <= fit.WindowEnd * 1.001).ToArray();
            series.Add(new Series
            {
                Label = string.Create(CultureInfo.InvariantCulture, $"λ ∝ i^(−{Exponent:0.00})"),
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
                + (Exponent is { } exponent ? string.Create(CultureInfo.InvariantCulture, $"Exponent a = {exponent:0.000} ± {ExponentUncertainty:0.000} ({UncertaintyMethod}); {Fit!.Verdict}.") : "No power law was fitted."),
            Panels = [new Panel { X = new Axis("mode number i", true), Y = new Axis("eigenvalue λ", true), Series = series, Regions = regions }],
        };
    }

    // Eigenvalues are in the squared unit of the data, so that the squares must be numbers too.
    private static double LargestMagnitude(DataMatrix data)
    {
        var largest = data.Values.Max(Math.Abs);
        return largest is 0 or (>= 1e-140 and <= 1e140)
            ? largest
            : throw new ParameterException("data", largest, "a table whose largest magnitude is between 1e-140 and 1e140", "change the unit of the data");
    }

    private static (int Limit, string Cutoff) Limit(DataMatrix data, int rank)
    {
        var supported = Math.Max(1, data.Rows / 10);
        return rank <= supported
            ? (rank, $"mode {rank}: the numerical rank")
            : (supported, $"mode {supported}: a tenth of the {data.Rows} samples, beyond which eigenvalues are biased downwards");
    }

    private static PowerLawFit? Estimate(double[] eigenvalues, int limit, PowerLawOptions options)
    {
        var end = options.WindowEnd is { } given ? (int)Math.Min(given, eigenvalues.Length) : limit;
        var numbers = Enumerable.Range(1, end).Select(number => (double)number).ToArray();
        return PowerLaw.TryFit(numbers, eigenvalues.AsSpan(0, end), options);
    }

    private static (double HalfWidth, string Method) Uncertainty(DataMatrix data, SpectrumEstimateOptions options, PowerLawFit? fit, double[] all, CancellationToken cancellation)
    {
        if (fit is null)
            return (0, "no fit");
        if (Math.Min(data.Rows, data.Columns) > LargestJackknife || data.Rows < 5 * Blocks)
            return ((fit.Upper - fit.Lower) / 2, "95 % interval of the line, residual correlation included");

        // The window stays that of all data, so that the interval is that of the exponent and not of the choice of window.
        var window = new PowerLawOptions { WindowStart = fit.WindowStart, WindowEnd = fit.WindowEnd };
        var exponents = new double[Blocks];
        for (var block = 0; block < Blocks; block++)
        {
            var eigenvalues = Covariance.Eigenvalues(data, options.Centre, (int)((long)data.Rows * block / Blocks), (int)((long)data.Rows * (block + 1) / Blocks), cancellation);
            exponents[block] = Estimate(eigenvalues, eigenvalues.Length, window)!.Exponent;
        }

        var mean = exponents.Average();
        var variance = exponents.Sum(value => (value - mean) * (value - mean)) * (Blocks - 1) / Blocks;

        // A sample spreads its eigenvalues by O(i/n), which steepens the law: a bias of order 1/n, which the jackknife sees.
        var bias = (Blocks - 1) * Math.Abs(mean - Estimate(all, all.Length, window)!.Exponent);

        // Student's t for nine degrees of freedom at 95 %. Scatter about the line is an error of the exponent too.
        return (
            Math.Max(2.262 * Math.Sqrt(variance), (fit.Upper - fit.Lower) / 2) + bias,
            $"95 %: the larger of a jackknife over {Blocks} blocks of rows and the interval of the line, plus the bias that the jackknife finds");
    }
}
