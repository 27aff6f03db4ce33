using System.Globalization;
using Eigenflow.Solutions;

namespace Eigenflow.Spectra.Estimation;

/// <summary>What measured eigenvalues say: white noise, components above a white bulk, or a law with its window and interval.</summary>
internal sealed record SpectrumReading
{
    private const double LargestRelativeError = 0.01;

    // The formula of the bias holds for eigenvalues outside the bulk of the others, and falls short near it.
    private const double BiasFactor = 1.5;

    // Components near the edge of a bulk look like a power law of a small exponent; a bulk as white as white noise is then preferred.
    private const double LeastWhole = 0.3;

    // Student's t for nine degrees of freedom at 95 %: ten blocks.
    private const double Student = 2.262;

    public required SpectrumKind Kind { get; init; }

    public required string Verdict { get; init; }

    public WhiteBulk? Bulk { get; init; }

    public ModeLaw? Law { get; init; }

    public double HalfWidth { get; init; }

    public required string IntervalMethod { get; init; }

    public required int Limit { get; init; }

    public required string Cutoff { get; init; }

    /// <summary>Reads.</summary>
    /// <param name="raw">The eigenvalues.</param>
    /// <param name="samples">Number of samples, or null where they are given without.</param>
    /// <param name="features">d.</param>
    /// <param name="rank">Number of eigenvalues above rounding.</param>
    /// <param name="options">Options.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SpectrumReading Of(
        RawSpectrum raw, long? samples, int features, int rank, SpectrumEstimateOptions options, IProgress<Progress>? progress, CancellationToken cancellation)
    {
        var (limit, cutoff) = LimitOf(samples, raw, rank);
        var measured = new Measured(raw, samples, rank < Math.Min(raw.Degrees ?? rank, features) ? rank : features, rank);
        progress?.Report(new Progress(0.85, "bulk and exponent"));
        var (bulk, isEven) = BulkOf(measured, cancellation);
        var above = bulk?.Components ?? (raw.IsComplete || raw.Degrees is not { } degrees ? null : WhiteBulk.CountAbove(raw.Eigenvalues.AsSpan(0, rank), degrees, features, raw.Trace));
        var isGiven = options.WindowStart is not null || options.WindowEnd is not null;
        var windowLimit = Math.Min(limit, above ?? limit);

        // A power law over all modes may look like components above a bulk where rows are few.
        var whole = bulk is { Components: > 0, IsApart: false } && !isEven ? WholePowerLaw.Exponent(raw.Eigenvalues[..measured.Count], raw.Degrees!.Value, measured.Features, cancellation) : null;
        if (bulk is { IsPlain: true } && whole < LeastWhole)
            whole = null;
        var reach = whole is null ? windowLimit : limit;
        IReadOnlyList<double[]> left = (isGiven || reach >= ModeWindow.Decade) && raw.LeaveOut is not null ? raw.LeaveOut() : [];
        IReadOnlyList<ModeLogs> reduced = [.. left.Select(values => new ModeLogs(Positive(values)))];
        var logs = new ModeLogs(raw.Eigenvalues.AsSpan(0, rank));
        var given = ((int)(options.WindowStart ?? 1), (int)(options.WindowEnd ?? Math.Max(limit, Math.Min(rank, ModeWindow.Decade * (options.WindowStart ?? 1)))));
        if (reduced.Any(part => part.Count < (isGiven ? given.Item2 : reach)))
            reduced = [];
        var noise = samples is { } count ? Math.Sqrt(2 * (raw.Spread?.Inflation ?? 1) / count) : 0;
        var law = isGiven ? ModeWindow.Fit(logs, reduced, given.Item1, given.Item2) : ModeWindow.Longest(logs, reduced, reach, noise);
        var test = isGiven || reach < ModeWindow.Decade ? null : LawTest.Of(measured, reach, reduced.Count == 0 ? [] : left, cancellation);
        if (law is not null && test is not null)
            law = ModeWindow.Longest(logs, reduced, reach, noise, test);
        var (half, bias, method) = law is null ? (0, 0, "no fit") : Interval(law, measured, reduced);
        var (kind, verdict) = VerdictOf(new Findings(measured, law, half, bias, law is null ? 0 : OfEqual(law, measured), noise, bulk, isEven, above, whole, limit, isGiven, isGiven && given.Item2 > limit, isGiven || reach < ModeWindow.Decade ? null : ModeWindow.Fit(logs, reduced, 1, reach), RejectedBy(test, raw, reach), raw.Spread is { IsUneven: true } || test is { IsSure: false }));

        // A bulk that only a smooth decline resembles is none where that decline is a power law.
        var isBulk = !isEven && !(kind == SpectrumKind.PowerLaw && (whole is not null || bulk is { IsPlain: false }));
        return new SpectrumReading { Kind = kind, Verdict = verdict, Bulk = isBulk ? bulk : null, Law = law, HalfWidth = half, IntervalMethod = method, Limit = limit, Cutoff = cutoff };
    }

    private static ReadOnlySpan<double> Positive(double[] values) => values.AsSpan(0, values.Count(value => value > SpectrumEstimate.Rounding * values[0]));

    private static (WhiteBulk? Bulk, bool IsEven) BulkOf(Measured measured, CancellationToken cancellation)
    {
        var raw = measured.Raw;
        if (!raw.IsComplete || raw.Degrees is not { } degrees)
            return (null, false);
        var bulk = WhiteBulk.Find(raw.Eigenvalues.AsSpan(0, measured.Count), degrees, measured.Features);
        if (bulk is { Components: 0 } || raw.Spread is not { IsUneven: true } || raw.Even is null)
            return (bulk, false);

        // Rows of unequal size spread the eigenvalues of white noise beyond Marchenko and Pastur; divided by their lengths they do not.
        cancellation.ThrowIfCancellationRequested();
        var even = raw.Even();
        var count = Math.Min(measured.Count, even.Length);
        return WhiteBulk.Find(even.AsSpan(0, count), degrees, measured.Features) is { } found && found.Components < (bulk?.Components ?? int.MaxValue) ? (found, true) : (bulk, false);
    }

    // Where errors are far from those of Gaussian rows the test may doubt, and reject nothing.
    private static bool? RejectedBy(LawTest? test, RawSpectrum raw, int reach) => test is null ? null : !test.Doubts(1, reach) ? false : test.IsSure && raw.Spread is not { IsHeavy: true } ? test.Rejects(1, reach) : null;

    // The exponent that equal eigenvalues, twice as many as the window's last, would show in such a sample.
    private static double OfEqual(ModeLaw law, Measured measured)
    {
        if (measured.Raw.Degrees is not { } degrees)
            return 0;
        var count = Math.Min(2 * law.Last, measured.Count);
        return count < law.Last ? 0 : ModeLaw.Of(new ModeLogs(MarchenkoPastur.Quantiles(count, (double)count / degrees)), law.First, law.Last).Exponent;
    }

    private static (int Limit, string Cutoff) LimitOf(long? samples, RawSpectrum raw, int rank)
    {
        if (samples is not { } count)
            return (rank, $"mode {rank}: the last that is given and above rounding");
        // Uneven rows have the errors of fewer ones.
        var even = raw.Spread is { IsUneven: true } spread ? (long)(count / spread.Inflation) : count;
        var supported = (int)Math.Clamp(even / 10, 1, int.MaxValue);
        var known = raw.Estimates is { } errors ? errors.Zip(raw.Eigenvalues).TakeWhile(pair => pair.First <= LargestRelativeError * pair.Second).Count() : rank;
        if (known < Math.Min(rank, supported))
            return (Math.Max(1, known), known == 0 ? "none: no eigenvalue is known within 1 %, use more --iterations or --modes" : DisplayText.Of($"mode {known}: the last whose estimated error is below {100 * LargestRelativeError:0} %"));
        return rank <= supported
            ? (rank, $"mode {rank}: {(raw.IsComplete ? "the numerical rank" : "the last that was computed")}")
            : (supported, $"mode {supported}: a tenth of the {count} samples{(even < count ? $" (uneven rows: they are worth {even} even ones)" : "")}, beyond which eigenvalues are biased downwards");
    }

    private static (double HalfWidth, double Bias, string Method) Interval(ModeLaw law, Measured measured, IReadOnlyList<ModeLogs> reduced)
    {
        var raw = measured.Raw;
        if (raw.Degrees is not { } degrees)
            return (law.HalfWidth, 0, "95 % interval of the line, residual correlation included; the eigenvalues are taken as exact");
        var bias = BiasFactor * Math.Abs(SampleBias.OfExponent(law, raw.Eigenvalues.AsSpan(0, measured.Rank), degrees, measured.Features, raw.Trace));
        if (reduced.Count == 0)
        {
            var inflation = raw.Spread?.Inflation ?? 1;
            return ((law.HalfWidth * Math.Sqrt(inflation)) + (bias * inflation), bias * inflation, "95 % interval of the line, residual correlation included, plus one and a half times the bias of a sample of this size");
        }

        // The window stays that of all data, so that the interval is that of the exponent and not of the choice of window.
        var (mean, deviation) = ModeWindow.Spread([.. reduced.Select(part => ModeLaw.Of(part, law.First, law.Last).Exponent)]);
        var seen = (reduced.Count - 1) * Math.Abs(mean - law.Exponent);

        // Scatter about the line is an error of the exponent too.
        return (
            Math.Max(Student * deviation, law.HalfWidth) + Math.Max(seen, bias), bias,
            $"95 %: the larger of a jackknife over {reduced.Count} blocks of rows and the interval of the line, plus one and a half times the bias of a sample of this size");
    }

    private static (SpectrumKind Kind, string Text) VerdictOf(Findings f)
    {
        var (kind, text) = SpectrumVerdict.Of(f);
        if (f.Measured.Raw.Spread is not { IsHeavy: true } spread || f.Measured.Count < 2)
            return (kind, text);
        string[] indices = [.. new[] { spread.TailIndex, spread.LowestTailIndex, spread.HighestTailIndex }.Select(value => double.IsFinite(value) ? value.ToString("0.0", CultureInfo.InvariantCulture) : "∞")];
        var index = $"(tail index {indices[0]} of the rows' lengths, {indices[1]} to {indices[2]}; they exist above 4)";
        return (kind, spread.TailIndex <= 4
            ? $"{text}; fourth moments do not exist here {index}, so that no interval of an eigenvalue or exponent is sure"
            : $"{text}; fourth moments may not exist here {index}, so that intervals may be too narrow");
    }
}

/// <summary>Eigenvalues with the number of features that count: those of the data, or the rank where columns are combinations of others or constant.</summary>
internal sealed record Measured(RawSpectrum Raw, long? Samples, int Features, int Rank)
{
    /// <summary>Number of eigenvalues that are not zero by rank.</summary>
    public int Count => (int)Math.Min(Raw.Eigenvalues.Length, Math.Min(Raw.Degrees ?? Rank, Features));
}
