using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>Claims as columns of a table and as JSON: the same facts under the same names.</summary>
public static class ClaimText
{
    /// <summary>Names of the columns; the reader's own come before.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "verdict", "predicted", "measured", "uncertainty", "tolerance", "kind", "source", "statement", "obtained",
        "interval", "window", "horizon", "claimed-horizon", "all-times", "scale", "claimed-scale", "reason",
    ];

    /// <summary>Cells in the order of <see cref="Columns"/>; empty is what does not exist, or is not a number. Horizons and sizes are written <c>t=1000</c>, several with semicolons.</summary>
    /// <param name="claim">The claim.</param>
    public static IReadOnlyList<string> Cells(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var horizon = claim.Horizon;
        return
        [
            VerdictWords.Of(claim.Verdict), Number(claim.Predicted), Number(claim.Measured), Number(claim.Uncertainty), DisplayNumber.Plain(claim.Tolerance),
            PredictionText.Kind(claim.Kind), claim.Source, claim.Statement, claim.Obtained,
            claim.Uncertainty is null ? "" : claim.Interval, claim.Window.Length > 0 ? claim.Window : "everywhere",
            horizon is null ? "" : $"{horizon.Symbol}={Number(horizon.Tested)}",
            horizon?.Claimed is { } until ? $"{horizon.Symbol}={Number(until)}" : "",
            horizon is { IsForAllTimes: true } ? "yes" : "",
            string.Join("; ", claim.Scales.Select(scale => $"{scale.Quantity}={Number(scale.Tested)}")),
            string.Join("; ", claim.Scales.Where(scale => scale.Claimed is not null).Select(scale => $"{scale.Quantity}={Number(scale.Claimed)}")),
            claim.Reason,
        ];
    }

    /// <summary>One object per claim; numbers that do not exist are null.</summary>
    /// <param name="claim">The claim.</param>
    public static JsonObject Json(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return new JsonObject
        {
            ["id"] = claim.Id,
            ["statement"] = claim.Statement,
            ["verdict"] = VerdictWords.Of(claim.Verdict),
            ["predicted"] = WrittenNumber.Json(claim.Predicted),
            ["measured"] = WrittenNumber.Json(claim.Measured),
            ["uncertainty"] = claim.Uncertainty is { } half ? WrittenNumber.Json(half) : null,
            ["tolerance"] = DisplayNumber.Plain(claim.Tolerance),
            ["kind"] = PredictionText.Kind(claim.Kind),
            ["source"] = claim.Source,
            ["obtained"] = claim.Obtained,
            ["interval"] = claim.Uncertainty is null ? null : claim.Interval,
            ["window"] = claim.Window.Length > 0 ? claim.Window : "everywhere",
            ["horizon"] = claim.Horizon is not { } horizon ? null : new JsonObject
            {
                ["symbol"] = horizon.Symbol,
                ["tested"] = WrittenNumber.Json(horizon.Tested),
                ["claimed"] = horizon.Claimed is { } until ? WrittenNumber.Json(until) : null,
                ["all-times"] = horizon.IsForAllTimes,
            },
            ["scale"] = new JsonArray([.. claim.Scales.Select(scale => (JsonNode)new JsonObject
            {
                ["quantity"] = scale.Quantity,
                ["tested"] = WrittenNumber.Json(scale.Tested),
                ["claimed"] = scale.Claimed is { } size ? WrittenNumber.Json(size) : null,
            })]),
            ["reason"] = claim.Reason.Length > 0 ? claim.Reason : null,
        };
    }

    private static string Number(double? value) => value is not { } number || double.IsNaN(number) ? "" : WrittenNumber.RoundTrip(number);
}
