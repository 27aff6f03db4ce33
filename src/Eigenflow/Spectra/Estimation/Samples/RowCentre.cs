namespace Eigenflow.Spectra.Estimation;

/// <summary>A point near the mean of rows, from which they are measured while their moments are summed.</summary>
internal static class RowCentre
{
    /// <summary>The mean of a block of rows, summed about its first row: exact for constant columns, and of full accuracy where the spread is small beside the mean.</summary>
    /// <param name="block">Rows, row by row.</param>
    /// <param name="rows">Their number.</param>
    /// <param name="columns">Their length.</param>
    public static double[] Of(ReadOnlySpan<double> block, int rows, int columns)
    {
        var first = block[..columns];
        var centre = new double[columns];
        for (var row = 1; row < rows; row++)
        {
            var values = block.Slice(row * columns, columns);
            for (var k = 0; k < columns; k++)
                centre[k] += (values[k] - first[k]) / rows;
        }

        for (var k = 0; k < columns; k++)
            centre[k] += first[k];
        return centre;
    }
}
