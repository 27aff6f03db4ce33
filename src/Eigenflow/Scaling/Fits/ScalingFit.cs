namespace Eigenflow.Scaling.Fits;

/// <summary>
/// What scaling laws say about one curve y(x): a power law on the longest window that deserves the name (<see cref="PowerLaw"/>), and all laws on the whole range, ranked by their criterion.
/// Intervals by <see cref="LawFitting"/>. At most about 200 points are used: denser curves are averaged in even bins of ln x.
/// </summary>
public sealed record ScalingFit
{
    private const int FewestPoints = 8;
    private const double FewestDecades = 1;
    private const double SmallestExponent = 1e-9;

    /// <summary>Names of the laws, the simplest first.</summary>
    public static IReadOnlyList<string> LawNames { get; } = [.. ScalingLaw.All.Select(law => law.Name)];

    /// <summary>The curve.</summary>
    public required ScalingCurve Curve { get; init; }

    /// <summary>The power law on its window, or null where no window deserves one.</summary>
    public required FittedLaw? PowerLaw { get; init; }

    /// <summary>Why the window of the power law is what it is.</summary>
    public required string WindowRule { get; init; }

    /// <summary>Change of the local exponent across the window of the power law; across the whole range where there is none.</summary>
    public required double Drift { get; init; }

    /// <summary>All laws on the whole range (or on the window that was given), the best first.</summary>
    public required IReadOnlyList<FittedLaw> Laws { get; init; }

    /// <summary>The simplest law whose criterion is within 2 of the best.</summary>
    public required FittedLaw Chosen { get; init; }

    /// <summary>The local exponents.</summary>
    public required LocalSlopes Slopes { get; init; }

    /// <summary>Rows that were left out because x or y is not positive.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Whether a power law describes at least 90 % of the decades of the range.</summary>
    public bool IsPowerLaw => PowerLaw is { } law && Math.Log(law.WindowEnd / law.WindowStart) >= 0.9 * Math.Log(Chosen.WindowEnd / Chosen.WindowStart);

    /// <summary>The verdict in words.</summary>
    public required string Verdict { get; init; }

    internal LogPoints Points { get; init; } = null!;

    /// <summary>Fits.</summary>
    /// <param name="curve">The curve; at least 8 points over at least one decade of x.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ParameterException">Too few points or decades, or options out of range.</exception>
    public static ScalingFit Of(ScalingCurve curve, ScalingFitOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ScalingFitOptions();
        options.Validate();
        var points = PointsOf(curve, options, out var leftOut);
        var chosenLaws = ScalingLaw.All.Where(law => options.Laws.Count == 0 || options.Laws.Contains(law.Name, StringComparer.Ordinal)).Where(law => points.Count > law.Parameters.Count + 3).ToArray();
        var laws = Ranked([.. chosenLaws.Select(law => LawFitting.Fit(law, points, options, cancellation))]);
        var chosen = laws.Where(law => law.Criterion <= laws[0].Criterion + 2).MinBy(law => law.Parameters.Count)!;
        var (power, rule, drift) = PowerLawOf(points, options, cancellation);
        var fit = new ScalingFit
        {
            Curve = curve,
            Points = points,
            PowerLaw = power,
            WindowRule = rule,
            Drift = drift,
            Laws = laws,
            Chosen = chosen,
            Slopes = LocalSlopes.Of(points),
            LeftOut = leftOut,
            Verdict = "",
        };
        return fit with { Verdict = Judge(fit) };
    }

    internal static LogPoints PointsOf(ScalingCurve curve, ScalingFitOptions options, out int leftOut)
    {
        var all = LogPoints.Of(curve.X, curve.Y);
        leftOut = curve.X.Length - curve.X.Zip(curve.Y).Count(pair => pair.First > 0 && pair.Second > 0 && double.IsFinite(pair.First) && double.IsFinite(pair.Second));
        var isGiven = options.WindowStart is not null || options.WindowEnd is not null;
        var points = isGiven
            ? all.Within(Math.Log(options.WindowStart ?? double.Epsilon), Math.Log(options.WindowEnd ?? double.MaxValue))
            : all;
        if (points.Count < FewestPoints || points.Decades < FewestDecades - 1e-9)
        {
            throw new ParameterException(
                isGiven ? "window" : "points", FormattableString.Invariant($"{points.Count} points over {Math.Max(0, points.Decades):0.##} decades of x in {curve.Name}"),
                $"at least {FewestPoints} positive points over at least one decade of x", isGiven ? "give a longer window" : "measure a longer range: over less than a decade every smooth curve is a power law");
        }

        return points;
    }

    private static (FittedLaw? Law, string Rule, double Drift) PowerLawOf(LogPoints points, ScalingFitOptions options, CancellationToken cancellation)
    {
        if (options.WindowStart is not null || options.WindowEnd is not null)
        {
            var (drift, error) = points.Drift();
            var holds = (drift <= options.LargestDrift || drift <= Math.Min(2 * error, 10 * options.LargestDrift)) && points.IsStraight();
            return (holds ? Fit(points) : null, "given", drift);
        }

        var found = points.LongestPowerLaw(options.LargestDrift, FewestDecades);
        return found is null
            ? (null, FormattableString.Invariant($"on no window of one decade does the local exponent stay within {options.LargestDrift:0.###}, with points that scatter about a line"), points.Drift().Drift)
            : (Fit(found),
                FormattableString.Invariant($"longest range of at least one decade over which the local exponent changes by at most {options.LargestDrift:0.###}, or not significantly, and points scatter about their line"), found.Drift().Drift);

        // The rule lets the exponent drift: half of what is significant of it is an error of the exponent too.
        FittedLaw Fit(LogPoints window)
        {
            var law = LawFitting.Fit(new SimplePowerLaw(), window, options, cancellation);
            var (drift, error) = window.Drift();
            var extra = Math.Max(0, drift - (2 * error)) / 2;
            return extra > 0
                ? law with
                {
                    Parameters = [.. law.Parameters.Select(parameter => string.Equals(parameter.Symbol, "p", StringComparison.Ordinal)
                        ? parameter with { Lower = parameter.Lower - extra, Upper = parameter.Upper + extra }
                        : parameter)],
                }
                : law;
        }
    }

    // One noise for all laws: that of the law that leaves the least.
    private static List<FittedLaw> Ranked(List<FittedLaw> laws)
    {
        var correlation = laws.MinBy(law => law.LogResidual)!.Correlation;
        return [.. laws.Select(law => law with { Criterion = LawFitting.Criterion(law, correlation) }).OrderBy(law => law.Criterion)];
    }

    private static string Judge(ScalingFit fit)
    {
        var law = fit.Chosen;

        // An exponent that may be zero is no scaling.
        var isFlat = fit.PowerLaw is { } window && window["p"].Lower <= SmallestExponent && window["p"].Upper >= -SmallestExponent;
        if (fit.IsPowerLaw && isFlat)
            return FormattableString.Invariant($"flat over {Decades(fit.PowerLaw!):0.0} decades: the exponent is zero within its interval");
        if (fit.IsPowerLaw)
        {
            return FormattableString.Invariant($"power law over {Decades(fit.PowerLaw!):0.0} decades")
                + (law.Describes && law.Parameters.Count > 2 ? FormattableString.Invariant($"; {law.Name} resolves smaller departures (rms {100 * law.LogResidual:0.##} % against {100 * fit.PowerLaw!.LogResidual:0.##} %)") : "");
        }

        var part = fit.PowerLaw is { } power
            ? FormattableString.Invariant($"{(isFlat ? "the curve is flat" : "a power law alone holds")} for {Decades(power):0.0} of {Decades(law):0.0} decades")
            : "no power law here";
        return law.Describes && !string.Equals(law.Name, "power-law", StringComparison.Ordinal)
            ? $"{part}; {law.Name} describes the whole range ({law.Verdict})"
            : $"{part}; no law describes the whole range (the best, {law.Name}: {law.Verdict})";
    }

    private static double Decades(FittedLaw law) => Math.Log10(law.WindowEnd / law.WindowStart);
}

/// <summary>A curve to fit.</summary>
/// <param name="Name">Its name in tables and legends.</param>
/// <param name="X">Abscissae.</param>
/// <param name="Y">Ordinates, as many.</param>
public sealed record ScalingCurve(string Name, double[] X, double[] Y)
{
    /// <summary>Name of the abscissa.</summary>
    public string XName { get; init; } = "x";

    /// <summary>Name of the ordinate.</summary>
    public string YName { get; init; } = "y";
}
