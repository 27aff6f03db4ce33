namespace Eigenflow.Rendering.Terminal;

/// <summary>The widths of columns that stand side by side, and rows that are set in them. Where the natural widths do not fit, columns of text are narrowed as far as words stay whole.</summary>
internal sealed class TextColumns
{
    private const int WidestGap = 2;

    private readonly int[] widths;
    private readonly Func<int, bool> rightAligned;
    private readonly string gap;

    public TextColumns(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, Func<int, bool> rightAligned, int width)
    {
        this.rightAligned = rightAligned;
        var natural = headings.Select((heading, column) => Math.Max(TerminalText.Width(heading), Largest(rows, column, TerminalText.Width))).ToArray();
        var least = headings.Select((heading, column) => Math.Max(
            TerminalText.LongestWord(heading, isHeading: true), Largest(rows, column, rightAligned(column) ? TerminalText.Width : cell => TerminalText.LongestWord(cell)))).ToArray();
        var space = WidestGap;
        if (least.Sum() + (space * (least.Length - 1)) > width)
            space = 1;
        Fits = least.Sum() + (space * (least.Length - 1)) <= width;
        gap = new string(' ', space);
        widths = Fits ? Narrowed(natural, least, width - (space * (least.Length - 1))) : least;
    }

    /// <summary>Whether the columns fit with whole words.</summary>
    public bool Fits { get; }

    /// <summary>The line below the headings.</summary>
    public string Rule(char line) => string.Join(gap, widths.Select(column => new string(line, column)));

    /// <summary>Appends a row.</summary>
    /// <param name="lines">Receives its lines.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="paint">Colours a cell by its column; null for none.</param>
    /// <param name="atBottom">Whether cells of fewer lines stand at the bottom of the row, as headings do.</param>
    public void Append(List<string> lines, IReadOnlyList<string> cells, Func<int, string, string>? paint, bool atBottom = false)
    {
        var wrapped = cells.Select((cell, column) => TerminalText.Wrap(cell, widths[column])).ToList();
        var height = wrapped.Max(cell => cell.Count);
        for (var line = 0; line < height; line++)
        {
            var parts = new List<string>();
            for (var column = 0; column < widths.Length; column++)
            {
                var index = atBottom ? line - height + wrapped[column].Count : line;
                var content = index >= 0 && index < wrapped[column].Count ? wrapped[column][index] : "";
                var padding = new string(' ', widths[column] - TerminalText.Width(content));
                var painted = paint is null || content.Length == 0 ? content : paint(column, content);
                parts.Add(rightAligned(column) ? padding + painted : painted + padding);
            }

            lines.Add(string.Join(gap, parts).TrimEnd(' '));
        }
    }

    private static int Largest(IReadOnlyList<IReadOnlyList<string>> rows, int column, Func<string, int> size) => rows.Count == 0 ? 0 : rows.Max(row => size(row[column]));

    // Column by column the one gives way whose cells need the fewest lines then, down to its least: long texts keep the room.
    private static int[] Narrowed(int[] natural, int[] least, int room)
    {
        var widths = natural.Select((own, column) => Math.Min(own, Math.Max(least[column], room))).ToArray();
        for (var excess = widths.Sum() - room; excess > 0; excess--)
            widths[Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column]).MinBy(column => natural[column] / (widths[column] - 1.0))]--;
        return widths;
    }
}
