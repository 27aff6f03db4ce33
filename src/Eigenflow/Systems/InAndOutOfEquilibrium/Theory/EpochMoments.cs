using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Moments of shuffled epochs: an order of the samples makes the affine map δ' = A_o δ + b_o, a product of steps I − ηH_b; stationary mean and covariance follow from those of (A_o, b_o) over orders.
/// Exact for quadratic losses where orders are enumerated (derived).
/// </summary>
internal sealed class EpochMoments
{
    private const int MostIterations = 500;

    private readonly LocalExpansion expansion;
    private readonly double rate;
    private readonly bool isSymmetric;
    private readonly Vector<double>? shift;
    private readonly Matrix<double>? tilt;
    private readonly int d;

    /// <param name="expansion">The loss.</param>
    /// <param name="rate">η.</param>
    /// <param name="isSymmetric">Whether each epoch is followed by the same in reverse order.</param>
    /// <param name="isCorrected">Whether ∇(η/4)c_B tr Γ is subtracted from every gradient.</param>
    public EpochMoments(LocalExpansion expansion, double rate, bool isSymmetric, bool isCorrected)
    {
        (this.expansion, this.rate, this.isSymmetric, d) = (expansion, rate, isSymmetric, expansion.Dimension);
        if (isCorrected)
            (shift, tilt) = Correction(expansion, rate);
        Steps = expansion.Batches * (isSymmetric ? 2 : 1);
    }

    /// <summary>Steps of a time unit.</summary>
    public int Steps { get; }

    /// <summary>Gradient at the minimum and Hessian of (η/4)c_B tr Γ.</summary>
    public static (Vector<double> Gradient, Matrix<double> Hessian) Correction(LocalExpansion expansion, double rate)
    {
        var factor = rate / 4 * expansion.BatchFactor;
        return (expansion.TraceGradient * factor, expansion.Spread(Matrix<double>.Build.DenseIdentity(expansion.Dimension)) * (2 * factor));
    }

    /// <summary>D of a time unit without thermal noise, to leading order η⁴: half of the covariance of η² Σ_{b before c} H_c G_b over orders and partitions.</summary>
    public Matrix<double> Diffusion(EpochOrders orders)
    {
        var m = expansion.Batches;
        var within = new double[d * d];
        var means = Matrix<double>.Build.Dense(orders.Orders.Count, d);
        for (var index = 0; index < orders.Orders.Count; index++)
        {
            var (hessians, gradients) = Batches(orders.Orders[index]);
            for (var b = 0; b < m; b++)
            {
                // The conditional mean of a partition: −½ Σ H_b G_b, twice that for forward and backward.
                for (var i = 0; i < d; i++)
                {
                    for (var j = 0; j < d; j++)
                        means[index, i] -= (isSymmetric ? 1 : 0.5) * hessians[b][(i * d) + j] * gradients[b][j];
                }
            }

            if (!isSymmetric)
                AddWithin(hessians, gradients, within);
        }

        var centred = means.Clone();
        var mean = means.ColumnSums() / orders.Orders.Count;
        for (var index = 0; index < orders.Orders.Count; index++)
            centred.SetRow(index, means.Row(index) - mean);
        var between = centred.TransposeThisAndMultiply(centred) / orders.Orders.Count;
        var total = between + Matrix<double>.Build.Dense(d, d, (i, j) => within[(i * d) + j] / orders.Orders.Count);
        return total * (Math.Pow(rate, 4) / 2);
    }

    // A fixed partition: with K_bc = ½(H_c G_b − H_b G_c) and r_b = Σ_c K_bc, the covariance is (1/6) Σ K_bc K_bcᵀ + (1/3) Σ r_b r_bᵀ (derived). As Σ G_b = 0, r_b = (M/2)H G_b; and
    // Σ K_bc K_bcᵀ = ½[Σ_c H_c(Σ_b G_b G_bᵀ)H_c − T] with T_ij = Σ_kl Q_kjl Q_lik, Q_kij = Σ_b G_b,k H_b,ij: no sum over pairs.
    private void AddWithin(double[][] hessians, double[][] gradients, double[] sum)
    {
        double[] outer = new double[d * d], products = new double[d * d * d], row = new double[d], half = new double[d * d], own = new double[d * d];
        for (var b = 0; b < hessians.Length; b++)
        {
            var (h, g) = (hessians[b], gradients[b]);
            Add(outer, g, 1);
            for (var i = 0; i < d; i++)
            {
                row[i] = 0;
                for (var j = 0; j < d; j++)
                    row[i] += 0.5 * hessians.Length * expansion.Hessian[i, j] * g[j];
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

    private void Add(double[] sum, double[] vector, double factor)
    {
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                sum[(i * d) + j] += factor * vector[i] * vector[j];
        }
    }

    /// <summary>The stationary mean, covariance and mean map of time units with thermal noise.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="stepNoise">Variance of the thermal noise of each step.</param>
    /// <param name="unitNoise">Variance of the thermal noise at the end of each time unit.</param>
    /// <exception cref="ParameterException">There is no stationary state.</exception>
    public (Vector<double> Mean, Matrix<double> Covariance, Matrix<double> Map) Stationary(EpochOrders orders, double stepNoise, double unitNoise)
    {
        var count = orders.Orders.Count;
        double[][] maps = new double[count][], moves = new double[count][];
        double[] noise = new double[d * d], mapSum = new double[d * d], moveSum = new double[d];
        for (var index = 0; index < count; index++)
        {
            (maps[index], moves[index]) = Map(orders.Orders[index], stepNoise, noise);
            for (var k = 0; k < mapSum.Length; k++)
                mapSum[k] += maps[index][k] / count;
            for (var k = 0; k < d; k++)
                moveSum[k] += moves[index][k] / count;
        }

        var map = Dense(mapSum);
        map = (map + map.Transpose()) / 2;
        var basis = new EigenBasis(map);
        if (!basis.Values.All(value => Math.Abs(value) < 1))
            throw Unstable();
        var mean = (Matrix<double>.Build.DenseIdentity(d) - map).Solve(Vector<double>.Build.Dense(moveSum));
        var source = Dense(noise) / count;
        for (var k = 0; k < d; k++)
            source[k, k] += unitNoise;
        for (var index = 0; index < count; index++)
        {
            var rest = (Dense(maps[index]) * mean) + Vector<double>.Build.Dense(moves[index]) - mean;
            source += rest.OuterProduct(rest) / count;
        }

        for (var index = 0; index < count; index++)
        {
            for (var k = 0; k < mapSum.Length; k++)
                maps[index][k] -= map[k / d, k % d];
        }

        // Σ − ĀΣĀ = noise + E (A − Ā)Σ(A − Ā)ᵀ.
        var first = basis.Divide(source, (a, other) => 1 - (a * other));
        var sigma = first;
        for (var round = 0; ; round++)
        {
            double[] spread = new double[d * d], half = new double[d * d], middle = sigma.ToRowMajorArray(), transposed = new double[d * d];
            foreach (var deviation in maps)
            {
                LocalExpansion.Product(deviation, middle, half, d, isAdded: false);
                for (var i = 0; i < d; i++)
                {
                    for (var j = 0; j < d; j++)
                        transposed[(i * d) + j] = deviation[(j * d) + i];
                }

                LocalExpansion.Product(half, transposed, spread, d, isAdded: true);
            }

            var next = first + basis.Divide(Dense(spread) / count, (a, other) => 1 - (a * other));
            var change = (next - sigma).FrobeniusNorm();
            sigma = next;
            if (!double.IsFinite(change) || (round > MostIterations && change > 1e-6 * sigma.FrobeniusNorm()))
                throw Unstable();
            if (!(change > 1e-15 * sigma.FrobeniusNorm()) || round > MostIterations)
                return (mean, sigma, map);
        }
    }

    private ParameterException Unstable() => new("learning-rate", rate, "small enough that shuffled epochs have a stationary state", "unstable learning rate: the mean square of an epoch grows; reduce it");

    // The map of an order; the covariance of its thermal noise is added.
    private (double[] Map, double[] Move) Map(int[] order, double stepNoise, double[] noise)
    {
        var (hessians, gradients) = Batches(order);
        double[] map = new double[d * d], move = new double[d], step = new double[d * d], half = new double[d * d], next = new double[d * d], thermal = new double[d * d], moved = new double[d];
        for (var i = 0; i < d; i++)
            map[(i * d) + i] = 1;
        for (var k = 0; k < Steps; k++)
        {
            var b = k < hessians.Length ? k : (2 * hessians.Length) - 1 - k;
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++)
                    step[(i * d) + j] = (i == j ? 1 : 0) - (rate * (hessians[b][(i * d) + j] - (tilt?[i, j] ?? 0)));
            }

            LocalExpansion.Product(step, map, next, d, isAdded: false);
            (map, next) = (next, map);
            for (var i = 0; i < d; i++)
            {
                moved[i] = -rate * (gradients[b][i] - (shift?[i] ?? 0));
                for (var j = 0; j < d; j++)
                    moved[i] += step[(i * d) + j] * move[j];
            }

            moved.CopyTo(move, 0);
            if (stepNoise == 0)
                continue;
            LocalExpansion.Product(step, thermal, half, d, isAdded: false);
            LocalExpansion.Product(half, step, thermal, d, isAdded: false);
            for (var i = 0; i < d; i++)
                thermal[(i * d) + i] += stepNoise;
        }

        for (var k = 0; k < noise.Length; k++)
            noise[k] += thermal[k];
        return ([.. map], move);
    }

    private (double[][] Hessians, double[][] Gradients) Batches(int[] order)
    {
        var (m, size) = (expansion.Batches, expansion.Batch);
        double[][] hessians = new double[m][], gradients = new double[m][];
        for (var b = 0; b < m; b++)
        {
            double[] h = new double[d * d], g = new double[d];
            for (var k = b * size; k < (b + 1) * size; k++)
            {
                var hessian = expansion.Hessians.AsSpan(order[k] * d * d, d * d);
                var gradient = expansion.Gradients.AsSpan(order[k] * d, d);
                for (var j = 0; j < h.Length; j++)
                    h[j] += hessian[j] / size;
                for (var j = 0; j < d; j++)
                    g[j] += gradient[j] / size;
            }

            (hessians[b], gradients[b]) = (h, g);
        }

        return (hessians, gradients);
    }

    private Matrix<double> Dense(double[] rows) => Matrix<double>.Build.DenseOfRowMajor(d, d, rows);
}
