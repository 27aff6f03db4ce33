using System.Text;
using System.Text.Json;
using Eigenflow.Data;
using Eigenflow.Rendering;

namespace Eigenflow.Explorer.Maps;

/// <summary>The cells of a map as files: one row per cell, from the bottom left along the horizontal axis.</summary>
internal static class MapTable
{
    /// <summary>The columns are the two parameters, <c>quantity</c> as it is asked for, <c>place</c> (where on the curve the value stands; empty for events and numbers), <c>value</c> (of an event where it stands on the abscissa of the figure), <c>status</c> and <c>words</c>.</summary>
    public static string Csv(ParameterMap map)
    {
        var quantity = map.Quantity.Text;
        var text = new StringBuilder().AppendJoin(',', map.X.Parameter.Name, map.Y.Parameter.Name, "quantity", "place", "value", "status", "words").Append('\n');
        foreach (var row in Rows(map))
            text.AppendJoin(',', WrittenNumber.RoundTrip(row.X), WrittenNumber.RoundTrip(row.Y), CsvCell.Written(quantity), Number(row.Place), Number(row.Value), row.Status, CsvCell.Written(row.Words)).Append('\n');
        return text.ToString();

        static string Number(double value) => double.IsFinite(value) ? WrittenNumber.RoundTrip(value) : "";
    }

    /// <summary>The same with what all cells share.</summary>
    public static byte[] Json(ParameterMap map)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            var figure = MapFigure.Of(map);
            writer.WriteStartObject();
            writer.WriteString("system", map.System.Id);
            writer.WriteString("method", map.Method);
            writer.WriteStartObject("setting");
            foreach (var (name, value) in MapSetting.Shared(map))
                writer.WriteString(name, value);
            writer.WriteEndObject();
            Axis(writer, "x", map.X);
            Axis(writer, "y", map.Y);
            writer.WriteString("quantity", map.Quantity.Text);
            writer.WriteString("label", map.Words.Of(map.Quantity));
            writer.WriteString("title", DisplayNumber.Plain(figure.Title));
            writer.WriteString("caption", DisplayNumber.Plain(figure.Caption));
            writer.Objects("cells", Rows(map), row =>
            {
                writer.WriteNumber("x", row.X);
                writer.WriteNumber("y", row.Y);
                writer.Finite("place", row.Place);
                if (double.IsFinite(row.Value))
                    writer.WriteNumber("value", row.Value);
                else
                    writer.WriteNull("value");
                writer.WriteString("status", row.Status);
                if (row.Words.Length > 0)
                    writer.WriteString("words", row.Words);
            });
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Axis(Utf8JsonWriter writer, string name, (Settings.Parameter Parameter, double[] Numbers) axis)
    {
        writer.WriteStartObject(name);
        writer.WriteString("parameter", axis.Parameter.Name);
        writer.WriteString("symbol", axis.Parameter.Symbol);
        writer.Numbers("values", axis.Numbers);
        writer.WriteEndObject();
    }

    private static IEnumerable<Row> Rows(ParameterMap map)
    {
        var (quantity, place) = (map.Quantity, map.Place);
        for (var k = 0; k < map.Cells; k++)
        {
            var (x, y, cell) = (map.X.Numbers[k % map.X.Numbers.Length], map.Y.Numbers[k / map.X.Numbers.Length], map[k]);
            var value = cell?.Value(quantity, place) ?? double.NaN;
            var (status, words) = cell switch
            {
                null => ("not computed", map.Stopped.Length > 0 ? $"the map was {map.Stopped} before it came to this cell" : "the map has not come to this cell"),
                { Refusal.Length: > 0 } => ("refused", cell.Refusal),
                { IsWhole: false } => (cell.Status.Word, cell.Status.Message),
                _ when double.IsFinite(value) => ("completed", string.Join("; ", new[] { quantity.Kind is "common" && cell.IsBetweenRows(place) ? "between rows" : "", cell.Warning }.Where(part => part.Length > 0))),
                _ when quantity.Kind is "event" => ("no event", $"{cell.Missing(quantity, place)} at {cell.Along!.Name} = {WrittenNumber.RoundTrip(cell.Horizon)}"),
                _ => (double.IsInfinity(value) ? "infinite" : "no value", cell.Missing(quantity, place)),
            };
            yield return new Row(x, y, double.IsFinite(value) ? cell!.Place(quantity, place) : double.NaN, value, status, words);
        }
    }

    private sealed record Row(double X, double Y, double Place, double Value, string Status, string Words);
}
