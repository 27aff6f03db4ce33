namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>A finite group as a list of orthogonal matrices, each acting on every block of coordinates; a softmax over its elements.</summary>
/// <param name="name">Its word.</param>
/// <param name="dimension">d, a multiple of <paramref name="block"/>.</param>
/// <param name="block">Size m of the matrices: the numbers of a point, or d.</param>
/// <param name="elements">m × m matrices row by row, the identity first; closed under products.</param>
/// <param name="isCyclic">Whether element k is the k-th power of a rotation.</param>
internal sealed class MatrixGroup(string name, int dimension, int block, double[][] elements, bool isCyclic = false) : SymmetryGroup
{
    public override string Name => name;

    public override int Dimension => dimension;

    public override int Normals => 1;

    public override int DesignSize => elements.Length <= LargestDesign ? elements.Length : 0;

    public override double Work => 1 + (0.02 * elements.Length * dimension);

    public override bool HasNear => isCyclic;

    /// <summary>The rotations of the plane by multiples of 2π/n.</summary>
    public static MatrixGroup Rotations(int dimension, int count) => new(FormattableString.Invariant($"cyclic:{count}"), dimension, 2, [.. Enumerable.Range(0, count).Select(k => Rotation(k, count))], true);

    /// <summary>The same with the reflections.</summary>
    public static MatrixGroup Dihedral(int dimension, int count) => new(
        FormattableString.Invariant($"dihedral:{count}"), dimension, 2, [.. Enumerable.Range(0, count).Select(k => Rotation(k, count)), .. Enumerable.Range(0, count).Select(k => Reflection(k, count))]);

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image) => ApplyDesign(CyclicIndex.Uniform(normals[0], elements.Length), vector, image);

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image) => Multiply(elements[index], block, vector, image);

    public override double ApplyNear(ReadOnlySpan<double> normals, double width, ReadOnlySpan<double> vector, Span<double> image)
    {
        // An angle in units of that of the generator.
        var steps = width * elements.Length / (2 * Math.PI);
        var index = CyclicIndex.Near(normals[0], steps, elements.Length);
        ApplyDesign(index, vector, image);
        return CyclicIndex.LogDensity(index, steps, elements.Length);
    }

    public override Orbit NewOrbit() => new ListedOrbit(elements, block, dimension);

    /// <summary>Multiplies every block of a vector by a matrix.</summary>
    internal static void Multiply(double[] matrix, int block, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var start = 0; start < vector.Length; start += block)
        {
            var piece = vector.Slice(start, block);
            for (var i = 0; i < block; i++)
                image[start + i] = Vectors.Dot(matrix.AsSpan(i * block, block), piece);
        }
    }

    private static double[] Rotation(int k, int count)
    {
        var (sine, cosine) = Turn(k, count);
        return [cosine, -sine, sine, cosine];
    }

    private static double[] Reflection(int k, int count)
    {
        var (sine, cosine) = Turn(k, count);
        return [cosine, sine, sine, -cosine];
    }

    // Quarter turns are whole numbers: a group of them maps a lattice onto itself.
    private static (double Sine, double Cosine) Turn(int k, int count) => (4L * k % count) == 0
        ? ((4L * k / count) % 4) switch { 0 => (0, 1), 1 => (1, 0), 2 => (0, -1), _ => (-1, 0) }
        : Math.SinCos(2 * Math.PI * k / count);

    private sealed class ListedOrbit(double[][] elements, int block, int dimension) : Orbit
    {
        private readonly double[] images = new double[elements.Length * dimension], weights = new double[elements.Length];

        public override void Bind(ReadOnlySpan<double> template)
        {
            for (var k = 0; k < elements.Length; k++)
                Multiply(elements[k], block, template, images.AsSpan(k * dimension, dimension));
        }

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            Weigh(field);
            var total = Vectors.Softmax(weights);
            mean.Clear();
            for (var k = 0; k < weights.Length; k++)
            {
                var image = images.AsSpan(k * dimension, dimension);
                for (var j = 0; j < mean.Length; j++)
                    mean[j] += weights[k] * image[j];
            }

            return total - Math.Log(weights.Length);
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            Weigh(field);
            images.AsSpan(Vectors.Largest(weights) * dimension, dimension).CopyTo(nearest);
        }

        private void Weigh(ReadOnlySpan<double> field)
        {
            for (var k = 0; k < weights.Length; k++)
                weights[k] = Vectors.Dot(field, images.AsSpan(k * dimension, dimension));
        }
    }
}
