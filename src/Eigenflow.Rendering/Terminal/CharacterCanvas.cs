using Eigenflow.Rendering.Drawing;

namespace Eigenflow.Rendering.Terminal;

/// <summary>
/// A panel in character cells. With Unicode each cell holds 2 × 4 Braille dots, otherwise one mark. Every cell remembers the entry
/// (a legend number) that was drawn there last.
/// </summary>
internal sealed class CharacterCanvas
{
    private readonly int[] bits;
    private readonly int[] entries;
    private readonly char[] marks;
    private readonly bool braille;

    public CharacterCanvas(int columns, int rows, bool braille)
    {
        Columns = columns;
        Rows = rows;
        this.braille = braille;
        bits = new int[columns * rows];
        marks = new char[columns * rows];
        entries = new int[columns * rows];
        Array.Fill(entries, -1);
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Dots across.</summary>
    public int Width => braille ? 2 * Columns : Columns;

    /// <summary>Dots down.</summary>
    public int Height => braille ? 4 * Rows : Rows;

    /// <summary>The row of cells that holds a height, given as 0 at the bottom to 1 at the top.</summary>
    public int RowOf(double fraction) => (int)Math.Round((1 - Math.Clamp(fraction, 0, 1)) * (Height - 1)) / (Height / Rows);

    /// <summary>Sets a dot.</summary>
    public void Dot(double x, double y, int entry, char mark)
    {
        var (dotX, dotY) = ((int)Math.Floor(x), (int)Math.Floor(y));
        if (dotX < 0 || dotY < 0 || dotX >= Width || dotY >= Height)
            return;
        var cell = braille ? (dotY / 4 * Columns) + (dotX / 2) : (dotY * Columns) + dotX;
        entries[cell] = entry;

        // Unicode numbers the dots 1 2 3 7 down the left column and 4 5 6 8 down the right one.
        if (braille)
            bits[cell] |= (dotX % 2, dotY % 4) switch { (0, 3) => 0x40, (1, 3) => 0x80, (0, var row) => 1 << row, (_, var row) => 8 << row };
        else
            marks[cell] = mark;
    }

    /// <summary>Draws a curve.</summary>
    public void Curve(IReadOnlyList<Position> points, int entry, char mark)
    {
        if (points.Count == 1)
            Dot(points[0].X, points[0].Y, entry, mark);
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            var steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y))));
            for (var k = 0; k <= steps; k++)
                Dot(a.X + ((b.X - a.X) * k / steps), a.Y + ((b.Y - a.Y) * k / steps), entry, mark);
        }
    }

    /// <summary>Puts a character into a cell that is still empty.</summary>
    public void MarkIfEmpty(int column, int row, char mark)
    {
        var cell = (row * Columns) + column;
        if (bits[cell] == 0 && marks[cell] == '\0')
            marks[cell] = mark;
    }

    /// <summary>Puts a character into a cell, over what is there.</summary>
    public void Mark(int column, int row, char mark, int entry)
    {
        if (column < 0 || row < 0 || column >= Columns || row >= Rows)
            return;
        var cell = (row * Columns) + column;
        bits[cell] = 0;
        marks[cell] = mark;
        entries[cell] = entry;
    }

    /// <summary>The character of a cell and the entry it belongs to (−1 for none).</summary>
    public (char Character, int Entry) this[int column, int row]
    {
        get
        {
            var cell = (row * Columns) + column;
            var character = bits[cell] != 0 ? (char)(0x2800 + bits[cell]) : marks[cell] != '\0' ? marks[cell] : ' ';
            return (character, entries[cell]);
        }
    }
}
