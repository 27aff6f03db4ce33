namespace Eigenflow.Scaling.Collapse;

/// <summary>
/// A ladder of one schedule, from end points to the verdict: L0 with its interval, normalised curves, Δ beside σ with the onset, tests, drift, and what L0's uncertainty makes of them (arXiv 2507.02119; steps for practitioners).
/// Work O(resamples · (fits + runs · grid)). Deterministic.
/// </summary>
public sealed record LadderAnalysis
{
    private const double SmallestDetermination = 0.95;
    private const double LargestJump = 1000;
    private const double SameEnd = 0.01;

    /// <summary>Name of the schedule; empty where there is none.</summary>
    public required string Schedule { get; init; }

    /// <summary>The runs.</summary>
    public required IReadOnlyList<LadderRun> Runs { get; init; }

    /// <summary>The horizon that the runs were trained to.</summary>
    public required HorizonUsed Horizon { get; init; }

    /// <summary>By how much the horizon exponent is off; null where these runs cannot tell.</summary>
    public required HorizonError? Error { get; init; }

    /// <summary>The fit of L0; null where there is none.</summary>
    public required ReducibleLossFit? Fit { get; init; }

    /// <summary>Normalised curves with L̂ = L0, or 0 where there is none.</summary>
    public required NormalizedCurves Curves { get; init; }

    /// <summary>Δ, σ and numbers made of them.</summary>
    public required CollapseStatistics Statistics { get; init; }

    /// <summary>Models against seeds; null without seeds.</summary>
    public required ModelTest? Test { get; init; }

    /// <summary>Drift with size.</summary>
    public required CollapseDrift Drift { get; init; }

    /// <summary>Quality S of the means of models with their standard errors; null without seeds.</summary>
    public required CollapseQuality? Quality { get; init; }

    /// <summary>Δ against the offset.</summary>
    public required OffsetScan Scan { get; init; }

    /// <summary>What L0's uncertainty makes of Δ.</summary>
    public required FloorSpread Spread { get; init; }

    /// <summary>The verdict.</summary>
    public required LadderVerdict Verdict { get; init; }

    /// <summary>What these data cannot show, and what is to be known of them: sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Analyses.</summary>
    /// <param name="runs">Runs of one schedule, of at least two sizes, each up to its end point.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">One size, a run that is not valid, several schedules, or an offset that is not below every loss that is used.</exception>
    public static LadderAnalysis Of(IReadOnlyList<LadderRun> runs, LadderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        options ??= new LadderOptions();
        options.Validate();
        foreach (var run in runs)
            _ = run.Checked();
        if (runs.Select(run => run.Size).Distinct().Count() < 2)
            throw new ParameterException("models", runs.Select(run => run.Size).Distinct().Count(), "at least two models of different size", "a collapse needs a ladder of models");
        if (runs.Select(run => run.Schedule).Distinct(StringComparer.Ordinal).Skip(1).Any())
            throw new ParameterException("schedule", string.Join(", ", runs.Select(run => run.Schedule).Distinct(StringComparer.Ordinal).Take(5)), "one for all runs of a ladder");
        ScheduleShape.CheckSame(runs);
        CheckEnds(runs);
        var notes = new List<string>();
        var horizon = HorizonUsed.Of(runs);
        if (!horizon.IsPowerLaw)
            notes.Add(DisplayText.Of($"end times ({DisplayNumber.Range(horizon.Times.Min(), horizon.Times.Max(), 3)}) depart from a power of size by up to {100 * horizon.LargestDeparture:0} %: these are no horizons of one law"));
        else if (!horizon.IsHorizon)
            notes.Add(DisplayText.Of($"end times do not grow with size (exponent {horizon.Exponent:0.###}): these are no compute-optimal horizons"));
        var error = !horizon.IsHorizon ? null : HorizonError.Of(runs, options.Offset, cancellation);
        NoteJumps(horizon.Sizes, notes);
        var fit = FitOf(runs, options, horizon, notes, cancellation);
        var curves = NormalizedCurves.Of(runs, fit?.Floor ?? 0, options.Grid);
        notes.AddRange(curves.Notes);
        var statistics = CollapseStatistics.Of(curves, options.IsUnbiased);
        var test = ModelTest.Of(curves);
        var drift = CollapseDrift.Of(curves);
        var scan = OffsetScan.Of(curves, options.IsUnbiased);
        var spread = FloorSpread.Of(curves, fit?.Draws ?? [], options, cancellation);
        if (statistics.IsSparse)
            notes.Add($"between records curves are interpolated, which may make sizes differ by {DisplayNumber.Percent(statistics.Interpolation, 2)} (by leaving out every second record): log more often, or at the same parts of every run");
        if (curves.FewestSeeds < 2)
            notes.Add("without several seeds per size nothing is said of σ, the onset, the split of variances or S");
        if (runs.Any(run => run.LearningRates is null) && runs[0].Schedule.Length == 0)
            notes.Add("without learning rates or names of schedules it is not checked that all runs have one schedule");
        return new LadderAnalysis
        {
            Schedule = runs[0].Schedule,
            Runs = runs,
            Horizon = horizon,
            Error = error,
            Fit = fit,
            Curves = curves,
            Statistics = statistics,
            Test = test,
            Drift = drift,
            Quality = QualityOf(curves),
            Scan = scan,
            Spread = spread,
            Verdict = LadderVerdict.Of(curves, statistics, test, spread, fit, error, options, () => LadderHints.Of(curves, statistics, test, drift, scan, fit, horizon, error, options)),
            Notes = notes,
        };
    }

    // A run that was broken off stands at another part of its training than its seeds, and its end point is none.
    private static void CheckEnds(IReadOnlyList<LadderRun> runs)
    {
        foreach (var model in runs.GroupBy(run => run.Size))
        {
            var (first, last) = (model.MinBy(run => run.EndTime)!, model.MaxBy(run => run.EndTime)!);
            if (first.EndTime < (1 - SameEnd) * last.EndTime)
            {
                throw new ParameterException(
                    "end-times", DisplayText.Plain($"{first.EndTime:G6} ({first.Label}) and {last.EndTime:G6} ({last.Label})"), "one horizon for all seeds of a size, within 1 %",
                    "leave out runs that were broken off, or cut all with --horizon SCALE,EXPONENT");
            }
        }
    }

    private static ReducibleLossFit? FitOf(IReadOnlyList<LadderRun> runs, LadderOptions options, HorizonUsed horizon, List<string> notes, CancellationToken cancellation)
    {
        var models = runs.Select(run => run.Size).Distinct().Count();
        if (!options.HasCompute && options.Offset is null)
        {
            notes.Add("sizes are no numbers of parameters and there is no column of compute: L0 is not fitted and counts as 0; state it with --offset, or add compute");
            return null;
        }

        if (models < ReducibleLossFit.FewestPoints && options.Offset is null)
        {
            notes.Add(FormattableString.Invariant($"{models} end points do not determine a, b and L0: L0 is not fitted and counts as 0; state it with --offset, or train a third size"));
            return null;
        }

        var fit = ReducibleLossFit.Of(runs, options.Resamples, options.Seed, options.Offset, cancellation);
        if (fit.IsGiven)
            return fit;
        if (fit.Exponent == 0)
            notes.Add("end losses do not fall with compute: L0 and b say nothing");

        // The ends of runs to one time, or to no law, lie on no curve of compute with the floor L0: what is fitted is that of the largest model at that time.
        if (!horizon.IsHorizon)
        {
            notes.Add(DisplayText.Of($"L0 = {fit.Floor:G4} is fitted to end points that are no horizons: it is no irreducible loss, and has no interval; state L0 with --offset"));
            return fit with { Draws = [], Lower = double.NaN, Upper = double.NaN, IntervalMethod = "the end points are no horizons" };
        }

        if (fit.Exponent > 0 && fit.Determination < SmallestDetermination)
            notes.Add(DisplayText.Of($"end losses follow no L0 + a c^(−b) (R² of ln L {fit.Determination:0.##}): sizes may have different units, or some end points are no horizons"));
        if (fit.Exponent > 0 && fit.Draws.Length == 0)
            notes.Add($"L0 has no interval: {fit.IntervalMethod}");
        else if (fit.Exponent > 0 && fit.IsUnidentified)
            notes.Add("the interval of L0 reaches 0: the end points do not tell a floor from none");
        return fit;
    }

    // Millions beside single parameters.
    private static void NoteJumps(double[] sizes, List<string> notes)
    {
        double[] ratios = [.. sizes.Skip(1).Select((size, m) => size / sizes[m])];
        var place = Array.IndexOf(ratios, ratios.Max());
        if (ratios.Length > 1 && ratios[place] > LargestJump && ratios.Where((_, m) => m != place).All(ratio => ratio * ratio < ratios[place]))
            notes.Add(DisplayText.Of($"sizes jump from {sizes[place]:G4} to {sizes[place + 1]:G4}: are all in one unit?"));
    }

    // Means of models with the standard errors that seeds leave, at x < 1. The relative variance is pooled over models: few seeds of one alone would scatter in the denominator, and S with them.
    private static CollapseQuality? QualityOf(NormalizedCurves curves)
    {
        if (curves.FewestSeeds < 2)
            return null;
        var inner = curves.Inner();
        double[][] means = [.. Enumerable.Range(0, curves.Models).Select(curves.ModelMean)];
        var free = curves.Seeds.Sum(seeds => seeds.Length - 1);
        double[] pooled = [.. inner.Select(i => Math.Sqrt(Enumerable.Range(0, curves.Models).Sum(m => Enumerable.Range(0, curves.Seeds[m].Length).Sum(s => Math.Pow((curves.Value(m, s, i) / means[m][i]) - 1, 2))) / free))];
        return inner.Length < 2 || Array.Exists(pooled, error => !(error > 0))
            ? null
            : CollapseQuality.Of([.. Enumerable.Range(0, curves.Models).Select(m => new CollapseSet(
                [.. inner.Select(i => curves.X[i])], [.. inner.Select(i => means[m][i])], [.. inner.Select((i, k) => pooled[k] * means[m][i] / Math.Sqrt(curves.Seeds[m].Length))]))]);
    }
}
