namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Permutations of the n points of a cloud. Means by sums over subsets, n 2ⁿ work, in which all terms are positive: no digits are lost, as they are by inclusion and exclusion.</summary>
internal sealed class Permutations : SymmetryGroup
{
    /// <summary>Largest number of points.</summary>
    public const int MostPoints = 10;

    private const int MostListed = 7;

    private readonly int rows, columns;
    private readonly int[][] listed;

    private Permutations(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        listed = rows <= MostListed ? [.. List(rows)] : [];
    }

    public override string Name => "permutation";

    public override int Dimension => rows * columns;

    public override int Normals => rows;

    public override int DesignSize => listed.Length;

    public override double Work => 0.3 * rows * (1 << rows);

    /// <summary>The group on a cloud.</summary>
    /// <param name="rows">Points n.</param>
    /// <param name="columns">Numbers of a point.</param>
    /// <exception cref="ParameterException">More than ten points.</exception>
    public static Permutations Of(int rows, int columns) => rows <= MostPoints
        ? new Permutations(rows, columns)
        : throw new ParameterException("group", "permutation", FormattableString.Invariant($"another group for templates of {rows} points"), FormattableString.Invariant($"permutations are summed for at most {MostPoints} points"));

    /// <summary>All permutations as n × n matrices P with (P a)_i = a of the i-th item, in lexicographic order.</summary>
    /// <param name="rows">Points n.</param>
    /// <exception cref="ParameterException">More than seven points.</exception>
    public static double[][] AsMatrices(int rows)
    {
        if (rows > MostListed)
            throw new ParameterException("group", "permutation*GROUP", FormattableString.Invariant($"another group for templates of {rows} points"), FormattableString.Invariant($"every permutation is a branch: at most {MostListed} points"));
        return [.. List(rows).Select(order =>
        {
            var matrix = new double[rows * rows];
            for (var i = 0; i < rows; i++)
                matrix[(i * rows) + order[i]] = 1;
            return matrix;
        })];
    }

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image)
    {
        // The ranks of independent numbers are a uniform permutation.
        for (var i = 0; i < rows; i++)
        {
            var rank = 0;
            for (var k = 0; k < rows; k++)
                rank += normals[k] < normals[i] || (normals[k] == normals[i] && k < i) ? 1 : 0;
            vector.Slice(rank * columns, columns).CopyTo(image[(i * columns)..]);
        }
    }

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var i = 0; i < rows; i++)
            vector.Slice(listed[index][i] * columns, columns).CopyTo(image[(i * columns)..]);
    }

    public override Orbit NewOrbit() => new AssignmentOrbit(rows, columns);

    private static IEnumerable<int[]> List(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        while (true)
        {
            yield return [.. order];
            var i = count - 2;
            while (i >= 0 && order[i] > order[i + 1])
                i--;
            if (i < 0)
                yield break;
            var k = count - 1;
            while (order[k] < order[i])
                k--;
            (order[i], order[k]) = (order[k], order[i]);
            Array.Reverse(order, i + 1, count - i - 1);
        }
    }
}
