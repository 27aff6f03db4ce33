namespace Eigenflow.Rendering.Terminal;

/// <summary>A table turned: one block per row, one line per cell with the heading before it (above it where the terminal is too narrow for both); cells that say nothing are left out.</summary>
internal sealed class TextBlocks(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, int width, Func<int, int, string, string>? paint)
{
    private const int Gap = 2;
    private const int Indent = 2;

    // Headings give way to the cells beyond this part of the width.
    private const double LargestHeading = 0.4;

    /// <summary>The headings alone, of a table without rows.</summary>
    public static List<string> Headings(IReadOnlyList<string> headings, int width) => [.. TerminalText.Wrap(string.Join(", ", headings), width)];

    /// <summary>The lines of all blocks, with an empty one between two.</summary>
    public List<string> Lines()
    {
        var words = headings.Max(heading => TerminalText.LongestWord(heading, isHeading: true));
        var left = Math.Min(headings.Max(TerminalText.Width), Math.Max(words, (int)(LargestHeading * width)));
        var right = width - left - Gap;
        var isBeside = rows.Max(row => row.Max(cell => TerminalText.LongestWord(cell))) <= right;
        var lines = new List<string>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (row > 0)
                lines.Add("");
            for (var column = 0; column < headings.Count; column++)
            {
                if (rows[row][column].Length > 0)
                    Append(lines, row, column, left, isBeside ? right : width - Indent, isBeside);
            }
        }

        return lines;
    }

    private void Append(List<string> lines, int row, int column, int left, int right, bool isBeside)
    {
        var heading = TerminalText.Wrap(headings[column], isBeside ? left : width);
        var cell = TerminalText.Wrap(rows[row][column], right).Select(line => paint is null ? line : paint(row, column, line)).ToList();
        if (!isBeside)
        {
            lines.AddRange(heading);
            lines.AddRange(cell.Select(line => new string(' ', Indent) + line));
            return;
        }

        for (var line = 0; line < Math.Max(heading.Count, cell.Count); line++)
        {
            var name = line < heading.Count ? heading[line] : "";
            lines.Add((name + new string(' ', left + Gap - TerminalText.Width(name)) + (line < cell.Count ? cell[line] : "")).TrimEnd(' '));
        }
    }
}
