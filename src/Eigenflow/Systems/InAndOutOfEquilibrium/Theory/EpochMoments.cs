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
    private readonly Vector<double>? shift;
    private readonly Matrix<double>? tilt;
    private readonly int d;

    /// <param name="expansion">The loss.</param>
    /// <param name="rate">η.</param>
    /// <param name="isSymmetric">Whether each epoch is followed by the same in reverse order.</param>
    /// <param name="isCorrected">Whether ∇(η/4)c_B tr Γ is subtracted from every gradient.</param>
    public EpochMoments(LocalExpansion expansion, double rate, bool isSymmetric, bool isCorrected)
    {
        (this.expansion, this.rate, d) = (expansion, rate, expansion.Dimension);
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
        var (hessians, gradients) = EpochDiffusion.Batches(expansion, order);
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

    private Matrix<double> Dense(double[] rows) => Matrix<double>.Build.DenseOfRowMajor(d, d, rows);
}
