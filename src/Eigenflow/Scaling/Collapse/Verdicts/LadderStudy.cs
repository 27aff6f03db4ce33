using Eigenflow.Solutions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>The horizon of constant-rate runs, looked for in two ways, beside that which was used.</summary>
/// <param name="Schedule">Name of the schedule of the constant-rate runs.</param>
/// <param name="Frontier">By the frontier; null where that cannot be.</param>
/// <param name="Collapse">By the best collapse; null where that cannot be.</param>
/// <param name="Offset">L0 of the collapse.</param>
/// <param name="OffsetSource">Where it is from.</param>
/// <param name="Notes">Why one is missing, and warnings: sentences.</param>
public sealed record HorizonComparison(string Schedule, FrontierHorizon? Frontier, CollapseHorizon? Collapse, double Offset, string OffsetSource, IReadOnlyList<string> Notes);

/// <summary>A prediction of a schedule, with α and ρ fitted to it and with those that the other targets have.</summary>
/// <param name="Fitted">With its own α and ρ.</param>
/// <param name="Others">With the medians of α and ρ of all other targets; null for a single target.</param>
public sealed record TransferPair(ScheduleTransfer Fitted, ScheduleTransfer? Others);

/// <summary>All that runs of several sizes and schedules show: a ladder per schedule, the horizon of constant-rate runs, predictions of schedules from the constant-rate run of each size.</summary>
public sealed record LadderStudy
{
    private const int FrontierPoints = 40;

    /// <summary>What was read.</summary>
    public required LadderData Data { get; init; }

    /// <summary>One analysis per schedule with at least two sizes.</summary>
    public required IReadOnlyList<LadderAnalysis> Ladders { get; init; }

    /// <summary>Horizons, one per constant schedule with at least three sizes.</summary>
    public required IReadOnlyList<HorizonComparison> Horizons { get; init; }

    /// <summary>Predictions of schedules.</summary>
    public required IReadOnlyList<TransferPair> Transfers { get; init; }

    /// <summary>What was not analysed or cannot be shown, and why: sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Analyses.</summary>
    /// <param name="data">The runs.</param>
    /// <param name="options">Options of ladders.</param>
    /// <param name="transfer">Options of predictions of schedules.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Nothing can be analysed: the reason of the first ladder.</exception>
    public static LadderStudy Of(LadderData data, LadderOptions? options = null, TransferOptions? transfer = null, IProgress<Progress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options = (options ?? new LadderOptions()) with { HasCompute = data.HasCompute };
        options.Validate();
        var groups = data.Runs.GroupBy(run => run.Schedule, StringComparer.Ordinal).Select(group => group.ToArray()).ToArray();
        var (ladders, notes, refused) = (new List<LadderAnalysis>(), new List<string>(), new List<ParameterException>());
        foreach (var (index, group) in groups.Index())
        {
            progress?.Report(new Progress(0.1 + (0.5 * index / groups.Length), group[0].Schedule));
            try
            {
                ladders.Add(LadderAnalysis.Of(group, options, cancellation));
            }
            catch (ParameterException exception)
            {
                refused.Add(exception);
                notes.Add($"not analysed as a ladder{(group[0].Schedule.Length > 0 ? $": {group[0].Schedule}" : "")}: {exception.Message.TrimEnd('.')}");
            }
        }

        progress?.Report(new Progress(0.6, "horizons"));
        var horizons = HorizonsOf(groups, ladders, options, notes, cancellation);
        progress?.Report(new Progress(0.8, "schedules"));
        var transfers = TransfersOf(data.Runs, transfer ?? new TransferOptions(), notes, cancellation);
        if (ladders.Count == 0 && transfers.Count == 0)
            throw refused[0];
        return new LadderStudy { Data = data, Ladders = ladders, Horizons = horizons, Transfers = transfers, Notes = notes };
    }

    private static List<HorizonComparison> HorizonsOf(LadderRun[][] groups, List<LadderAnalysis> ladders, LadderOptions options, List<string> notes, CancellationToken cancellation)
    {
        var result = new List<HorizonComparison>();
        foreach (var group in groups.Where(group => Array.TrueForAll(group, ScheduleShape.IsConstant)))
        {
            var own = new List<string>();
            var frontier = Try(() => FrontierHorizon.Of(group), own, "by the frontier");
            own.AddRange(frontier?.Notes ?? []);
            var (offset, source) = OffsetOf(frontier, group, ladders, options);
            var collapse = Try(() => CollapseHorizon.Of(group, offset, resamples: Math.Min(options.Resamples, 100), seed: options.Seed, cancellation: cancellation), own, "by collapse");
            if (collapse?.IsAtEdge == true)
                own.Add(DisplayText.Of($"the spread falls up to γ = {collapse.Exponent:0.##}, an end of what was looked at: these curves collapse at no horizon, or only beyond"));
            result.Add(new HorizonComparison(group[0].Schedule, frontier, collapse, offset, source, own));
        }

        if (result.Count == 0)
            notes.Add("no runs at constant learning rate: the best horizon is not looked for, and no schedule is predicted");
        return result;

        static T? Try<T>(Func<T> find, List<string> reasons, string how)
            where T : class
        {
            try
            {
                return find();
            }
            catch (ParameterException exception)
            {
                reasons.Add($"no horizon {how}: {exception.Message.TrimEnd('.')}");
                return null;
            }
        }
    }

    // L0 belongs to compute-optimal losses: those of the frontier, else those of a ladder that was trained to its horizon.
    private static (double Offset, string Source) OffsetOf(FrontierHorizon? frontier, LadderRun[] group, List<LadderAnalysis> ladders, LadderOptions options)
    {
        if (options.Offset is { } given)
            return (given, "given");
        var lowest = group.Min(run => run.Losses.Min());
        if (frontier is not null && options.HasCompute)
        {
            var step = Math.Max(1, frontier.Computes.Length / FrontierPoints);
            int[] chosen = [.. Enumerable.Range(0, frontier.Computes.Length).Where(k => k % step == 0)];
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

    private static List<TransferPair> TransfersOf(IReadOnlyList<LadderRun> runs, TransferOptions options, List<string> notes, CancellationToken cancellation)
    {
        var constant = runs.Where(ScheduleShape.IsConstant).ToArray();
        var targets = runs.Where(run => !ScheduleShape.IsConstant(run)).ToArray();
        if (constant.Length == 0 || targets.Length == 0)
            return [];
        if (targets.All(run => run.LearningRates is null) || constant.All(run => run.LearningRates is null))
        {
            notes.Add("no learning rates: schedules are not predicted");
            return [];
        }

        var found = new List<ScheduleTransfer>();
        foreach (var target in targets)
        {
            cancellation.ThrowIfCancellationRequested();
            var same = constant.Where(run => run.Size == target.Size).OrderBy(run => string.Equals(run.Seed, target.Seed, StringComparison.Ordinal) ? 0 : 1).ThenByDescending(run => run.EndTime).FirstOrDefault();
            if (same is null)
            {
                notes.Add($"{target.Label} is not predicted: no constant-rate run of its size");
                continue;
            }

            try
            {
                found.Add(ScheduleTransfer.Of(same, target, options));
            }
            catch (ParameterException exception)
            {
                notes.Add($"{target.Label} is not predicted: {exception.Message.TrimEnd('.')}");
            }
        }

        if (found.Count > 0 && found.TrueForAll(one => one.Reduced is null))
            notes.Add("no traces of the gradient covariance: the reduced and the full prediction of schedules, α and h(x) are not shown; the ratio prediction needs learning rates alone");
        return [.. found.Select(one => new TransferPair(one, found.Count < 2 ? null : ScheduleTransfer.Of(one.Reference, one.Target, options with
        {
            Alpha = options.Alpha ?? MedianOf(one, other => other.Alpha),
            Curvature = options.Curvature ?? MedianOf(one, other => other.Curvature),
        })))];

        double? MedianOf(ScheduleTransfer own, Func<ScheduleTransfer, double> value)
        {
            var median = Numerics.Quantile.Median([.. found.Where(other => other != own).Select(value).Where(double.IsFinite)]);
            return double.IsNaN(median) ? null : median;
        }
    }
}
