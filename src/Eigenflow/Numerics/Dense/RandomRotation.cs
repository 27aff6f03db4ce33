using Eigenflow.Random;

namespace Eigenflow.Numerics.Dense;

/// <summary>Random rotations exp(εA) near the identity, A_ij = (G_ij − G_ji)/√(2n) with G_ij ~ N(0, 1): every row of A has length about one, so that a coordinate keeps about 1 − ε²/2 of itself.</summary>
internal static class RandomRotation
{
    // Of εA/2^k: the Taylor terms of order 18 are below 1e-18 then.
    private const double LargestNorm = 0.5;
    private const int Order = 18;

    /// <summary>exp(εA), n × n by rows. Work about 20 products of n × n matrices.</summary>
    /// <param name="seed">Seed of G.</param>
    /// <param name="stream">Its stream.</param>
    /// <param name="size">n.</param>
    /// <param name="angle">ε.</param>
    public static double[] Of(long seed, int stream, int size, double angle) => Exponential(Generator(seed, stream, size, angle), size);

    private static double[] Generator(long seed, int stream, int size, double angle)
    {
        double[] draw = new double[size * size], generator = new double[size * size];
        for (var i = 0; i < size; i++)
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, stream, 0, i), 0, draw.AsSpan(i * size, size));
        var scale = angle / Math.Sqrt(2.0 * size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                generator[(i * size) + j] = scale * (draw[(i * size) + j] - draw[(j * size) + i]);
        }

        return generator;
    }

    // Scaling and squaring of the Taylor series.
    private static double[] Exponential(double[] generator, int size)
    {
        var norm = Enumerable.Range(0, size).Max(i => generator.AsSpan(i * size, size).ToArray().Sum(Math.Abs));
        var halvings = norm > LargestNorm ? (int)Math.Ceiling(Math.Log2(norm / LargestNorm)) : 0;
        double[] part = [.. generator.Select(value => Math.ScaleB(value, -halvings))], result = new double[size * size], next = new double[size * size];
        Identity(result);
        for (var k = Order; k >= 1; k--)
        {
            MatrixProduct.Multiply(part, result, next, size, size, size);
            for (var i = 0; i < next.Length; i++)
                next[i] /= k;
            for (var i = 0; i < size; i++)
                next[(i * size) + i] += 1;
            (result, next) = (next, result);
        }

        for (var k = 0; k < halvings; k++)
        {
            MatrixProduct.Multiply(result, result, next, size, size, size);
            (result, next) = (next, result);
        }

        return result;

        void Identity(double[] matrix)
        {
            for (var i = 0; i < size; i++)
                matrix[(i * size) + i] = 1;
        }
    }
}
