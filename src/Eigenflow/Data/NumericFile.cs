using System.Text;

namespace Eigenflow.Data;

/// <summary>Reads vectors and matrices of numbers from .npy, .npz, .csv, .tsv, .txt and .parquet files, and writes vectors.</summary>
public static class NumericFile
{
    private const string Formats = "a .npy, .npz, .csv, .tsv, .txt or .parquet file";

    /// <summary>Reads a vector: a one-dimensional array, or a table with one row or one column, beside columns that count the rows.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">Unreadable or malformed; says where and what was expected.</exception>
    public static double[] ReadVector(string path)
    {
        var matrix = ReadMatrix(path);
        if (matrix.Rows != 1 && matrix.Columns == 2)
            matrix = WithoutCount(matrix, path);
        if (matrix.Rows != 1 && matrix.Columns != 1)
            throw new InputFileException(path, $"it holds a table of {matrix.Rows} rows and {matrix.Columns} columns", "a vector: one column or one row of numbers");
        return matrix.Values;
    }

    /// <summary>Reads a matrix; a one-dimensional array becomes one column. Columns that are named as an index are left out; <see cref="DataMatrix.Notes"/> say so.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">Unreadable or malformed; says where and what was expected.</exception>
    public static DataMatrix ReadMatrix(string path) => ReadMatrix(path, []);

    /// <summary>Reads a matrix without some of its columns, which may hold texts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="without">Names or 1-based numbers of columns that are left out.</param>
    /// <exception cref="InputFileException">Unreadable or malformed, or no such column; says where and what was expected.</exception>
    public static DataMatrix ReadMatrix(string path, IReadOnlyList<string> without) => ReadAll(path, file => RowSource.Open(file, without));

    /// <summary>Reads a matrix whose rows are samples, as <see cref="RowSource.OpenSamples(string)"/> does: columns whose values count the rows are left out too.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">Unreadable or malformed; says where and what was expected.</exception>
    public static DataMatrix ReadSamples(string path) => ReadAll(path, RowSource.OpenSamples);

    /// <summary>A small table without the columns that count its rows: beside a vector few numbers are enough to tell.</summary>
    /// <param name="matrix">The table.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="only">The only 0-based column that may count, or null for any.</param>
    internal static DataMatrix WithoutCount(DataMatrix matrix, string path, int? only = null)
    {
        using var rows = RowSource.Of(matrix, path);
        using var others = RowSource.WithoutIndex(rows, [.. IndexColumns.Find(rows, fewestRows: 2).Where(found => only is null || found.Column == only)]);
        return others.ReadAll();
    }

    /// <summary>Reads a .npy array of one or two axes as it is, with numbers that are not finite.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">Unreadable or malformed, or of more axes.</exception>
    internal static DataMatrix ReadArray(string path)
    {
        var matrix = ReadAll(path, file => NpyRows.OfFile(file, keepsAll: true));
        return matrix.Notes.Count == 0 ? matrix : throw new InputFileException(path, matrix.Notes[0], "an array of two axes");
    }

    private static DataMatrix ReadAll(string path, Func<string, RowSource> open)
    {
        try
        {
            using var rows = open(path);
            return rows.ReadAll();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable(path, Formats, exception);
        }
    }

    /// <summary>Writes vectors of equal length as the columns of a .csv with a heading and comment lines, round-trip digits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">Names and values of the columns.</param>
    /// <param name="comments">Lines written after '# ' above the heading.</param>
    public static void WriteColumns(string path, IReadOnlyList<(string Heading, double[] Values)> columns, IEnumerable<string> comments)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var text = new StringBuilder();
        foreach (var comment in comments)
            text.Append("# ").Append(PrintableText.Line(comment.ReplaceLineEndings(" "))).Append('\n');
        text.AppendJoin(',', columns.Select(column => column.Heading)).Append('\n');
        for (var row = 0; row < columns[0].Values.Length; row++)
            text.AppendJoin(',', columns.Select(column => WrittenNumber.RoundTrip(column.Values[row]))).Append('\n');
        AtomicFile.WriteText(path, text.ToString());
    }

    /// <summary>Refuses a matrix that does not fit in memory.</summary>
    internal static void CheckSize(string path, double count)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.5;
        if (count * sizeof(double) > available || count > Array.MaxLength)
            throw new TooLargeException(DisplayText.Plain($"{path} with {count:0} numbers"), count * sizeof(double), Math.Min(available, (double)Array.MaxLength * sizeof(double)), "use fewer rows");
    }
}
