using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Spectra;
using Eigenflow.Spectra.Estimation;

namespace Eigenflow.Studies;

/// <summary>What is in a file of data, and what it can be used as. Nothing is guessed: where its shape and the names of its columns leave several uses, all of them are given.</summary>
public sealed record DataFileSurvey
{
    private const int PreviewRows = 6;
    private const int PreviewColumns = 12;

    // A table without names and with more columns is a matrix.
    private const int MostNamelessColumns = 3;
    private const int LargestCovariance = 1024;
    private static readonly string[] EigenvalueNames = ["eigenvalue", "eigenvalues", "explained_variance", "explained variance", "lambda"];

    /// <summary>Its columns in the order of the file, with whether they hold numbers.</summary>
    public required IReadOnlyList<(string Name, bool IsNumeric)> Columns { get; init; }

    /// <summary>Number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>The first rows, of the first columns.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Preview { get; init; } = [];

    /// <summary>What it can be used as; at least one.</summary>
    public required IReadOnlyList<DataUse> Uses { get; init; }

    /// <summary>What it is used as where names or shape leave no doubt; null where somebody has to be asked.</summary>
    public DataUse? Use { get; init; }

    /// <summary>Columns that are read as a loss curve by their names: steps, losses, learning rates; null where there is none.</summary>
    public (string? Step, string? Loss, string? Rate) CurveColumns { get; init; }

    /// <summary>What was said when the file was read, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">It is none that can be read, or holds nothing that can be used; says where and what was expected.</exception>
    public static DataFileSurvey Of(string path)
    {
        ColumnTable table;
        try
        {
            table = ColumnTable.Read(path);
        }
        catch (EigenflowException) when (MatrixOf(path) is { } matrix)
        {
            return matrix;
        }

        return OfTable(path, table);
    }

    // Matrices of more columns than a table may have, or whose columns share names. A pass over the rows tells whether they are right.
    private static DataFileSurvey? MatrixOf(string path)
    {
        try
        {
            using var rows = RowSource.Open(path);
            return rows.Columns < 2 || rows.CountRows() is var count && count < 2 ? null : new DataFileSurvey
            {
                Columns = [.. Enumerable.Range(0, Math.Min(rows.Columns, PreviewColumns)).Select(column => (column < rows.Names.Count ? rows.Names[column] : (column + 1).ToString(CultureInfo.InvariantCulture), true))],
                Rows = count,
                Uses = [DataUse.Samples],
                Use = DataUse.Samples,
                Notes = rows.Notes,
            };
        }
        catch (EigenflowException)
        {
            return null;
        }
    }

    private static DataFileSurvey OfTable(string path, ColumnTable table)
    {
        var hasNames = table.Names.Where((name, column) => !string.Equals(name, (column + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).Any();
        string[] numeric = [.. table.Names.Where(table.IsNumeric)];
        var step = ColumnFinder.Matches(table, ColumnFinder.StepNames).Concat(ColumnFinder.Matches(table, ColumnFinder.UnitNames)).FirstOrDefault();
        var loss = ColumnFinder.Matches(table, ColumnFinder.LossNames).FirstOrDefault(table.IsNumeric);
        var rate = ColumnFinder.Matches(table, ColumnFinder.RateNames).FirstOrDefault(table.IsNumeric);
        var isMatrix = RowSource.Ending(path) is not (".jsonl" or ".ndjson");
        var isTold = hasNames && numeric.Any(name => EigenvalueNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));
        var uses = new List<DataUse>();
        if (hasNames && step is not null && loss is not null)
            uses.Add(DataUse.LossCurve);
        if (numeric.Length >= 2 && table.Rows >= 2 && (hasNames || numeric.Length <= MostNamelessColumns))
            uses.Add(DataUse.Table);
        if (isMatrix && numeric.Length >= 2 && table.Rows >= 2)
            uses.Add(DataUse.Samples);

        // A column of losses without steps is half of a curve, and no spectrum.
        if (isMatrix && (isTold || (table.Names.Count == 1 && (!hasNames || loss is null) && numeric.Length == 1 && table.Rows >= 2) || (!hasNames && table.Rows == 1 && numeric.Length >= 2)))
            uses.Add(DataUse.Eigenvalues);
        if (isMatrix && IsCovariance(table, numeric))
            uses.Add(DataUse.Covariance);
        if (uses.Count == 0)
            throw Unusable(path, table, numeric);
        return new DataFileSurvey
        {
            Columns = [.. table.Names.Select(name => (name, table.IsNumeric(name)))],
            Rows = table.Rows,
            Preview = [.. Enumerable.Range(0, Math.Min(PreviewRows, table.Rows)).Select(row => (IReadOnlyList<string>)[.. table.Names.Take(PreviewColumns).Select(name => Cell(table, name, row))])],
            Uses = uses,
            Use = uses.Count == 1 && (isTold || !hasNames || uses[0] != DataUse.Eigenvalues) ? uses[0] : isTold && numeric.Length <= MostNamelessColumns ? DataUse.Eigenvalues : uses[0] == DataUse.LossCurve && rate is not null ? DataUse.LossCurve : null,
            CurveColumns = (step, loss, rate),
            Notes = table.Notes,
        };
    }

    /// <summary>Whether the names of a few columns say that a file holds eigenvalues.</summary>
    internal static bool NamesEigenvalues(IReadOnlyList<string> names) => names.Count <= MostNamelessColumns && names.Any(name => EigenvalueNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));

    private static string Cell(ColumnTable table, string name, int row) =>
        !table.IsNumeric(name) ? table.Texts(name)[row] : table.Numbers(name)[row] is var value && double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsCovariance(ColumnTable table, string[] numeric)
    {
        if (numeric.Length != table.Rows || numeric.Length != table.Names.Count || table.Rows is < 2 or > LargestCovariance)
            return false;
        var columns = numeric.Select(table.Numbers).ToArray();
        var values = new double[table.Rows * table.Rows];
        for (var i = 0; i < values.Length; i++)
            values[i] = columns[i % table.Rows][i / table.Rows];
        return Array.TrueForAll(values, double.IsFinite) && GivenSpectrum.IsCovariance(new DataMatrix(table.Rows, table.Rows, values));
    }

    private static InputFileException Unusable(string path, ColumnTable table, string[] numeric)
    {
        // A column of texts that is meant as numbers says itself what is wrong with it.
        if (table.Names.FirstOrDefault(table.IsMeantAsNumbers) is { } spoilt)
            _ = table.Quantities(spoilt);
        if (ColumnFinder.Matches(table, ColumnFinder.LossNames).Concat(table.Names).FirstOrDefault(name => !table.IsNumeric(name)) is { } texts)
            _ = table.Numbers(texts);
        if (numeric is [var lone] && ColumnFinder.Matches(table, ColumnFinder.LossNames).Contains(lone, StringComparer.Ordinal))
            throw new InputFileException(path, $"column '{lone}' holds losses, and there is no column of steps", "a column of steps beside it: step,loss");
        return new InputFileException(path, FormattableString.Invariant($"it holds {table.Rows} {(table.Rows == 1 ? "row" : "rows")} and {numeric.Length} {(numeric.Length == 1 ? "column" : "columns")} of numbers"), "a loss curve (step, loss), a table with columns of x and y, rows that are samples, or a list of eigenvalues");
    }
}
