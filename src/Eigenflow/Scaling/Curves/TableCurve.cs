using Eigenflow.Data;

namespace Eigenflow.Scaling;

/// <summary>Which columns of a table are curves.</summary>
public sealed record CurveColumns
{
    /// <summary>Names that an abscissa usually has, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> UsualAbscissae { get; } = ["step", "t", "time", "x", "iteration", "epoch", "tokens", "examples", "compute", "flops", "n", "index", "mode"];

    /// <summary>Names that an ordinate usually has, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> UsualOrdinates { get; } = ["loss", "test_loss", "val_loss", "validation_loss", "train_loss", "error", "mse", "risk", "eigenvalue", "y"];

    /// <summary>Column of the abscissa; null for the first with a usual name, else the first numeric column.</summary>
    public string? X { get; init; }

    /// <summary>Columns of the ordinates, one curve each; empty for the first with a usual name, else all other numeric columns.</summary>
    public IReadOnlyList<string> Y { get; init; } = [];

    /// <summary>Columns whose values tell curves apart: one curve per combination.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Which option named a column of <see cref="Group"/>, such as <c>models</c>, for messages; those that are not here come from <c>group</c>.</summary>
    public IReadOnlyDictionary<string, string> GroupOptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One curve of a table: the rows of one group, with an abscissa and an ordinate. Other columns can be asked for.</summary>
public sealed class TableCurve
{
    private readonly ColumnTable table;
    private readonly int[] rows;

    private TableCurve(ColumnTable table, int[] rows, string x, string y, IReadOnlyDictionary<string, string> labels, string name, IReadOnlyList<string> notes) =>
        (this.table, this.rows, XName, YName, Labels, Name, Notes) = (table, rows, x, y, labels, name, notes);

    /// <summary>Name: the file, the ordinate and the group, as far as they tell curves apart.</summary>
    public string Name { get; }

    /// <summary>Name of the abscissa.</summary>
    public string XName { get; }

    /// <summary>Name of the ordinate.</summary>
    public string YName { get; }

    /// <summary>Values of the group.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>What was said when the file was read, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The abscissae.</summary>
    public double[] X => Column(XName);

    /// <summary>The ordinates.</summary>
    public double[] Y => Column(YName);

    /// <summary>Whether the table has a column.</summary>
    /// <param name="name">Its name.</param>
    public bool Has(string name) => table.Names.Contains(name, StringComparer.Ordinal);

    /// <summary>Any column of numbers, at the rows of the curve; counts such as 124M are understood except as the ordinate.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InputFileException">There is no such column, or it holds texts.</exception>
    public double[] Column(string name)
    {
        var values = string.Equals(name, YName, StringComparison.Ordinal) ? table.Numbers(name) : table.Quantities(name);
        return [.. rows.Select(row => values[row])];
    }

    /// <summary>Reads the curves of files.</summary>
    /// <param name="paths">The files; at least one.</param>
    /// <param name="columns">Which columns are curves.</param>
    /// <exception cref="InputFileException">A file cannot be read, or lacks a column.</exception>
    public static IReadOnlyList<TableCurve> Read(IReadOnlyList<string> paths, CurveColumns columns)
    {
        var curves = new List<TableCurve>();
        foreach (var path in paths)
        {
            var table = ColumnTable.Read(path);
            string[] group = [.. columns.Group.Select(name => NameOf(table, name, columns.GroupOptions.GetValueOrDefault(name, "group")))];
            var x = columns.X is { } given ? NameOf(table, given, "x") : Usual(table, CurveColumns.UsualAbscissae, group, table.Quantities) ?? First(table, group);
            string[] ordinates = columns.Y.Count > 0
                ? [.. columns.Y.Select(name => NameOf(table, name, "y"))]
                : Usual(table, CurveColumns.UsualOrdinates, [x, .. group], table.Numbers) is { } usual
                    ? [usual]
                    : [.. table.Names.Where(name => table.IsNumeric(name) && !string.Equals(name, x, StringComparison.Ordinal) && !group.Contains(name, StringComparer.Ordinal))];
            string[] extremes = columns.Y.Count > 0 ? [] : [.. ordinates.Where(name => IsExtreme(table, name))];
            ordinates = [.. ordinates.Except(extremes, StringComparer.Ordinal)];
            string[] notes = extremes.Length == 0 ? [.. table.Notes] :
            [
                .. table.Notes,
                FormattableString.Invariant($"the export writes the smallest and the largest value of a metric beside it: {extremes.Length} such columns ({extremes[0]}{(extremes.Length > 1 ? ", …" : "")}) were left out; --y {ShellWord.Quoted(extremes[0])} takes one"),
            ];
            if (ordinates.Length == 0)
            {
                RefuseTexts(table, [x, .. group]);

                // A column of texts says itself what is wrong with it.
                if (table.Names.FirstOrDefault(name => !table.IsNumeric(name) && !group.Contains(name, StringComparer.Ordinal)) is { } texts)
                    _ = table.Numbers(texts);
                throw new InputFileException(path, "it has no second column of numbers", "a column of x and at least one of y");
            }

            var labels = group.Select(table.Texts).ToArray();
            foreach (var rows in Enumerable.Range(0, table.Rows).GroupBy(row => string.Join('\u001f', labels.Select(label => label[row])), StringComparer.Ordinal))
            {
                int[] own = [.. rows];
                var values = group.Select((name, index) => (name, labels[index][own[0]])).ToDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);
                foreach (var y in ordinates)
                {
                    string[] words =
                    [
                        .. paths.Count > 1 ? (string[])[Path.GetFileNameWithoutExtension(path)] : [],
                        .. ordinates.Length > 1 || group.Length == 0 && paths.Count == 1 ? (string[])[y] : [],
                        .. values.Select(pair => $"{pair.Key} {pair.Value}"),
                    ];
                    curves.Add(new TableCurve(table, own, x, y, values, string.Join(", ", words), notes));
                }
            }
        }

        return Distinct(curves);
    }

    private static string? Usual(ColumnTable table, IReadOnlyList<string> names, IReadOnlyList<string> taken, Func<string, double[]> read)
    {
        // A column of this name that is meant as numbers and cannot be read is not passed over for another one.
        var usual = names.Select(name => table.NameOf(name)).FirstOrDefault(name => name is not null && !taken.Contains(name, StringComparer.Ordinal) && (table.IsNumeric(name) || table.IsMeantAsNumbers(name)));
        if (usual is not null)
            _ = read(usual);
        return usual;
    }

    private static string First(ColumnTable table, IReadOnlyList<string> taken)
    {
        var first = table.Names.FirstOrDefault(name => !taken.Contains(name, StringComparer.Ordinal) && (table.IsNumeric(name) || table.IsMeantAsNumbers(name)))
            ?? throw new InputFileException(table.Path, "it has no column of numbers", "a column of numbers for x");
        _ = table.Quantities(first);
        return first;
    }

    private static void RefuseTexts(ColumnTable table, IReadOnlyList<string> taken)
    {
        if (table.Names.FirstOrDefault(name => !taken.Contains(name, StringComparer.Ordinal) && table.IsMeantAsNumbers(name)) is { } spoilt)
            _ = table.Numbers(spoilt);
    }

    // As wandb exports them: NAME__MIN and NAME__MAX beside NAME.
    private static bool IsExtreme(ColumnTable table, string name) =>
        (name.EndsWith("__MIN", StringComparison.Ordinal) || name.EndsWith("__MAX", StringComparison.Ordinal)) && table.Names.Contains(name[..^5], StringComparer.Ordinal);

    private static string NameOf(ColumnTable table, string name, string option) => table.NameOf(name)
        ?? throw new InputFileException(table.Path, $"it has no column '{name}' (--{option})", $"one of the columns {string.Join(", ", table.Names.Take(30))}{(table.Names.Count > 30 ? ", …" : "")}");

    // Files of one name from several folders.
    private static List<TableCurve> Distinct(List<TableCurve> curves)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var result = new List<TableCurve>();
        foreach (var curve in curves)
        {
            var name = curve.Name;
            for (var number = 2; !taken.Add(name); number++)
                name = FormattableString.Invariant($"{curve.Name} ({number})");
            result.Add(new TableCurve(curve.table, curve.rows, curve.XName, curve.YName, curve.Labels, name, curve.Notes));
        }

        return result;
    }
}
