namespace Eigenflow.Data;

/// <summary>A matrix of numbers, row by row: n samples (rows) of d features (columns).</summary>
/// <param name="Rows">n ≥ 1.</param>
/// <param name="Columns">d ≥ 1.</param>
/// <param name="Values">n · d finite values, row by row.</param>
public sealed record DataMatrix(int Rows, int Columns, double[] Values)
{
    /// <summary>Names of the columns as the file's heading spells them; empty when it has none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What the reader did with the file beyond reading its numbers, such as leaving out a column of row numbers: sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The 0-based index of the first of these names that the heading has, ignoring case; null when it has none of them.</summary>
    /// <param name="names">Names, the best first.</param>
    public int? ColumnOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            for (var column = 0; column < Names.Count; column++)
            {
                if (string.Equals(Names[column], name, StringComparison.OrdinalIgnoreCase))
                    return column;
            }
        }

        return null;
    }

    /// <summary>One column, as a copy.</summary>
    /// <param name="index">0-based index.</param>
    public double[] Column(int index)
    {
        var values = new double[Rows];
        for (var row = 0; row < Rows; row++)
            values[row] = Values[(row * Columns) + index];
        return values;
    }

    /// <summary>One row.</summary>
    /// <param name="index">0-based index.</param>
    public ReadOnlySpan<double> Row(int index) => Values.AsSpan(index * Columns, Columns);
}
