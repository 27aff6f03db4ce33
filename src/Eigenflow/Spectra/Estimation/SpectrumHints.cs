using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Tells tables that are probably no samples: one column, or a symmetric matrix.</summary>
internal static class SpectrumHints
{
    /// <summary>Hints, in sentences.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="samples">Their number.</param>
    /// <param name="same">The same rows, in memory where they had to be read.</param>
    public static IReadOnlyList<string> Of(RowSource rows, long samples, out RowSource same)
    {
        same = rows;
        if (rows.Columns == 1)
            return [$"one column was read as {samples} samples of one feature; if it holds eigenvalues, give --is eigenvalues (and --samples N if they were measured on N samples)"];
        if (samples != rows.Columns || samples > SpectrumEstimate.LargestSize)
            return [];
        var matrix = rows.ReadAll();
        same = RowSource.Of(matrix, rows.Path);
        return GivenSpectrum.IsCovariance(matrix)
            ? [$"the table is a symmetric {samples} × {samples} matrix and was read as samples; if it is a covariance, give --is covariance (and --samples N if it was measured on N samples)"]
            : [];
    }
}
