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
                writer.WriteString("summary", Summary(result));
        });
    }

    // Some tasks draw what is read off by eye.
    private static string Summary(ReproductionResult result) => result.Claims.Count > 0 || result.Figures.Count == 0 ? ClaimsTable.Count(result.Claims)
        : result.Figures.Count == 1 ? "a figure; no claim" : FormattableString.Invariant($"{result.Figures.Count} figures; no claim");

    /// <summary>The claims of a task and the sentence that counts them, as members of an object.</summary>
    public static void WriteResult(Utf8JsonWriter writer, ReproductionResult result)
    {
        writer.WriteString("summary", Summary(result));
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
