using System.Globalization;
using System.Text;

namespace Eigenflow.Data;

/// <summary>
/// Reads tables with a heading: fields separated by comma, semicolon, tab or blanks (found from the first line), quotes around fields that hold the separator, lines beginning with '#' are comments.
/// A first line of numbers alone is data: columns are then named 1, 2, …. A column is numeric when every field is a number, empty, or nan.
/// </summary>
internal static class CsvColumns
{
    private const string Expected = "a table with a heading and the same number of fields in every row";

    public static ColumnTable Read(string path)
    {
        using var reader = new StreamReader(path);
        List<string>[]? columns = null;
        string[] names = [];
        var separator = ',';
        var number = 0L;
        while (reader.ReadLine() is { } row)
        {
            number++;
            var line = row;
            if (line.AsSpan().Trim().IsEmpty || line.AsSpan().TrimStart()[0] == '#')
                continue;
            if (columns is null)
                separator = CsvReader.Separator(line);

            // A tab at the end of a line separates; blanks do not.
            if (separator == ' ')
                line = line.Trim();
            if (columns is null)
            {
                var first = Fields(path, line, separator, number);
                var isHeading = !first.TrueForAll(IsNumber);
                names = isHeading ? [.. first] : [.. first.Select((_, index) => (index + 1).ToString(CultureInfo.InvariantCulture))];
                if (names.Distinct(StringComparer.Ordinal).Count() != names.Length || names.Contains("", StringComparer.Ordinal))
                    throw new InputFileException(path, "names of columns are empty or repeated", "a name of its own for every column", number);
                columns = [.. names.Select(_ => new List<string>())];
                if (isHeading)
                    continue;
            }

            var fields = Fields(path, line, separator, number);
            if (fields.Count != columns.Length)
                throw new InputFileException(path, $"the row has {fields.Count} fields, the heading has {columns.Length}", Expected, number);
            for (var k = 0; k < columns.Length; k++)
                columns[k].Add(fields[k]);
        }

        if (columns is null || columns[0].Count == 0)
            throw new InputFileException(path, "it holds no rows", Expected);
        var numbers = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var k = 0; k < names.Length; k++)
        {
            if (columns[k].TrueForAll(field => field.Length == 0 || IsNumber(field)))
                numbers[names[k]] = [.. columns[k].Select(field => field.Length == 0 ? double.NaN : double.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture))];
            else
                texts[names[k]] = [.. columns[k]];
        }

        return new ColumnTable(path, names, columns[0].Count, numbers, texts)
        {
            WithNotANumber = names.Where((name, k) => numbers.TryGetValue(name, out var values) && values.Where((value, row) => double.IsNaN(value) && columns[k][row].Length > 0).Any()).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static List<string> Fields(string path, string line, char separator, long number)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; ; i++)
        {
            while (i < line.Length && line[i] is ' ' or '\t' && line[i] != separator)
                i++;
            if (i >= line.Length && separator == ' ' && fields.Count > 0)
                return fields;
            field.Clear();
            if (i < line.Length && line[i] == '"')
            {
                for (i++; i < line.Length && (line[i] != '"' || (i + 1 < line.Length && line[i + 1] == '"')); i++)
                {
                    // A doubled quote stands for one.
                    field.Append(line[i]);
                    if (line[i] == '"')
                        i++;
                }

                if (i >= line.Length)
                    throw new InputFileException(path, "a quote is not closed", Expected, number);
                i++;
                while (i < line.Length && line[i] is ' ' or '\t' && line[i] != separator)
                    i++;
                if (i < line.Length && !IsEnd(line[i], separator))
                    throw new InputFileException(path, "text follows a closed quote", Expected, number);
                fields.Add(field.ToString());
            }
            else
            {
                while (i < line.Length && !IsEnd(line[i], separator))
                    field.Append(line[i++]);
                fields.Add(field.ToString().Trim());
            }

            // Blanks separate in runs.
            while (separator == ' ' && i + 1 < line.Length && line[i + 1] is ' ' or '\t')
                i++;
            if (i >= line.Length)
                return fields;
        }
    }

    private static bool IsEnd(char letter, char separator) => letter == separator || (separator == ' ' && letter == '\t');
}
