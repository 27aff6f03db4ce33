using System.Globalization;

namespace Eigenflow.Data;

/// <summary>
/// The labels of samples: one column of numbers, or of classes (texts or numbers), which is read row by row and as often as wanted, so that its file may be larger than memory.
/// A label that is missing or no finite number is an error that says where it stands.
/// </summary>
public sealed class LabelColumn
{
    private const int MostClasses = 1000;
    private const string Expected = "a label in every row";

    private readonly Func<IEnumerable<LabelValue>> open;
    private readonly Dictionary<string, int> classes = new(StringComparer.Ordinal);

    private LabelColumn(string path, string name, string? inSamples, LabelKind kind, Func<IEnumerable<LabelValue>> open)
    {
        (Path, Name, InSamples, this.open) = (path, name, inSamples, open);
        if (kind != LabelKind.Automatic)
        {
            HasClasses = kind == LabelKind.Classes;
            return;
        }

        foreach (var first in open())
        {
            HasClasses = double.IsNaN(first.Number) && !NumberText.IsMissing(first.Text);
            break;
        }
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>The name or number by which the column was asked for.</summary>
    public string Name { get; }

    /// <summary>The column among those of the samples, which is no feature then; null where labels have a file of their own.</summary>
    public string? InSamples { get; }

    /// <summary>Whether labels are classes and not numbers.</summary>
    public bool HasClasses { get; }

    /// <summary>Names of the classes that were read so far, in the order of their first rows; empty for numbers.</summary>
    public IReadOnlyList<string> Classes => [.. classes.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>A column of the file of the samples, or the only column of a file of its own.</summary>
    /// <param name="samples">The file of the samples.</param>
    /// <param name="column">Name or 1-based number of a column of it, or <c>file:PATH</c>.</param>
    /// <param name="kind">What it holds.</param>
    /// <exception cref="EigenflowException">No such file or column, or several columns of that name.</exception>
    public static LabelColumn Open(string samples, string column, LabelKind kind = LabelKind.Automatic)
    {
        ArgumentNullException.ThrowIfNull(column);
        const string prefix = "file:";
        if (column.StartsWith(prefix, StringComparison.Ordinal))
        {
            var path = column[prefix.Length..];
            if (path.Length == 0)
                throw new ParameterException("label", column, "file:PATH with the path of a file");
            return new LabelColumn(path, column, null, kind, LabelFile.Reader(path, null));
        }

        return new LabelColumn(samples, column, column, kind, LabelFile.Reader(samples, column));
    }

    /// <summary>Labels in memory.</summary>
    /// <param name="values">One number a sample.</param>
    /// <param name="kind">Whether they are numbers (also by default) or classes.</param>
    public static LabelColumn Of(IReadOnlyList<double> values, LabelKind kind = LabelKind.Numbers)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new LabelColumn("labels", "labels", null, kind == LabelKind.Automatic ? LabelKind.Numbers : kind, () => values.Select(value => new LabelValue(value, "", 0)));
    }

    /// <summary>The labels from the first row on: numbers, or 0-based numbers of classes in the order of their first rows.</summary>
    /// <exception cref="InputFileException">A label is missing or no finite number, or there are more than 1000 classes.</exception>
    public IEnumerable<double> Read()
    {
        var row = 0L;
        foreach (var label in open())
        {
            row++;
            yield return HasClasses ? ClassOf(label, row) : NumberOf(label, row);
        }
    }

    private double NumberOf(LabelValue label, long row)
    {
        if (double.IsFinite(label.Number))
            return label.Number;
        var isMissing = double.IsNaN(label.Number) && NumberText.IsMissing(label.Text);
        throw new InputFileException(
            Path,
            isMissing ? $"label '{Name}' of row {row} is missing" : FormattableString.Invariant($"label '{Name}' of row {row} is '{(label.Text.Length > 0 ? NumberText.Shorten(label.Text) : label.Number.ToString("R", CultureInfo.InvariantCulture))}' and no finite number"),
            isMissing ? $"{Expected}: leave out rows without one" : $"{Expected} that is a finite number, as the first is; classes are read with --label-is classes",
            label.Line);
    }

    private double ClassOf(LabelValue label, long row)
    {
        var text = label.Text.Length > 0 || double.IsNaN(label.Number) ? label.Text : label.Number.ToString("R", CultureInfo.InvariantCulture);
        if (NumberText.IsMissing(text))
            throw new InputFileException(Path, $"label '{Name}' of row {row} is missing", $"{Expected}: leave out rows without one", label.Line);
        if (classes.TryGetValue(text, out var index))
            return index;
        if (classes.Count == MostClasses)
            throw new InputFileException(Path, $"label '{Name}' has more than {MostClasses} different values up to row {row}", $"at most {MostClasses} classes, or numbers (--label-is numbers)", label.Line);
        classes[text] = classes.Count;
        return classes.Count - 1;
    }
}
