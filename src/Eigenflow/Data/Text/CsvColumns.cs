using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// Reads tables whose columns have names and hold numbers or texts, laid out as <see cref="TextLayout"/> finds; without a heading columns are named 1, 2, ….
/// A column is numeric when every field is a number or missing (empty, nan, NA, null, …), and not all fields are words. An index beside one other column is kept as the column "index".
/// </summary>
internal static class CsvColumns
{
    private const string Expected = "a table with a heading and the same number of fields in every row";

    public static ColumnTable Read(string path)
    {
        var layout = Layout(path);
        var kept = Enumerable.Range(0, layout.Fields).Where(field => !layout.IsLeftOut(field)).ToList();
        ColumnTable.CheckCount(path, kept.Count);
        var notes = layout.Notes.ToList();
        if (kept.Count == 1 && layout.Index.Count == 1)
        {
            kept.Insert(0, layout.Index[0]);
            notes[^1] = $"{layout.Describe(layout.Index[0])} is an index and was read as the column 'index'";
        }

        string[] names = [.. kept.Select(field => layout.IsLeftOut(field) ? "index" : layout.Names.Length > 0 ? layout.Names[field] : (field + 1).ToString(CultureInfo.InvariantCulture))];
        ColumnTable.CheckNames(path, names);
        CheckNames(path, names, kept);
        Column[] columns = [.. names.Select(_ => new Column(layout.IsDecimalComma))];
        var lines = new List<long>();
        using var row = new TextRow(path, layout);
        while (row.Next(out var line))
        {
            lines.Add(row.Line);
            for (var k = 0; k < columns.Length; k++)
                columns[k].Add(row.Fields.Span(line, kept[k]), row.Fields.IsQuoted(kept[k]));
        }

        if (lines.Count == 0)
            throw new InputFileException(path, "it holds no rows", Expected);
        var numbers = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var k = 0; k < names.Length; k++)
        {
            if (columns[k].IsNumeric)
                numbers[names[k]] = columns[k].Numbers;
            else
                texts[names[k]] = columns[k].Texts;
        }

        return new ColumnTable(path, names, lines.Count, numbers, texts)
        {
            WithNotANumber = names.Where((_, k) => columns[k].IsNumeric && columns[k].HasNotANumber).ToHashSet(StringComparer.Ordinal),
            Notes = notes,
            Lines = lines,
            HasDecimalCommas = layout.IsDecimalComma,
        };
    }

    private static TextLayout Layout(string path)
    {
        var layout = TextLayout.Read(path);
        return layout.MisfitNames is { } names
            ? throw new InputFileException(path, $"the rows have {layout.Fields} fields, the heading has {names}", Expected, 2)
            : layout;
    }

    private static void CheckNames(string path, string[] names, List<int> fields)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var k = 0; k < names.Length; k++)
        {
            if (names[k].Length == 0)
                throw new InputFileException(path, FormattableString.Invariant($"column {fields[k] + 1} has no name"), "a name of its own for every column");
            if (!places.TryAdd(names[k], k) && places[names[k]] is var other)
                throw new InputFileException(path, FormattableString.Invariant($"columns {fields[other] + 1} and {fields[k] + 1} have the repeated name '{NumberText.Shorten(names[k])}'"), "a name of its own for every column");
        }
    }

    // Numbers as long as all fields are, and the texts beside them until the column is known to be numeric at the end.
    private sealed class Column(bool isDecimalComma)
    {
        private readonly List<double> numbers = [];
        private readonly List<string> texts = [];
        private bool hasNumber;
        private bool hasWord;
        private bool hasText;

        public bool HasNotANumber { get; private set; }

        public bool IsNumeric => !hasText && (hasNumber || HasNotANumber || !hasWord);

        public double[] Numbers => [.. numbers];

        public string[] Texts => [.. texts];

        public void Add(ReadOnlySpan<char> field, bool isQuoted)
        {
            var text = Shared(field, isQuoted);
            texts.Add(text);
            if (hasText)
                return;
            if (NumberText.TryParse(field, isDecimalComma, out var value))
            {
                hasNumber = true;
            }
            else if (NumberText.IsMissing(field))
            {
                var isNotANumber = NumberText.IsNotANumber(field);
                HasNotANumber |= isNotANumber;
                hasWord |= !field.IsEmpty && !isNotANumber;
            }
            else
            {
                hasText = true;
                numbers.Clear();
                return;
            }

            numbers.Add(value);
        }

        // Labels repeat from row to row.
        private string Shared(ReadOnlySpan<char> field, bool isQuoted)
        {
            if (texts.Count > 0 && field.SequenceEqual(texts[^1]))
                return texts[^1];
            var text = field.ToString();
            return isQuoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : text;
        }
    }
}
