using System.Buffers;
using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// A cell of CSV as it is written and read back. A spreadsheet computes what begins with =, +, -, @, so a text that does gets an apostrophe before it, by which spreadsheets know a text; reading takes the apostrophe away.
/// Numbers, lists and intervals of numbers stay as they are.
/// </summary>
public static class CsvCell
{
    // The full-width forms are read as the others in some languages.
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"");

    /// <summary>The cell with its quotes (RFC 4180) and apostrophe; line breaks become blanks, other characters that are not shown U+FFFD.</summary>
    /// <param name="text">A number or a text.</param>
    public static string Written(string text)
    {
        var cell = PrintableText.Line(text.ReplaceLineEndings(" "));
        if (IsFormula(cell) && !IsNumeric(cell))
            cell = "'" + cell;
        return cell.AsSpan().ContainsAny(Quoted) ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
    }

    /// <summary>A cell, without its quotes, as it was before <see cref="Written"/>.</summary>
    /// <param name="cell">The cell.</param>
    public static string Read(string cell) => cell.StartsWith('\'') && IsFormula(cell) ? cell[1..] : cell;

    // Apostrophes before it count with it: otherwise a text that begins with '= would come back without its own.
    private static bool IsFormula(ReadOnlySpan<char> cell)
    {
        var start = cell.IndexOfAnyExcept('\'');
        return start >= 0 && Starts.Contains(cell[start]);
    }

    private static bool IsNumeric(string cell) => cell.Split([' ', ',', ';', '±', '%'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts
        && Array.TrueForAll(parts, part => part is "to" || double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
