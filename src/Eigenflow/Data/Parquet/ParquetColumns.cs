namespace Eigenflow.Data;

/// <summary>
/// Reads the columns of a Parquet file: numbers of any width and truth values as doubles, lists of as many numbers in every row as columns NAME[0], NAME[1], …, texts as they are; null is NaN or empty.
/// Columns that hold anything else, and the row labels of data frames, are left out and named.
/// </summary>
internal static class ParquetColumns
{
    private const string Expected = "a Parquet file with columns of numbers or texts";

    public static ColumnTable Read(string path)
    {
        try
        {
            using var stream = InputFile.Open(path, Expected);
            var (reader, columns) = ParquetColumn.Open(path, stream);
            var numbers = new Dictionary<string, double[]>(StringComparer.Ordinal);
            var texts = new Dictionary<string, string[]>(StringComparer.Ordinal);
            var names = new List<string>();
            var rows = 0L;
            var (kept, notes) = Choose(columns);
            foreach (var column in kept)
            {
                string[] own = [.. column.Names];
                var values = Array.ConvertAll(own, _ => new List<double>());
                var words = new List<string>();
                var before = 0L;
                for (var index = 0; index < reader.RowGroupCount; index++)
                {
                    using var group = reader.OpenRowGroupReader(index);
                    var count = ParquetColumn.RowsOf(path, group);
                    if (column.Kind == ParquetKind.Texts)
                        words.AddRange(column.Texts(group));
                    else
                        Append(values, column.Numbers(group, before));
                    before += count;
                }

                rows = Math.Max(rows, before);
                names.AddRange(own);
                if (column.Kind == ParquetKind.Texts)
                    texts[own[0]] = [.. words];
                for (var k = 0; k < own.Length && column.Kind != ParquetKind.Texts; k++)
                    numbers[own[k]] = [.. values[k]];
            }

            if (names.Count == 0 || rows == 0)
                throw new InputFileException(path, "it holds no rows, or no column of numbers or texts", Expected);
            return new ColumnTable(path, names, checked((int)rows), numbers, texts) { Notes = notes };
        }
        catch (Exception exception) when (exception is not (EigenflowException or OutOfMemoryException))
        {
            // The reader of the format throws many kinds of errors on damaged bytes.
            throw InputFile.Unreadable(path, Expected, exception);
        }
    }

    // An index beside one other column is its abscissa.
    private static (List<ParquetColumn> Kept, List<string> Notes) Choose(IReadOnlyList<ParquetColumn> columns)
    {
        var kept = columns.Where(column => column.Kind != ParquetKind.Other).ToList();
        var notes = columns.Where(column => column.Kind == ParquetKind.Other).Select(column => $"column '{column.Name}' holds {column.Description} and was left out").ToList();
        if (kept.Count(column => !column.IsIndex) < 2)
            return (kept, notes);
        notes.AddRange(kept.Where(column => column.IsIndex).Select(column => $"column '{column.Name}' is an index and was left out"));
        kept.RemoveAll(column => column.IsIndex);
        return (kept, notes);
    }

    private static void Append(List<double>[] values, double[][] parts)
    {
        for (var k = 0; k < parts.Length; k++)
            values[k].AddRange(parts[k]);
    }
}
