namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Products of a finite group that mixes the points of a cloud with a group of space, which commute: a softmax over the branches, each with the normaliser of the second group.</summary>
internal sealed class ProductGroup : SymmetryGroup
{
    private const int ShortVector = 256;

    private readonly double[][] first;
    private readonly SymmetryGroup second;
    private readonly int rows;

    private ProductGroup(string name, double[][] first, SymmetryGroup second, int rows)
    {
        Name = name;
        this.first = first;
        this.second = second;
        this.rows = rows;
    }

    public override string Name { get; }

    public override int Dimension => second.Dimension;

    public override int Normals => 1 + second.Normals;

    public override bool IsFinite => second.IsFinite;

    public override int DesignSize => (long)first.Length * second.DesignSize is var size && size <= LargestDesign ? (int)size : 0;

    public override double Work => first.Length * second.Work;

    public override double Precision => second.Precision;

    /// <summary>The product.</summary>
    /// <param name="name">Its text.</param>
    /// <param name="first">n × n matrices that mix points, the identity first.</param>
    /// <param name="second">The group of space.</param>
    public static ProductGroup Of(string name, double[][] first, SymmetryGroup second) => new(name, first, second, (int)Math.Round(Math.Sqrt(first[0].Length)));

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image)
    {
        Span<double> mixed = vector.Length <= ShortVector ? stackalloc double[vector.Length] : new double[vector.Length];
        Mix(first[CyclicIndex.Uniform(normals[0], first.Length)], rows, vector, mixed);
        second.Apply(normals[1..], mixed, image);
    }

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image)
    {
        Span<double> mixed = vector.Length <= ShortVector ? stackalloc double[vector.Length] : new double[vector.Length];
        Mix(first[index / second.DesignSize], rows, vector, mixed);
        second.ApplyDesign(index % second.DesignSize, mixed, image);
    }

    public override Orbit NewOrbit() => new Branches(first, second, rows);

    /// <summary>Multiplies the points by a matrix from the left.</summary>
    internal static void Mix(double[] matrix, int rows, ReadOnlySpan<double> vector, Span<double> image)
    {
        var columns = vector.Length / rows;
        image.Clear();
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < rows; k++)
            {
                var entry = matrix[(i * rows) + k];
                for (var c = 0; entry != 0 && c < columns; c++)
                    image[(i * columns) + c] += entry * vector[(k * columns) + c];
            }
        }
    }

    private sealed class Branches(double[][] first, SymmetryGroup second, int rows) : Orbit
    {
        private readonly Orbit[] orbits = [.. first.Select(_ => second.NewOrbit())];
        private readonly double[] weights = new double[first.Length], means = new double[first.Length * second.Dimension];

        public override void Bind(ReadOnlySpan<double> template)
        {
            var mixed = new double[template.Length];
            for (var k = 0; k < orbits.Length; k++)
            {
                Mix(first[k], rows, template, mixed);
                orbits[k].Bind(mixed);
            }
        }

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            for (var k = 0; k < orbits.Length; k++)
                weights[k] = orbits[k].Mean(field, means.AsSpan(k * mean.Length, mean.Length));
            var total = Vectors.Softmax(weights);
            mean.Clear();
            for (var k = 0; k < orbits.Length; k++)
            {
                for (var j = 0; j < mean.Length; j++)
                    mean[j] += weights[k] * means[(k * mean.Length) + j];
            }

            return total - Math.Log(orbits.Length);
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            var best = double.NegativeInfinity;
            var candidate = means.AsSpan(0, nearest.Length);
            foreach (var orbit in orbits)
            {
                orbit.Nearest(field, candidate);
                if (Vectors.Dot(field, candidate) is var product && product > best)
                {
                    best = product;
                    candidate.CopyTo(nearest);
                }
            }
        }
    }
}
