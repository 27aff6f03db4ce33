namespace Eigenflow.Scaling.Collapse;

/// <summary>The horizon of constant-rate runs, looked for in two ways. With seeds the interval by the frontier is from resampled seeds, that by collapse from a score test (<see cref="ShapeHorizon"/>), which holds the uncertainty of L0.</summary>
/// <param name="Schedule">Name of the schedule of the constant-rate runs.</param>
/// <param name="Frontier">By the frontier; null where that cannot be.</param>
/// <param name="Collapse">By the best collapse; null where that cannot be.</param>
/// <param name="Notes">Why one is missing, and warnings: sentences.</param>
public sealed record HorizonComparison(string Schedule, FrontierHorizon? Frontier, ShapeHorizon? Collapse, IReadOnlyList<string> Notes)
{
    private const int MostResamples = 40;
    private const double LatestStart = 0.1;

    /// <summary>Looks.</summary>
    /// <param name="runs">Constant-rate runs.</param>
    /// <param name="options">Options.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static HorizonComparison Of(LadderRun[] runs, LadderOptions options, CancellationToken cancellation)
    {
        var notes = new List<string>();
        var sizes = runs.DistinctBy(run => run.Size).Count();
        if (!options.HasCompute)
            notes.Add("no horizon by the frontier: sizes are no numbers of parameters and there is no column of compute");
        else if (sizes < FrontierHorizon.FewestSizes)
            notes.Add($"no horizon by the frontier: it needs {FrontierHorizon.FewestSizes} sizes or more, of which the smallest and the largest are left out");
        var frontier = options.HasCompute && sizes >= FrontierHorizon.FewestSizes ? Try(() => FrontierHorizon.Of(runs), notes, "by the frontier") : null;
        notes.AddRange(frontier?.Notes ?? []);
        var collapse = Try(() => ShapeHorizon.Of(runs, options.Offset, cancellation: cancellation), notes, "by collapse");
        if (collapse is not null)
            notes.AddRange(NotesOn(collapse));
        if (frontier is not null && runs.GroupBy(run => run.Size).Min(model => model.Count()) > 1)
            frontier = WithInterval(runs, frontier, options, cancellation);
        return new HorizonComparison(runs[0].Schedule, frontier, collapse, notes);
    }

    private static IEnumerable<string> NotesOn(ShapeHorizon collapse)
    {
        if (collapse.IsAtEdge)
            yield return DisplayText.Of($"the spread falls up to γ = {collapse.Exponent:0.##}, an end of what was looked at: these curves collapse at no horizon, or only beyond");
        if (collapse.IsNone && !collapse.IsAtEdge)
            yield return DisplayText.Of($"even at the best exponent the spread is {100 * collapse.RootMeanSquare:G3} %: {(collapse.IsOffsetGiven ? "with this L0 " : "")}these curves collapse at no horizon");
        if (collapse.From > LatestStart)
            yield return DisplayText.Of($"by collapse curves are compared from x = {collapse.From:0.##} on: those of some sizes begin that late");
        if (double.IsNaN(collapse.Lower))
            yield return "without seeds the exponent by collapse has no interval" + (collapse.IsOffsetGiven ? "" : ", and noise of the records makes L0, which is fitted with it, and with L0 the exponent too small: state L0 with --offset");
        else if (collapse.IsInconclusive)
            yield return "inconclusive by collapse: these curves allow every exponent that was looked at; give L0 with --offset, or take more seeds";
        else if (collapse.IsOpen)
            yield return "the interval of the exponent by collapse reaches the end of what was looked at: it may be wider";
        if (collapse.IsMisfit)
            yield return DisplayText.Of($"at the best exponent sizes still differ, by {collapse.Misfit:0.#} times the variance that seeds leave: the interval by collapse is widened by the root of that");
        if (collapse.IsOffsetRefused)
            yield return DisplayText.Of($"L0 = {collapse.Offset:G4} contradicts the shape of these curves (p < 0.05): the exponent by collapse rests on it");
    }

    private static FrontierHorizon WithInterval(LadderRun[] runs, FrontierHorizon frontier, LadderOptions options, CancellationToken cancellation)
    {
        var models = runs.GroupBy(run => run.Size).OrderBy(model => model.Key).Select(model => model.ToArray()).ToArray();
        int[] seeds = [.. models.Select(model => model.Length)];
        var values = new List<double>();

        // Seeds that are drawn from so many scatter too little, by the root of (S − 1)/S.
        var factor = Math.Sqrt(seeds.Min() / (seeds.Min() - 1.0));
        for (var replica = 0; replica < Math.Min(options.Resamples, MostResamples); replica++)
        {
            cancellation.ThrowIfCancellationRequested();
            var choice = SeedChoice.Of(seeds, options.Seed, replica);
            if (Try(() => FrontierHorizon.Of([.. models.SelectMany((model, m) => choice[m].Select(s => model[s]))]), null, "") is { } found)
                values.Add(frontier.Exponent + (factor * (found.Exponent - frontier.Exponent)));
        }

        // Beside the scatter of seeds a frontier has that of its few sizes: the wider one counts.
        var (from, to) = BlockBootstrap.Interval([.. values]);
        var (low, high) = (Math.Min(frontier.Exponent, from) - frontier.Resolution, Math.Max(frontier.Exponent, to) + frontier.Resolution);
        return frontier.Upper - frontier.Lower > high - low ? frontier : frontier with { Lower = low, Upper = high };
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
            reasons?.Add($"no horizon {how}: {(exception.Parameter is "grid" or "models" or "frontier" ? "needed are" : $"{exception.Parameter} must be")} {exception.Allowed}{(exception.Remedy.Length > 0 ? $"; {exception.Remedy}" : "")}");
            return null;
        }
    }
}
