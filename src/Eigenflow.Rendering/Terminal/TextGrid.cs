using System.Text;

namespace Eigenflow.Rendering.Terminal;

/// <summary>Aligned columns of text. Where the natural width does not fit, the widest columns of text are narrowed and their cells wrapped; numbers stay whole.</summary>
internal static class TextGrid
{
    private const int WidestGap = 2;
    private const int Narrowest = 8;

    /// <summary>Lays out a table with a rule below the headings.</summary>
    /// <param name="headings">Headings of the columns.</param>
    /// <param name="rows">Cells.</param>
    /// <param name="rightAligned">Whether a column is aligned at its right edge.</param>
    /// <param name="width">Most columns of the terminal that may be used.</param>
    /// <param name="unicode">Whether the rule may be a line-drawing character.</param>
    /// <param name="paint">Colours a padded cell, by row and column; null for none.</param>
    public static string Render(
        IReadOnlyList<string> headings,
        IReadOnlyList<IReadOnlyList<string>> rows,
        Func<int, bool> rightAligned,
        int width,
        bool unicode,
        Func<int, int, string, string>? paint = null)
    {
        var (widths, gap) = Widths(headings, rows, rightAligned, width);
        var text = new StringBuilder();
        AppendRow(text, headings, widths, gap, rightAligned, null);
        text.Append(string.Join(gap, widths.Select(column => new string(unicode ? '─' : '-', column)))).Append('\n');
        for (var row = 0; row < rows.Count; row++)
        {
            var index = row;
            AppendRow(text, rows[row], widths, gap, rightAligned, paint is null ? null : (column, cell) => paint(index, column, cell));
        }

        return text.ToString();
    }

    private static (int[] Widths, string Gap) Widths(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, Func<int, bool> rightAligned, int width)
    {
        var widths = headings.Select((heading, column) =>
            Math.Max(TerminalText.Width(heading), rows.Count == 0 ? 0 : rows.Max(row => TerminalText.Width(row[column])))).ToArray();

        // Whole words first; where that does not fit the columns move together, and only then are words cut: not for a table that is too wide in any case.
        var words = headings.Select((heading, column) => Math.Max(LongestWord(heading), rows.Count == 0 ? 0 : rows.Max(row => LongestWord(row[column])))).ToArray();
        var gap = WidestGap;
        Narrow(column => words[column]);
        var least = widths.Length - 1 + widths.Select((own, column) => rightAligned(column) ? own : Math.Min(own, Narrowest)).Sum();
        if (Excess() > 0 && least <= width)
        {
            gap = 1;
            Narrow(_ => Narrowest);
        }

        return (widths, new string(' ', gap));

        int Excess() => widths.Sum() + (gap * (widths.Length - 1)) - width;

        void Narrow(Func<int, int> least)
        {
            for (var excess = Excess(); excess > 0; excess--)
            {
                var widest = Enumerable.Range(0, widths.Length).Where(column => !rightAligned(column) && widths[column] > least(column))
                    .OrderByDescending(column => widths[column]).FirstOrDefault(-1);
                if (widest < 0)
                    return;
                widths[widest]--;
            }
        }
    }

    private static int LongestWord(string text) => text.Split(' ').Max(TerminalText.Width);

    private static void AppendRow(
        StringBuilder text, IReadOnlyList<string> cells, int[] widths, string gap, Func<int, bool> rightAligned, Func<int, string, string>? paint)
    {
        var wrapped = cells.Select((cell, column) => TerminalText.Wrap(cell, widths[column])).ToList();
        for (var line = 0; line < wrapped.Max(cell => cell.Count); line++)
        {
            var parts = new List<string>();
            for (var column = 0; column < widths.Length; column++)
            {
                var content = line < wrapped[column].Count ? wrapped[column][line] : "";
                var padding = new string(' ', widths[column] - TerminalText.Width(content));
                var isLast = column == widths.Length - 1;
                var painted = paint is null || content.Length == 0 ? content : paint(column, content);
                parts.Add(rightAligned(column) ? padding + painted : isLast ? painted : painted + padding);
            }

            text.Append(string.Join(gap, parts).TrimEnd(' ')).Append('\n');
        }
    }
}
