using System.Globalization;
using Parquet;

namespace Eigenflow.Data;

/// <summary>A label as it stands in a file.</summary>
/// <param name="Number">The number, or NaN.</param>
/// <param name="Text">The text; empty where the file holds numbers.</param>
/// <param name="Line">1-based line, or 0 where there are none.</param>
internal readonly record struct LabelValue(double Number, string Text, long Line);

/// <summary>Reads one column of a file row by row, whatever the others hold.</summary>
internal static class LabelFile
{
    private const string Formats = "a .npy, .npz, .csv, .tsv, .txt or .parquet file";

    /// <summary>Finds a column.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">Name or 1-based number; null for the only column.</param>
    /// <returns>What reads it from the first row on.</returns>
    public static Func<IEnumerable<LabelValue>> Reader(string path, string? column)
    {
        InputFile.Check(RowSource.FileOf(path), Formats);
        switch (RowSource.Ending(path))
        {
            case ".csv" or ".tsv" or ".txt":
                var layout = TextLayout.Read(path);
                var kept = Enumerable.Range(0, layout.Fields).Where(field => !layout.IsLeftOut(field)).ToList();
                var field = Place(path, column, layout.Names, layout.Fields, kept);
                return () => Text(path, layout, field);
            case ".parquet":
                using (var stream = InputFile.Open(path, Formats))
                {
                    var (_, columns) = ParquetColumn.Open(path, stream);
                    var place = Place(path, column, [.. columns.Select(one => one.Name)], columns.Count, [.. Enumerable.Range(0, columns.Count).Where(index => !columns[index].IsIndex)]);
                    if (columns[place].IsList || columns[place].Kind == ParquetKind.Other)
                        throw new InputFileException(path, $"column '{columns[place].Name}' holds {columns[place].Description}", "a column of numbers or texts");
                    return () => Parquet(path, place);
                }

            default:
                using (var rows = RowSource.Open(path))
                {
                    var place = Place(path, column, rows.Names, rows.Columns, [.. Enumerable.Range(0, rows.Columns)]);
                    return () => Numbers(path, place);
                }
        }
    }

    private static int Place(string path, string? column, IReadOnlyList<string> names, int count, List<int> kept)
    {
        if (column is null)
            return kept.Count == 1 ? kept[0] : throw new InputFileException(path, $"it has {kept.Count} columns", "one column, the labels");
        var known = names.Count > 0 ? $"one of the columns {string.Join(", ", names.Take(30).Select(NumberText.Shorten))}{(names.Count > 30 ? ", …" : "")}, or a number from 1 to {count}" : $"a number from 1 to {count}";
        int[] found = [.. Enumerable.Range(0, names.Count).Where(place => string.Equals(names[place], column, StringComparison.Ordinal))];
        if (found.Length > 1)
            throw new InputFileException(path, $"it has {found.Length} columns '{NumberText.Shorten(column)}'", $"a number from 1 to {count} as the label");
        if (found.Length == 1)
            return found[0];
        return int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count
            ? number - 1
            : throw new InputFileException(path, $"it has no column '{NumberText.Shorten(column)}' for the label", known);
    }

    private static IEnumerable<LabelValue> Text(string path, TextLayout layout, int field)
    {
        using var row = new TextRow(path, layout);
        while (row.Next(out var line))
        {
            var text = row.Fields.Text(line, field);
            yield return new LabelValue(NumberText.TryParse(text, layout.IsDecimalComma, out var number) ? number : double.NaN, text, row.Line);
        }
    }

    private static IEnumerable<LabelValue> Numbers(string path, int place)
    {
        using var rows = RowSource.Open(path);
        var block = new double[Math.Max(1, (1 << 18) / rows.Columns) * rows.Columns];
        for (int read; (read = rows.Read(block)) > 0;)
        {
            for (var row = 0; row < read; row++)
                yield return new LabelValue(block[(row * rows.Columns) + place], "", 0);
        }
    }

    private static IEnumerable<LabelValue> Parquet(string path, int place)
    {
        using var stream = InputFile.Open(path, Formats);
        var (reader, columns) = ParquetColumn.Open(path, stream);
        var before = 0L;
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            var values = Group(path, reader, index, columns[place], before);
            before += values.Length;
            foreach (var value in values)
                yield return value;
        }
    }

    private static LabelValue[] Group(string path, ParquetReader reader, int index, ParquetColumn column, long before)
    {
        try
        {
            using var group = reader.OpenRowGroupReader(index);
            return column.Kind == ParquetKind.Texts
                ? [.. column.Texts(group).Select(text => new LabelValue(double.NaN, text, 0))]
                : [.. column.Numbers(group, before)[0].Select(number => new LabelValue(number, "", 0))];
        }
        catch (Exception exception) when (exception is not (EigenflowException or OutOfMemoryException))
        {
            throw new InputFileException(path, $"row group {index + 1} cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", Formats, inner: exception);
        }
    }
}
