using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Eigenflow.Data;
using Eigenflow.Numerics;
using Eigenflow.Solutions;

namespace Eigenflow.Systems.MultiClassSgd;

/// <summary>
/// The rows of a file with a class in their last column, as inputs of one-pass SGD: centred, in the basis in which the covariances K_i of the classes are together as diagonal as possible, and scaled to Tr Σ_i p_i K_i = d. The mixture with the means and
/// variances of its classes in this basis is what the theory takes; how far it is from the rows is measured by <see cref="OffDiagonal"/> and by SGD itself. Immutable; kept in memory, 8 n d bytes.
/// </summary>
public sealed class ClassRows
{
    private const int MostNamed = 9;

    private readonly Lazy<byte[]> hash;

    internal ClassRows(string name, RowStore<double> values, int dimension, int[] labels)
    {
        (Name, Values, Dimension, Labels) = (name, values, dimension, labels);
        hash = new Lazy<byte[]>(Digest);
    }

    /// <summary>Where they come from, as the user named it.</summary>
    public string Name { get; }

    /// <summary>What the reader did with the file beyond reading its numbers.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Number of rows n.</summary>
    public int Rows => Values.Count;

    /// <summary>Number of columns of features.</summary>
    public required int Features { get; init; }

    /// <summary>Number of modes d: directions in which the rows vary.</summary>
    public int Dimension { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>The names of the classes, in their order, which is not that of the rows: numbers ascend and texts are ordinal, but of exactly two numbers the larger is the first class.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The number of rows of each class.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The mixture of the classes; the labels are +1 of the first and −1 of the second where there are two.</summary>
    public required IReadOnlyList<MixtureClass> Mixture { get; init; }

    /// <summary>How far from commuting the classes are: the part of Σ_i p_i ‖K_i‖² (Frobenius) that is off the diagonal in the common basis, where it is least; 0 for classes that share eigenvectors.</summary>
    public required double OffDiagonal { get; init; }

    /// <summary>What the rows of classes that share eigenvectors would have of it by chance: the variances λ_p λ_q/n_i of the entries off the diagonal, less what the fit of the basis takes of them, over the same sum.</summary>
    public required double OffDiagonalByChance { get; init; }

    /// <summary>The numbers that describe them.</summary>
    internal IReadOnlyList<SummaryNumber> Numbers =>
    [
        new("rows", "rows", Rows, "Number of rows, each of which is taken at most once."),
        .. Names.Take(MostNamed).Select((name, k) => new SummaryNumber(FormattableString.Invariant($"class-{k + 1}-rows"), FormattableString.Invariant($"class {k + 1}: {NumberText.Shorten(name)}"), Sizes[k], $"Number of rows of this class, {NumberText.Shorten(name)}.")),
        new("off-diagonal", "off-diagonal ω", OffDiagonal, "How far from commuting the classes are: the part of their squared covariances that is off the diagonal in the common basis; 0 where classes share eigenvectors."),
        new("off-diagonal-by-chance", "ω by chance", OffDiagonalByChance, "The same that rows of classes with common eigenvectors would have by chance."),
    ];

    /// <summary>What the user should know of them.</summary>
    internal IEnumerable<string> Remarks
    {
        get
        {
            foreach (var note in Notes)
                yield return $"{Name}: {note}";
            yield return $"classes of {Name}: " + string.Join(", ", Names.Take(MostNamed).Select((name, k) => FormattableString.Invariant($"class {k + 1} is '{NumberText.Shorten(name)}' ({Sizes[k]} rows{(Count == 2 ? k == 0 ? ", y = +1" : ", y = -1" : "")})"))) + (Count > MostNamed ? $" and {Count - MostNamed} more in their order" : "");
            if (OffDiagonal > 2 * OffDiagonalByChance)
                yield return DisplayText.Plain($"the classes of {Name} do not share eigenvectors: {100 * OffDiagonal:G2} % of their squared covariances are off the diagonal in the common basis, {100 * OffDiagonalByChance:G2} % by chance alone; the theory neglects this part");
            if (Dimension < Features)
                yield return FormattableString.Invariant($"{Features - Dimension} of {Features} directions of {Name} do not vary and are left out");
        }
    }

    /// <summary>The rows.</summary>
    internal RowStore<double> Values { get; }

    /// <summary>The class of every row.</summary>
    internal int[] Labels { get; }

    /// <summary>SHA-256 of the rotated rows and their classes.</summary>
    internal byte[] Hash => hash.Value;

    /// <summary>Reads rows from a file, once per call of a host. Work 2 n d² + 9 d³, and at most 40 sweeps of 6 C d³ operations for the common basis, which are limited to near directions where C d³ is above 6e7.</summary>
    /// <param name="path">A table with features in columns and the class in the last one (text or number), or IDX images with the file of labels beside them.</param>
    /// <exception cref="EigenflowException">Unreadable, fewer than two classes or two rows in one of them, no variance, or too large.</exception>
    public static ClassRows Read(string path) => InputScope.Once("class-rows", path, file => CommonBasis.Rotate(LabelledTable.Read(file, null, LabelKind.Classes), file), rows => 8.0 * rows.Rows * rows.Dimension);

    private byte[] Digest()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var row = 0; row < Rows; row++)
            digest.AppendData(MemoryMarshal.AsBytes(Values.Row(row)));
        digest.AppendData(MemoryMarshal.AsBytes(Labels.AsSpan()));
        return digest.GetHashAndReset();
    }
}
