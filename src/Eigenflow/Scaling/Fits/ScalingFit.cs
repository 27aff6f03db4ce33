using System.Globalization;

namespace Eigenflow.Scaling.Fits;

/// <summary>
/// What scaling laws say about one curve y(x): all laws on the whole range, ranked by their criterion, and a power law on the whole range or on the longest window that deserves the name.
/// Whether a law describes the curve is one test everywhere (<see cref="LawStanding"/>); the sentence, tables and figures are made of this object. Intervals by <see cref="FittedLaw.IntervalMethod"/>.
/// At most about 200 points are used: longer curves are averaged in even bins of ln x.
/// </summary>
public sealed record ScalingFit
{
    /// <summary>Fewer points than this are refused.</summary>
    public const int FewestPoints = 5;

    /// <summary>A difference of criteria that decides against a law whose own test speaks against it (<see cref="Doubtful"/>).</summary>
    public const double DecisiveDifference = 6;

    /// <summary>A difference of criteria that decides against a law that passes its own test.</summary>
    public const double VeryDecisiveDifference = 10;

    /// <summary>A law whose lack of fit has less than this probability is doubtful by itself.</summary>
    public const double Doubtful = 0.05;

    private const double FewestDecades = 1;
    private const double Slack = 1e-9;

    /// <summary>Names of the laws, the simplest first.</summary>
    public static IReadOnlyList<string> LawNames { get; } = [.. ScalingLaw.All.Select(law => law.Name)];

    /// <summary>The curve.</summary>
    public required ScalingCurve Curve { get; init; }

    /// <summary>The power law on its window, or null where no window deserves one.</summary>
    public required FittedLaw? PowerLaw { get; init; }

    /// <summary>Why the window of the power law is what it is.</summary>
    public required string WindowRule { get; init; }

    /// <summary>Change of the local exponent across the window of the power law; across the whole range where there is none. NaN for fewer than five points.</summary>
    public required double Drift { get; init; }

    /// <summary>All laws on the whole range (or on the window that was given), the best first.</summary>
    public required IReadOnlyList<FittedLaw> Laws { get; init; }

    /// <summary>
    /// The simplest law whose criterion is not decisively worse than the best; if its own test rejects it, the simplest of them that describes (else approximates) the curve.
    /// Of equally simple ones the first of <see cref="LawNames"/>, and the verdict names the others.
    /// </summary>
    public required FittedLaw Chosen { get; init; }

    /// <summary>The local exponents.</summary>
    public required LocalSlopes Slopes { get; init; }

    /// <summary>Which rows of the curve were used.</summary>
    public required CurveMask Mask { get; init; }

    /// <summary>Rows that were left out.</summary>
    public required int LeftOut { get; init; }

    /// <summary>What was done to the rows, and what the points cannot tell: one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What the verdict is.</summary>
    public required FitVerdictKind Kind { get; init; }

    /// <summary>Whether the verdict is a power law (an exponent of zero included) over the whole range.</summary>
    public bool IsPowerLaw => Kind is FitVerdictKind.PowerLaw or FitVerdictKind.Flat;

    /// <summary>The verdict in words.</summary>
    public required string Verdict { get; init; }

    internal LogPoints Points { get; init; } = null!;

    /// <summary>Fits.</summary>
    /// <param name="curve">The curve in the order of its file; at least 5 different x over at least one decade, 8 for a verdict on laws.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Too few points or decades, or options out of range.</exception>
    public static ScalingFit Of(ScalingCurve curve, ScalingFitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ScalingFitOptions();
        options.Validate();
        var rows = CurveRows.Of(curve);
        var points = PointsOf(rows, curve.Name, options);
        var fitting = new LawFitting(points, options, cancellation);
        var isFew = points.Count < Noise.LawNoise.FewestPoints;
        var asked = ScalingLaw.All.Where(law => options.Laws.Count == 0 || options.Laws.Contains(law.Name, StringComparer.Ordinal)).ToArray();
        if (isFew && !asked.Any(law => law is SimplePowerLaw))
            throw TooFew(points, curve.Name, Noise.LawNoise.FewestPoints, options);

        // The power law is always fitted: others are judged beside it.
        var ranked = fitting.Ranked(ScalingLaw.All.Where(law => law is SimplePowerLaw || (asked.Contains(law) && !isFew && points.Count > law.Parameters.Count + 3)).Select(fitting.Fit));
        var whole = ranked.First(law => law.Law is SimplePowerLaw);
        var laws = ranked.Where(law => asked.Contains(law.Law)).ToArray();
        if (laws.Length == 0)
            throw TooFew(points, curve.Name, asked.Min(law => law.Parameters.Count) + 4, options);
        var eligible = laws.Where(law => !IsWorse(law, laws[0])).OrderBy(law => law.Parameters.Count).ThenBy(law => Array.IndexOf(asked, law.Law)).ToArray();

        // A law that its own test rejects is not the verdict where the criterion leaves one that the test does not reject.
        var chosen = eligible[0].Standing == LawStanding.Departs
            ? eligible.FirstOrDefault(law => law.Describes) ?? eligible.FirstOrDefault(law => law.Standing == LawStanding.Approximates) ?? eligible[0]
            : eligible[0];
        var verdict = FitVerdict.Of(points, whole, chosen, laws, options, cancellation);
        return new ScalingFit
        {
            Curve = curve,
            Points = points,
            PowerLaw = verdict.PowerLaw,
            WindowRule = verdict.WindowRule,
            Drift = verdict.Drift,
            Laws = laws,
            Chosen = chosen,
            Slopes = LocalSlopes.Of(points),
            Mask = rows.Mask,
            LeftOut = curve.X.Length - rows.X.Length,
            Notes = [.. curve.Notes, .. rows.Notes, .. NotesOf(points, rows)],
            Kind = verdict.Kind,
            Verdict = verdict.Sentence,
        };
    }

    /// <summary>Whether one law is decisively worse than another.</summary>
    internal static bool IsWorse(FittedLaw law, FittedLaw than) => law.Criterion - than.Criterion > (law.LackOfFit < Doubtful ? DecisiveDifference : VeryDecisiveDifference);

    private static LogPoints PointsOf(CurveRows rows, string name, ScalingFitOptions options)
    {
        var (x, y) = (rows.X, rows.Y);
        if (options.WindowStart is not null || options.WindowEnd is not null)
        {
            // A row on the end of the window belongs to it.
            var start = (options.WindowStart ?? 0) * (1 - Slack);
            var end = (options.WindowEnd ?? double.PositiveInfinity) * (1 + Slack);
            bool[] isInside = [.. x.Select(value => value >= start && value <= end)];
            (x, y) = ([.. x.Where((_, i) => isInside[i])], [.. y.Where((_, i) => isInside[i])]);
        }

        var points = LogPoints.Of(x, y);
        return points.Count < FewestPoints || points.Decades < FewestDecades - Slack ? throw TooFew(points, name, FewestPoints, options) : points;
    }

    private static ParameterException TooFew(LogPoints points, string name, int fewest, ScalingFitOptions options)
    {
        var isGiven = options.WindowStart is not null || options.WindowEnd is not null;
        return new ParameterException(
            isGiven ? "window" : "points", DisplayText.Plain($"{points.Count} points over {Math.Max(0, points.Decades):0.##} decades of x in {name}"),
            $"at least {fewest} points with positive x and y, different in x, over at least one decade of x", isGiven ? "give a longer window" : points.Decades < FewestDecades - Slack ? "measure a longer range: over less than a decade every smooth curve is a power law" : "measure at more x");
    }

    private static IEnumerable<string> NotesOf(LogPoints points, CurveRows rows)
    {
        if (rows.Different > points.Count && rows.Different > LogBins.LongCurve)
            yield return string.Create(CultureInfo.InvariantCulture, $"{rows.Different} different x are averaged in {points.Count} points, evenly in ln x");
        if (points.Count < Noise.LawNoise.FewestPoints)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{points.Count} points: a power law is assumed; whether it describes them, whether another law does, and whether their noise is correlated cannot be tested with fewer than {Noise.LawNoise.FewestPoints}");
        }
    }
}

/// <summary>A curve to fit.</summary>
/// <param name="Name">Its name in tables and legends.</param>
/// <param name="X">Abscissae, in the order of the file.</param>
/// <param name="Y">Ordinates, as many.</param>
public sealed record ScalingCurve(string Name, double[] X, double[] Y)
{
    /// <summary>Name of the abscissa.</summary>
    public string XName { get; init; } = "x";

    /// <summary>Name of the ordinate.</summary>
    public string YName { get; init; } = "y";

    /// <summary>What was said when the curve was read, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
