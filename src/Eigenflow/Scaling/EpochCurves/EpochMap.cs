namespace Eigenflow.Scaling.Epochs;

/// <summary>All curves of a set with their readings, and where double descent begins on the grid of regularisations.</summary>
public sealed record EpochMap
{
    // The public arrays of the source: epochs, runs.
    private const int SourceEpochs = 1001;
    private const int SourceRuns = 5;

    /// <summary>Readings by ascending log10 λ.</summary>
    public required IReadOnlyList<EpochReading> Readings { get; init; }

    /// <summary>First and last index of the longest run of neighbouring confirmed columns; null where none is confirmed.</summary>
    public required (int First, int Last)? Run { get; init; }

    /// <summary>log10 λ half-way between the strongest confirmed regularisation of that run and the next stronger one, which is not confirmed; null where there is none.</summary>
    public required double? Onset { get; init; }

    /// <summary>What the user should know, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The size of a double descent that is claimed.</summary>
    public required double ClaimedBump { get; init; }

    /// <summary>Number of columns in the run, or 0.</summary>
    public int RunLength => Run is { } run ? run.Last - run.First + 1 : 0;

    /// <summary>Whether the readings lack the noise between runs.</summary>
    public bool LacksSeedNoise => Readings.Any(reading => reading.Curve.Deviation is null);

    /// <summary>Whether epochs or runs are fewer than those of the source of the claim.</summary>
    public bool IsToy => Readings.Any(reading => reading.Curve.Mean.Length < SourceEpochs || reading.Curve.Runs is null or < SourceRuns);

    /// <summary>Number of columns with a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public int Count(DescentVerdict verdict) => Readings.Count(reading => reading.Verdict == verdict);

    /// <summary>Reads all curves.</summary>
    /// <param name="set">The curves.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static EpochMap Of(EpochCurveSet set, EpochReadingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= new EpochReadingOptions();
        EpochReading[] readings = [.. set.Curves.Select(curve => EpochReading.Of(curve, options))];
        (int First, int Last)? longest = null;
        for (int start = 0, end; start < readings.Length; start = end + 1)
        {
            for (end = start; end < readings.Length && readings[end].Verdict == DescentVerdict.Confirmed; end++)
            {
            }

            if (end > start && end - start > (longest is { } run ? run.Last - run.First + 1 : 0))
                longest = (start, end - 1);
        }

        var map = new EpochMap
        {
            Readings = readings,
            Run = longest,
            Onset = longest is { } found && found.Last + 1 < readings.Length ? (set.Curves[found.Last].LogLambda + set.Curves[found.Last + 1].LogLambda) / 2 : null,
            Warnings = set.Notes,
            ClaimedBump = options.Bump,
        };
        List<string> said = [.. set.Notes];
        if (map.LacksSeedNoise)
            said.Add("no seed noise: without the deviation over runs errors are those of rows alone, extrema of one run may be taken for the curve's, and intervals are too narrow");
        if (2 * readings.Count(reading => string.Equals(reading.Shape, "other", StringComparison.Ordinal)) > readings.Length)
            said.Add("most columns turn more than three times: the array may be read in the wrong order, or its axes may be swapped (--transpose)");
        if (map.IsToy)
            said.Add(FormattableString.Invariant($"toy: fewer epochs or runs than the {SourceEpochs} and {SourceRuns} of the source of the claim"));
        return map with { Warnings = said };
    }

    /// <summary>The claim about the map in a sentence.</summary>
    public string Sentence => Run is not { } run
        ? DisplayText.Of($"no column of {Readings.Count} shows double descent of {ClaimedBump} or more ({Count(DescentVerdict.Horizon)} may beyond the last epoch)")
        : DisplayText.Of($"{Count(DescentVerdict.Confirmed)} of {Readings.Count} columns show double descent, {RunLength} side by side at log10 λ = {DisplayNumber.Range(Readings[run.First].Curve.LogLambda, Readings[run.Last].Curve.LogLambda)}; ")
            + (Onset is { } onset ? $"onset at log10 λ = {DisplayNumber.Of(onset)}" : "no stronger regularisation without it");
}
