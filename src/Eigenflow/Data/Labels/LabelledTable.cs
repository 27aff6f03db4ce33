using System.Globalization;

namespace Eigenflow.Data;

/// <summary>Rows with labels as a file holds them.</summary>
/// <param name="Inputs">The features.</param>
/// <param name="Labels">Numbers, or 0-based numbers of classes.</param>
/// <param name="Classes">Names of the classes in the order of their numbers; null where labels are numbers.</param>
/// <param name="Notes">What the reader did with the file.</param>
internal sealed record LabelledTable(DataMatrix Inputs, double[] Labels, IReadOnlyList<string>? Classes, IReadOnlyList<string> Notes)
{
    private const string Formats = "a .npy, .npz, .csv, .tsv, .txt or .parquet file, or IDX images";
    private const int MostLikelyClasses = 20;

    /// <summary>The column of the label, by its name or number; null where labels are in a file of their own.</summary>
    public string? LabelColumn { get; private init; }

    /// <summary>Reads a table with the label in its last column or another one, or IDX images with the file of labels beside them; once per call of a host.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">Name or 1-based number of the column of the label; null for the last one.</param>
    /// <param name="kind">What labels are.</param>
    /// <exception cref="EigenflowException">A file that cannot be used.</exception>
    public static LabelledTable Read(string path, string? label, LabelKind kind) =>
        InputScope.Once(FormattableString.Invariant($"sample {label} {kind}"), path, file => IsTable(file) ? OfTable(file, label, kind) : OfImages(file, label, kind), sample => 8.0 * (sample.Inputs.Values.Length + sample.Labels.Length));

    // What has the ending of a table is one; of others the first bytes tell.
    private static bool IsTable(string path)
    {
        if (RowSource.Ending(path) is ".npy" or ".npz" or ".csv" or ".tsv" or ".txt" or ".parquet")
            return true;
        InputFile.Check(path, Formats);
        return !IdxFile.Is(path);
    }

    private static LabelledTable OfImages(string path, string? label, LabelKind kind)
    {
        if (label is not null)
            throw new ParameterException("label", label, "left out for IDX images", "their labels are in a file of their own");
        var labelPath = IdxFile.LabelsOf(path);
        var labels = IdxFile.ReadLabels(labelPath);
        var images = IdxFile.ReadImages(path);
        if (labels.Length != images.Rows)
            throw new InputFileException(labelPath, $"it has {labels.Length} labels", $"as many as there are images, {images.Rows}");
        if (kind == LabelKind.Numbers)
            return new LabelledTable(images, labels, null, []);
        double[] names = [.. labels.Distinct().Order()];
        return new LabelledTable(images, [.. labels.Select(value => (double)Array.IndexOf(names, value))], [.. names.Select(name => name.ToString(CultureInfo.InvariantCulture))], []);
    }

    private static LabelledTable OfTable(string path, string? label, LabelKind kind)
    {
        label ??= LastColumn(path);
        var column = Data.LabelColumn.Open(path, label, kind);
        double[] labels = [.. column.Read()];
        using var rows = RowSource.OpenSamples(path, column.InSamples is { } name ? [name] : []);
        var inputs = rows.ReadAll();
        if (labels.Length != inputs.Rows)
            throw new InputFileException(column.Path, $"it has {labels.Length} labels", $"as many as there are samples, {inputs.Rows}");
        List<string> notes = [.. inputs.Notes];
        if (kind == LabelKind.Automatic && !column.HasClasses && Array.TrueForAll(labels, value => value == Math.Floor(value)) && labels.Distinct().Count() is > 1 and <= MostLikelyClasses)
            notes.Add($"{path}: the labels are taken for numbers; label-is = classes takes each of their values for a class");
        return new LabelledTable(inputs, labels, column.HasClasses ? column.Classes : null, notes) { LabelColumn = label };
    }

    private static string LastColumn(string path)
    {
        var names = RowSource.Ending(path) is ".csv" or ".tsv" or ".txt" && TextLayout.Read(path) is var layout ? (Names: layout.Names, Count: layout.Fields) : OfArray(path);
        return names.Count < 2
            ? throw new InputFileException(path, "it has one column", "features in columns, and the label in the last one")
            : names.Names.Count == names.Count && names.Names.Count(name => string.Equals(name, names.Names[^1], StringComparison.Ordinal)) == 1 && names.Names[^1].Length > 0 ? names.Names[^1] : names.Count.ToString(CultureInfo.InvariantCulture);
    }

    private static (IReadOnlyList<string> Names, int Count) OfArray(string path)
    {
        using var rows = RowSource.Open(path);
        return (rows.Names, rows.Columns);
    }
}
