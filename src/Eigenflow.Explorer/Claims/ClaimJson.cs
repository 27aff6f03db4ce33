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
        writer.WriteStartArray();
        foreach (var (task, isBeyond) in system.Reproduction.Select(task => (task, false)).Concat(system.Beyond.Select(task => (task, true))))
        {
            writer.WriteStartObject();
            writer.WriteString("id", task.Id);
            writer.WriteString("title", task.Title);
            writer.WriteStartArray("figures");
            foreach (var number in task.FigureNumbers)
                writer.WriteNumberValue(number);
            writer.WriteEndArray();
            writer.WriteNumber("seconds", task.Weight);
            writer.WriteBoolean("isBeyond", isBeyond);
            if (find(task) is { } result)
                writer.WriteString("summary", ClaimsTable.Count(result.Claims));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The claims of a task and the sentence that counts them, as members of an object.</summary>
    public static void WriteResult(Utf8JsonWriter writer, ReproductionResult result)
    {
        writer.WriteString("summary", ClaimsTable.Count(result.Claims));
        writer.WriteStartArray("claims");
        foreach (var claim in result.Claims)
        {
            var json = ClaimText.Json(claim);
            var (predicted, measured) = DisplayNumber.Compared(claim.Predicted, claim.Measured, claim.Uncertainty);
            json["predictedText"] = predicted;
            json["measuredText"] = measured;
            json["toleranceText"] = claim.Tolerance;
            json["tested"] = claim.Tested;
            json.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
