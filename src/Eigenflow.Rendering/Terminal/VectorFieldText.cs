using Eigenflow.Rendering.Layout;

namespace Eigenflow.Rendering.Terminal;

/// <summary>A vector field in the terminal: arrows at every few cells that hold nothing else.</summary>
internal static class VectorFieldText
{
    private const string Arrows = "→↗↑↖←↙↓↘";
    private const string AsciiArrows = ">^<v";
    private const int ColumnsApart = 4;
    private const int RowsApart = 2;

    // A row is about twice as high as a column is wide.
    private const double CellHeight = 2;

    public static void Draw(CharacterCanvas canvas, FieldSampler field, bool unicode)
    {
        var arrows = unicode ? Arrows : AsciiArrows;
        for (var row = RowsApart / 2; row < canvas.Rows; row += RowsApart)
        {
            for (var column = ColumnsApart / 2; column < canvas.Columns; column += ColumnsApart)
            {
                if (field.At((column + 0.5) / canvas.Columns, 1 - ((row + 0.5) / canvas.Rows)) is not { } velocity)
                    continue;
                var turn = Math.Atan2(velocity.Up * canvas.Rows * CellHeight, velocity.Across * canvas.Columns) / Math.Tau;
                var index = (int)Math.Round(turn * arrows.Length);
                canvas.MarkIfEmpty(column, row, arrows[(index + arrows.Length) % arrows.Length]);
            }
        }
    }
}
