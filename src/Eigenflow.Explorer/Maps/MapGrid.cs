namespace Eigenflow.Explorer.Maps;

/// <summary>The cells of a map, row by row from below, and the order in which they are filled.</summary>
/// <param name="columns">Values along the horizontal axis.</param>
/// <param name="rows">Values along the vertical axis.</param>
internal sealed class MapGrid(int columns, int rows)
{
    // Steps of the passes: six cells of the grid of a page show it as a whole.
    private static readonly int[] Passes = [8, 4, 2, 1];

    /// <summary>Number of cells.</summary>
    public int Cells => columns * rows;

    /// <summary>Number of columns.</summary>
    public int Columns => columns;

    /// <summary>The corners.</summary>
    public IEnumerable<int> Corners => Across([0, columns - 1], [0, rows - 1]);

    /// <summary>The corners, the middles of the edges, and the middle.</summary>
    public IEnumerable<int> Marks => Across([0, columns / 2, columns - 1], [0, rows / 2, rows - 1]);

    /// <summary>The cell in the middle.</summary>
    public int Middle => (rows / 2 * columns) + (columns / 2);

    /// <summary>The cells, so that the map is seen as a whole before its details.</summary>
    public IEnumerable<int> Order()
    {
        var before = 0;
        foreach (var pass in Passes)
        {
            for (var row = 0; row < rows; row += pass)
            {
                for (var column = 0; column < columns; column += pass)
                {
                    if (before == 0 || row % before != 0 || column % before != 0)
                        yield return (row * columns) + column;
                }
            }

            before = pass;
        }
    }

    /// <summary>The cell itself, and those of coarser and coarser passes whose blocks it lies in.</summary>
    public IEnumerable<int> Coarser(int cell)
    {
        var (row, column) = (cell / columns, cell % columns);
        for (var pass = Passes.Length - 1; pass >= 0; pass--)
            yield return ((row - (row % Passes[pass])) * columns) + column - (column % Passes[pass]);
    }

    private IEnumerable<int> Across(int[] along, int[] up) => up.Distinct().SelectMany(row => along.Distinct().Select(column => (row * columns) + column));
}
