using System.Text.Json;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Writes why something was refused: a sentence, the parameter that it concerns, and all values that are not allowed where there are several.</summary>
internal static class RefusalJson
{
    /// <summary>Writes one object.</summary>
    public static void Write(Utf8JsonWriter writer, string sentence, Exception cause)
    {
        var refusals = cause switch
        {
            RefusedValuesException several => several.Refusals,
            ParameterException one => [one],
            _ => [],
        };
        writer.WriteStartObject();
        writer.WriteString("error", sentence);
        if (refusals.Count > 0)
            writer.WriteString("parameter", refusals[0].Parameter);
        if (refusals.Count > 1)
        {
            writer.WriteStartArray("errors");
            foreach (var refusal in refusals)
            {
                writer.WriteStartObject();
                writer.WriteString("parameter", refusal.Parameter);
                writer.WriteString("error", refusal.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
