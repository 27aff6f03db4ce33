using System.Text.Json;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Claims;

/// <summary>Writes tasks and their claims: the facts of files, and beside the numbers how people read them.</summary>
internal static class ClaimJson
{
    /// <summary>The tasks of a system, with the claims of those that were done.</summary>
    public static void Write(Utf8JsonWriter writer, ISystem system, Func<ReproductionTask, ReproductionResult?> find)
    {
        writer.Objects(system.Reproduction.Select(task => (task, false)).Concat(system.Beyond.Select(task => (task, true))), pair =>
        {
            var (task, isBeyond) = pair;
            writer.WriteString("id", task.Id);
            writer.WriteString("title", task.Title);
            writer.List("figures", task.FigureNumbers, writer.WriteNumberValue);
            writer.WriteNumber("seconds", task.Weight);
            writer.WriteBoolean("isBeyond", isBeyond);
            if (find(task) is { } result)
                writer.WriteString("summary", ClaimsTable.Count(result.Claims));
        });
    }

    /// <summary>The claims of a task and the sentence that counts them, as members of an object.</summary>
    public static void WriteResult(Utf8JsonWriter writer, ReproductionResult result)
    {
        writer.WriteString("summary", ClaimsTable.Count(result.Claims));
        writer.List("claims", result.Claims, claim =>
        {
            var json = ClaimText.Json(claim);
            var (predicted, measured) = DisplayNumber.Compared(claim.Predicted, claim.Measured, claim.Uncertainty);
            json["predictedText"] = predicted;
            json["measuredText"] = measured;
            json["toleranceText"] = claim.Tolerance;
            json["tested"] = claim.Tested;
            json.WriteTo(writer);
        });
    }
}
