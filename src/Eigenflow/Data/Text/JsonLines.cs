using System.Text.Json;
using System.Text.RegularExpressions;

namespace Eigenflow.Data;

/// <summary>
/// Reads tables of JSON lines: an object per line, whose names are columns; a name that a line lacks is a missing field, and so is null. Numbers and truth values are numbers; NaN and Infinity may be written as words, as Python does.
/// A column with any other text holds texts. Objects and lists within are left out and named.
/// </summary>
internal static partial class JsonLines
{
    private const string Expected = "a JSON object in every line";

    public static ColumnTable Read(string path)
    {
        var columns = new Dictionary<string, Column>(StringComparer.Ordinal);
        var names = new List<string>();
        var lines = new List<long>();
        var nested = new List<string>();
        using (var reader = new LineReader(path))
        {
            while (reader.Next(out var line))
            {
                using var document = Parse(path, line.ToString(), reader.Number);
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                    {
                        if (!nested.Contains(property.Name, StringComparer.Ordinal))
                            nested.Add(property.Name);
                        continue;
                    }

                    if (!columns.TryGetValue(property.Name, out var column))
                    {
                        columns[property.Name] = column = new Column();
                        names.Add(property.Name);
                        ColumnTable.CheckCount(path, names.Count);
                    }

                    if (column.Count > lines.Count)
                        throw new InputFileException(path, $"the name '{NumberText.Shorten(property.Name)}' comes twice", Expected, reader.Number);
                    column.Add(property.Value, lines.Count);
                }

                lines.Add(reader.Number);
            }
        }

        if (lines.Count == 0)
            throw new InputFileException(path, "it holds no rows", Expected);
        names.RemoveAll(name => nested.Contains(name, StringComparer.Ordinal));
        ColumnTable.CheckNames(path, names);
        if (names.Count == 0)
            throw new InputFileException(path, "it has no column of numbers or texts", Expected);
        foreach (var name in names)
            columns[name].Fill(lines.Count);
        return new ColumnTable(
            path, names, lines.Count,
            names.Where(name => columns[name].IsNumeric).ToDictionary(name => name, name => columns[name].Numbers, StringComparer.Ordinal),
            names.Where(name => !columns[name].IsNumeric).ToDictionary(name => name, name => columns[name].Texts, StringComparer.Ordinal))
        {
            WithNotANumber = names.Where(name => columns[name] is { IsNumeric: true, HasNotANumber: true }).ToHashSet(StringComparer.Ordinal),
            Notes = nested.Count == 0 ? [] : [$"nested values were left out: {string.Join(", ", nested.Take(5))}{(nested.Count > 5 ? ", …" : "")}"],
            Lines = lines,
        };
    }

    private static JsonDocument Parse(string path, string line, long number)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Quoted(line));
        }
        catch (JsonException exception)
        {
            throw new InputFileException(path, "the line is no JSON", Expected, number, exception);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        var kind = document.RootElement.ValueKind;
        document.Dispose();
        throw new InputFileException(path, $"the line is {(kind == JsonValueKind.Array ? "a list" : "a single value")}", Expected, number);
    }

    // Python writes NaN, Infinity and -Infinity as bare words, which no JSON has.
    private static string Quoted(string line) => !line.Contains("NaN", StringComparison.Ordinal) && !line.Contains("Infinity", StringComparison.Ordinal)
        ? line
        : BareWords().Replace(line, "\"${word}\"");

    [GeneratedRegex(@"(?<=[:,\[]\s*)(?<word>NaN|-?Infinity)(?=\s*[,}\]])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareWords();

    private sealed class Column
    {
        private readonly List<double> numbers = [];
        private readonly List<string> texts = [];
        private bool hasText;

        public int Count => texts.Count;

        public bool HasNotANumber { get; private set; }

        public bool IsNumeric => !hasText;

        public double[] Numbers => [.. numbers];

        public string[] Texts => [.. texts];

        public void Add(JsonElement value, int row)
        {
            Fill(row);
            var (number, text) = value.ValueKind switch
            {
                JsonValueKind.Number => (value.GetDouble(), value.GetRawText()),
                JsonValueKind.True => (1, "true"),
                JsonValueKind.False => (0, "false"),
                JsonValueKind.Null => (double.NaN, ""),
                _ => OfText(value.GetString()!),
            };
            numbers.Add(number);
            texts.Add(texts.Count > 0 && string.Equals(texts[^1], text, StringComparison.Ordinal) ? texts[^1] : text);
        }

        public void Fill(int rows)
        {
            while (texts.Count < rows)
            {
                numbers.Add(double.NaN);
                texts.Add("");
            }
        }

        private (double Number, string Text) OfText(string text)
        {
            if (NumberText.IsNotANumber(text))
                HasNotANumber = true;
            else if (string.Equals(text, "Infinity", StringComparison.Ordinal) || string.Equals(text, "-Infinity", StringComparison.Ordinal))
                return (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity, text);
            else if (NumberText.TryParse(text, false, out var number))
                return (number, text);
            else
                hasText |= !NumberText.IsMissing(text);
            return (double.NaN, text);
        }
    }
}
