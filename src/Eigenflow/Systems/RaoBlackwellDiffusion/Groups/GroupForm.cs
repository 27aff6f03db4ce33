using System.Globalization;
using Eigenflow.Settings;
using Eigenflow.Spectra;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A group as it was written: a word, <c>cyclic:N</c>, <c>dihedral:N</c>, a file of matrices, or a product of a finite group of the points and one of space.</summary>
/// <param name="Text">What was written.</param>
internal sealed record GroupForm(string Text)
{
    private const string Product = "*";
    private const int LargestOrder = 2000;

    private static readonly string[] Words = ["signs", "global-sign", "cyclic", "so2", "o2", "so3", "o3", "permutation", "torus"];
    private static readonly string[] Counted = ["cyclic", "dihedral"];

    private static readonly TextForm[] Forms =
        [.. Words.Select(TextForm.Of), TextForm.Of("cyclic:N"), TextForm.Of("dihedral:N"), TextForm.Of("permutation*GROUP"), TextForm.File, TextForm.Of("file:PATH*GROUP")];

    /// <summary>Whether it acts by translations of the torus.</summary>
    public bool IsTorus => Text == "torus";

    /// <summary>Whether coordinates are its points, so that each row of a file is a template of its own.</summary>
    public bool ActsOnCoordinates => Text is "signs" or "global-sign" or "cyclic";

    /// <summary>Numbers of a point that it acts on; 0 for any.</summary>
    public int Columns => Second is { } second ? second.Columns : Text is "so3" or "o3" ? 3 : Text is "so2" or "o2" || CountOf(Text) is not null ? 2 : 0;

    /// <summary>The word of the templates where none are given.</summary>
    public string DefaultTemplates => Text switch
    {
        "signs" => TemplateSet.Vector,
        "global-sign" => TemplateSet.Point,
        "cyclic" => TemplateSet.Ring,
        "torus" => TemplateSet.Crystal,
        _ => CountOf(Text) is not null ? TemplateSet.Pair : TemplateSet.Cloud,
    };

    private GroupForm? Second => Text.LastIndexOf(Product, StringComparison.Ordinal) is > 0 and var at && IsSecond(Text[(at + 1)..]) ? new GroupForm(Text[(at + 1)..]) : null;

    private string First => Second is { } second ? Text[..^(second.Text.Length + 1)] : Text;

    /// <summary>Declares the parameter.</summary>
    /// <param name="help">One sentence.</param>
    public static Parameter<GroupForm> Parameter(string help) => Settings.Parameter.Text("group", "G", "global-sign", help, Forms, Parse, form => form.Text) with { Examples = ["cyclic:4", "dihedral:3", "permutation*so3"] };

    /// <summary>The group on templates of a shape.</summary>
    /// <param name="rows">Points n.</param>
    /// <param name="columns">Numbers c of a point.</param>
    /// <exception cref="ParameterException">It does not act on such points.</exception>
    /// <exception cref="InputFileException">The file is no group.</exception>
    public SymmetryGroup Make(int rows, int columns)
    {
        var dimension = rows * columns;
        if (Columns > 0 && columns != Columns)
            throw new ParameterException("group", Text, FormattableString.Invariant($"a group of points of {columns} numbers, as the templates have"), FormattableString.Invariant($"{Text} acts on points of {Columns} numbers: one point per row of the file"));
        if (Second is { } second)
            return ProductGroup.Of(Text, FirstOnRows(rows, columns), second.Make(rows, columns));
        if (TextForm.PathOf(Text) is { } path)
            return Listed(path, dimension, GivenGroup.Read(path, dimension, columns));
        if (CountOf(Text) is { } count)
            return Text[0] == 'c' ? MatrixGroup.Rotations(dimension, count) : MatrixGroup.Dihedral(dimension, count);
        return Text switch
        {
            "signs" => new CoordinateSigns(dimension),
            "cyclic" => new CyclicShifts(dimension),
            "so2" => new PlanarRotations(dimension, false),
            "o2" => new PlanarRotations(dimension, true),
            "so3" => new SpatialRotations(dimension, false),
            "o3" => new SpatialRotations(dimension, true),
            "permutation" => Permutations.Of(rows, columns),
            "torus" => new TorusTranslations(rows, columns),
            _ => new GlobalSign(dimension),
        };
    }

    private MatrixGroup Listed(string path, int dimension, GivenGroup given) => dimension % given.Size == 0
        ? new MatrixGroup(Text, dimension, given.Size, given.Elements)
        : throw new InputFileException(path, "its matrices do not fit the templates", "matrices of the size of a template or of a point");

    // The elements as row permutations, or as matrices between the points.
    private double[][] FirstOnRows(int rows, int columns)
    {
        if (First == "permutation")
            return Permutations.AsMatrices(rows);
        var path = TextForm.PathOf(First) ?? throw new ParameterException("group", Text, "permutation or file:PATH as the first factor");
        return [.. GivenGroup.Read(path, rows, rows).Elements];
    }

    private static GroupForm Parse(string text)
    {
        var form = new GroupForm(text);
        var first = form.First;
        var isFinite = form.Second is null ? Words.Contains(first, StringComparer.Ordinal) || CountOf(first) is not null : first == "permutation";
        if (isFinite || TextForm.PathOf(first) is not null)
            return form;
        if (Counted.Contains(text.Split(':')[0], StringComparer.Ordinal) && !text.Contains('*', StringComparison.Ordinal))
            throw new ParameterException("group", text, $"{text.Split(':')[0]}:N with a whole number N from 1 to {LargestOrder}");
        throw new ParameterException("group", text, string.Join(", ", Forms.Select(form => form.Pattern)), Suggestion.For(text.Split(':', '*')[0], [.. Words, .. Counted, "file"]));
    }

    private static bool IsSecond(string text) => text is "so2" or "o2" or "so3" or "o3" || CountOf(text) is not null;

    private static int? CountOf(string text) =>
        text.Split(':') is [var word, var digits] && Counted.Contains(word, StringComparer.Ordinal) && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= LargestOrder ? count : null;
}
