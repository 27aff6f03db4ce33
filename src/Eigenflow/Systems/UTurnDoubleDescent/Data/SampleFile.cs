using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Points with labels as a file holds them.</summary>
/// <param name="Inputs">The features.</param>
/// <param name="Labels">Numbers, or 0-based numbers of classes.</param>
/// <param name="Classes">Names of the classes in the order of their numbers; null where labels are numbers.</param>
/// <param name="Notes">What the reader did with the file.</param>
internal sealed record SampleFile(DataMatrix Inputs, double[] Labels, IReadOnlyList<string>? Classes, IReadOnlyList<string> Notes)
{
    /// <summary>The column of the label, by its name or number; null where labels are in a file of their own.</summary>
    public string? LabelColumn { get; private init; }

    private const string Formats = "a .npy, .npz, .csv, .tsv, .txt or .parquet file, or IDX images";
    private const int MostLikelyClasses = 20;
    private const uint Purpose = 0x524F5753;

    /// <summary>Reads a table with the label in its last column or another one, or IDX images with the file of labels beside them; once per call of a host.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">Name or 1-based number of the column of the label; null for the last one.</param>
    /// <param name="kind">What labels are.</param>
    /// <exception cref="EigenflowException">A file that cannot be used.</exception>
    public static SampleFile Read(string path, string? label, LabelKind kind) =>
        InputScope.Once(FormattableString.Invariant($"sample {label} {kind}"), path, file => IsTable(file) ? OfTable(file, label, kind) : OfImages(file, label, kind), sample => 8.0 * (sample.Inputs.Values.Length + sample.Labels.Length));

    /// <summary>Rows in the order in which they are taken, the first of every class before the second of any: in the order of the file, or drawn.</summary>
    /// <param name="draw">Seed and number of the draw; null for the order of the file.</param>
    public int[] Order((ulong Seed, int Replica)? draw)
    {
        int[] rows = [.. Enumerable.Range(0, Labels.Length)];
        for (var k = 0; draw is var (seed, replica) && k + 1 < rows.Length; k++)
        {
            var word = Philox.Block(((uint)k, (uint)replica, 0, Purpose), ((uint)seed, (uint)(seed >> 32))).Word0;
            var other = k + (int)(((ulong)word * (ulong)(rows.Length - k)) >> 32);
            (rows[k], rows[other]) = (rows[other], rows[k]);
        }

        return Classes is null
            ? rows
            : [.. rows.Select((row, place) => (row, place)).GroupBy(pair => Labels[pair.row]).SelectMany(group => group.Select((pair, number) => (pair.row, pair.place, number))).OrderBy(entry => entry.number).ThenBy(entry => entry.place).Select(entry => entry.row)];
    }

    /// <summary>Some of these points for smoothers, one-hot for classes.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">Names of the classes of the training points; null where labels are numbers.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputFileException">A class that the training points do not have, or labels of another kind.</exception>
    public LabelledSample Take(IReadOnlyList<int> rows, IReadOnlyList<string>? classes, string path)
    {
        if (classes is null != Classes is null)
            throw new InputFileException(path, $"its labels are {(Classes is null ? "numbers" : "classes")}", $"{(classes is null ? "numbers" : "classes")}, as those of the training points are; label-is says what they are");
        var outputs = classes?.Count ?? 1;
        var places = Classes?.Select(name => classes!.ToList().IndexOf(name)).ToArray();
        if (places is not null && Array.IndexOf(places, -1) is >= 0 and var missing)
            throw new InputFileException(path, $"it has the class '{NumberText.Shorten(Classes![missing])}'", $"classes of the training points: {string.Join(", ", classes!.Take(20).Select(NumberText.Shorten))}");
        var width = Inputs.Columns;
        double[] inputs = new double[rows.Count * width], labels = new double[rows.Count * outputs];
        for (var row = 0; row < rows.Count; row++)
        {
            Inputs.Row(rows[row]).CopyTo(inputs.AsSpan(row * width));
            if (places is null)
                labels[row] = Labels[rows[row]];
            else
                labels[(row * outputs) + places[(int)Labels[rows[row]]]] = 1;
        }

        return new LabelledSample(rows.Count, width, inputs, outputs, labels);
    }

    // What has the ending of a table is one; of others the first bytes tell.
    private static bool IsTable(string path)
    {
        if (RowSource.Ending(path) is ".npy" or ".npz" or ".csv" or ".tsv" or ".txt" or ".parquet")
            return true;
        InputFile.Check(path, Formats);
        return !IdxFile.Is(path);
    }

    private static SampleFile OfImages(string path, string? label, LabelKind kind)
    {
        if (label is not null)
            throw new ParameterException("label", label, "left out for IDX images", "their labels are in a file of their own");
        var labelPath = IdxFile.LabelsOf(path);
        var labels = IdxFile.ReadLabels(labelPath);
        var images = IdxFile.ReadImages(path);
        if (labels.Length != images.Rows)
            throw new InputFileException(labelPath, $"it has {labels.Length} labels", $"as many as there are images, {images.Rows}");
        if (kind == LabelKind.Numbers)
            return new SampleFile(images, labels, null, []);
        double[] names = [.. labels.Distinct().Order()];
        return new SampleFile(images, [.. labels.Select(value => (double)Array.IndexOf(names, value))], [.. names.Select(name => name.ToString(CultureInfo.InvariantCulture))], []);
    }

    private static SampleFile OfTable(string path, string? label, LabelKind kind)
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
        return new SampleFile(inputs, labels, column.HasClasses ? column.Classes : null, notes) { LabelColumn = label };
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
