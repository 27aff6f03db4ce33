using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Scaling.Epochs;

namespace Eigenflow.Cli;

/// <summary>What <c>eigenflow epochs</c> prints.</summary>
internal static class EpochReport
{
    /// <summary>The table for people.</summary>
    public static Table Columns(EpochMap map) => new("epochs", "Columns by regularisation", ["log10 λ", "shape", "extrema (epoch: error)", "stop at epoch", "error there", "end − there", "bump", "descent", $"double descent ≥ {DisplayNumber.Of(map.ClaimedBump)}"],
    [
        .. map.Readings.Select(reading => (IReadOnlyList<string>)
        [
            DisplayNumber.Of(reading.Curve.LogLambda), reading.Shape, reading.Extrema.Count == 0 ? "—" : string.Join(", ", reading.Extrema.Select(point => Extremum(reading, point))),
            DisplayNumber.Of(reading.Bins.Epochs[reading.Optimum], 3), DisplayNumber.WithInterval(reading.Bins.Values[reading.Optimum], reading.Bins.Quantile * reading.Bins.Errors[reading.Optimum]),
            Difference(reading.Gap), Difference(reading.Bump), Difference(reading.Descent), Word(map, reading),
        ]),
    ]);

    /// <summary>The table for programs.</summary>
    public static Table Full(EpochMap map) => new("epochs", "",
        ["lambda_log10", "shape", "verdict", "optimum_epoch", "optimum_error", "end_error", "gap", "gap_half", "first_minimum_epoch", "first_minimum_error", "maximum_epoch", "maximum_error", "bump", "bump_lower", "bump_upper", "descent", "descent_lower", "descent_upper", "largest_up_down", "largest_up_down_upper"],
        [
            .. map.Readings.Select(reading =>
            {
                var (bins, has) = (reading.Bins, reading.Bump is not null);
                var (first, top) = has ? (reading.Extrema[0].Bin, reading.Extrema[1].Bin) : (0, 0);
                return (IReadOnlyList<string>)
                [
                    Full(reading.Curve.LogLambda), reading.Shape, Word(reading.Verdict), Full(bins.Epochs[reading.Optimum]), Full(bins.Values[reading.Optimum]), Full(bins.Values[^1]), Full(reading.Gap.Value), Full(reading.Gap.Half),
                    If(has, bins.Epochs[first]), If(has, bins.Values[first]), If(has, bins.Epochs[top]), If(has, bins.Values[top]), Full(reading.Bump?.Value), Full(reading.Bump?.Lower), Full(reading.Bump?.Upper),
                    Full(reading.Descent?.Value), Full(reading.Descent?.Lower), Full(reading.Descent?.Upper), Full(reading.LargestUpDown), Full(reading.LargestUpDownUpper),
                ];
            }),
        ]);

    /// <summary>What is said below the table.</summary>
    public static IEnumerable<string> Sentences(EpochMap map, LabelNoise? labels)
    {
        yield return map.Sentence;
        yield return $"verdicts: {map.Count(DescentVerdict.Confirmed)} confirmed, {map.Count(DescentVerdict.Horizon)} inconclusive (horizon: the error rises at the last epoch), {map.Count(DescentVerdict.Refuted)} refuted, {map.Count(DescentVerdict.Inconclusive)} inconclusive{Marks(map)}";
        if (labels is not null)
            yield return $"label noise: {DisplayNumber.Percent(labels.Nominal)} nominal, {DisplayNumber.Percent(labels.Effective, 3)} effective: shuffled among themselves, one in {labels.Classes} labels stays right";
    }

    /// <summary>The results as JSON.</summary>
    public static JsonObject Json(EpochMap map, LabelNoise? labels) => new()
    {
        ["columns"] = new JsonArray([.. map.Readings.Select(reading => (JsonNode)Column(reading))]),
        ["map"] = new JsonObject
        {
            ["claimed-bump"] = map.ClaimedBump,
            ["confirmed"] = map.Count(DescentVerdict.Confirmed),
            ["horizon"] = map.Count(DescentVerdict.Horizon),
            ["refuted"] = map.Count(DescentVerdict.Refuted),
            ["inconclusive"] = map.Count(DescentVerdict.Inconclusive),
            ["run-length"] = map.RunLength,
            ["run"] = map.Run is { } run ? new JsonArray(map.Readings[run.First].Curve.LogLambda, map.Readings[run.Last].Curve.LogLambda) : null,
            ["onset-lambda-log10"] = map.Onset,
            ["no-seed-noise"] = map.LacksSeedNoise,
            ["toy"] = map.IsToy,
        },
        ["label-noise"] = labels is null ? null : new JsonObject { ["nominal"] = labels.Nominal, ["classes"] = labels.Classes, ["effective"] = labels.Effective },
        ["warnings"] = new JsonArray([.. map.Warnings.Select(text => (JsonNode)text)]),
    };

    private static JsonObject Column(EpochReading reading) => new()
    {
        ["lambda-log10"] = reading.Curve.LogLambda,
        ["shape"] = reading.Shape,
        ["verdict"] = Word(reading.Verdict),
        ["runs"] = reading.Curve.Runs,
        ["extrema"] = new JsonArray([.. reading.Extrema.Select(point => (JsonNode)new JsonObject
        {
            ["kind"] = point.IsMaximum ? "max" : "min",
            ["epoch"] = reading.Bins.Epochs[point.Bin],
            ["error"] = reading.Bins.Values[point.Bin],
            ["half"] = reading.Bins.Quantile * reading.Bins.Errors[point.Bin],
        })]),
        ["optimum"] = new JsonObject { ["epoch"] = reading.Bins.Epochs[reading.Optimum], ["error"] = reading.Bins.Values[reading.Optimum], ["half"] = reading.Bins.Quantile * reading.Bins.Errors[reading.Optimum] },
        ["end"] = reading.Bins.Values[^1],
        ["gap"] = Json(reading.Gap),
        ["bump"] = Json(reading.Bump),
        ["descent"] = Json(reading.Descent),
        ["largest-up-down"] = reading.LargestUpDown,
        ["largest-up-down-upper"] = reading.LargestUpDownUpper,
    };

    private static JsonObject? Json(EpochDifference? difference) => difference is null ? null : new JsonObject { ["value"] = difference.Value, ["lower"] = difference.Lower, ["upper"] = difference.Upper };

    private static string Extremum(EpochReading reading, TurningPoint point) =>
        $"{(point.IsMaximum ? "max" : "min")} {DisplayNumber.Of(reading.Bins.Epochs[point.Bin], 3)}: {DisplayNumber.WithInterval(reading.Bins.Values[point.Bin], reading.Bins.Quantile * reading.Bins.Errors[point.Bin])}";

    private static string Difference(EpochDifference? difference) => difference is null ? "—" : DisplayNumber.WithInterval(difference.Value, difference.Half);

    private static string Word(EpochMap map, EpochReading reading) => Word(reading.Verdict) + (map.LacksSeedNoise && reading.Curve.Deviation is null ? " (no seed noise)" : "");

    private static string Word(DescentVerdict verdict) => verdict switch
    {
        DescentVerdict.Confirmed => "confirmed",
        DescentVerdict.Horizon => "inconclusive (horizon)",
        DescentVerdict.Refuted => "refuted",
        _ => "inconclusive",
    };

    private static string Marks(EpochMap map)
    {
        string[] marks = [.. map.LacksSeedNoise ? (string[])["no seed noise"] : [], .. map.IsToy ? (string[])["toy"] : []];
        return marks.Length == 0 ? "" : $" ({string.Join(", ", marks)})";
    }

    private static string If(bool has, double value) => has ? Full(value) : "";

    private static string Full(double? value) => value is { } number ? WrittenNumber.RoundTrip(number) : "";
}
