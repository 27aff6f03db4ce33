using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// Reads a table of numbers: fields separated by comma, semicolon, tab or blanks (found from the first row), lines beginning with '#' are comments,
/// and the first other line may be a heading: at least half of its fields are words, so that a mistyped number in a first row of numbers is not taken for one.
/// Every row has the same number of fields, every field is a finite number.
/// </summary>
internal sealed class CsvReader(string path) : IDisposable
{
    private const string Expected = "rows of finite numbers separated by commas, semicolons, tabs or blanks, with at most one heading line";
    private readonly StreamReader reader = new(path);
    private bool isHeadingPossible = true;
    private char? separator;
    private int columns;
    private long number;

    /// <summary>Fields of the heading; empty before the first row was read, or when there is none.</summary>
    public string[] Names { get; private set; } = [];

    public void Dispose() => reader.Dispose();

    /// <summary>The error of a file without rows.</summary>
    public InputFileException Empty() => new(path, "it holds no numbers", Expected);

    /// <summary>Adds the numbers of the next row; false at the end.</summary>
    public bool Next(List<double> values)
    {
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty || line.AsSpan().TrimStart()[0] == '#')
                continue;
            separator ??= Separator(line);
            var count = ReadRow(line, separator.Value, values, out var bad);
            if (bad is not null)
            {
                if (isHeadingPossible && IsHeading(line, separator.Value))
                {
                    isHeadingPossible = false;
                    Names = [.. Fields(line, separator.Value)];
                    separator = null;
                    continue;
                }

                throw new InputFileException(path, bad.Length == 0 ? "a field is empty" : $"'{Shorten(bad)}' is not a finite number", Expected, number);
            }

            isHeadingPossible = false;
            if (columns == 0)
                columns = count;
            else if (count != columns)
                throw new InputFileException(path, $"the row has {count} fields, the rows above have {columns}", "the same number of fields in every row", number);
            return true;
        }

        return false;
    }

    // Adds the fields of a row and returns their number; on a field that is no finite number the row's values are taken back.
    private static int ReadRow(string line, char separator, List<double> values, out string? bad)
    {
        bad = null;
        var before = values.Count;
        foreach (var text in Fields(line, separator))
        {
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

    internal static char Separator(string line) =>
        line.Contains(',', StringComparison.Ordinal) ? ',' : line.Contains(';', StringComparison.Ordinal) ? ';' : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ' ';

    private static IEnumerable<string> Fields(string line, char separator)
    {
        // A tab at the beginning of a line separates; a blank does not.
        var fields = separator == ' ' ? line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) : line.Split(separator, StringSplitOptions.TrimEntries);
        return fields.Select(field => field.Length >= 2 && field[0] == '"' && field[^1] == '"' ? field[1..^1].Trim() : field);
    }

    private static bool IsHeading(string line, char separator)
    {
        var words = Fields(line, separator).ToArray();
        return 2 * words.Count(IsWord) >= words.Length;
    }

    // A field that begins like a number was meant as one.
    private static bool IsWord(string field) =>
        field.Length == 0 || (!(char.IsAsciiDigit(field[0]) || field[0] is '+' or '-' or '.') && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
