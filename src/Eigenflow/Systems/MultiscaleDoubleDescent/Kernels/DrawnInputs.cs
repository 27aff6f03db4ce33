using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.MultiscaleDoubleDescent;

/// <summary>
/// One draw of latent factors Z and the singular value decomposition of X = ZF. The decomposition is of X and not of XᵀX, so that slow features of a condition number of 10⁵ keep eleven digits.
/// Work O(nd min(n, d)); memory 8 (3nd + 2d²) bytes.
/// </summary>
internal sealed class DrawnInputs
{
    private const int LatentStream = 0;
    private const int LeftStream = 1;
    private const int RightStream = 2;

    private DrawnInputs(double[] latent, double[] features, double[] inputs, int samples, int dimension)
    {
        (Latent, Features, Inputs, Samples, Dimension) = (latent, features, inputs, samples, dimension);
        var svd = DenseAlgebra.Best.ThinSvd(inputs, samples, dimension);
        (Left, Right) = (svd.Left, svd.RightTransposed);
        Rank = svd.Values.Length;
        Eigenvalues = [.. svd.Values.Select(value => value * value)];
        SingularValues = svd.Values;

        // F V, d × rank, and its Gram matrix.
        var right = new double[dimension * Rank];
        MatrixProduct.Transpose(Right, right, Rank, dimension);
        Modulated = new double[dimension * Rank];
        if (features.Length == dimension)
        {
            for (var k = 0; k < dimension; k++)
            {
                for (var i = 0; i < Rank; i++)
                    Modulated[(k * Rank) + i] = features[k] * right[(k * Rank) + i];
            }
        }
        else
        {
            MatrixProduct.Multiply(features, right, Modulated, dimension, dimension, Rank);
        }

        Gram = new double[Rank * Rank];
        MatrixProduct.MultiplyTransposed(Modulated, Modulated, Gram, Rank, dimension, Rank);
    }

    /// <summary>n.</summary>
    public int Samples { get; }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>min(n, d).</summary>
    public int Rank { get; }

    /// <summary>Z, n × d.</summary>
    public double[] Latent { get; }

    /// <summary>F: its diagonal, or d × d row by row.</summary>
    public double[] Features { get; }

    /// <summary>X, n × d.</summary>
    public double[] Inputs { get; }

    /// <summary>Λ, descending.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>√Λ.</summary>
    public double[] SingularValues { get; }

    /// <summary>Left singular vectors, n × rank.</summary>
    public double[] Left { get; }

    /// <summary>Right singular vectors as rows, rank × d.</summary>
    public double[] Right { get; }

    /// <summary>FV, d × rank.</summary>
    public double[] Modulated { get; }

    /// <summary>(FV)ᵀFV, rank × rank.</summary>
    public double[] Gram { get; }

    /// <summary>A random draw.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="isRotated">Whether F = U S Vᵀ with Haar orthogonal U and V, or diagonal; the law of overlaps is the same.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="replica">Number of the draw.</param>
    public static DrawnInputs Draw(MultiscaleProblem problem, bool isRotated, long seed, int replica)
    {
        var (n, d) = ((int)problem.Samples, (int)problem.Dimension);
        var latent = Normal(n * d, 1 / Math.Sqrt(d), LatentStream);
        var scales = problem.Scales.Expanded();
        if (!isRotated)
            return Of(latent, scales, n);
        var (left, right, features) = (Haar(LeftStream), Haar(RightStream), new double[d * d]);
        for (var k = 0; k < left.Length; k++)
            left[k] *= scales[k % d];
        MatrixProduct.Multiply(left, right, features, d, d, d);
        return Of(latent, features, n);

        double[] Normal(int count, double scale, int stream)
        {
            var numbers = new double[count];
            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, stream, replica, Step: 0), 0, numbers);
            for (var k = 0; k < count; k++)
                numbers[k] *= scale;
            return numbers;
        }

        // The polar factor of a Gaussian matrix is uniform on the orthogonal group.
        double[] Haar(int stream)
        {
            var svd = DenseAlgebra.Best.ThinSvd(Normal(d * d, 1, stream), d, d);
            var orthogonal = new double[d * d];
            MatrixProduct.Multiply(svd.Left, svd.RightTransposed, orthogonal, d, d, d);
            return orthogonal;
        }
    }

    /// <summary>Given latent factors.</summary>
    /// <param name="latent">Z, n × d row by row.</param>
    /// <param name="features">F: its diagonal, or d × d row by row.</param>
    /// <param name="samples">n.</param>
    public static DrawnInputs Of(double[] latent, double[] features, int samples)
    {
        var d = latent.Length / samples;
        var inputs = new double[latent.Length];
        if (features.Length == d)
        {
            for (var k = 0; k < inputs.Length; k++)
                inputs[k] = latent[k] * features[k % d];
        }
        else
        {
            MatrixProduct.Multiply(latent, features, inputs, samples, d, d);
        }

        return new DrawnInputs(latent, features, inputs, samples, d);
    }
}
