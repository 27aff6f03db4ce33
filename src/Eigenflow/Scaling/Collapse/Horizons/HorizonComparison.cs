namespace Eigenflow.Scaling.Collapse;

/// <summary>The horizon of constant-rate runs, looked for in two ways. With seeds their intervals are from resampled seeds, each resample with its own frontier, L0 and collapse, so that they hold the uncertainty of L0.</summary>
/// <param name="Schedule">Name of the schedule of the constant-rate runs.</param>
/// <param name="Frontier">By the frontier; null where that cannot be.</param>
/// <param name="Collapse">By the best collapse; null where that cannot be.</param>
/// <param name="Offset">L0 of the collapse.</param>
/// <param name="OffsetSource">Where it is from.</param>
/// <param name="Notes">Why one is missing, and warnings: sentences.</param>
public sealed record HorizonComparison(string Schedule, FrontierHorizon? Frontier, CollapseHorizon? Collapse, double Offset, string OffsetSource, IReadOnlyList<string> Notes)
{
    private const int FrontierPoints = 20;
    private const int MostResamples = 40;
    private const int Points = 41;
    private const int FewestSeeds = 5;
    private const double LatestStart = 0.1;
    private const double LargestSpread = 0.05;

    /// <summary>Looks.</summary>
    /// <param name="runs">Constant-rate runs.</param>
    /// <param name="ladders">Analyses of ladders, of which L0 is taken where the frontier gives none.</param>
    /// <param name="options">Options.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static HorizonComparison Of(LadderRun[] runs, IReadOnlyList<LadderAnalysis> ladders, LadderOptions options, CancellationToken cancellation)
    {
        var notes = new List<string>();
        if (!options.HasCompute)
            notes.Add("no horizon by the frontier: sizes are no numbers of parameters and there is no column of compute");
        var frontier = options.HasCompute ? Try(() => FrontierHorizon.Of(runs), notes, "by the frontier") : null;
        notes.AddRange(frontier?.Notes ?? []);
        var (offset, source) = OffsetOf(frontier, runs, ladders, options);
        var collapse = Try(() => CollapseHorizon.Of(runs, offset, cancellation: cancellation), notes, "by collapse");
        if (collapse?.IsAtEdge == true)
            notes.Add(DisplayText.Of($"the spread falls up to γ = {collapse.Exponent:0.##}, an end of what was looked at: these curves collapse at no horizon, or only beyond"));
        if (collapse?.RootMeanSquare > LargestSpread)
            notes.Add(DisplayText.Of($"even at the best exponent the spread is {100 * collapse.RootMeanSquare:G3} %: with this L0 these curves collapse at no horizon"));
        if (collapse?.X[0] > LatestStart)
            notes.Add(DisplayText.Of($"by collapse curves are compared from x = {collapse.X[0]:0.##} on: those of some sizes begin that late"));
        if (runs.GroupBy(run => run.Size).Min(model => model.Count()) > 1)
        {
            (frontier, collapse) = WithIntervals(runs, frontier, collapse, ladders, options, cancellation);
            if (runs.GroupBy(run => run.Size).Min(model => model.Count()) < FewestSeeds)
                notes.Add(FormattableString.Invariant($"fewer than {FewestSeeds} seeds: intervals of horizons are too short where records are noisy"));
            if (collapse is not null && (collapse.Lower <= collapse.Scanned[1] || collapse.Upper >= collapse.Scanned[^2]))
                notes.Add("the interval of the exponent by collapse reaches the end of what was looked at: it may be wider");
        }
        else if (collapse is not null)
        {
            notes.Add("without seeds the exponent by collapse has no interval");
        }

        return new HorizonComparison(runs[0].Schedule, frontier, collapse, offset, source, notes);
    }

    private static (FrontierHorizon?, CollapseHorizon?) WithIntervals(
        LadderRun[] runs, FrontierHorizon? frontier, CollapseHorizon? collapse, IReadOnlyList<LadderAnalysis> ladders, LadderOptions options, CancellationToken cancellation)
    {
        var models = runs.GroupBy(run => run.Size).OrderBy(model => model.Key).Select(model => model.ToArray()).ToArray();
        int[] seeds = [.. models.Select(model => model.Length)];
        var (byFrontier, byCollapse) = (new List<double>(), new List<double>());
        for (var replica = 0; replica < Math.Min(options.Resamples, MostResamples); replica++)
        {
            cancellation.ThrowIfCancellationRequested();
            var choice = SeedChoice.Of(seeds, options.Seed, replica);
            LadderRun[] drawn = [.. models.SelectMany((model, m) => choice[m].Select(s => model[s]))];
            var own = frontier is null ? null : Try(() => FrontierHorizon.Of(drawn), null, "");
            if (own is not null)
                byFrontier.Add(own.Exponent);
            if (collapse is not null && Try(() => new HorizonCurves(drawn, OffsetOf(own, drawn, ladders, options).Offset, collapse.X).Search(collapse.Scanned[0], collapse.Scanned[^1], Points), null, "") is { } found)
                byCollapse.Add(found.Exponent);
        }

        // Beside the scatter of seeds a frontier has that of its few sizes: the wider one counts.
        var (low, high) = Widened(frontier?.Exponent, byFrontier, frontier?.Resolution ?? 0);
        var (lower, upper) = Widened(collapse?.Exponent, byCollapse, 0);
        return (
            frontier is null || frontier.Upper - frontier.Lower > high - low ? frontier : frontier with { Lower = low, Upper = high },
            collapse is null ? null : collapse with { Lower = lower, Upper = upper });

        // Seeds that are drawn from so many scatter too little, by the root of (S − 1)/S.
        (double Lower, double Upper) Widened(double? exponent, List<double> values, double resolution)
        {
            var factor = Math.Sqrt(seeds.Min() / (seeds.Min() - 1.0));
            var (from, to) = BlockBootstrap.Interval([.. values.Select(value => exponent!.Value + (factor * (value - exponent.Value)))]);
            return (Math.Min(exponent ?? from, from) - resolution, Math.Max(exponent ?? to, to) + resolution);
        }
    }

    // L0 belongs to compute-optimal losses: those of the frontier, else those of a ladder that was trained to its horizon.
    private static (double Offset, string Source) OffsetOf(FrontierHorizon? frontier, LadderRun[] runs, IReadOnlyList<LadderAnalysis> ladders, LadderOptions options)
    {
        if (options.Offset is { } given)
            return (given, "given");
        var lowest = runs.Min(run => run.Losses.Min());
        if (frontier is not null)
        {
            var chosen = Central(frontier);
            if (chosen.Length >= ReducibleLossFit.FewestPoints)
            {
                var fit = ReducibleLossFit.Of([.. chosen.Select(k => frontier.Computes[k])], [.. chosen.Select(k => frontier.Losses[k])]);
                if (fit.Floor < lowest)
                    return (fit.Floor, "fitted to the frontier");
            }
        }

        return ladders.FirstOrDefault(ladder => ladder.Fit is not null && ladder.Fit.Floor < lowest) is { } other
            ? (other.Fit!.Floor, $"fitted to the end points{(other.Schedule.Length > 0 ? $" of {other.Schedule}" : "")}")
            : (0, "not fitted, 0 in its place");
    }

    // Where a size is best it touches the compute-optimal loss in the middle of its range of compute and lies above it at the ends: the middle half of each counts.
    private static int[] Central(FrontierHorizon frontier)
    {
        var middle = new List<int>();
        foreach (var range in Enumerable.Range(0, frontier.Best.Length).GroupBy(k => frontier.Best[k]))
        {
            int[] own = [.. range];
            middle.AddRange(own[(own.Length / 4)..(own.Length - (own.Length / 4))]);
        }

        var step = Math.Max(1, middle.Count / FrontierPoints);
        return [.. middle.Where((_, k) => k % step == 0)];
    }

    private static T? Try<T>(Func<T> find, List<string>? reasons, string how)
        where T : class
    {
        try
        {
            return find();
        }
        catch (ParameterException exception)
        {
            reasons?.Add($"no horizon {how}: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }
}
