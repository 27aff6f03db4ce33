namespace Eigenflow.Scaling.Collapse;

/// <summary>What the curves of a ladder do.</summary>
public enum LadderVerdictKind
{
    /// <summary>The data cannot tell.</summary>
    Inconclusive,

    /// <summary>Δ is below the noise of seeds over a stretch before the end, and models do not differ by much of what is left of that noise.</summary>
    Supercollapse,

    /// <summary>Δ is within the noise of seeds, and models differ by it alone.</summary>
    Collapse,

    /// <summary>Models differ by more, or systematically although within the noise of seeds.</summary>
    NoCollapse,
}

/// <summary>The verdict on a ladder, with its reason.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Sentence">In words with the numbers that decide.</param>
/// <param name="Hints">What may be the cause, where curves do not collapse, or models differ within the noise.</param>
/// <param name="Agreement">Part of the floors L0 that noise may have left which give this verdict; NaN where L0 has no interval.</param>
public sealed record LadderVerdict(LadderVerdictKind Kind, string Sentence, IReadOnlyList<string> Hints, double Agreement)
{
    private const int FewestSeeds = 3;
    private const int FewestModels = 3;
    private const double SmallestNoise = 1e-9;
    private const double SmallestPower = 0.4;
    private const double SmallestAgreement = 0.9;

    /// <summary>The verdict in one or two words.</summary>
    public string Word => Kind switch
    {
        LadderVerdictKind.Supercollapse => "supercollapse",
        LadderVerdictKind.Collapse => "collapse",
        LadderVerdictKind.NoCollapse => "no collapse",
        _ => "inconclusive",
    };

    /// <summary>Judges.</summary>
    internal static LadderVerdict Of(NormalizedCurves curves, CollapseStatistics statistics, ModelTest? test, FloorSpread spread, ReducibleLossFit? fit, HorizonError? error, LadderOptions options, Func<IReadOnlyList<string>> hints)
    {
        var rms = DisplayText.Of($"rms Δ {100 * statistics.RootMeanSquare:G3} %");
        if (!statistics.HasFloor || test is null)
            return Unknown(curves.Seeds.Max(seeds => seeds.Length) > 1 ? $"{rms}; a model has one seed, so that there is no noise floor for all and no verdict" : $"{rms}; one seed per model leaves no noise floor σ, so that there is no verdict, and no supercollapse can be claimed");
        if (!(statistics.MeanFloor[..^1].Max() > SmallestNoise))
            return Unknown($"{rms}; the seeds of every model are equal, and there is no noise to compare it with");
        var onsets = double.IsNaN(spread.OnsetLower) || spread.OnsetLower == spread.OnsetUpper ? "" : DisplayText.Of($" ({spread.OnsetLower:0.##} to {spread.OnsetUpper:0.##} by L0)");
        var numbers = DisplayText.Of($"{rms}, onset {statistics.Onset:0.##}{onsets}, Δ/σ̄ {statistics.LateRatio:0.##} from x = 0.2 on, models differ on {100 * test.Share:0} % of x, by {statistics.SystematicRatio:0.##} times the noise of ℓ");
        if (curves.FewestSeeds < FewestSeeds)
            return Unknown($"{numbers}; two seeds do not measure the noise: take three or more");
        if (curves.Models < FewestModels)
            return Unknown($"{numbers}; two sizes can agree by chance: take three or more");
        if (fit is null)
            return Unknown($"{numbers}; without L0 the normalised curves are those of the loss itself");
        var kind = KindOf(statistics, test, options);

        // A horizon that no L0 makes right is told by the shape of the curves alone, and from other values of L0 nothing follows.
        // Where interpolation between records may make the difference, it says nothing.
        var isDrift = error is { IsTold: true } && !statistics.IsSparse && (IsDrift(statistics) || (error.Offset < curves.SmallestLoss && IsDrift(CollapseStatistics.Of(curves.With(error.Offset), options.IsUnbiased))));
        if (!isDrift && kind == LadderVerdictKind.NoCollapse && statistics.IsSparse)
        {
            return new LadderVerdict(
                LadderVerdictKind.Inconclusive, $"inconclusive: {numbers}; sizes differ by {DisplayNumber.Percent(statistics.Systematic, 2)} beyond noise, of which interpolation between their records may make {DisplayNumber.Percent(statistics.Interpolation, 2)}: log more often, or at the same parts of every run", [], double.NaN);
        }

        if (isDrift && kind is not LadderVerdictKind.Collapse)
            return new LadderVerdict(LadderVerdictKind.NoCollapse, $"no collapse: {Within(statistics)}sizes drift with the horizon ({numbers})", hints(), 1);
        if (kind == LadderVerdictKind.NoCollapse && fit is { IsGiven: false } && error is { IsTold: false, IsMisfit: false })
            return Unknown($"{numbers}; {Within(statistics)}sizes differ with the fitted L0; their shapes allow the horizon that was used with L0 = {DisplayNumber.Of(error.Offset, 3)}: state L0 with --offset");
        if (kind == LadderVerdictKind.Supercollapse && statistics.MedianOnset < options.Onset)
        {
            if (StrayRun.Of(curves) is { } stray)
                return Unknown($"{numbers}; Δ is below the mean noise of seeds, but not below that of most sizes: {stray} stands out from the other seeds and makes σ̄");
            kind = test.Share > options.Share ? LadderVerdictKind.NoCollapse : LadderVerdictKind.Collapse;
        }

        // A supercollapse is a collapse too, and models that are not told apart contradict none.
        var agreement = ShareOf(kind == LadderVerdictKind.Supercollapse ? spread.Within : spread.Kinds, one => one == kind || (kind == LadderVerdictKind.Collapse && one != LadderVerdictKind.NoCollapse));
        if (kind == LadderVerdictKind.Supercollapse && agreement < SmallestAgreement && test.Share <= options.Share
            && ShareOf(spread.Within, one => one != LadderVerdictKind.NoCollapse) is var either && either >= SmallestAgreement)
            (kind, agreement) = (LadderVerdictKind.Collapse, either);
        if (agreement < SmallestAgreement)
            return Unknown(DisplayText.Of($"{numbers}; {Words(kind)} at the fitted L0, but only {100 * agreement:0} % of the values of L0 that noise may have left say so: state L0 with --offset, or add sizes"));
        if (kind == LadderVerdictKind.Inconclusive)
            return Unknown($"{numbers}; the spread exceeds the noise of seeds, but models are not told apart: take more seeds");
        if (kind == LadderVerdictKind.Collapse && test.Power < SmallestPower)
            return Unknown(DisplayText.Of($"{numbers}; {curves.FewestSeeds} seeds would find models that make Δ 1.5 times the noise with probability {test.Power:0.00} alone: take more seeds"));
        var because = kind switch
        {
            LadderVerdictKind.Supercollapse => DisplayText.Of($"supercollapse: Δ is below the noise of seeds on the last {100 * statistics.Onset:0} % of training{(test.Share > options.Share ? DisplayText.Of($", and sizes differ systematically by {statistics.SystematicRatio:0.##} times the noise of ℓ alone") : "")} ({numbers})"),
            LadderVerdictKind.Collapse => $"collapse within the noise of seeds ({numbers})",
            _ => $"no collapse{(statistics.Onset >= options.Onset ? $": {Within(statistics)}sizes differ systematically" : "")} ({numbers})",
        };
        return new LadderVerdict(kind, because, kind == LadderVerdictKind.NoCollapse || test.Share > options.Share || error is { IsTold: true } ? hints() : [], agreement);

        bool IsDrift(CollapseStatistics own) => own.SystematicRatio > options.Drift && !own.IsSparse;

        LadderVerdict Unknown(string why) => new(LadderVerdictKind.Inconclusive, $"inconclusive: {why}", hints(), double.NaN);
    }

    internal static LadderVerdictKind KindOf(CollapseStatistics statistics, ModelTest test, LadderOptions options) =>

        // Noise that is common to a run raises σ and leaves ℓ: below it sizes may differ by more than their seeds do in ℓ, and then Δ is not small for the reason that a supercollapse has.
        statistics.Onset >= options.Onset && statistics.Onset > 0 && statistics.LateRatio <= options.Ratio && !(test.Share > options.Share && statistics.SystematicRatio > options.Drift) ? LadderVerdictKind.Supercollapse
        : test.Share > options.Share ? LadderVerdictKind.NoCollapse

        // The end point's noise is in every ratio: independent noise makes Δ √2 σ̄ without any difference between models.
        : Math.Min(statistics.LateRatio, statistics.SeedRatio) <= options.Ratio ? LadderVerdictKind.Collapse : LadderVerdictKind.Inconclusive;

    private static string Within(CollapseStatistics statistics) => statistics.Onset > 0 ? DisplayText.Of($"Δ is below the noise of seeds on the last {100 * statistics.Onset:0} % of training, but ") : "";

    private static double ShareOf(LadderVerdictKind[] kinds, Func<LadderVerdictKind, bool> agrees) => kinds.Length == 0 ? double.NaN : (double)kinds.Count(agrees) / kinds.Length;

    private static string Words(LadderVerdictKind kind) => kind switch
    {
        LadderVerdictKind.Supercollapse => "supercollapse",
        LadderVerdictKind.Collapse => "collapse",
        LadderVerdictKind.NoCollapse => "no collapse",
        _ => "no verdict",
    };
}
