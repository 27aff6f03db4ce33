using Eigenflow.Solutions;

namespace Eigenflow.Scaling.Collapse;

/// <summary>A prediction of a schedule, with α and ρ fitted to it and with those that the other targets have.</summary>
/// <param name="Fitted">With its own α and ρ.</param>
/// <param name="Others">With the medians of α over the targets of another schedule or size, and of ρ over those of another schedule and the same size (of other sizes, where there are none); null for a single target.</param>
public sealed record TransferPair(ScheduleTransfer Fitted, ScheduleTransfer? Others);

/// <summary>All that runs of several sizes and schedules show: a ladder per schedule, the horizon of constant-rate runs, predictions of schedules from the constant-rate run of each size.</summary>
public sealed record LadderStudy
{
    private const double SamePeak = 0.02;

    /// <summary>What was read.</summary>
    public required LadderData Data { get; init; }

    /// <summary>One analysis per schedule with at least two sizes.</summary>
    public required IReadOnlyList<LadderAnalysis> Ladders { get; init; }

    /// <summary>Horizons, one per constant schedule with at least three sizes.</summary>
    public required IReadOnlyList<HorizonComparison> Horizons { get; init; }

    /// <summary>Predictions of schedules.</summary>
    public required IReadOnlyList<TransferPair> Transfers { get; init; }

    /// <summary>α of schedules over their targets.</summary>
    public required IReadOnlyList<AlphaMean> Alphas { get; init; }

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
        string[] alone = [.. groups.Where(group => group.DistinctBy(run => run.Size).Count() < 2).Select(group => group[0].Schedule)];
        if (alone.Length > 0 && alone.Length < groups.Length)
            notes.Add($"one size alone is no ladder: {string.Join(", ", alone)}");
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
                if (!alone.Contains(group[0].Schedule, StringComparer.Ordinal))
                    notes.Add($"not analysed as a ladder{(group[0].Schedule.Length > 0 ? $": {group[0].Schedule}" : "")}: {exception.Message.TrimEnd('.')}");
            }
        }

        progress?.Report(new Progress(0.6, "horizons"));
        var whole = data.Whole.GroupBy(run => run.Schedule, StringComparer.Ordinal).Select(group => group.ToArray());
        HorizonComparison[] horizons = [.. whole.Where(group => Array.TrueForAll(group, ScheduleShape.IsConstant)).Select(group => HorizonComparison.Of(group, options, cancellation))];
        if (horizons.Length == 0)
            notes.Add("no runs at constant learning rate: the best horizon is not looked for, and no schedule is predicted");
        progress?.Report(new Progress(0.8, "schedules"));
        var transfers = TransfersOf(data.Runs, transfer ?? new TransferOptions(), notes, cancellation);
        if (ladders.Count == 0 && transfers.Count == 0)
            throw refused[0];
        return new LadderStudy { Data = data, Ladders = ladders, Horizons = horizons, Transfers = transfers, Alphas = AlphaMean.Of([.. transfers.Select(pair => pair.Fitted)]), Notes = notes };
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
            var name = target.Schedule.Length > 0 && target.Name.Length == 0 ? $"{target.Schedule}, {target.Label}" : target.Label;
            var same = constant.Where(run => run.Size == target.Size).OrderBy(run => HasSamePeak(run, target) ? 0 : 1).ThenBy(run => string.Equals(run.Seed, target.Seed, StringComparison.Ordinal) ? 0 : 1).ThenByDescending(run => run.EndTime).FirstOrDefault();
            if (same?.LearningRates is null || target.LearningRates is null)
            {
                notes.Add($"{name} is not predicted: no constant-rate run of its size, or no learning rates");
                continue;
            }

            double[] own = IntrinsicTime.Of(same), tau = IntrinsicTime.Of(target);
            var (reached, needed) = (own[^1], tau[^1]);
            if (own[0] >= tau[^2])
                notes.Add($"{name} is not predicted: the constant-rate run of its size has no record at its τ = ∫ η dt");
            else if (ScheduleTransfer.IsCovered(reached, needed))
            {
                found.Add(ScheduleTransfer.Of(same, target, options));
                if (!HasSamePeak(same, target))
                    notes.Add(OfPeaks(name, found[^1]));
            }
            else
                notes.Add(DisplayText.Of($"{name} is not predicted: its τ = ∫ η dt goes to {needed:G4}, that of the constant-rate run of its size to {reached:G4}"));
        }

        if (found.Count > 0 && found.TrueForAll(one => one.Reduced is null))
            notes.Add("no traces of the gradient covariance: the reduced and the full prediction of schedules, α and h(x) are not shown; the ratio prediction needs learning rates alone");
        return [.. found.Select(one => new TransferPair(one, found.Count < 2 ? null : ScheduleTransfer.Of(one.Reference, one.Target, options with
        {
            Alpha = options.Alpha ?? MedianOf(found.Where(other => other.Target.Schedule != one.Target.Schedule || other.Target.Size != one.Target.Size).Select(other => other.Alpha)),

            // The trace of the Hessian is that of a size.
            Curvature = options.Curvature ?? MedianOf(found.Where(other => other.Target.Schedule != one.Target.Schedule && other.Target.Size == one.Target.Size).Select(other => other.Curvature))
                ?? MedianOf(found.Where(other => other.Target.Size != one.Target.Size).Select(other => other.Curvature)),
        })))];

        static bool HasSamePeak(LadderRun reference, LadderRun target) =>
            reference.LearningRates is { } own && target.LearningRates is { } other && Math.Abs(other.Max() - own.Max()) <= SamePeak * Math.Max(own.Max(), other.Max());

        static string OfPeaks(string name, ScheduleTransfer one) => DisplayText.Of(
            $"{name}: its peak learning rate {one.Target.LearningRates!.Max():G4} is {one.PeakRatio:0.##} times that of the constant-rate run of its size. Both are read at equal ∫ η dt, which holds for plain SGD at small rates alone: α, ρ and errors hold what the peak changes beside the schedule; where the preconditioner holds the peak (Adam) rates must be relative to it, and α is off by that factor");

        static double? MedianOf(IEnumerable<double> values)
        {
            var median = Numerics.Quantile.Median([.. values.Where(double.IsFinite)]);
            return double.IsNaN(median) ? null : median;
        }
    }
}
