using Eigenflow.Data;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Rows of features with a target that a user gives: columns that count the rows are none of both, and the target is the last column unless another one is called so.</summary>
internal static class GivenRows
{
    private static readonly string[] TargetNames = ["target", "y", "label", "outcome", "response"];

    /// <summary>The rows with the target last; the notes say what was taken for what.</summary>
    /// <exception cref="InputFileException">The file cannot be used.</exception>
    public static DataMatrix Of(string path)
    {
        var table = InputVector.ReadSamples(path);
        if (table.Names.Count != table.Columns || table.Columns < 2)
            return table;
        int[] named = [.. Enumerable.Range(0, table.Columns).Where(column => TargetNames.Contains(table.Names[column].Trim(), StringComparer.OrdinalIgnoreCase))];
        var last = table.Columns - 1;
        if (named.Length == 0 || named.Contains(last))
            return named.Length < 2 ? table : table with { Notes = [.. table.Notes, .. named.Where(column => column != last).Select(column => $"{IndexColumns.Describe(column, table.Names[column])} was read as a feature, and the last column as the target")] };
        if (named.Length > 1)
            throw new InputFileException(path, $"it has several columns that are called like a target ({string.Join(", ", named.Select(column => table.Names[column]))})", "one target: rename the other columns, or put the target last");
        int[] order = [.. Enumerable.Range(0, table.Columns).Where(column => column != named[0]), named[0]];
        return table with
        {
            Values = [.. Enumerable.Range(0, table.Rows).SelectMany(row => order.Select(column => table.Values[(row * table.Columns) + column]))],
            Names = [.. order.Select(column => table.Names[column])],
            Notes = [.. table.Notes, $"{IndexColumns.Describe(named[0], table.Names[named[0]])} was taken for the target; rename it to have the last column, {table.Names[last]}, in its place"],
        };
    }
}
