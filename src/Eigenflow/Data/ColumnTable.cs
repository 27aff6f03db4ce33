using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// A table whose columns have names and hold numbers or texts, from a .csv, .tsv or .txt file with a heading, a .jsonl or .ndjson file (an object per line), a .parquet file, or a .npy array (columns named 1, 2, … or as the fields of its records).
/// Unlike <see cref="DataMatrix"/> it keeps texts, and fields may be missing: they are NaN, or empty.
/// </summary>
public sealed class ColumnTable
{
    private const string Formats = "a .csv, .tsv, .txt, .jsonl, .npy, .npz or .parquet file";
    private const int MostColumns = 1 << 14;
    private const int LongestName = 1000;
    private readonly Dictionary<string, double[]> numbers;
    private readonly Dictionary<string, string[]> texts;

    internal ColumnTable(string path, IReadOnlyList<string> names, int rows, Dictionary<string, double[]> numbers, Dictionary<string, string[]> texts) =>
        (Path, Names, Rows, this.numbers, this.texts) = (path, names, rows, numbers, texts);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of the columns in the order of the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Whether a column holds numbers (or nothing) in every row.</summary>
    /// <param name="name">Name of a column.</param>
    public bool IsNumeric(string name) => numbers.ContainsKey(name);

    /// <summary>Whether a column of texts is meant as one of numbers: more than half of its fields are numbers, or look like numbers with a unit or separators.</summary>
    /// <param name="name">Name of a column.</param>
    internal bool IsMeantAsNumbers(string name) => texts.TryGetValue(name, out var words)
        && 2 * words.Count(word => !NumberText.IsMissing(word) && NumberText.IsMeantAsNumber(word, HasDecimalCommas)) > words.Count(word => !NumberText.IsMissing(word));

    /// <summary>Columns of a text file in which "nan" is written, and not only left out.</summary>
    public IReadOnlySet<string> WithNotANumber { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What the reader did with the file beyond reading its columns, such as leaving out an index: sentences without a full stop.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>1-based line of every row of a text file; empty for other formats.</summary>
    internal IReadOnlyList<long> Lines { get; init; } = [];

    /// <summary>Whether numbers of a text file have decimal commas.</summary>
    internal bool HasDecimalCommas { get; init; }

    /// <summary>A column of numbers; NaN where a field is missing.</summary>
    /// <param name="name">Name of a column.</param>
    /// <exception cref="InputFileException">There is no such column, or it holds texts.</exception>
    public double[] Numbers(string name) => numbers.TryGetValue(name, out var values)
        ? values
        : texts.TryGetValue(name, out var words)
            ? throw NotNumeric(name, words)
            : throw Missing(name);

    /// <summary>A column of counts such as sizes, tokens or steps: numbers, or texts as <see cref="QuantityText"/> reads them; NaN where a field is missing.</summary>
    /// <param name="name">Name of a column.</param>
    /// <exception cref="InputFileException">There is no such column, or it holds other texts.</exception>
    internal double[] Quantities(string name)
    {
        if (!texts.TryGetValue(name, out var words) || !IsMeantAsNumbers(name))
            return Numbers(name);
        var values = new double[words.Length];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = double.NaN;
            if (!NumberText.IsMissing(words[row]) && !QuantityText.TryParse(words[row], HasDecimalCommas, out values[row]))
            {
                var (what, _) = NumberText.Describe(words[row], HasDecimalCommas);
                throw new InputFileException(Path, $"column '{name}' holds '{NumberText.Shorten(words[row])}' in row {row + 1}: {what}", QuantityText.Expected, row < Lines.Count ? Lines[row] : 0);
            }
        }

        return values;
    }

    /// <summary>A column as texts; numbers in their shortest form that reads back.</summary>
    /// <param name="name">Name of a column.</param>
    /// <exception cref="InputFileException">There is no such column.</exception>
    public string[] Texts(string name) => texts.TryGetValue(name, out var words)
        ? words
        : numbers.TryGetValue(name, out var values)
            ? [.. values.Select(value => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture))]
            : throw Missing(name);

    /// <summary>The name of the first of these columns that the table has, ignoring case; null if it has none.</summary>
    /// <param name="names">Names, the best first.</param>
    public string? NameOf(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var own in Names)
            {
                if (string.Equals(own, name, StringComparison.OrdinalIgnoreCase))
                    return own;
            }
        }

        return null;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">Unreadable or malformed; says where and what was expected.</exception>
    public static ColumnTable Read(string path)
    {
        try
        {
            InputFile.Check(RowSource.FileOf(path), Formats);
            return RowSource.Ending(path) switch
            {
                ".csv" or ".tsv" or ".txt" => CsvColumns.Read(path),
                ".jsonl" or ".ndjson" => JsonLines.Read(path),
                ".parquet" => ParquetColumns.Read(path),
                ".npy" or ".npz" => OfMatrix(path, NumericFile.ReadMatrix(path)),
                var other => throw new InputFileException(path, $"the ending '{other}' is not known", Formats),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable(path, Formats, exception);
        }
    }

    private static ColumnTable OfMatrix(string path, DataMatrix matrix)
    {
        CheckCount(path, matrix.Columns);
        string[] names = matrix.Names.Count > 0 ? [.. matrix.Names] : [.. Enumerable.Range(1, matrix.Columns).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        CheckNames(path, names);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } repeated)
            throw new InputFileException(path, $"several columns have the repeated name '{NumberText.Shorten(repeated.Key)}'", "a name of its own for every column");
        return new ColumnTable(path, names, matrix.Rows, names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => matrix.Column(pair.index), StringComparer.Ordinal), []) { Notes = matrix.Notes };
    }

    /// <summary>Refuses more columns than a table with names may have.</summary>
    internal static void CheckCount(string path, int columns)
    {
        if (columns > MostColumns)
            throw new InputFileException(path, FormattableString.Invariant($"it has {columns} columns"), FormattableString.Invariant($"a table of at most {MostColumns} columns with names"));
    }

    /// <summary>Refuses names that no heading or legend can hold.</summary>
    internal static void CheckNames(string path, IReadOnlyList<string> names)
    {
        for (var k = 0; k < names.Count; k++)
        {
            if (names[k].Length > LongestName)
                throw new InputFileException(path, FormattableString.Invariant($"column {k + 1} has a name of {names[k].Length} letters"), FormattableString.Invariant($"names of at most {LongestName} letters"));
        }
    }

    private InputFileException Missing(string name) =>
        new(Path, $"it has no column '{name}'", $"one of the columns {string.Join(", ", Names.Take(30))}{(Names.Count > 30 ? ", …" : "")}");

    private InputFileException NotNumeric(string name, string[] words)
    {
        // Words for missing values are no fault beside numbers.
        var row = Array.FindIndex(words, word => !NumberText.IsMissing(word) && !NumberText.TryParse(word, HasDecimalCommas, out _));
        row = row >= 0 ? row : Array.FindIndex(words, word => word.Length > 0);
        var word = row < 0 ? "" : words[row];
        var (what, remedy) = NumberText.Describe(word, HasDecimalCommas);
        return new InputFileException(Path, $"column '{name}' holds '{NumberText.Shorten(word)}' in row {row + 1}: {what}", $"numbers in that column ({remedy})", row >= 0 && row < Lines.Count ? Lines[row] : 0);
    }
}
