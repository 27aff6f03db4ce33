using System.Globalization;
using System.Text.Json.Nodes;
using Eigenflow.Figures;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>What theory says of a run, as far as studies use it.</summary>
/// <param name="Name">Name of the prediction.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsOutside">Whether the run is outside of the window in which it holds.</param>
/// <param name="Reason">Why it is.</param>
internal sealed record KeptPrediction(string Name, double Value, bool IsOutside, string Reason)
{
    /// <summary>The predictions for the problem of a run, whatever its method; none where theory says nothing.</summary>
    public static IReadOnlyList<KeptPrediction> Of(ISystem system, Setting setting)
    {
        try
        {
            return [.. system.Predict(system.Complete(null, setting)).Select(prediction => new KeptPrediction(prediction.Name, prediction.Value, prediction.Window == WindowStatus.Outside, prediction.Reason))];
        }
        catch (EigenflowException exception) when (Trouble.Of(exception).Kind == TroubleKind.Request)
        {
            // The theory says nothing for this setting.
            return [];
        }
    }

    /// <summary>As JSON; values are texts, as not all of them are finite.</summary>
    public static string Write(IEnumerable<KeptPrediction> predictions) => new JsonArray([.. predictions.Select(prediction => (JsonNode)new JsonObject
    {
        ["name"] = prediction.Name,
        ["value"] = WrittenNumber.RoundTrip(prediction.Value),
        ["outside"] = prediction.IsOutside,
        ["reason"] = prediction.Reason,
    })]).ToJsonString();

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static IReadOnlyList<KeptPrediction> Read(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(item => new KeptPrediction(
        item!["name"]!.GetValue<string>(), double.Parse(item["value"]!.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture),
        item["outside"]!.GetValue<bool>(), item["reason"]!.GetValue<string>()))];
}
