using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>Moments of the displacement of an epoch to second order, in parts of η²: of Σ_{b before c} H_c G_b over orders and partitions.</summary>
/// <param name="Mean">Its mean.</param>
/// <param name="Between">Covariance over partitions of its mean over the orders of a partition.</param>
/// <param name="Within">Mean over partitions of its covariance over the orders of a partition; zero where it was not asked for.</param>
/// <param name="Total">Its covariance over the given orders themselves, which for all orders is the sum of the two; zero where it was not asked for.</param>
internal sealed record PartitionMoments(Vector<double> Mean, Matrix<double> Between, Matrix<double> Within, Matrix<double> Total)
{
    /// <summary>
    /// Mean and covariance over random partitions of −½ Σ_b H_b G_b (twice that forward and backward), without enumeration (derived). As Σ G_b = 0 it is −1/(2B²) [Σ_i u_i + Σ_{i&lt;j} s_ij] over pairs in a batch,
    /// with h_i = H_i − H, u_i = h_i g_i, s_ij = h_i g_j + h_j g_i and Σ_j s_ij = −2u_i; the covariance takes the probabilities that two pairs with both, one or no sample in common are in a batch each.
    /// </summary>
    public static PartitionMoments Exact(LocalExpansion expansion, bool isSymmetric)
    {
        int n = expansion.Samples, size = expansion.Batch, d = expansion.Dimension;
        var zero = Matrix<double>.Build.Dense(d, d);
        Vector<double> sum = Vector<double>.Build.Dense(d), own = Vector<double>.Build.Dense(d);
        double[] products = new double[d * d * d];
        var squares = zero.Clone();
        for (var i = 0; i < n; i++)
        {
            own.Clear();
            for (var a = 0; a < d; a++)
            {
                for (var c = 0; c < d; c++)
                {
                    var h = expansion.Hessians[(((i * d) + a) * d) + c] - expansion.Hessian[a, c];
                    own[a] += h * expansion.Gradients[(i * d) + c];
                    for (var e = 0; e < d; e++)
                        products[(((a * d) + c) * d) + e] += h * expansion.Gradients[(i * d) + e];
                }
            }

            sum += own;
            squares += own.OuterProduct(own);
        }

        // Σ_ij (h_i g_j)(h_j g_i)ᵀ.
        var crossed = Matrix<double>.Build.Dense(d, d, (a, b) =>
        {
            var total = 0.0;
            for (var c = 0; c < d; c++)
            {
                for (var e = 0; e < d; e++)
                    total += products[(((a * d) + c) * d) + e] * products[(((e * d) + b) * d) + c];
            }

            return total;
        });
        var both = (expansion.Spread(expansion.Covariance) * ((double)n * n)) + ((crossed + crossed.Transpose()) / 2) - (2 * squares);
        var one = (4 * squares) - (2 * both);
        var all = sum.OuterProduct(sum);
        double same = (size - 1.0) / (n - 1), three = same * (size - 2.0) / (n - 2), four = same * (((size - 2.0) * (size - 3)) + ((n - size) * (size - 1.0))) / (n - 2.0) / (n - 3.0);
        var covariance = (both * same) + (one * three) + ((all - both - one) * four) - (all * (same * same));
        var factor = (isSymmetric ? 1 : 0.5) / ((double)size * size);

        // One partition makes no difference.
        return new PartitionMoments(sum * (-factor * (1 - same)), size == 1 ? zero : covariance * (factor * factor), zero, zero);
    }
}
