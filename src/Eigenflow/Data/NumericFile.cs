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
            matrix = WithoutNumbers(matrix, path);
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

    // Beside a vector few numbers are enough.
    private static DataMatrix WithoutNumbers(DataMatrix matrix, string path)
    {
        using var rows = RowSource.Of(matrix, path);
        using var others = RowSource.WithoutIndex(rows, IndexColumns.Find(rows, fewestRows: 2));
        return others.ReadAll();
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

    /// <summary>Writes a vector as one column of a .csv with a heading and comment lines, round-trip digits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="heading">Name of the column.</param>
    /// <param name="values">The values.</param>
    /// <param name="comments">Lines written after '# ' above the heading.</param>
    public static void WriteVector(string path, string heading, ReadOnlySpan<double> values, IEnumerable<string> comments)
    {
        var text = new StringBuilder();
        foreach (var comment in comments)
            text.Append("# ").Append(PrintableText.Line(comment.ReplaceLineEndings(" "))).Append('\n');
        text.Append(heading).Append('\n');
        foreach (var value in values)
            text.Append(WrittenNumber.RoundTrip(value)).Append('\n');
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
