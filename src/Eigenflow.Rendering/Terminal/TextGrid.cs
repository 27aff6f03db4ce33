namespace Eigenflow.Rendering.Terminal;

/// <summary>
/// Tables of text in one of three shapes, none wider than the terminal and none with a broken word: upright, with cells of several lines where they must; transposed, one column per row; or one
/// block per row with a line per cell.
/// </summary>
internal sealed class TextGrid
{
    // More rows than this are not compared side by side.
    private const int MostTransposed = 8;

    private readonly IReadOnlyList<string> headings;
    private readonly IReadOnlyList<IReadOnlyList<string>> rows;
    private readonly Func<int, bool> rightAligned;
    private readonly Func<int, int, string, string>? paint;
    private readonly int width;
    private readonly bool unicode;

    private TextGrid(
        IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, Func<int, bool> rightAligned, int width, bool unicode, Func<int, int, string, string>? paint) =>
        (this.headings, this.rows, this.rightAligned, this.width, this.unicode, this.paint) = (headings, rows, rightAligned, width, unicode, paint);

    /// <summary>Lays out a table.</summary>
    /// <param name="headings">Headings of the columns.</param>
    /// <param name="rows">Cells.</param>
    /// <param name="rightAligned">Whether a column is aligned at its right edge: its cells are numbers and stay whole.</param>
    /// <param name="width">Most columns of the terminal that may be used. Only a word that is longer is broken.</param>
    /// <param name="unicode">Whether the rule may be a line-drawing character.</param>
    /// <param name="paint">Colours a cell, by row and column; null for none.</param>
    public static string Render(
        IReadOnlyList<string> headings,
        IReadOnlyList<IReadOnlyList<string>> rows,
        Func<int, bool> rightAligned,
        int width,
        bool unicode,
        Func<int, int, string, string>? paint = null)
    {
        var lines = new TextGrid(headings, rows, rightAligned, width, unicode, paint).Choose();
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private List<string> Choose()
    {
        if (Upright() is not { } upright)
            return Turned();
        if (!upright.Wraps)
            return upright.Lines;

        // Not where cells have become towers: the shorter shape is read more easily.
        var turned = Turned();
        return upright.Lines.Count <= turned.Count ? upright.Lines : turned;
    }

    private List<string> Turned()
    {
        if (rows.Count == 0)
            return TextBlocks.Headings(headings, width);
        var blocks = new TextBlocks(headings, rows, width, paint).Lines();
        if (rows.Count is < 2 or > MostTransposed || headings.Count < 2)
            return blocks;
        var other = new TextGrid(
            [headings[0], .. rows.Select(row => row[0])],
            [.. Enumerable.Range(1, headings.Count - 1).Select(column => (IReadOnlyList<string>)[headings[column], .. rows.Select(row => row[column])])],
            _ => false,
            width,
            unicode,
            paint is null ? null : (row, column, cell) => column == 0 ? cell : paint(column - 1, row + 1, cell));
        return other.Upright() is { } transposed && transposed.Lines.Count <= blocks.Count ? transposed.Lines : blocks;
    }

    // Null where it does not fit with whole words.
    private (List<string> Lines, bool Wraps)? Upright()
    {
        var columns = new TextColumns(headings, rows, rightAligned, width);
        if (!columns.Fits)
            return null;
        var lines = new List<string>();
        columns.Append(lines, headings, null, atBottom: true);
        lines.Add(columns.Rule(unicode ? '─' : '-'));
        var first = lines.Count;
        for (var row = 0; row < rows.Count; row++)
        {
            var index = row;
            columns.Append(lines, rows[row], paint is null ? null : (column, cell) => paint(index, column, cell));
        }

        return (lines, lines.Count - first > rows.Count);
    }
}
