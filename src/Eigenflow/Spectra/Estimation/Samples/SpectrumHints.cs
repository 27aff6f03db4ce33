using Eigenflow.Data;

namespace Eigenflow.Spectra.Estimation;

/// <summary>Tells tables that are probably no samples (one column, or a symmetric matrix), and columns that are probably labels.</summary>
internal static class SpectrumHints
{
    private const int MostLabels = 1000;

    private static readonly HashSet<string> LabelNames = new(["target", "targets", "label", "labels", "class", "classes", "y", "species", "category", "digit", "cluster", "group", "outcome", "class_label", "target_class"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Hints, in sentences.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="samples">Their number.</param>
    /// <param name="same">The same rows, in memory where they had to be read.</param>
    public static IReadOnlyList<string> Of(RowSource rows, long samples, out RowSource same)
    {
        same = rows;
        if (rows.Columns == 1)
            return [$"one column was read as {samples} samples of one feature; if it holds eigenvalues, give --is eigenvalues (and --samples N if they were measured on N samples)"];
        var labels = Labels(rows);
        if (samples != rows.Columns || samples > SpectrumEstimate.LargestSize)
            return labels;
        var matrix = rows.ReadAll();
        same = RowSource.Of(matrix, rows.Path);
        return GivenSpectrum.IsCovariance(matrix)
            ? [.. labels, $"the table is a symmetric {samples} × {samples} matrix and was read as samples; if it is a covariance, give --is covariance (and --samples N if it was measured on N samples)"]
            : labels;
    }

    // Whole numbers of few kinds, first or last, under a name that labels have. Reads the rows only where there is such a name.
    private static IReadOnlyList<string> Labels(RowSource rows)
    {
        List<int> columns = [.. new[] { 0, rows.Columns - 1 }.Distinct().Where(column => column < rows.Names.Count && LabelNames.Contains(rows.Names[column].Trim()))];
        if (columns.Count == 0)
            return [];
        var kinds = columns.ToDictionary(column => column, _ => new HashSet<double>());
        var block = new double[rows.Columns * Math.Max(1, 65536 / rows.Columns)];
        rows.Restart();
        for (int read; columns.Count > 0 && (read = rows.Read(block)) > 0;)
        {
            for (var row = 0; row < read; row++)
            {
                foreach (var column in columns)
                    kinds[column].Add(block[(row * rows.Columns) + column]);
            }

            columns.RemoveAll(column => kinds[column].Count > MostLabels || kinds[column].Any(value => value != Math.Floor(value)));
        }

        rows.Restart();
        return [.. columns.Select(column => $"column '{rows.Names[column]}' holds {kinds[column].Count} different whole numbers and may be a label; it was read as a feature: leave it out with --without {(rows.Names[column].Contains(' ', StringComparison.Ordinal) ? $"'{rows.Names[column]}'" : rows.Names[column])}")];
    }
}
