using MathNet.Numerics.LinearAlgebra;

namespace Eigenflow.Systems.InAndOutOfEquilibrium;

/// <summary>
/// Moments of shuffled epochs: an order of the samples makes the affine map δ' = A_o δ + b_o, a product of steps I − ηH_b; stationary mean and covariance follow from those of (A_o, b_o) over orders.
/// Exact for quadratic losses where orders are enumerated (derived).
/// </summary>
internal sealed class EpochMoments
{
    private const int Bisections = 12;
    private const double MostLimitWork = 2e8;

    private readonly LocalExpansion expansion;
    private readonly double rate;
    private readonly Vector<double>? shift;
    private readonly Matrix<double>? tilt;
    private readonly int d;
    private (double[][] Hessians, double[][] Gradients) buffer = ([], []);

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
        var factor = rate / 4 * expansion.EpochFactor;
        return (expansion.TraceGradient * factor, expansion.Spread(Matrix<double>.Build.DenseIdentity(expansion.Dimension)) * (2 * factor));
    }

    /// <summary>The stationary mean and covariance of time units with thermal noise, and X of their mean map I − X.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="stepNoise">Variance of the thermal noise of each step.</param>
    /// <param name="unitNoise">Variance of the thermal noise at the end of each time unit.</param>
    /// <param name="parts">Number of batches of orders that are solved by themselves as well, for standard errors; 0 for none.</param>
    /// <returns>The moments over all orders, and those over each batch of them.</returns>
    /// <exception cref="ParameterException">There is no stationary state.</exception>
    public (EpochState All, IReadOnlyList<EpochState> Parts) Stationary(EpochOrders orders, double stepNoise, double unitNoise, int parts = 0)
    {
        var maps = orders.Orders.Select(order => Map(order, stepNoise)).ToArray();
        var exact = orders.IsComplete ? null : PartitionMoments.Exact(expansion, Steps > expansion.Batches);
        EpochState? Leaned(int from, int to) => Solve(maps[from..to], unitNoise) is not { } state ? null : exact is null ? state : Lean(state, exact, [.. orders.Orders.Skip(from).Take(to - from)]);
        var all = Leaned(0, maps.Length) ?? throw Unstable(orders);
        var own = new List<EpochState>();
        for (var part = 0; part < parts; part++)
        {
            // Orders and their reverses stay together.
            var pairs = maps.Length / 2;
            int from = 2 * (int)((long)pairs * part / parts), to = 2 * (int)((long)pairs * (part + 1) / parts);
            if (Leaned(from, to) is { } state)
                own.Add(state);
        }

        return (all, own.Count == parts ? own : []);
    }

    // What the sampled orders have too much or too little of to leading order is known from their partitions, and for these without sampling: a control variate.
    private EpochState Lean(EpochState state, PartitionMoments exact, IReadOnlyList<int[]> orders)
    {
        var isSymmetric = Steps > expansion.Batches;
        var sampled = EpochDiffusion.Partitions(expansion, orders, isSymmetric, isPaired: true);
        var mean = state.Mean + (state.Drift.Solve(exact.Mean - sampled.Mean) * (rate * rate));
        var basis = new EigenBasis(state.Drift);
        var sigma = state.Covariance + basis.Divide((exact.Between + sampled.Within - sampled.Total) * Math.Pow(rate, 4), (x, other) => x + other - (x * other));
        return StationaryLaw.IsPositive(sigma) ? state with { Mean = mean, Covariance = sigma } : state with { Mean = mean };
    }

    private EpochState? Solve(OrderMap[] maps, double unitNoise)
    {
        var count = maps.Length;
        double[] noise = new double[d * d], driftSum = new double[d * d], moveSum = new double[d];
        foreach (var one in maps)
        {
            for (var k = 0; k < driftSum.Length; k++)
            {
                driftSum[k] -= one.Change[k] / count;
                noise[k] += one.Noise[k] / count;
            }

            for (var k = 0; k < d; k++)
                moveSum[k] += one.Move[k] / count;
        }

        var drift = Dense(driftSum);
        drift = (drift + drift.Transpose()) / 2;
        if (drift.Enumerate().Any(value => !double.IsFinite(value)))
            return null;
        var basis = new EigenBasis(drift);
        if (!basis.Values.All(value => value is > 0 and < 2))
            return null;
        var mean = drift.Solve(Vector<double>.Build.Dense(moveSum));
        var source = Dense(noise);
        for (var k = 0; k < d; k++)
            source[k, k] += unitNoise;
        double[][] deviations = new double[count][];
        for (var index = 0; index < count; index++)
        {
            var rest = (Dense(maps[index].Change) * mean) + Vector<double>.Build.Dense(maps[index].Move);
            source += rest.OuterProduct(rest) / count;
            deviations[index] = [.. maps[index].Change.Select((value, k) => value + drift[k / d, k % d])];
        }

        // Σ − ĀΣĀ = noise + E (A − Ā)Σ(A − Ā)ᵀ, the left side in the eigenbasis of X = 1 − Ā.
        Matrix<double> Divided(Matrix<double> q) => basis.Divide(q, (x, other) => x + other - (x * other));
        Matrix<double> Spread(Matrix<double> sigma)
        {
            double[] spread = new double[d * d], half = new double[d * d], middle = sigma.ToRowMajorArray(), transposed = new double[d * d];
            foreach (var deviation in deviations)
            {
                LocalExpansion.Product(deviation, middle, half, d, isAdded: false);
                for (var i = 0; i < d; i++)
                {
                    for (var j = 0; j < d; j++)
                        transposed[(i * d) + j] = deviation[(j * d) + i];
                }

                LocalExpansion.Product(half, transposed, spread, d, isAdded: true);
            }

            return Divided(Dense(spread) / count);
        }

        return MomentEquation.Solve(Divided(source), Spread) is { } solved ? new EpochState(mean, solved, drift, (m, second) => Next(maps, m, second)) : null;
    }

    // Means over orders of (1 + K)S(1 + K)ᵀ + (1 + K)m bᵀ + b mᵀ(1 + K)ᵀ.
    private (Vector<double> Mean, Matrix<double> Second) Next(OrderMap[] maps, Vector<double> mean, Matrix<double> second)
    {
        Vector<double> nextMean = Vector<double>.Build.Dense(d);
        var nextSecond = Matrix<double>.Build.Dense(d, d);
        foreach (var one in maps)
        {
            var map = Dense(one.Change) + Matrix<double>.Build.DenseIdentity(d);
            var moved = map * mean;
            var cross = moved.OuterProduct(Vector<double>.Build.Dense(one.Move));
            nextMean += moved / maps.Length;
            nextSecond += ((map * second * map.Transpose()) + cross + cross.Transpose()) / maps.Length;
        }

        return (nextMean, nextSecond);
    }

    private ParameterException Unstable(EpochOrders orders)
    {
        double low = 0, high = rate, work = (double)orders.Orders.Count * (Steps + d) * d * d * d * Bisections;
        var few = work <= MostLimitWork ? orders.Orders : [.. orders.Orders.Take(Math.Max(2, (int)(orders.Orders.Count * MostLimitWork / work) / 2 * 2))];
        for (var k = 0; k < Bisections; k++)
        {
            var middle = (low + high) / 2;
            var other = new EpochMoments(expansion, middle, Steps > expansion.Batches, shift is not null);
            (low, high) = other.Solve([.. few.Select(order => other.Map(order, 1))], 0) is null ? (low, middle) : (middle, high);
        }

        return new ParameterException("learning-rate", rate, DisplayText.Plain($"below about {low:G4}"), DisplayText.Plain($"unstable learning rate: the mean square of shuffled epochs grows above about {low:G4}"));
    }

    // The map of an order: A − 1 and not A, as small step sizes would be lost against one.
    private OrderMap Map(int[] order, double stepNoise)
    {
        var (hessians, gradients) = buffer = EpochDiffusion.Batches(expansion, order, buffer);
        double[] change = new double[d * d], move = new double[d], step = new double[d * d], half = new double[d * d], added = new double[d * d], thermal = new double[d * d], moved = new double[d];
        for (var k = 0; k < Steps; k++)
        {
            var b = k < hessians.Length ? k : (2 * hessians.Length) - 1 - k;
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++)
                    step[(i * d) + j] = -rate * (hessians[b][(i * d) + j] - (tilt?[i, j] ?? 0));
            }

            LocalExpansion.Product(step, change, added, d, isAdded: false);
            for (var i = 0; i < d; i++)
            {
                moved[i] = move[i] - (rate * (gradients[b][i] - (shift?[i] ?? 0)));
                for (var j = 0; j < d; j++)
                {
                    change[(i * d) + j] += step[(i * d) + j] + added[(i * d) + j];
                    moved[i] += step[(i * d) + j] * move[j];
                }
            }

            moved.CopyTo(move, 0);
            if (stepNoise == 0)
                continue;
            for (var i = 0; i < d; i++)
                step[(i * d) + i]++;
            LocalExpansion.Product(step, thermal, half, d, isAdded: false);
            LocalExpansion.Product(half, step, thermal, d, isAdded: false);
            for (var i = 0; i < d; i++)
                thermal[(i * d) + i] += stepNoise;
        }

        return new OrderMap(change, move, thermal);
    }

    private Matrix<double> Dense(double[] rows) => Matrix<double>.Build.DenseOfRowMajor(d, d, rows);

    // δ' = (1 + Change)δ + Move + thermal noise of covariance Noise.
    private readonly record struct OrderMap(double[] Change, double[] Move, double[] Noise);
}

/// <summary>Stationary moments of shuffled epochs.</summary>
/// <param name="Mean">Mean of δ.</param>
/// <param name="Covariance">Σ.</param>
/// <param name="Drift">X of the mean map I − X.</param>
/// <param name="Next">What a time unit makes of deviations of the mean and of ⟨δδᵀ⟩ from their stationary values.</param>
internal sealed record EpochState(Vector<double> Mean, Matrix<double> Covariance, Matrix<double> Drift, Func<Vector<double>, Matrix<double>, (Vector<double> Mean, Matrix<double> Second)> Next);
