using System.Globalization;
using Eigenflow.Figures;
using Eigenflow.Scaling.Fits;

namespace Eigenflow.Cli;

/// <summary>The tables of <c>fit</c>.</summary>
internal static class FitTables
{
    private const int MostLawTables = 4;

    public static IReadOnlyList<Table> Of(FitResult result) =>
    [
        PowerLaws(result),
        .. result.Fits.Take(MostLawTables).Select(fit => Laws(fit, result.Fits.Count)),
        .. result.Seeds.Count > 0 ? (Table[])[Seeds(result)] : [],
    ];

    public static IEnumerable<string> Verdicts(FitResult result)
    {
        foreach (var fit in result.Fits)
        {
            yield return $"{fit.Curve.Name}: {fit.Verdict}";
            if (fit.LeftOut > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"{fit.Curve.Name}: {fit.LeftOut} rows were left out, because x or y is missing or not positive");
        }

        foreach (var reason in result.LeftOut)
            yield return $"not fitted: {reason}";
        yield return $"window of the power law: {result.Fits[0].WindowRule}";
        yield return $"intervals: {result.Fits[0].Chosen.IntervalMethod}";
        if (result.Seeds.Count > 0)
            yield return "intervals across seeds: Student's t over the fits of the seeds on the window of their mean";
    }

    public static Table AllParameters(FitResult result) => new("parameters", "", ["curve", "law", "window_start", "window_end", "parameter", "value", "lower", "upper", "log_residual", "describes"],
    [
        .. result.Fits.SelectMany(fit => fit.Laws.Select(law => (Fit: fit, Name: law.Name, Law: law)).Concat(fit.PowerLaw is { } power ? [(fit, "power-law-window", power)] : []))
            .SelectMany(one => one.Law.Parameters.Select(parameter => (IReadOnlyList<string>)
            [
                one.Fit.Curve.Name, one.Name, Full(one.Law.WindowStart), Full(one.Law.WindowEnd), parameter.Symbol, Full(parameter.Value), Full(parameter.Lower), Full(parameter.Upper),
                Full(one.Law.LogResidual), one.Law.Describes ? "true" : "false",
            ])),
        .. result.Seeds.SelectMany(fit => fit.Parameters.Select(parameter => (IReadOnlyList<string>)
        [
            fit.Mean.Curve.Name, fit.Law.Name + "-across-seeds", Full(fit.Law.WindowStart), Full(fit.Law.WindowEnd), parameter.Symbol, Full(parameter.Value), Full(parameter.Lower), Full(parameter.Upper), "", "",
        ])),
    ]);

    private static Table PowerLaws(FitResult result) => new("power-law", "Power law y = A x^p on the longest window with one exponent", ["curve", "points", "window", "decades", "exponent p", "interval", "rms of ln y"],
    [
        .. result.Fits.Select(fit => (IReadOnlyList<string>)(fit.PowerLaw is { } law
            ? [
                fit.Curve.Name, law.Points.ToString(CultureInfo.InvariantCulture), $"{Short(law.WindowStart)} to {Short(law.WindowEnd)}", Math.Log10(law.WindowEnd / law.WindowStart).ToString("0.0", CultureInfo.InvariantCulture),
                law["p"].Value.ToString("0.0000", CultureInfo.InvariantCulture), Interval(law["p"]), law.LogResidual.ToString("G2", CultureInfo.InvariantCulture),
            ]
            : [fit.Curve.Name, fit.Chosen.Points.ToString(CultureInfo.InvariantCulture), "—", "—", "no power law here", string.Create(CultureInfo.InvariantCulture, $"local exponent drifts by {fit.Drift:0.00}"), "—"])),
    ]);

    private static Table Laws(ScalingFit fit, int curves) => new(
        "laws", $"Laws over {Short(fit.Chosen.WindowStart)} to {Short(fit.Chosen.WindowEnd)}{(curves > 1 ? $": {fit.Curve.Name}" : "")}, the best first", ["law", "parameters (interval where the law describes)", "rms of ln y", "criterion", "verdict"],
        [
            .. fit.Laws.Select(law => (IReadOnlyList<string>)
            [
                law.Name, string.Join(", ", law.Parameters.Select(parameter => $"{parameter.Symbol} = {Short(parameter.Value)}{(law.Describes ? $" ({Interval(parameter)})" : "")}")),
                law.LogResidual.ToString("G2", CultureInfo.InvariantCulture), (law.Criterion - fit.Laws[0].Criterion).ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture), law.Verdict,
            ]),
        ]);

    private static Table Seeds(FitResult result) => new("seeds", "Across seeds", ["curves", "seeds", "law", "parameter", "mean", "interval", "between seeds"],
    [
        .. result.Seeds.SelectMany(fit => fit.Parameters.Select((parameter, index) => (IReadOnlyList<string>)
        [
            fit.Mean.Curve.Name, fit.Seeds.ToString(CultureInfo.InvariantCulture), fit.Law.Name, parameter.Symbol, Short(parameter.Value), Interval(parameter), "± " + Short(fit.Deviations[index]),
        ])),
    ]);

    private static string Interval(ScalingValue value) => $"{Short(value.Lower)} to {Short(value.Upper)}";

    private static string Short(double value) => RunTables.Number(value, 4);

    private static string Full(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
