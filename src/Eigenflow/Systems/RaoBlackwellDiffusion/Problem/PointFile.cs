using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A file of points, one per row: templates and noisy samples. An index is no coordinate, a row of numbers is no heading, and coordinates are told apart by their names where there are some.</summary>
internal static class PointFile
{
    // Fewer points may count by chance.
    private const int FewestCounted = 3;
    private const int Shown = 4;

    /// <summary>The points of a file, and what was done with it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be used.</exception>
    public static DataMatrix Read(string path)
    {
        var table = InputVector.ReadMatrix(path);
        if (table.Names.Any(IsNumber) && !table.Names.All(name => name.Length == 0 || IsNumber(name)))
            throw new InputFileException(path, $"its first line ({Listed(table.Names)}) holds numbers and words", "points as rows of numbers, below at most one heading, of names alone");
        string[] index = [.. table.Names.Where((name, column) => IndexColumns.IsTellingName(name) && IsWhole(table, column))];
        if (index.Length == 0 || index.Length == table.Columns)
            return Counted(table) is { } note ? table with { Notes = [.. table.Notes, note] } : table;
        int[] kept = [.. Enumerable.Range(0, table.Columns).Where(column => !index.Contains(table.Names[column], StringComparer.Ordinal))];
        return Of(table, kept, DisplayText.Plain($"the column {Listed(index)} is an index and no coordinate: it was left out; rename it to keep it"));
    }

    /// <summary>A noisy sample in the shape of a template.</summary>
    /// <param name="path">The file.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="names">Names of the coordinates of the templates; empty where they have none.</param>
    /// <exception cref="InputFileException">Another shape, or other names.</exception>
    public static DataMatrix ReadNoisy(string path, TemplateSet templates, IReadOnlyList<string> names)
    {
        var table = Read(path);
        var isRow = table.Rows == 1 && table.Columns == templates.Dimension;

        // A list of numbers has no columns that could be mistaken.
        var isColumn = table.Columns == 1 && table.Rows == templates.Dimension && templates.Rows == 1;
        if (!isRow && !isColumn && (table.Rows != templates.Rows || table.Columns != templates.Columns))
        {
            var turned = table.Rows == templates.Columns && table.Columns == templates.Rows ? "; it seems to be transposed" : "";
            throw new InputFileException(path, FormattableString.Invariant($"it is {table.Rows} x {table.Columns}{turned}{string.Concat(table.Notes.Select(note => "; " + note))}"), FormattableString.Invariant($"a noisy sample of the shape of a template, {templates.Rows} x {templates.Columns}, or all its numbers in one row"));
        }

        if (names.Count != table.Columns || isColumn || table.Names.SequenceEqual(names, StringComparer.OrdinalIgnoreCase))
            return table;
        if (table.Names.Count == 0)
            return table with { Notes = [.. table.Notes, DisplayText.Plain($"noisy has no names of columns: they were taken in the order of the templates, {Listed(names)}")] };
        int[] order = [.. names.Select(name => table.ColumnOf(name) ?? -1)];
        if (order.Contains(-1) || order.Distinct().Count() != order.Length)
            throw new InputFileException(path, $"its columns are {Listed(table.Names)}", $"the columns of the templates, {Listed(names)}");
        return order.SequenceEqual(Enumerable.Range(0, order.Length)) ? table : Of(table, order, DisplayText.Plain($"the columns of noisy ({Listed(table.Names)}) were put in the order of the templates ({Listed(names)})"));
    }

    // A table of some of the columns, in an order.
    private static DataMatrix Of(DataMatrix table, int[] columns, string note)
    {
        var values = new double[table.Rows * columns.Length];
        for (var row = 0; row < table.Rows; row++)
        {
            for (var k = 0; k < columns.Length; k++)
                values[(row * columns.Length) + k] = table.Values[(row * table.Columns) + columns[k]];
        }

        return new DataMatrix(table.Rows, columns.Length, values) { Names = [.. columns.Select(column => table.Names[column])], Notes = [.. table.Notes, note] };
    }

    // Whole numbers, none of them twice.
    private static bool IsWhole(DataMatrix table, int column)
    {
        var values = table.Column(column);
        return Array.TrueForAll(values, value => value == Math.Floor(value)) && values.Distinct().Count() == values.Length;
    }

    // A first column 0, 1, 2, … or 1, 2, 3, … may be an index or a coordinate.
    private static string? Counted(DataMatrix table)
    {
        if (table.Rows < FewestCounted || table.Columns < 2 || table.Values[0] is not (0 or 1))
            return null;
        for (var row = 1; row < table.Rows; row++)
        {
            if (table.Values[row * table.Columns] != table.Values[0] + row)
                return null;
        }

        return "the first column counts the rows, and was taken for a coordinate: leave it out if it is an index";
    }

    private static bool IsNumber(string name) => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Listed(IReadOnlyList<string> names) => string.Join(", ", names.Take(Shown).Select(NumberText.Shorten)) + (names.Count > Shown ? ", …" : "");
}
