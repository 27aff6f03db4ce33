using System.Text.Json;
using Eigenflow.Rendering;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Contracts;

/// <summary>Writes predictions with their windows and what a curve shows of them.</summary>
internal static class PredictionJson
{
    private const double Many = 9;

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Prediction> predictions, IReadOnlyList<MeasuredPrediction> measured)
    {
        writer.Objects(predictions, prediction =>
        {
            writer.WriteString("name", prediction.Name);
            writer.WriteString("words", QuantityWords.Sentence(prediction.Words));
            writer.WriteString("symbol", prediction.Symbol);
            if (double.IsFinite(prediction.Value))
            {
                writer.WriteNumber("value", prediction.Value);
                writer.WriteString("text", DisplayNumber.Of(prediction.Value));
                writer.WriteString("shown", QuantityWords.WithUnit(DisplayNumber.Of(prediction.Value), prediction.Unit));
            }

            writer.WriteString("unit", prediction.Unit);
            writer.WriteString("kind", prediction.Kind.ToString().ToLowerInvariant());
            writer.WriteString("source", prediction.Source);
            writer.WriteString("validity", prediction.Validity);
            writer.WriteString("meaning", prediction.Meaning);
            writer.WriteStartArray("methods");
            foreach (var method in prediction.Methods)
                writer.WriteStringValue(method);
            writer.WriteEndArray();
            writer.WriteString("window", prediction.Window switch
            {
                WindowStatus.Inside => "inside",
                WindowStatus.Outside => "outside",
                WindowStatus.Withheld => "withheld",
                _ => "unchecked",
            });
            writer.WriteString("reason", prediction.Reason);
            if (measured.FirstOrDefault(one => string.Equals(one.Name, prediction.Name, StringComparison.Ordinal)) is { } found)
                Write(writer, found);
        });
    }

    private static void Write(Utf8JsonWriter writer, MeasuredPrediction found)
    {
        writer.WriteStartObject("measured");
        writer.WriteNumber("value", found.Value);
        writer.WriteNumber("half", found.Half);
        writer.WriteNumber("predicted", found.Predicted);
        writer.WriteString("predictedText", DisplayNumber.Of(found.Predicted));
        if (double.IsFinite(found.Difference))
        {
            writer.WriteNumber("difference", found.Difference);
            writer.WriteString("differenceText", Words(found.Difference));
        }

        if (found.Verdict.Length > 0)
            writer.WriteString("verdict", found.Verdict);
        writer.WriteString("text", found.Text);
        writer.WriteString("place", found.Place);
        writer.WriteEndObject();
    }

    // What is many times as large is told so: per cents of it say nothing.
    private static string Words(double difference) =>
        Math.Abs(difference) < 1e-9 ? "0 %" : difference >= Many ? $"{DisplayNumber.Of(difference + 1, 2)} times as large" : (difference > 0 ? "+" : "") + DisplayNumber.Percent(difference);
}
