using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// Reads a table of numbers: fields separated by comma, semicolon, tab or blanks (found from the first row), lines beginning with '#' are comments,
/// and the first other line may be a heading. Every row has the same number of fields, every field is a finite number.
/// </summary>
internal static class CsvReader
{
    private const string Expected = "rows of finite numbers separated by commas, semicolons, tabs or blanks, with at most one heading line";

    public static DataMatrix Read(string path)
    {
        using var reader = new StreamReader(path);
        var values = new List<double>();
        var columns = 0;
        var rows = 0;
        var number = 0L;
        var isHeadingPossible = true;
        char? separator = null;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty || line.AsSpan().TrimStart()[0] == '#')
                continue;
            separator ??= Separator(line);
            var count = ReadRow(line, separator.Value, values, out var bad);
            if (bad is not null)
            {
                // The first line may be a heading: words, not numbers that are refused.
                if (isHeadingPossible && !IsNumber(bad))
                {
                    isHeadingPossible = false;
                    separator = null;
                    continue;
                }

                throw new InputFileException(path, $"'{Shorten(bad)}' is not a finite number", Expected, number);
            }

            isHeadingPossible = false;
            if (rows == 0)
                columns = count;
            else if (count != columns)
                throw new InputFileException(path, $"the row has {count} fields, the rows above have {columns}", "the same number of fields in every row", number);
            rows++;
            NumericFile.CheckSize(path, values.Count);
        }

        if (rows == 0)
            throw new InputFileException(path, "it holds no numbers", Expected);
        return new DataMatrix(rows, columns, [.. values]);
    }

    // Adds the fields of a row and returns their number; on a field that is no finite number the row's values are taken back.
    private static int ReadRow(string line, char separator, List<double> values, out string? bad)
    {
        bad = null;
        var before = values.Count;
        var options = separator == ' ' ? StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries : StringSplitOptions.TrimEntries;
        foreach (var field in line.Trim().Split(separator, options))
        {
            var text = field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1] : field;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                values.RemoveRange(before, values.Count - before);
                bad = text;
                return 0;
            }

            values.Add(value);
        }

        return values.Count - before;
    }

    private static char Separator(string line) =>
        line.Contains(',', StringComparison.Ordinal) ? ',' : line.Contains(';', StringComparison.Ordinal) ? ';' : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ' ';

    private static bool IsNumber(string text) =>
        text.Length == 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
