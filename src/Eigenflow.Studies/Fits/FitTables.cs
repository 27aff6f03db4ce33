using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Scaling;
using Eigenflow.Scaling.Fits;

namespace Eigenflow.Studies;

/// <summary>The tables of <c>fit</c>.</summary>
public static class FitTables
{
    private const int MostLawTables = 4;

    /// <summary>The tables that are printed.</summary>
    /// <param name="result">What was found.</param>
    public static IReadOnlyList<Table> Of(FitResult result) =>
    [
        PowerLaws(result),
        .. result.Fits.Take(MostLawTables).Select(fit => Laws(fit, result.Fits.Count)),
        .. result.Seeds.Count > 0 ? (Table[])[Seeds(result)] : [],
    ];

    /// <summary>What matters, in sentences.</summary>
    /// <param name="result">What was found.</param>
    public static IEnumerable<string> Verdicts(FitResult result)
    {
        foreach (var fit in result.Fits)
        {
            yield return $"{fit.Curve.Name}: {fit.Verdict}";
            foreach (var note in fit.Notes)
                yield return $"{fit.Curve.Name}: {note}";
        }

        foreach (var reason in result.LeftOut)
            yield return $"not fitted: {reason}";
        var isSingle = result.Fits.Count == 1;
        foreach (var fit in result.Fits)
        {
            var name = isSingle ? "" : $" ({fit.Curve.Name})";
            yield return $"window of the power law{name}: {fit.WindowRule}";
            yield return $"intervals{name}: {fit.Chosen.IntervalMethod}";
        }

        if (result.Seeds.Count > 0)
            yield return "intervals across seeds: Student's t over the fits of the seeds on the window of their mean";
    }

    /// <summary>Every parameter of every law, in full.</summary>
    /// <param name="result">What was found.</param>
    public static Table AllParameters(FitResult result) => new("parameters", "", ["curve", "law", "window_start", "window_end", "parameter", "value", "lower", "upper", "log_residual", "lack_of_fit", "standing", "edge"],
    [
        .. result.Fits.SelectMany(fit => fit.Laws.Select(law => (Fit: fit, Name: law.Name, Law: law)).Concat(fit.PowerLaw is { } power ? [(fit, "power-law-window", power)] : []))
            .SelectMany(one => one.Law.Parameters.Select(parameter => (IReadOnlyList<string>)
            [
                one.Fit.Curve.Name, one.Name, Full(one.Law.WindowStart), Full(one.Law.WindowEnd), parameter.Symbol, Full(parameter.Value), Full(parameter.Lower), Full(parameter.Upper),
                Full(one.Law.LogResidual), double.IsNaN(one.Law.LackOfFit) ? "" : Full(one.Law.LackOfFit), StandingOf(one.Law), one.Law.Edge ?? "",
            ])),
        .. result.Seeds.SelectMany(fit => fit.Parameters.Select(parameter => (IReadOnlyList<string>)
        [
            fit.Mean.Curve.Name, fit.Law.Name + "-across-seeds", Full(fit.Law.WindowStart), Full(fit.Law.WindowEnd), parameter.Symbol, Full(parameter.Value), Full(parameter.Lower), Full(parameter.Upper), "", "", "", "",
        ])),
    ]);

    private static Table PowerLaws(FitResult result) => new("power-law", "Power law y = A x^p on the longest window where it holds", ["curve", "points", "window", "decades", "exponent p", "interval", "rms of ln y", "standing"],
    [
        .. result.Fits.Select(fit => (IReadOnlyList<string>)(fit.PowerLaw is { } law
            ? [
                fit.Curve.Name, law.Points.ToString(CultureInfo.InvariantCulture), $"{DisplayNumber.Of(law.WindowStart)} to {DisplayNumber.Of(law.WindowEnd)}", DisplayNumber.Fixed(Math.Log10(law.WindowEnd / law.WindowStart), 1),
                DisplayNumber.Of(law["p"].Value), Interval(law["p"]), DisplayNumber.Of(law.LogResidual, 2), Holds(law),
            ]
            : [fit.Curve.Name, fit.Chosen.Points.ToString(CultureInfo.InvariantCulture), "—", "—", "no power law here", DisplayText.Of($"local exponent drifts by {fit.Drift:0.00}"), "—", "—"])),
    ]);

    private static Table Laws(ScalingFit fit, int curves) => new(
        "laws", $"Laws over {DisplayNumber.Of(fit.Chosen.WindowStart)} to {DisplayNumber.Of(fit.Chosen.WindowEnd)}{(curves > 1 ? $": {fit.Curve.Name}" : "")}, the best first", ["law", "parameters (interval unless the law departs)", "rms of ln y", "criterion", "verdict"],
        [
            .. fit.Laws.Select(law => (IReadOnlyList<string>)
            [
                law.Name, string.Join(", ", law.Parameters.Select(parameter => $"{parameter.Symbol} = {DisplayNumber.Of(parameter.Value)}{(law.Standing == LawStanding.Departs ? "" : $" ({Interval(parameter)})")}")),
                DisplayNumber.Of(law.LogResidual, 2), Difference(law.Criterion - fit.Laws[0].Criterion), law.Verdict,
            ]),
        ]);

    private static Table Seeds(FitResult result) => new("seeds", "Across seeds", ["curves", "seeds", "law", "parameter", "mean", "interval", "between seeds"],
    [
        .. result.Seeds.SelectMany(fit => fit.Parameters.Select((parameter, index) => (IReadOnlyList<string>)
        [
            fit.Mean.Curve.Name, fit.Seeds.ToString(CultureInfo.InvariantCulture), fit.Law.Name, parameter.Symbol, DisplayNumber.Of(parameter.Value), Interval(parameter), "± " + DisplayNumber.Of(fit.Deviations[index]),
        ])),
    ]);

    // The words of the verdict, which speaks of a window that was chosen so that the law holds there.
    private static string Holds(FittedLaw law) => law.Standing switch
    {
        LawStanding.Describes => law.IsSlow ? "may hold" : "holds",
        LawStanding.Approximates => "holds approximately",
        LawStanding.Untested => "not tested",
        _ => "departs",
    };

    /// <summary>The standing of a law in one word.</summary>
    /// <param name="law">The law.</param>
    public static string StandingOf(FittedLaw law) => law.Standing.ToString().ToLowerInvariant();

    private static string Interval(ScalingValue value) => DisplayNumber.Range(value.Lower, value.Upper);

    private static string Difference(double value) => value > 0 ? "+" + DisplayNumber.Fixed(value, 1) : DisplayNumber.Of(value);

    private static string Full(double value) => WrittenNumber.RoundTrip(value);
}
