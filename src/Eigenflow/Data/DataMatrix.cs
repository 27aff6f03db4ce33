namespace Eigenflow.Data;

/// <summary>A matrix of numbers, row by row: n samples (rows) of d features (columns).</summary>
/// <param name="Rows">n ≥ 1.</param>
/// <param name="Columns">d ≥ 1.</param>
/// <param name="Values">n · d finite values, row by row.</param>
public sealed record DataMatrix(int Rows, int Columns, double[] Values)
{
    /// <summary>One row.</summary>
    /// <param name="index">0-based index.</param>
    public ReadOnlySpan<double> Row(int index) => Values.AsSpan(index * Columns, Columns);
}
