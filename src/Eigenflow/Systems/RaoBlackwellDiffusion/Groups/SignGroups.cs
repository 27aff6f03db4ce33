using MathNet.Numerics;

namespace Eigenflow.Systems.RaoBlackwellDiffusion;

/// <summary>Independent flips of every coordinate, {±1}^d.</summary>
/// <param name="dimension">d.</param>
internal sealed class CoordinateSigns(int dimension) : SymmetryGroup
{
    private const int LargestListed = 14;

    public override string Name => "signs";

    public override int Dimension => dimension;

    public override int Normals => dimension;

    public override int DesignSize => dimension <= LargestListed ? 1 << dimension : 0;

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j++)
            image[j] = normals[j] < 0 ? -vector[j] : vector[j];
    }

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j++)
            image[j] = ((index >> j) & 1) != 0 ? -vector[j] : vector[j];
    }

    public override Orbit NewOrbit() => new SignOrbit(dimension);

    // E a_j is a_j tanh(a_j f_j).
    private sealed class SignOrbit(int dimension) : Orbit
    {
        private readonly double[] a = new double[dimension];

        public override void Bind(ReadOnlySpan<double> template) => template.CopyTo(a);

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            var sum = 0.0;
            for (var j = 0; j < a.Length; j++)
            {
                var size = a[j] * field[j];
                mean[j] = a[j] * Math.Tanh(size);
                sum += LogCosh(size);
            }

            return sum;
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest)
        {
            for (var j = 0; j < a.Length; j++)
                nearest[j] = a[j] * field[j] < 0 ? -a[j] : a[j];
        }
    }

    /// <summary>ln cosh x without overflow.</summary>
    internal static double LogCosh(double x)
    {
        var size = Math.Abs(x);
        return size + Math.Log(1 + Math.Exp(-2 * size)) - Constants.Ln2;
    }
}

/// <summary>The flip of the whole vector, {1, −1}.</summary>
/// <param name="dimension">d.</param>
internal sealed class GlobalSign(int dimension) : SymmetryGroup
{
    public override string Name => "global-sign";

    public override int Dimension => dimension;

    public override int Normals => 1;

    public override int DesignSize => 2;

    public override void Apply(ReadOnlySpan<double> normals, ReadOnlySpan<double> vector, Span<double> image) => ApplyDesign(normals[0] < 0 ? 1 : 0, vector, image);

    public override void ApplyDesign(int index, ReadOnlySpan<double> vector, Span<double> image) => Scale(index == 0 ? 1 : -1, vector, image);

    public override Orbit NewOrbit() => new FlipOrbit(dimension);

    private static void Scale(double factor, ReadOnlySpan<double> vector, Span<double> image)
    {
        for (var j = 0; j < vector.Length; j++)
            image[j] = factor * vector[j];
    }

    // E g a is a tanh⟨a, f⟩.
    private sealed class FlipOrbit(int dimension) : Orbit
    {
        private readonly double[] a = new double[dimension];

        public override void Bind(ReadOnlySpan<double> template) => template.CopyTo(a);

        public override double Mean(ReadOnlySpan<double> field, Span<double> mean)
        {
            var product = Vectors.Dot(a, field);
            Scale(Math.Tanh(product), a, mean);
            return CoordinateSigns.LogCosh(product);
        }

        public override void Nearest(ReadOnlySpan<double> field, Span<double> nearest) => Scale(Vectors.Dot(a, field) < 0 ? -1 : 1, a, nearest);
    }
}
