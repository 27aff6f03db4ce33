namespace Eigenflow.Data;

/// <summary>
/// Rows of numbers that are read in blocks, as often as wanted, so that a file may be larger than memory: .npy (C or Fortran order), .npz, .csv, .tsv, .txt and .parquet.
/// Every defect is an <see cref="InputFileException"/> that says where it is. Memory: one block (for Parquet one row group).
/// </summary>
public abstract class RowSource : IDisposable
{
    private const string Formats = "a .npy, .npz, .csv, .tsv, .txt or .parquet file";

    /// <summary>Name of the file, for messages.</summary>
    public abstract string Path { get; }

    /// <summary>Number of columns d ≥ 1.</summary>
    public abstract int Columns { get; }

    /// <summary>Names of the columns; empty when there are none.</summary>
    public virtual IReadOnlyList<string> Names => [];

    /// <summary>What the reader did with the file beyond reading its numbers, such as leaving out an index: sentences without a full stop.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Number of rows where it is known without reading them, else null.</summary>
    public abstract long? KnownRows { get; }

    /// <summary>Begins again with the first row.</summary>
    public abstract void Restart();

    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">Receives whole rows, row by row; its length is a multiple of the number of columns.</param>
    /// <returns>Number of rows that were read: as many as fit, fewer at the end, then zero.</returns>
    /// <exception cref="InputFileException">A number is missing, malformed or not finite.</exception>
    public abstract int Read(Span<double> rows);

    /// <summary>Number of rows; a pass over the file where it is not known.</summary>
    /// <param name="cancellation">Ends the pass.</param>
    public long CountRows(CancellationToken cancellation = default)
    {
        if (KnownRows is { } known)
            return known;
        var block = new double[Math.Max(1, 65536 / Columns) * Columns];
        long count = 0;
        Restart();
        for (int read; (read = Read(block)) > 0; count += read)
            cancellation.ThrowIfCancellationRequested();
        return count;
    }

    /// <summary>All rows in memory.</summary>
    /// <exception cref="TooLargeException">They do not fit.</exception>
    public DataMatrix ReadAll()
    {
        Restart();
        if (KnownRows is { } known)
        {
            NumericFile.CheckSize(Path, (double)known * Columns);
            var values = new double[known * Columns];
            var done = 0;
            for (int read; done < known && (read = Read(values.AsSpan(done * Columns))) > 0;)
                done += read;
            return new DataMatrix(done, Columns, values) { Names = Names, Notes = Notes };
        }

        var parts = new List<double>();
        var block = new double[Math.Max(1, 65536 / Columns) * Columns];
        var nextCheck = 1 << 20;
        for (int read; (read = Read(block)) > 0;)
        {
            parts.AddRange(block.AsSpan(0, read * Columns));
            if (parts.Count < nextCheck)
                continue;
            NumericFile.CheckSize(Path, parts.Count);
            nextCheck = parts.Count + (parts.Count / 4);
        }

        return new DataMatrix(parts.Count / Columns, Columns, [.. parts]) { Names = Names, Notes = Notes };
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be read, or its ending is not known.</exception>
    public static RowSource Open(string path) => Open(path, []);

    /// <summary>Opens a file without some of its columns, which may hold texts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="without">Names or 1-based numbers of columns that are left out.</param>
    /// <exception cref="InputFileException">It cannot be read, its ending is not known, it has no such column, or no other.</exception>
    public static RowSource Open(string path, IReadOnlyList<string> without)
    {
        InputFile.Check(FileOf(path), Formats);
        try
        {
            return Ending(path) switch
            {
                ".npy" => Without(NpyRows.OfFile(path), without),
                ".npz" => Without(NpzFile.Open(path), without),
                ".csv" or ".tsv" or ".txt" => new CsvRows(path, without),
                ".parquet" => new ParquetRows(path, without),
                var other => throw new InputFileException(path, $"the ending '{other}' is not known", Formats),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable(path, Formats, exception);
        }
    }

    /// <summary>
    /// Opens a file whose rows are samples: beyond what <see cref="Open(string)"/> does, columns whose values count the rows (n consecutive whole numbers, in any order) are left out, unless all do; <see cref="Notes"/> say so.
    /// Reads the rows as far as such columns are possible.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be read, or its ending is not known.</exception>
    public static RowSource OpenSamples(string path) => OpenSamples(path, []);

    /// <summary>Opens a file whose rows are samples, without some of its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="without">Names or 1-based numbers of columns that are left out.</param>
    /// <exception cref="InputFileException">It cannot be read, its ending is not known, it has no such column, or no other.</exception>
    public static RowSource OpenSamples(string path, IReadOnlyList<string> without)
    {
        var rows = Open(path, without);
        try
        {
            return WithoutIndex(rows, IndexColumns.Find(rows));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Places of the columns that are left out: by name, else by 1-based number.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="without">Names or numbers.</param>
    /// <param name="names">Names of all columns; empty where they have none.</param>
    /// <param name="count">Number of columns.</param>
    internal static HashSet<int> Places(string path, IReadOnlyList<string> without, IReadOnlyList<string> names, int count)
    {
        var places = new HashSet<int>();
        foreach (var name in without)
        {
            int[] found = [.. Enumerable.Range(0, names.Count).Where(column => string.Equals(names[column], name, StringComparison.Ordinal))];
            if (found.Length == 0 && int.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= count)
                found = [number - 1];
            if (found.Length == 0)
                throw new InputFileException(path, $"it has no column '{NumberText.Shorten(name)}' to leave out", names.Count > 0 ? $"one of the columns {string.Join(", ", names.Take(30))}{(names.Count > 30 ? ", …" : "")}, or a number from 1 to {count}" : $"a number from 1 to {count}");
            places.UnionWith(found);
        }

        return places.Count < count ? places : throw new InputFileException(path, "all its columns are left out", "at least one column that is kept");
    }

    private static RowSource Without(RowSource rows, IReadOnlyList<string> without)
    {
        if (without.Count == 0)
            return rows;
        try
        {
            var places = Places(rows.Path, without, rows.Names, rows.Columns);
            return new SelectedRows(rows, [.. Enumerable.Range(0, rows.Columns).Where(column => !places.Contains(column))], []);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Leaves out columns that count the rows.</summary>
    internal static RowSource WithoutIndex(RowSource rows, IReadOnlyList<(int Column, string Note)> index) => index.Count == 0
        ? rows
        : new SelectedRows(rows, [.. Enumerable.Range(0, rows.Columns).Where(column => !index.Any(one => one.Column == column))], [.. index.Select(one => one.Note)]);

    /// <summary>The file of a path; FILE.npz:NAME is an array of an archive.</summary>
    internal static string FileOf(string path) => NpzFile.Split(path)?.File ?? path;

    /// <summary>Ending in lower case, of an archive for FILE.npz:NAME.</summary>
    internal static string Ending(string path) => System.IO.Path.GetExtension(FileOf(path)).ToLowerInvariant();

    /// <summary>Rows that are in memory already.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="name">Name for messages.</param>
    public static RowSource Of(DataMatrix data, string name = "data") => new MemoryRows(data, name);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    /// <param name="isDisposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool isDisposing)
    {
    }
}
