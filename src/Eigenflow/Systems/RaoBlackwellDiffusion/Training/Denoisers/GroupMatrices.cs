namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>The elements of a finite group as d × d matrices.</summary>
internal sealed class GroupMatrices
{
    // Images of a sample that go through a network together, and numbers that are kept of them.
    private const int MostElements = 4096;
    private const double MostNumbers = 1e7;

    private readonly double[][] matrices;
    private readonly int dimension;

    private GroupMatrices(double[][] matrices, int dimension) => (this.matrices, this.dimension) = (matrices, dimension);

    /// <summary>Number of elements.</summary>
    public int Count => matrices.Length;

    /// <summary>An entry.</summary>
    public double this[int element, int row, int column] => matrices[element][(row * dimension) + column];

    /// <summary>Checks that a group has matrices.</summary>
    /// <param name="group">The group.</param>
    /// <exception cref="ParameterException">It has no list of elements, or too many.</exception>
    public static void Check(SymmetryGroup group)
    {
        var dimension = group.Dimension;
        if (!group.IsFinite || group.DesignSize is < 1 or > MostElements || (double)group.DesignSize * dimension * dimension > MostNumbers)
            throw new ParameterException("equivariance", "average or sum", FormattableString.Invariant($"none with group = {group.Name} in {dimension} dimensions"), FormattableString.Invariant($"a network is averaged over finite groups of at most {MostElements} elements; others it has to learn"));
    }

    /// <summary>The matrices of a group.</summary>
    /// <param name="group">The group.</param>
    /// <exception cref="ParameterException">It has no list of elements, or too many.</exception>
    public static GroupMatrices Of(SymmetryGroup group)
    {
        Check(group);
        var dimension = group.Dimension;
        double[] axis = new double[dimension], image = new double[dimension];
        var matrices = new double[group.DesignSize][];
        for (var k = 0; k < matrices.Length; k++)
        {
            matrices[k] = new double[dimension * dimension];
            for (var j = 0; j < dimension; j++)
            {
                axis.AsSpan().Clear();
                axis[j] = 1;
                group.ApplyDesign(k, axis, image);
                for (var i = 0; i < dimension; i++)
                    matrices[k][(i * dimension) + j] = image[i];
            }
        }

        return new GroupMatrices(matrices, dimension);
    }
}
