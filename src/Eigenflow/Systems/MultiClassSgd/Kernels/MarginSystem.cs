using Eigenflow.Dynamics;
using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>
/// The ordinary differential equations of one output (derived): the mean weights x of every direction, the variance v of every block, and what the learning-rate rule accumulates,
///   x′ = −γ Σ_i p_i (μ_i F_i + λ_i H_i x),  v′ = Σ_i p_i λ_i (−2γ H_i v + γ² I_i/batch),  with the expectations at m_i = Σ μ_i x and B_i = Σ λ_i (x² + w v).
/// They see each other through the m_i and B_i, the accumulated sum and ‖∇R‖² alone, so that the Jacobian is diagonal plus a rank of the number of different means and spectra, and two more for rules that are not constant.
/// Work per evaluation: 2C + 3 fused operations per direction and block, and C quadratures; memory C (directions + blocks) doubles. Not safe to share between threads.
/// </summary>
internal sealed class MarginSystem : IContinuousModel<MixtureState>, ILowRankSystem
{
    private readonly MixtureModes modes;
    private readonly MarginLoss loss;
    private readonly LearningRateRule rule;
    private readonly double batch;
    private readonly RateSums sums;

    // Eigenvalues by spectrum and direction, and w λ by spectrum and block.
    private readonly double[][] along;
    private readonly double[][] weighted;
    private readonly double[] probabilities;
    private readonly double[] pull;
    private readonly MarginPoint point;
    private readonly double[] pullOfBlock;

    // The classes of different means, and which of them the mean of a class is: m and B are shared where means and spectra are.
    private readonly int[] distinct;
    private readonly int[] meanOf;

    public MarginSystem(MixtureModes modes, MarginLoss loss, LearningRateRule rule, double batch)
    {
        (this.modes, this.loss, this.rule, this.batch) = (modes, loss, rule, batch);
        (Directions, Blocks, Classes) = (modes.Directions, modes.Blocks, modes.Classes);
        along = modes.BlockOf is { } blocks ? [.. modes.Spectra.Select(values => blocks.Select(block => values[block]).ToArray())] : modes.Spectra;
        weighted = [.. modes.Spectra.Select(values => values.Zip(modes.Masses, (value, mass) => mass * value).ToArray())];
        probabilities = modes.Probabilities;
        pull = new double[Directions];
        pullOfBlock = new double[Blocks];
        sums = new RateSums(modes);
        meanOf = [.. modes.Means.Select(mean => Array.FindIndex(modes.Means, other => other.AsSpan().SequenceEqual(mean)))];
        distinct = [.. meanOf.Distinct()];
        meanOf = [.. meanOf.Select(first => Array.IndexOf(distinct, first))];
        point = new MarginPoint(Classes, modes.Spectra.Length);
    }

    /// <summary>Memory that solving takes at most, in bytes: the states of the stiff solver, and three of the size of one per rank.</summary>
    public static double Bytes(MixtureModes modes) => 8.0 * ((double)modes.Directions + modes.Blocks) * (16 + (3 * (modes.Classes + modes.Spectra.Length + 2)));

    public int Size => Directions + Blocks + 1;

    public int Rank => distinct.Length + along.Length + (rule.IsConstant ? 0 : 2);

    public bool IsAutonomous => rule.IsConstant || rule is AdaGradNormRate or PolyakRate or LineSearchRate;

    /// <summary>The state at time zero.</summary>
    public double[] InitialState
    {
        get
        {
            var state = new double[Size];
            state.AsSpan(Directions, Blocks).Fill(modes.StartVariance);
            return state;
        }
    }

    private int Directions { get; }

    private int Blocks { get; }

    private int Classes { get; }

    public void Derivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        Evaluate(time, state);
        var rate = point.Rate;
        var x = state[..Directions];
        var v = state.Slice(Directions, Blocks);
        var dx = derivative[..Directions];
        var dv = derivative.Slice(Directions, Blocks);
        dx.Clear();
        dv.Clear();
        for (var i = 0; i < Classes; i++)
            MarginSums.Add(-rate * probabilities[i] * point.Moments[i].Force, modes.Means[i], dx);
        for (var s = 0; s < along.Length; s++)
        {
            var (curvature, noise) = point.Of(s, modes, probabilities);
            MarginSums.Combine(1, dx, -rate * curvature, along[s], x, dx);
            MarginSums.Combine(1, dv, -2 * rate * curvature, modes.Spectra[s], v, dv);
            MarginSums.Add(rate * rate * noise / batch, modes.Spectra[s], dv);
        }

        derivative[^1] = rule.IsConstant ? 0 : rule.Growth(point.View);
    }

    public void TimeDerivative(double time, ReadOnlySpan<double> state, Span<double> derivative)
    {
        Evaluate(time, state);
        var step = 1e-6 * Math.Max(1e-3, time);
        var (before, after) = (Math.Max(0, time - step), time + step);
        ByRate(state, derivative);
        var slope = (rule.Rate(point.View with { Time = after }) - rule.Rate(point.View with { Time = before })) / (after - before);
        for (var k = 0; k < derivative.Length; k++)
            derivative[k] *= slope;
    }

    public void Linearize(double time, ReadOnlySpan<double> state, LowRankJacobian jacobian)
    {
        Evaluate(time, state);
        var rate = point.Rate;
        var x = state[..Directions];
        Pull();
        for (var k = 0; k < Directions; k++)
            jacobian.Diagonal[k] = -rate * pull[k];
        for (var b = 0; b < Blocks; b++)
            jacobian.Diagonal[Directions + b] = -2 * rate * pullOfBlock[b];
        jacobian.Diagonal[^1] = 0;
        var slopes = point.Moments.Select((_, i) => loss.Slopes(point.Means[i], point.Variances[modes.SpectrumOf[i]])).ToArray();
        var byRate = rule.IsConstant ? [] : new double[Size];
        if (!rule.IsConstant)
            ByRate(state, byRate);
        var rates = rule.IsConstant ? default : RateSlopes.Of(rule, point.View);
        for (var mean = 0; mean < distinct.Length; mean++)
        {
            var right = jacobian.Right(mean);
            right.Clear();
            modes.Means[distinct[mean]].CopyTo(right);
            jacobian.Left(mean).Clear();
        }

        for (var s = 0; s < along.Length; s++)
        {
            var right = jacobian.Right(distinct.Length + s);
            right.Clear();
            for (var k = 0; k < Directions; k++)
                right[k] = 2 * along[s][k] * x[k];
            weighted[s].CopyTo(right[Directions..]);
            jacobian.Left(distinct.Length + s).Clear();
        }

        for (var i = 0; i < Classes; i++)
        {
            var (slope, moments) = (slopes[i], point.Moments[i]);
            Respond(jacobian.Left(meanOf[i]), state, i, new Response(moments.Curvature, slope.CurvatureByMean, slope.NoiseByMean, moments.Force), byRate, rates);
            Respond(jacobian.Left(distinct.Length + modes.SpectrumOf[i]), state, i, new Response(slope.ForceByVariance, slope.CurvatureByVariance, slope.NoiseByVariance, moments.Curvature / 2), byRate, rates);
        }

        if (rule.IsConstant)
            return;
        var last = distinct.Length + along.Length;
        jacobian.Right(last).Clear();
        jacobian.Right(last)[^1] = 1;
        byRate.CopyTo(jacobian.Left(last));
        Scale(jacobian.Left(last), rates.ByAccumulated);
        jacobian.Left(last)[^1] += rates.GrowthByAccumulated;
        var gradient = jacobian.Right(last + 1);
        gradient.Clear();
        byRate.CopyTo(jacobian.Left(last + 1));
        Scale(jacobian.Left(last + 1), rule.SeesState ? rates.BySquaredGradient : 0);
        jacobian.Left(last + 1)[^1] += rule.SeesState ? rates.GrowthBySquaredGradient : 0;
        if (!rule.SeesState)
            return;
        for (var k = 0; k < Directions; k++)
            gradient[k] = -2 * byRate[k] * pull[k];
        for (var b = 0; b < Blocks; b++)
            gradient[Directions + b] = modes.Masses[b] * pullOfBlock[b] * pullOfBlock[b];
    }

    /// <summary>Mean weights count relative to their own size and the typical one, variances likewise, and the risk by its own size: at late times it is much smaller than what it is made of.</summary>
    public double ErrorNorm(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> error, double relativeTolerance)
    {
        var risk = 0.0;
        var change = 0.0;
        for (var s = 0; s < along.Length; s++)
            point.Variances[s] = Variance(s, after);
        for (var i = 0; i < Classes; i++)
        {
            var s = modes.SpectrumOf[i];
            var moments = loss.Expect(MarginSums.Dot(modes.Means[i], after[..Directions]), point.Variances[s]);
            risk += probabilities[i] * moments.Risk;
            change += probabilities[i] * ((moments.Force * MarginSums.Dot(modes.Means[i], error[..Directions]))
                + (moments.Curvature / 2 * ((2 * MarginSums.Product(along[s], after[..Directions], error[..Directions])) + MarginSums.Dot(weighted[s], error.Slice(Directions, Blocks)))));
        }

        var norm = Math.Abs(change) / (relativeTolerance * (risk + 1e-300));
        norm = Math.Max(norm, Relative(after[..Directions], before[..Directions], error[..Directions], Scattered(after)) / relativeTolerance);
        norm = Math.Max(norm, Relative(after.Slice(Directions, Blocks), before.Slice(Directions, Blocks), error.Slice(Directions, Blocks), 0) / relativeTolerance);
        return error[^1] == 0 ? norm : Math.Max(norm, Math.Abs(error[^1]) / (relativeTolerance * (Math.Abs(after[^1]) + 1e-300)));
    }

    public MixtureState Observe(ReadOnlySpan<double> state)
    {
        var x = state[..Directions];
        double[][] means = [.. Enumerable.Range(0, Classes).Select(_ => new double[1])];
        double[][] variances = [.. Enumerable.Range(0, along.Length).Select(_ => new double[1])];
        for (var s = 0; s < along.Length; s++)
            variances[s][0] = Variance(s, state);
        var clean = 0.0;
        for (var i = 0; i < Classes; i++)
        {
            means[i][0] = MarginSums.Dot(modes.Means[i], x);
            for (var k = 0; k < modes.Clean.Length; k++)
                clean += modes.Clean[k] ? probabilities[i] * modes.Means[i][k] * x[k] : 0;
        }

        var gradient = 0.0;
        if (rule.SeesState)
        {
            var own = new MarginPoint(Classes, along.Length);
            Expectations(own, means, variances);
            gradient = SquaredGradient(own, state);
        }

        return new MixtureState
        {
            Means = means,
            Variances = variances,
            SquaredNorm = MarginSums.Dot(x, x) + MarginSums.Dot(modes.Masses, state.Slice(Directions, Blocks)),
            CleanPart = clean,
            SquaredGradient = gradient,
            Accumulated = state[^1],
        };
    }

    public Func<double[], MixtureState> Observer() => state => Observe(state);

    public bool Reformulate(Span<double> state, MixtureState row) => false;

    // Adds what a change of the expectations of a class does to the derivative, at first at a fixed rate and then through it.
    private void Respond(Span<double> left, ReadOnlySpan<double> state, int i, Response by, double[] byRate, RateSlopes rates)
    {
        var (s, p, rate) = (modes.SpectrumOf[i], probabilities[i], point.Rate);
        MarginSums.Add(-rate * p * by.Force, modes.Means[i], left[..Directions]);
        MarginSums.Combine(1, left[..Directions], -rate * p * by.Curvature, along[s], state[..Directions], left[..Directions]);
        var scatter = left.Slice(Directions, Blocks);
        MarginSums.Add(rate * rate * p * by.Noise / batch, modes.Spectra[s], scatter);
        MarginSums.Combine(1, scatter, -2 * rate * p * by.Curvature, modes.Spectra[s], state.Slice(Directions, Blocks), scatter);
        if (rule.IsConstant)
            return;
        var change = new RateChange(
            p * by.Risk, rule.SeesState ? GradientChange(state, i, by.Force, by.Curvature) : 0, p * by.Noise * sums.Traces[i] / batch, sums.Curvature(point, probabilities, i, by.Noise, by.Curvature) / batch);
        MarginSums.Add(rates.Along(change), byRate, left);
        left[^1] += rates.GrowthAlong(change);
    }

    private static void Scale(Span<double> vector, double factor)
    {
        foreach (ref var value in vector)
            value *= factor;
    }

    // Mean weights that are nothing but rounding, as those of classes that cancel, do not matter beside the scatter: a ten-thousandth of its norm is as good as none.
    private double Scattered(ReadOnlySpan<double> state) => 1e-8 * MarginSums.Dot(modes.Masses, state.Slice(Directions, Blocks));

    // The root mean square of errors relative to each number or the root mean square of all, whichever is larger.
    private static double Relative(ReadOnlySpan<double> after, ReadOnlySpan<double> before, ReadOnlySpan<double> error, double floor)
    {
        var typical = Math.Sqrt((Math.Max(MarginSums.Dot(after, after), MarginSums.Dot(before, before)) + floor) / after.Length);
        if (typical == 0)
            return MarginSums.Dot(error, error) == 0 ? 0 : double.PositiveInfinity;
        var sum = 0.0;
        for (var k = 0; k < after.Length; k++)
        {
            var part = error[k] / Math.Max(typical, Math.Abs(after[k]));
            sum += part * part;
        }

        return Math.Sqrt(sum / after.Length);
    }

    private double Variance(int spectrum, ReadOnlySpan<double> state) => MarginSums.Square(along[spectrum], state[..Directions]) + MarginSums.Dot(weighted[spectrum], state.Slice(Directions, Blocks));

    private void Evaluate(double time, ReadOnlySpan<double> state)
    {
        for (var s = 0; s < along.Length; s++)
            point.Variances[s] = Variance(s, state);
        for (var i = 0; i < Classes; i++)
        {
            point.Means[i] = MarginSums.Dot(modes.Means[i], state[..Directions]);
            point.Moments[i] = loss.Expect(point.Means[i], point.Variances[modes.SpectrumOf[i]]);
        }

        point.View = sums.View(point, probabilities, time, rule.SeesState ? SquaredGradient(point, state) : 0, state[^1], batch);
        point.Rate = rule.Rate(point.View);
    }

    private void Expectations(MarginPoint target, double[][] means, double[][] variances)
    {
        for (var i = 0; i < Classes; i++)
            target.Moments[i] = loss.Expect(means[i][0], variances[modes.SpectrumOf[i]][0]);
    }

    // ‖E ∇R‖² and the part of the scatter, Σ_b w L_b² v_b.
    private double SquaredGradient(MarginPoint at, ReadOnlySpan<double> state)
    {
        var sum = 0.0;
        for (var k = 0; k < Directions; k++)
        {
            double part = 0, curvature = 0;
            for (var i = 0; i < Classes; i++)
            {
                part += probabilities[i] * modes.Means[i][k] * at.Moments[i].Force;
                curvature += probabilities[i] * along[modes.SpectrumOf[i]][k] * at.Moments[i].Curvature;
            }

            part += curvature * state[k];
            sum += part * part;
        }

        for (var b = 0; b < Blocks; b++)
        {
            var curvature = 0.0;
            for (var i = 0; i < Classes; i++)
                curvature += probabilities[i] * modes.Spectra[modes.SpectrumOf[i]][b] * at.Moments[i].Curvature;
            sum += modes.Masses[b] * curvature * curvature * state[Directions + b];
        }

        return sum;
    }

    // Its change with force and curvature of a class.
    private double GradientChange(ReadOnlySpan<double> state, int i, double force, double curvature)
    {
        var (s, sum) = (modes.SpectrumOf[i], 0.0);
        for (var k = 0; k < Directions; k++)
        {
            var part = pull[k] * state[k];
            for (var j = 0; j < Classes; j++)
                part += probabilities[j] * modes.Means[j][k] * point.Moments[j].Force;
            sum += 2 * part * probabilities[i] * ((modes.Means[i][k] * force) + (along[s][k] * curvature * state[k]));
        }

        for (var b = 0; b < Blocks; b++)
            sum += 2 * modes.Masses[b] * pullOfBlock[b] * state[Directions + b] * probabilities[i] * modes.Spectra[s][b] * curvature;
        return sum;
    }

    // Σ_i p_i λ_i H_i by direction and block.
    private void Pull()
    {
        Array.Clear(pull);
        Array.Clear(pullOfBlock);
        for (var s = 0; s < along.Length; s++)
        {
            var (curvature, _) = point.Of(s, modes, probabilities);
            MarginSums.Add(curvature, along[s], pull);
            MarginSums.Add(curvature, modes.Spectra[s], pullOfBlock);
        }
    }

    // The derivative of the right-hand side with respect to γ.
    private void ByRate(ReadOnlySpan<double> state, Span<double> result)
    {
        Pull();
        result.Clear();
        for (var i = 0; i < Classes; i++)
            MarginSums.Add(-probabilities[i] * point.Moments[i].Force, modes.Means[i], result[..Directions]);
        for (var k = 0; k < Directions; k++)
            result[k] -= pull[k] * state[k];
        for (var s = 0; s < along.Length; s++)
        {
            var (_, noise) = point.Of(s, modes, probabilities);
            MarginSums.Add(2 * point.Rate * noise / batch, modes.Spectra[s], result.Slice(Directions, Blocks));
        }

        for (var b = 0; b < Blocks; b++)
            result[Directions + b] -= 2 * pullOfBlock[b] * state[Directions + b];
    }

    // Changes of force, curvature, noise and risk of a class.
    private readonly record struct Response(double Force, double Curvature, double Noise, double Risk);
}
