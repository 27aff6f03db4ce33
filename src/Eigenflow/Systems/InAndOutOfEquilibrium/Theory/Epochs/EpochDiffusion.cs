using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>The diffusion matrix of shuffled epochs, whose noise comes from the order of batches and from their partition.</summary>
internal static class EpochDiffusion
{
    private const double Rounding = 1e-13;

    /// <summary>D of a time unit without thermal noise, to leading order η⁴: half of the covariance of η² Σ_{b before c} H_c G_b over orders and partitions.</summary>
    /// <param name="expansion">The loss.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="rate">η.</param>
    /// <param name="isSymmetric">Whether each epoch is followed by the same in reverse order.</param>
    public static Matrix<double> Of(LocalExpansion expansion, EpochOrders orders, double rate, bool isSymmetric)
    {
        var sampled = Partitions(expansion, orders.Orders, isSymmetric, isPaired: !orders.IsComplete);
        var between = orders.IsComplete ? sampled.Between : PartitionMoments.Exact(expansion, isSymmetric).Between;
        return (between + sampled.Within) * (Math.Pow(rate, 4) / 2);
    }

    /// <summary>The moments of η⁻² times the displacement of second order over given orders.</summary>
    /// <param name="expansion">The loss.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="isSymmetric">Whether each epoch is followed by the same in reverse order.</param>
    /// <param name="isPaired">Whether each order is followed by its reverse, whose partition is the same.</param>
    public static PartitionMoments Partitions(LocalExpansion expansion, IReadOnlyList<int[]> orders, bool isSymmetric, bool isPaired = false)
    {
        var (m, d) = (expansion.Batches, expansion.Dimension);
        double[] within = new double[d * d], size = new double[d];
        Matrix<double> means = Matrix<double>.Build.Dense(orders.Count, d), displacements = Matrix<double>.Build.Dense(orders.Count, d);
        (double[][] Hessians, double[][] Gradients) buffer = ([], []);
        for (var index = 0; index < orders.Count; index++)
        {
            var (hessians, gradients) = buffer = Batches(expansion, orders[index], buffer);
            if (index == 0)
                AddSizes(hessians, gradients, size);
            for (var b = 0; b < m; b++)
            {
                // The conditional mean of a partition: −½ Σ H_b G_b, twice that for forward and backward.
                for (var i = 0; i < d; i++)
                {
                    for (var j = 0; j < d; j++)
                        means[index, i] -= (isSymmetric ? 1 : 0.5) * hessians[b][(i * d) + j] * gradients[b][j];
                }
            }

            if (isSymmetric)
                continue;
            if (!isPaired || index % 2 == 0)
                AddWithin(expansion.Hessian, hessians, gradients, within);
            AddSecond(hessians, gradients, index, displacements);
        }

        var mean = means.ColumnSums() / orders.Count;
        var between = CovarianceOf(means, mean);

        // Where partitions make no difference, what is left of equal numbers is rounding.
        for (var i = 0; i < d; i++)
        {
            if (between[i, i] > Rounding * Rounding * size[i] * size[i])
                continue;
            between.ClearRow(i);
            between.ClearColumn(i);
        }

        var partitions = isPaired ? orders.Count / 2 : orders.Count;
        return new PartitionMoments(mean, between, Matrix<double>.Build.Dense(d, d, (i, j) => within[(i * d) + j] / partitions), isSymmetric ? between : CovarianceOf(displacements, displacements.ColumnSums() / orders.Count));
    }

    private static Matrix<double> CovarianceOf(Matrix<double> rows, Vector<double> mean)
    {
        var centred = rows.MapIndexed((_, i, value) => value - mean[i]);
        return centred.TransposeThisAndMultiply(centred) / rows.RowCount;
    }

    // Σ_{b before c} H_c G_b.
    private static void AddSecond(double[][] hessians, double[][] gradients, int index, Matrix<double> displacements)
    {
        var d = displacements.ColumnCount;
        var before = new double[d];
        for (var b = 0; b < hessians.Length; b++)
        {
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++)
                    displacements[index, i] += hessians[b][(i * d) + j] * before[j];
            }

            for (var j = 0; j < d; j++)
                before[j] += gradients[b][j];
        }
    }

    private static void AddSizes(double[][] hessians, double[][] gradients, double[] size)
    {
        var d = size.Length;
        for (var b = 0; b < hessians.Length; b++)
        {
            for (var k = 0; k < d * d; k++)
                size[k / d] += Math.Abs(hessians[b][k] * gradients[b][k % d]);
        }
    }

    // A fixed partition: with K_bc = ½(H_c G_b − H_b G_c) and r_b = Σ_c K_bc, the covariance is (1/6) Σ K_bc K_bcᵀ + (1/3) Σ r_b r_bᵀ (derived). As Σ G_b = 0, r_b = (M/2)H G_b; and
    // Σ K_bc K_bcᵀ = ½[Σ_c H_c(Σ_b G_b G_bᵀ)H_c − T] with T_ij = Σ_kl Q_kjl Q_lik, Q_kij = Σ_b G_b,k H_b,ij: no sum over pairs.
    private static void AddWithin(Matrix<double> mean, double[][] hessians, double[][] gradients, double[] sum)
    {
        var d = mean.RowCount;
        double[] outer = new double[d * d], products = new double[d * d * d], row = new double[d], half = new double[d * d], own = new double[d * d];
        for (var b = 0; b < hessians.Length; b++)
        {
            var (h, g) = (hessians[b], gradients[b]);
            Add(outer, g, 1);
            for (var i = 0; i < d; i++)
            {
                row[i] = 0;
                for (var j = 0; j < d; j++)
                    row[i] += 0.5 * hessians.Length * mean[i, j] * g[j];
                for (var k = 0; k < d * d; k++)
                    products[(i * d * d) + k] += g[i] * h[k];
            }

            Add(sum, row, 1.0 / 3);
        }

        foreach (var h in hessians)
        {
            LocalExpansion.Product(h, outer, half, d, isAdded: false);
            LocalExpansion.Product(half, h, own, d, isAdded: true);
        }

        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var cross = 0.0;
                for (var k = 0; k < d; k++)
                {
                    for (var l = 0; l < d; l++)
                        cross += products[(k * d * d) + (j * d) + l] * products[(l * d * d) + (i * d) + k];
                }

                sum[(i * d) + j] += (own[(i * d) + j] - cross) / 12;
            }
        }
    }

    private static void Add(double[] sum, double[] vector, double factor)
    {
        var d = vector.Length;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                sum[(i * d) + j] += factor * vector[i] * vector[j];
        }
    }

    /// <summary>Mean Hessians and gradients of the batches of an order.</summary>
    /// <param name="expansion">The loss.</param>
    /// <param name="order">The order.</param>
    /// <param name="buffer">Those of another order, which are overwritten, or empty.</param>
    public static (double[][] Hessians, double[][] Gradients) Batches(LocalExpansion expansion, int[] order, (double[][] Hessians, double[][] Gradients) buffer)
    {
        var (m, size, d) = (expansion.Batches, expansion.Batch, expansion.Dimension);
        if (buffer.Hessians.Length != m)
            buffer = ([.. Enumerable.Range(0, m).Select(_ => new double[d * d])], [.. Enumerable.Range(0, m).Select(_ => new double[d])]);
        for (var b = 0; b < m; b++)
        {
            var (h, g) = (buffer.Hessians[b], buffer.Gradients[b]);
            Array.Clear(h);
            Array.Clear(g);
            for (var k = b * size; k < (b + 1) * size; k++)
            {
                var hessian = expansion.Hessians.AsSpan(order[k] * d * d, d * d);
                var gradient = expansion.Gradients.AsSpan(order[k] * d, d);
                for (var j = 0; j < h.Length; j++)
                    h[j] += hessian[j] / size;
                for (var j = 0; j < d; j++)
                    g[j] += gradient[j] / size;
            }
        }

        return buffer;
    }
}
