namespace Eigenflow.Scaling.Fits;

/// <summary>What the verdict of a fit is.</summary>
public enum FitVerdictKind
{
    /// <summary>A power law over the whole range.</summary>
    PowerLaw,

    /// <summary>A power law over the whole range whose exponent is not told from zero.</summary>
    Flat,

    /// <summary>Another law describes or approximates the whole range.</summary>
    OtherLaw,

    /// <summary>No law describes the whole range.</summary>
    NoLaw,

    /// <summary>The points are too few for a verdict.</summary>
    Untested,
}

/// <summary>
/// The verdict on a curve, from the standing of its laws and their criteria alone: a decisively better law is the verdict; else a power law that holds on the whole range;
/// else the longest window on which one holds stands beside the law that is best on the whole range.
/// </summary>
internal sealed record FitVerdict(FitVerdictKind Kind, string Sentence, FittedLaw? PowerLaw, string WindowRule, double Drift)
{
    public static FitVerdict Of(LogPoints points, FittedLaw whole, FittedLaw chosen, IReadOnlyList<FittedLaw> laws, ScalingFitOptions options, CancellationToken cancellation)
    {
        var isGiven = options.WindowStart is not null || options.WindowEnd is not null;
        var (drift, error) = points.Drift();
        if (whole.Standing == LawStanding.Untested)
            return new(FitVerdictKind.Untested, Untested(points, whole), whole, isGiven ? "given" : "all points: too few to choose a window", drift);
        var holds = whole.Standing == LawStanding.Describes || (whole.Standing == LawStanding.Approximates && drift <= Noise.LawTest.AllowedDrift(options.LargestDrift, whole["p"].Value));
        var gain = whole.Criterion - chosen.Criterion;
        var isBeaten = chosen.Law is not SimplePowerLaw && (laws.Any(law => law.Law is SimplePowerLaw) || ScalingFit.IsWorse(whole, chosen));
        if (holds && !isBeaten)
        {
            var isFlat = IsFlat(points, whole);
            return new(
                isFlat ? FitVerdictKind.Flat : FitVerdictKind.PowerLaw, isFlat ? FlatWords(whole) : PowerWords(points, whole), Widened(points, whole, drift, error), isGiven ? "given" : "the whole range: a power law holds on it", drift);
        }

        var window = isGiven ? holds ? points : null : PowerLawWindow.Longest(points, options.LargestDrift, 1);
        var power = window is null ? null : window.Count == points.Count ? whole : new LawFitting(window, options, cancellation).Fit(new SimplePowerLaw());
        var rule = isGiven ? "given" : window is null
            ? "on no window of one decade does a power law describe the points"
            : DisplayText.Of($"longest range of at least one decade between points on which a power law describes them, or departs by at most 2 % and its exponent changes by at most {options.LargestDrift:0.###} and a tenth");
        var part = window is null ? "no power law here" : Part(window, power!, whole, gain);
        var (kind, words) = chosen.Standing switch
        {
            LawStanding.Describes => (FitVerdictKind.OtherLaw, $"{chosen.Name} {(chosen.IsSlow ? "may describe" : "describes")} the whole range ({chosen.Verdict})"),
            LawStanding.Approximates when chosen.Law is not SimplePowerLaw => (FitVerdictKind.OtherLaw, $"{chosen.Name} approximates the whole range ({chosen.Verdict})"),
            _ => (FitVerdictKind.NoLaw, Nothing(chosen, laws)),
        };
        words += Rivals(chosen, laws);
        if (window is null)
            return new(kind, $"{part}; {words}", null, rule, drift);
        var (own, ownError) = window.Drift();
        return new(kind, $"{part}; {words}", Widened(window, power!, own, ownError), rule, own);
    }

    // Before anything is added to the interval; a curve that falls (or rises) from each point to the next is not flat.
    private static bool IsFlat(LogPoints points, FittedLaw law) => law["p"].Lower <= Zero && law["p"].Upper >= -Zero && !points.IsMonotone();

    private const double Zero = 1e-9;

    private static string FlatWords(FittedLaw law) => DisplayText.Of($"flat over {Decades(law):0.0} decades: the exponent is zero within its interval");

    private static string PowerWords(LogPoints points, FittedLaw law)
    {
        var words = DisplayText.Of($"power law over {Decades(law):0.0} decades");
        if (law.Standing == LawStanding.Approximates)
            words += $", approximately: it {law.Verdict.Replace("approximates: ", "", StringComparison.Ordinal)}";
        if (law.IsSlow)
            words += $", which {law.Verdict}";
        if (law["p"].Lower <= Zero && law["p"].Upper >= -Zero)
            words += FormattableString.Invariant($"; the interval of its exponent holds zero, though the curve {(points.V[^1] < points.V[0] ? "falls" : "rises")} from each point to the next");
        return words;
    }

    private static string Untested(LogPoints points, FittedLaw law) => DisplayText.Of(
        $"power law assumed: {points.Count} points over {Decades(law):0.0} decades cannot tell whether a law describes them")
        + (IsFlat(points, law) ? "; the exponent is zero within its interval" : "");

    private static string Part(LogPoints window, FittedLaw power, FittedLaw whole, double gain) => window.Count == whole.Points
        ? DisplayText.Of($"a power law over the whole range is worse by {gain:0.0} of the criterion, which is decisive")
        : DisplayText.Of($"{(IsFlat(window, power) ? "the curve is flat" : power.IsSlow ? "a power law alone may hold" : power.Standing == LawStanding.Approximates ? "a power law alone holds approximately" : "a power law alone holds")} for {Decades(power):0.0} of {Decades(whole):0.0} decades (p = {power["p"].Value:0.0###}{(power.IsSlow ? "; " + power.Verdict : "")})");

    // The test and the criterion may differ: a law that the criterion decides against is not the verdict, and it is not said that nothing describes.
    private static string Nothing(FittedLaw chosen, IReadOnlyList<FittedLaw> laws) => laws.FirstOrDefault(law => law.Describes) is { } other
        ? DisplayText.Of($"no law is established on the whole range (the best by the criterion, {chosen.Name}, {chosen.Verdict}; {other.Name} describes it, but is worse by {other.Criterion - chosen.Criterion:0.0} of the criterion, which is decisive)")
        : $"no law describes the whole range (the best, {chosen.Name}: {chosen.Verdict})";

    // Equally simple laws that the criterion does not decide against.
    private static string Rivals(FittedLaw chosen, IReadOnlyList<FittedLaw> laws)
    {
        string[] names =
        [
            .. laws.Where(law => !ReferenceEquals(law, chosen) && law.Parameters.Count == chosen.Parameters.Count && law.Standing == chosen.Standing && Math.Abs(law.Criterion - chosen.Criterion) <= ScalingFit.DecisiveDifference)
                .Select(law => law.Name),
        ];
        return names.Length == 0 ? "" : $"; {string.Join(" and ", names)} cannot be told from it";
    }

    // The rule lets the exponent of an approximate power law drift: half of what is significant of it is an error of the exponent too, and the interval holds all local exponents.
    private static FittedLaw Widened(LogPoints points, FittedLaw law, double drift, double error)
    {
        var extra = law.Standing == LawStanding.Describes ? 0 : Math.Max(Math.Max(0, drift - (2 * error)) / 2, Missing(points, law["p"]));
        return extra > 0
            ? law with
            {
                Parameters = [.. law.Parameters.Select(parameter => string.Equals(parameter.Symbol, "p", StringComparison.Ordinal)
                    ? parameter with { Lower = parameter.Lower - extra, Upper = parameter.Upper + extra }
                    : parameter)],
                IntervalMethod = law.IntervalMethod + DisplayText.Of($"; p wider by {extra:0.####} on either side, for the drift of the local exponent"),
            }
            : law;
    }

    // How far local exponents lie outside of an interval.
    private static double Missing(LogPoints points, ScalingValue exponent)
    {
        var (below, above) = LocalExponents.Of(points, exponent.Value);
        return Math.Max(exponent.Value + above - exponent.Upper, exponent.Lower - (exponent.Value + below));
    }

    private static double Decades(FittedLaw law) => Math.Log10(law.WindowEnd / law.WindowStart);
}
