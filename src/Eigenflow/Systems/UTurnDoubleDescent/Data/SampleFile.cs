using Eigenflow.Data;
using Eigenflow.Random;

namespace Eigenflow.Systems.UTurnDoubleDescent;

/// <summary>Points with labels as a file holds them.</summary>
/// <param name="Table">What the file holds.</param>
internal sealed record SampleFile(LabelledTable Table)
{
    private const uint Purpose = 0x524F5753;

    /// <summary>The features.</summary>
    public DataMatrix Inputs => Table.Inputs;

    /// <summary>Numbers, or 0-based numbers of classes.</summary>
    public double[] Labels => Table.Labels;

    /// <summary>Names of the classes in the order of their numbers; null where labels are numbers.</summary>
    public IReadOnlyList<string>? Classes => Table.Classes;

    /// <summary>What the reader did with the file.</summary>
    public IReadOnlyList<string> Notes => Table.Notes;

    /// <summary>The column of the label, by its name or number; null where labels are in a file of their own.</summary>
    public string? LabelColumn => Table.LabelColumn;

    /// <summary>Reads a file as <see cref="LabelledTable.Read"/> does.</summary>
    public static SampleFile Read(string path, string? label, LabelKind kind) => new(LabelledTable.Read(path, label, kind));

    /// <summary>Rows in the order in which they are taken, the first of every class before the second of any: in the order of the file, or drawn.</summary>
    /// <param name="draw">Seed and number of the draw; null for the order of the file.</param>
    public int[] Order((ulong Seed, int Replica)? draw)
    {
        var rows = draw is var (seed, replica)
            ? Shuffle.Order(Labels.Length, k => Philox.Block(((uint)k, (uint)replica, 0, Purpose), ((uint)seed, (uint)(seed >> 32))).Word0)
            : [.. Enumerable.Range(0, Labels.Length)];
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
}
