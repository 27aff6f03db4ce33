using System.Collections.Immutable;
using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>The initial weights W₀ (d × m, columns are neurons). Immutable.</summary>
public abstract record WeightStart
{
    private protected WeightStart(double scale)
    {
        if (!(scale > 0) || !double.IsFinite(scale))
            throw new ParameterException("start-scale", scale, "a number > 0", "a start at zero never escapes: it is a fixed point of every update");
        Scale = scale;
    }

    /// <summary>α &gt; 0.</summary>
    public double Scale { get; }

    /// <summary>Number of neurons m, or null for as many as dimensions.</summary>
    public int? Width { get; private protected init; }

    /// <summary>Whether W₀ = α O with O orthogonal, so that the block recursions are exact.</summary>
    public virtual bool IsOrthogonal => false;

    /// <summary>Whether W₀ = α I.</summary>
    internal virtual bool IsDiagonal => false;

    /// <summary>W₀ = α I (m = d).</summary>
    /// <param name="scale">α &gt; 0.</param>
    public static WeightStart Identity(double scale) => new IdentityStart(scale);

    /// <summary>W₀ = α O with O uniform on the orthogonal group (m = d).</summary>
    /// <param name="scale">α &gt; 0.</param>
    /// <param name="seed">Seed.</param>
    public static WeightStart Orthogonal(double scale, long seed) => new OrthogonalStart(scale, seed);

    /// <summary>Independent normal entries of standard deviation α/√m.</summary>
    /// <param name="scale">α &gt; 0.</param>
    /// <param name="width">m ≥ 1.</param>
    /// <param name="seed">Seed.</param>
    public static WeightStart Gaussian(double scale, int width, long seed) => new GaussianStart(scale, seed) { Width = width >= 1 ? width : throw new ParameterException("width", width, "a whole number >= 1") };

    /// <summary>Given weights.</summary>
    /// <param name="values">W₀, d × m row by row; finite, not zero.</param>
    /// <param name="width">m ≥ 1.</param>
    public static WeightStart FromValues(IEnumerable<double> values, int width)
    {
        ImmutableArray<double> entries = [.. values];
        if (width < 1 || entries.Length % width != 0)
            throw new ParameterException("width", width, $"a divisor of the number of weights ({entries.Length})");
        var largest = entries.Length == 0 ? 0 : entries.Max(Math.Abs);
        return double.IsFinite(largest) ? new GivenStart(entries, largest) { Width = width } : throw new ParameterException("start", "(not finite)", "finite weights");
    }

    /// <summary>Writes W₀.</summary>
    internal abstract double[] Weights(int dimension, int width);

    private sealed record IdentityStart(double Size) : WeightStart(Size)
    {
        public override bool IsOrthogonal => true;

        internal override bool IsDiagonal => true;

        internal override double[] Weights(int dimension, int width)
        {
            var weights = new double[dimension * width];
            for (var i = 0; i < Math.Min(dimension, width); i++)
                weights[(i * width) + i] = Scale;
            return weights;
        }
    }

    private sealed record OrthogonalStart(double Size, long Seed) : WeightStart(Size)
    {
        public override bool IsOrthogonal => true;

        // The polar factor of a Gaussian matrix is uniform on the orthogonal group.
        internal override double[] Weights(int dimension, int width)
        {
            var gaussian = new double[dimension * width];
            GaussianGenerator.Fill(new GaussianAddress((ulong)Seed, RandomStreams.Start, 0, 0), 0, gaussian);
            var rank = Math.Min(dimension, width);
            var svd = DenseAlgebra.Best.ThinSvd(gaussian, dimension, width);
            MatrixProduct.Multiply(svd.Left, svd.RightTransposed, gaussian, dimension, rank, width);
            for (var i = 0; i < gaussian.Length; i++)
                gaussian[i] *= Scale;
            return gaussian;
        }
    }

    private sealed record GaussianStart(double Size, long Seed) : WeightStart(Size)
    {
        internal override double[] Weights(int dimension, int width)
        {
            var weights = new double[dimension * width];
            GaussianGenerator.Fill(new GaussianAddress((ulong)Seed, RandomStreams.Start, 0, 0), 0, weights);
            var factor = Scale / Math.Sqrt(width);
            for (var i = 0; i < weights.Length; i++)
                weights[i] *= factor;
            return weights;
        }
    }

    private sealed record GivenStart(ImmutableArray<double> Values, double Largest) : WeightStart(Largest)
    {
        internal override double[] Weights(int dimension, int width) => Values.Length == dimension * width
            ? [.. Values]
            : throw new ParameterException("start", $"({Values.Length} weights)", $"dimension × width = {dimension * width} weights");
    }
}
