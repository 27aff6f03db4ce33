using System.Text.RegularExpressions;
using Eigenflow.Figures;
using Eigenflow.Rendering.Terminal;

using Eigenflow.Settings;
namespace Eigenflow.Rendering;

/// <summary>Writes tables as aligned plain text.</summary>
public static partial class TableText
{
    /// <summary>The title, the table with columns of numbers aligned to the right, and the caption. Never ANSI codes.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">Columns of the terminal; no line is longer: cells are wrapped between words, and where words would be broken the table is turned, with a column or a block of lines per row.</param>
    /// <param name="unicode">Whether characters beyond ASCII may be used; without them texts are written in ASCII (<see cref="AsciiText"/>).</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    /// <exception cref="ParameterException">A row has not as many cells as there are columns.</exception>
    public static string Render(Table table, int width = 120, bool unicode = true)
    {
        ArgumentNullException.ThrowIfNull(table);
        CheckRows(table);
        var headings = table.Columns.Select(column => TerminalText.Script(column, unicode)).ToList();
        var rows = table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => TerminalText.Script(WrittenNumber.Unsigned(cell), unicode))]).ToList();
        var title = table.Title.Length == 0 ? "" : Paragraph(table.Title, width, unicode) + "\n";
        var caption = table.Caption.Length == 0 ? "" : "\n" + Paragraph(table.Caption, width, unicode);
        return title + TextGrid.Render(headings, rows, column => IsNumeric(table, column), width, unicode) + caption;
    }

    /// <summary>A text in lines of at most the width, broken between words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="unicode">Whether characters beyond ASCII may be used.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    public static string Paragraph(string text, int width, bool unicode = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(TerminalText.Wrap(TerminalText.Script(text, unicode), width).Select(line => line + "\n"));
    }

    /// <summary>A text with its powers of ten as a terminal shows them; all else, such as formulas that may be copied, as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unicode">Whether superscripts may use characters beyond ASCII.</param>
    public static string Shown(string text, bool unicode = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PowerOfTen().Replace(text, match => TerminalText.Script(match.Value, unicode));
    }

    /// <summary>Whether all cells of a column that are not empty are numbers: with or without an uncertainty, also fractions and with a power of ten.</summary>
    internal static bool IsNumeric(Table table, int column)
    {
        var cells = table.Rows.Select(row => row[column].Trim()).Where(cell => cell.Length > 0 && cell is not ("—" or "-")).ToList();
        return cells.Count > 0 && cells.TrueForAll(cell => Number().IsMatch(cell.Replace('−', '-')));
    }

    [GeneratedRegex(@"10\^\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex PowerOfTen();

    [GeneratedRegex(@"^\(?[-+]?(10\^\{?-?\d+\}?|\d[\d,]*(\.\d+)?([eE][-+]?\d+)?)(/\d+)?( ± [\d.eE+-]+)?\)?( ?× ?10\^\{?-?\d+\}?)?( %)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    internal static void CheckRows(Table table)
    {
        foreach (var row in table.Rows)
        {
            if (row.Count != table.Columns.Count)
                throw new ParameterException($"cells in a row of table {table.Id}", row.Count, $"the number of columns, {Settings.Setting.Format((long)table.Columns.Count)}");
        }
    }
}
