using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Finds the eigenvalues in a file: its only row or column of numbers, or the column that its name tells, such as in the table of a scree plot.</summary>
public static class EigenvalueTable
{
    private static readonly string[] TellingNames = ["eigenvalue", "eigenvalues", "explained_variance", "explained variance", "variance", "variances", "lambda"];

    /// <summary>Reads them; <see cref="DataMatrix.Notes"/> say which column was taken.</summary>
    /// <param name="path">The file.</param>
    /// <param name="without">Names or 1-based numbers of columns that are left out.</param>
    /// <exception cref="InputFileException">It cannot be read, or may be read in several ways.</exception>
    public static DataMatrix Read(string path, IReadOnlyList<string> without)
    {
        if (without.Count > 0 || RowSource.Ending(path) is ".npy" or ".npz" || !InputFile.Exists(RowSource.FileOf(path)) || ColumnTable.Read(path) is not { } table || !HasNames(table))
            return NumericFile.ReadMatrix(path, without);
        string[] numeric = [.. table.Names.Where(table.IsNumeric)];
        if (table.Names.Count == 1 || numeric.Length == 0)
            return NumericFile.ReadMatrix(path, without);
        string[] telling = [.. TellingNames.SelectMany(name => numeric.Where(own => string.Equals(own.Trim(), name, StringComparison.OrdinalIgnoreCase))).Take(1)];
        var chosen = telling.Length == 1 ? telling[0] : numeric.Length == 1 ? numeric[0] : null;
        if (chosen is null)
            throw new InputFileException(path, $"it has several columns of numbers: {string.Join(", ", numeric.Take(20).Select(NumberText.Shorten))}", "one column of eigenvalues, or one named eigenvalue; leave the others out with --without COLUMN,COLUMN");
        var values = table.Numbers(chosen);
        var missing = Array.FindIndex(values, value => !double.IsFinite(value));
        if (missing >= 0)
            throw new InputFileException(path, $"column '{NumberText.Shorten(chosen)}' holds no finite number in row {missing + 1}", "finite numbers in every row", missing < table.Lines.Count ? table.Lines[missing] : 0);
        return new DataMatrix(values.Length, 1, values)
        {
            Names = [chosen],
            Notes = [.. table.Notes, $"the eigenvalues are those of the column '{NumberText.Shorten(chosen)}'; left out: {string.Join(", ", table.Names.Where(name => !string.Equals(name, chosen, StringComparison.Ordinal)).Take(20).Select(NumberText.Shorten))}"],
        };
    }

    // Columns without a heading are called by their numbers.
    private static bool HasNames(ColumnTable table) => table.Names.Where((name, column) => !string.Equals(name, FormattableString.Invariant($"{column + 1}"), StringComparison.Ordinal)).Any();
}
