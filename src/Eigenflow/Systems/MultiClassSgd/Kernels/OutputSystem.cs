using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>
/// The ordinary differential equations of l outputs (derived), for the explicit solver: x ∈ R^l of every direction, and v ∈ R^{l × l} of every block, of which the lower triangle is kept, or the diagonal where the loss closes upon it and l is large.
/// State and memory: l (directions) + l (l + 1)/2 (blocks), or 2 l; work per evaluation l² (directions + blocks) fused operations per spectrum, l per class and direction in which its mean is not zero, and one quadrature per class.
/// There is no array of classes × modes × l². Not safe to share between threads.
/// </summary>
internal sealed class OutputSystem : IContinuousModel<MixtureState>
{
    // Beyond this the lower triangles of v are not kept where the diagonals do.
    private const long LargestTriangles = 4_000_000;
    private const int MostOutputsWithTriangles = 16;

    // Stages, dense output, and the states before and after a step.
    private const int StatesOfSolver = 12;

    private readonly MixtureModes modes;
    private readonly OutputLoss loss;
    private readonly LearningRateRule rule;
    private readonly double batch;
    private readonly RateSums sums;
    private readonly double[][] along;
    private readonly double[][] weighted;
    private readonly SparseMean[] means;
    private readonly OutputMoments moments;
    private readonly OutputPoint point;
    private readonly double[] gradient;
    private readonly int outputs;
    private readonly int directions;
    private readonly int blocks;
    private readonly bool isDiagonal;
    private readonly CancellationToken cancellation;

    public OutputSystem(MixtureModes modes, OutputLoss loss, LearningRateRule rule, double batch, CancellationToken cancellation = default)
    {
        this.cancellation = cancellation;
        (this.modes, this.loss, this.rule, this.batch) = (modes, loss, rule, batch);
        (outputs, directions, blocks) = (modes.Classes, modes.Directions, modes.Blocks);
        isDiagonal = IsDiagonal(modes, loss);
        along = modes.BlockOf is { } places ? [.. modes.Spectra.Select(values => places.Select(block => values[block]).ToArray())] : modes.Spectra;
        weighted = [.. modes.Spectra.Select(values => values.Zip(modes.Masses, (value, mass) => mass * value).ToArray())];
        means = [.. modes.Means.Select(mean => new SparseMean(mean))];
        moments = new OutputMoments(outputs);
        point = new OutputPoint(outputs, modes.Spectra.Length);
        gradient = new double[outputs * directions];
        sums = new RateSums(modes);
    }

    public int Size => (outputs * directions) + (Components * blocks) + 1;

    /// <summary>The state at time zero.</summary>
    public double[] InitialState
    {
        get
        {
            var state = new double[Size];
            for (var a = 0; a < outputs; a++)
                Scatter(state.AsSpan(), a, a).Fill(modes.StartVariance);
            return state;
        }
    }

    private int Components => isDiagonal ? outputs : outputs * (outputs + 1) / 2;

    /// <summary>Memory that solving takes at most, in bytes: the states of the explicit solver, expectations, and what saved rows keep.</summary>
    public static double Bytes(MixtureModes modes, OutputLoss loss, LearningRateRule rule, int rows)
    {
        double outputs = modes.Classes;
        var isDiagonal = IsDiagonal(modes, loss);
        var state = (outputs * modes.Directions) + ((isDiagonal ? outputs : outputs * (outputs + 1) / 2) * modes.Blocks);
        var ofRow = (outputs * outputs) + (modes.Spectra.Length * (isDiagonal ? outputs : outputs * outputs));
        var expectations = (outputs * outputs * (1 + (2 * modes.Spectra.Length))) + (rule.SeesState ? 2 * outputs * outputs * outputs : 2 * outputs * outputs);
        return 8 * ((StatesOfSolver * state) + (rows * ofRow) + expectations);
    }

    /// <summary>Whether only the diagonals of variances are carried.</summary>
    public static bool IsDiagonal(MixtureModes modes, OutputLoss loss) =>
        loss.IsDiagonal && (modes.Classes > MostOutputsWithTriangles || (long)modes.Classes * (modes.Classes + 1) / 2 * modes.Blocks > LargestTriangles);

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        Evaluate(time, state);
        var rate = point.Rate;
        for (var k = 0; k < gradient.Length; k++)
            derivative[k] = -rate * gradient[k];
        derivative[gradient.Length..].Clear();
        for (var a = 0; a < outputs; a++)
        {
            for (var b = isDiagonal ? a : 0; b <= a; b++)
            {
                var target = Scatter(derivative, a, b);
                for (var s = 0; s < along.Length; s++)
                {
                    for (var q = 0; q < outputs; q++)
                    {
                        // H v + v H, of which each factor is symmetric.
                        if (point.Curvatures[s][(a * outputs) + q] is not 0 and var left)
                            MarginSums.Combine(1, target, -rate * left, modes.Spectra[s], Scatter(state, q, b), target);
                        if (point.Curvatures[s][(b * outputs) + q] is not 0 and var right)
                            MarginSums.Combine(1, target, -rate * right, modes.Spectra[s], Scatter(state, a, q), target);
                    }

                    MarginSums.Add(rate * rate * point.Noises[s][(a * outputs) + b] / batch, modes.Spectra[s], target);
                }
            }
        }

        derivative[^1] = rule.IsConstant ? 0 : rule.Growth(point.View);
    }

    /// <summary>As that of one output; the expectations are those of the last evaluation, which the solver does at the end of the step.</summary>
    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        var change = 0.0;
        for (var i = 0; i < outputs; i++)
        {
            for (var a = 0; a < outputs; a++)
                change += modes.Probabilities[i] * point.Forces[i][a] * means[i].Dot(Weights(error, a));
        }

        for (var s = 0; s < along.Length; s++)
        {
            for (var a = 0; a < outputs; a++)
            {
                for (var b = isDiagonal ? a : 0; b <= a; b++)
                {
                    if (point.Curvatures[s][(a * outputs) + b] is not 0 and var curvature)
                    {
                        var part = MarginSums.Product(along[s], Weights(after, a), Weights(error, b)) + MarginSums.Product(along[s], Weights(after, b), Weights(error, a)) + MarginSums.Dot(weighted[s], Scatter(error, a, b));
                        change += (a == b ? 0.5 : 1) * curvature * part;
                    }
                }
            }
        }

        var count = outputs * directions;
        var scatter = 0.0;
        for (var a = 0; a < outputs; a++)
            scatter += 1e-8 * MarginSums.Dot(modes.Masses, Scatter(after, a, a));
        var norm = Math.Abs(change) / (relativeTolerance * (point.View.Risk + 1e-300));
        norm = Math.Max(norm, Relative(after[..count], before[..count], error[..count], scatter) / relativeTolerance);
        return Math.Max(norm, Relative(after[count..^1], before[count..^1], error[count..^1], 0) / relativeTolerance);
    }

    public MixtureState Observe(ReadOnlySpan<double> state)
    {
        double[][] outputsOf = [.. Enumerable.Range(0, outputs).Select(_ => new double[outputs])];
        double[][] variances = [.. along.Select(_ => new double[isDiagonal ? outputs : outputs * outputs])];
        double clean = 0, norm = 0;
        for (var i = 0; i < outputs; i++)
        {
            for (var a = 0; a < outputs; a++)
                outputsOf[i][a] = means[i].Dot(Weights(state, a));
            norm += MarginSums.Dot(Weights(state, i), Weights(state, i)) + MarginSums.Dot(modes.Masses, Scatter(state, i, i));
            var own = Weights(state, i);
            for (var k = 0; k < modes.Clean.Length; k++)
                clean += modes.Clean[k] ? modes.Probabilities[i] * modes.Means[i][k] * own[k] : 0;
        }

        for (var s = 0; s < along.Length; s++)
            Variance(s, state, variances[s]);
        return new MixtureState
        {
            Means = outputsOf,
            Variances = variances,
            SquaredNorm = norm,
            CleanPart = clean,
            SquaredGradient = rule.SeesState ? new OutputSystem(modes, loss, rule, batch).GradientOf(state) : 0,
            Accumulated = state[^1],
        };
    }

    public Func<double[], MixtureState> Observer() => state => Observe(state);

    public bool Reformulate(Span<double> state, MixtureState row) => false;

    // The root mean square of errors relative to that of the numbers.
    private static double Relative(ReadOnlySpan<double> after, ReadOnlySpan<double> before, ReadOnlySpan<double> error, double floor)
    {
        var typical = Math.Sqrt((Math.Max(MarginSums.Dot(after, after), MarginSums.Dot(before, before)) + floor) / after.Length);
        var size = Math.Sqrt(MarginSums.Dot(error, error) / after.Length);
        return size == 0 ? 0 : size / typical;
    }

    private double GradientOf(ReadOnlySpan<double> state)
    {
        Evaluate(0, state);
        return point.View.SquaredGradient;
    }

    private ReadOnlySpan<double> Weights(ReadOnlySpan<double> state, int output) => state.Slice(output * directions, directions);

    private int Place(int first, int second)
    {
        var (a, b) = first >= second ? (first, second) : (second, first);
        return (outputs * directions) + ((isDiagonal ? a : (a * (a + 1) / 2) + b) * blocks);
    }

    private ReadOnlySpan<double> Scatter(ReadOnlySpan<double> state, int first, int second) => isDiagonal && first != second ? default : state.Slice(Place(first, second), blocks);

    private Span<double> Scatter(Span<double> state, int first, int second) => state.Slice(Place(first, second), blocks);

    private void Variance(int spectrum, ReadOnlySpan<double> state, double[] result)
    {
        for (var a = 0; a < outputs; a++)
        {
            for (var b = isDiagonal ? a : 0; b <= a; b++)
            {
                var value = MarginSums.Product(along[spectrum], Weights(state, a), Weights(state, b)) + MarginSums.Dot(weighted[spectrum], Scatter(state, a, b));
                if (isDiagonal)
                    result[a] = value;
                else
                    result[(a * outputs) + b] = result[(b * outputs) + a] = value;
            }
        }
    }

    // Expectations, their sums by spectrum, the gradient of the risk, and the rate.
    private void Evaluate(double time, ReadOnlySpan<double> state)
    {
        point.Clear();
        var full = point.Variance;
        Array.Clear(gradient);
        double risk = 0, noise = 0;
        for (var s = 0; s < along.Length; s++)
        {
            Variance(s, state, full);
            for (var i = 0; i < outputs; i++)
            {
                if (modes.SpectrumOf[i] != s)
                    continue;
                cancellation.ThrowIfCancellationRequested();
                var (p, mean) = (modes.Probabilities[i], point.Forces[i]);
                for (var a = 0; a < outputs; a++)
                    mean[a] = means[i].Dot(Weights(state, a));
                if (isDiagonal)
                    ExpectDiagonal(i, mean, full);
                else
                    loss.Expect(i, mean, full, moments);
                risk += p * moments.Risk;
                noise += p * moments.NoiseTrace * sums.Traces[i];
                MarginSums.Add(p, moments.Curvature, point.Curvatures[s]);
                MarginSums.Add(p, moments.Noise, point.Noises[s]);
                moments.Force.CopyTo(point.Forces[i], 0);
                for (var a = 0; a < outputs; a++)
                    means[i].Add(p * moments.Force[a], gradient.AsSpan(a * directions, directions));
            }

            for (var a = 0; a < outputs; a++)
            {
                for (var q = 0; q < outputs; q++)
                {
                    if (point.Curvatures[s][(a * outputs) + q] is not 0 and var curvature)
                        MarginSums.Combine(1, gradient.AsSpan(a * directions, directions), curvature, along[s], Weights(state, q), gradient.AsSpan(a * directions, directions));
                }
            }
        }

        point.View = new RateView
        {
            Time = time,
            Risk = risk,
            SquaredGradient = rule.SeesState ? MarginSums.Dot(gradient, gradient) + ScatteredGradient(state) : 0,
            GradientNoise = noise / batch,
            CurvatureNoise = rule.SeesState ? CurvatureNoise() / batch : 0,
            Accumulated = state[^1],
        };
        point.Rate = rule.Rate(point.View);
    }

    // The diagonal of I is all that the diagonal of v needs, and its trace the risk.
    private void ExpectDiagonal(int i, double[] mean, double[] variance)
    {
        loss.Gradient(i, mean, moments.Force);
        Array.Clear(moments.Curvature);
        Array.Clear(moments.Noise);
        for (var a = 0; a < outputs; a++)
        {
            moments.Curvature[(a * outputs) + a] = 1;
            moments.Noise[(a * outputs) + a] = (moments.Force[a] * moments.Force[a]) + variance[a];
        }

        moments.Risk = moments.NoiseTrace / 2;
    }

    private double CurvatureNoise()
    {
        var sum = 0.0;
        for (var s = 0; s < along.Length; s++)
        {
            for (var other = 0; other < along.Length; other++)
                sum += MarginSums.Product(modes.Masses, modes.Spectra[s], modes.Spectra[other]) * MarginSums.Dot(point.Noises[s], point.Curvatures[other]);
        }

        return sum;
    }

    // Σ_b w tr(L_b v_b L_b) with L_b = Σ_i p_i λ_i H_i.
    private double ScatteredGradient(ReadOnlySpan<double> state)
    {
        var sum = 0.0;
        var pull = new double[outputs * outputs];
        for (var block = 0; block < blocks; block++)
        {
            Array.Clear(pull);
            for (var s = 0; s < along.Length; s++)
                MarginSums.Add(modes.Spectra[s][block], point.Curvatures[s], pull);
            for (var a = 0; a < outputs; a++)
            {
                for (var b = 0; b < outputs; b++)
                {
                    if (isDiagonal && a != b)
                        continue;
                    var square = MarginSums.Dot(pull.AsSpan(a * outputs, outputs), pull.AsSpan(b * outputs, outputs));
                    sum += modes.Masses[block] * square * Scatter(state, a, b)[block];
                }
            }
        }

        return sum;
    }
}
