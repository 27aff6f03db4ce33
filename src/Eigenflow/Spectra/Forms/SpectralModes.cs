using System.Globalization;
using Eigenflow.Data;

namespace Eigenflow.Spectra;

/// <summary>Eigenvalues with the target power of every mode, as <c>eigenflow spectrum --label</c> saves them: a column <c>eigenvalue</c>, and <c>target-power</c> beside it where there were labels.</summary>
/// <param name="Eigenvalues">η_i in the order of the file.</param>
/// <param name="TargetPower">c_i ≥ 0, the variance of the target that mode i explains by a line, in the same order and in the squared unit of the target; null where the file holds eigenvalues alone.</param>
internal sealed record SpectralModes(double[] Eigenvalues, double[]? TargetPower)
{
    /// <summary>Heading of the eigenvalues.</summary>
    public const string EigenvalueHeading = "eigenvalue";

    /// <summary>Heading of the power.</summary>
    public const string PowerHeading = "target-power";

    /// <summary>Begins the comment line that tells by what normalised eigenvalues are multiplied to be in the squared unit of the data.</summary>
    public const string TraceRemark = "trace of the data: ";

    private const int MostRemarks = 64;

    private const string Expected = "one column of eigenvalues, or two: eigenvalue and target-power";

    /// <summary>The trace by which eigenvalues were divided, from a comment line; null where none tells.</summary>
    public double? Trace { get; private init; }

    /// <summary>The same modes in descending order of eigenvalue; equal ones stay as they stand.</summary>
    public SpectralModes Descending()
    {
        int[] order = [.. Enumerable.Range(0, Eigenvalues.Length).OrderByDescending(mode => Eigenvalues[mode])];
        return new([.. order.Select(mode => Eigenvalues[mode])], TargetPower is { } power ? [.. order.Select(mode => power[mode])] : null) { Trace = Trace };
    }

    /// <summary>Reads a file; once per call of a host. Do not modify the arrays.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It cannot be read, has other columns, or a negative power.</exception>
    public static SpectralModes Read(string path) => InputScope.Once("modes", path, file => OfFile(file) with { Trace = TraceOf(file) }, modes => 16.0 * modes.Eigenvalues.Length);

    /// <summary>Whether a table that was read from a file has a heading or shape of modes with their power, and is no matrix.</summary>
    public static bool IsTable(DataMatrix table) => table.Names.Any(IsPower) || (table.Columns == 2 && table.Rows != 2);

    private static double? TraceOf(string path)
    {
        if (RowSource.Ending(path) is not (".csv" or ".tsv" or ".txt"))
            return null;
        foreach (var line in File.ReadLines(InputGate.Resolve(path)).Take(MostRemarks).TakeWhile(line => line.StartsWith('#')))
        {
            var text = line.TrimStart('#', ' ');
            if (text.StartsWith(TraceRemark, StringComparison.OrdinalIgnoreCase))
                return double.TryParse(text[TraceRemark.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var trace) && trace is > 0 and < double.PositiveInfinity ? trace : throw new InputFileException(path, $"the line '{NumberText.Shorten(line)}' tells no trace", $"# {TraceRemark}a finite number > 0, or no such line");
        }

        return null;
    }

    private static SpectralModes OfFile(string path)
    {
        var table = NumericFile.ReadMatrix(path);
        var hasHeading = table.Names.Any(IsPower);

        // Beside a heading that names the power a column that counts the modes is one too many; without, one of two columns may count.
        if (table.Columns == (hasHeading ? 3 : 2) && table.Rows != 1)
            table = NumericFile.WithoutCount(table, path, hasHeading ? 0 : null);
        if (hasHeading)
        {
            return table.Columns == 2 && IsPower(table.Names[1]) && Is(table.Names[0], EigenvalueHeading)
                ? Pair(table, path)
                : throw new InputFileException(path, $"the columns are {string.Join(", ", table.Names.Select((name, column) => $"{column + 1} '{NumberText.Shorten(name)}'"))}", $"column 1 {EigenvalueHeading} and column 2 {PowerHeading}, and no others", 1);
        }

        if (table.Columns == 1 || table.Rows == 1)
            return new(table.Values, null);
        if (table.Columns != 2)
            throw new InputFileException(path, $"it holds a table of {table.Rows} rows and {table.Columns} columns", Expected);
        if (table.Names.Count > 0)
            throw new InputFileException(path, $"column 2 is named '{NumberText.Shorten(table.Names[1])}'", $"{Expected}, under these names", 1);
        if (RowSource.Ending(path) is ".csv" or ".tsv" or ".txt" && Array.TrueForAll(table.Values, value => value == Math.Floor(value)))
            throw new InputFileException(path, "it holds two columns of whole numbers without a heading, which may be one column with decimal commas", $"{Expected}, with a heading of these names, or decimal points", 1);
        return Pair(table, path);
    }

    private static SpectralModes Pair(DataMatrix table, string path)
    {
        var power = table.Column(1);
        var row = Array.FindIndex(power, value => !(value >= 0));
        if (row < 0)
            return new(table.Column(0), power);
        var lines = RowSource.Ending(path) is ".csv" or ".tsv" or ".txt" && table.Names.Count > 0 ? ColumnTable.Read(path).Lines : [];
        throw new InputFileException(path, FormattableString.Invariant($"column 2 ({PowerHeading}) is {power[row]:R} in row {row + 1}"), "numbers >= 0 there", row < lines.Count ? lines[row] : 0);
    }

    private static bool IsPower(string name) => Is(name, PowerHeading);

    private static bool Is(string name, string heading) => string.Equals(name.Trim(), heading, StringComparison.OrdinalIgnoreCase);
}
