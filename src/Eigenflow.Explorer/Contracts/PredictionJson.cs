using System.Text.Json;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Writes predictions with their windows.</summary>
internal static class PredictionJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Prediction> predictions)
    {
        writer.WriteStartArray();
        foreach (var prediction in predictions)
        {
            writer.WriteStartObject();
            writer.WriteString("name", prediction.Name);
            writer.WriteString("symbol", prediction.Symbol);
            if (double.IsFinite(prediction.Value))
                writer.WriteNumber("value", prediction.Value);
            writer.WriteString("unit", prediction.Unit);
            writer.WriteString("kind", prediction.Kind.ToString().ToLowerInvariant());
            writer.WriteString("source", prediction.Source);
            writer.WriteString("validity", prediction.Validity);
            writer.WriteString("meaning", prediction.Meaning);
            writer.WriteString("window", prediction.Window switch
            {
                WindowStatus.Inside => "inside",
                WindowStatus.Outside => "outside",
                WindowStatus.Withheld => "withheld",
                _ => "unchecked",
            });
            writer.WriteString("reason", prediction.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
