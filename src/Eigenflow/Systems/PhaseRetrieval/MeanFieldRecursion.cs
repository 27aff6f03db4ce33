using System.Runtime.CompilerServices;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// One step of the mean-field theory of online SGD on weighted modes.
/// Its second moments are those of <see cref="GradientMoments"/>. The mean follows gradient descent; the variance N_i grows by the factor (1 + 4ηλ_i g)² (g = s* − 3s) and by (η²/B)(E g_i² − (E g_i)²).
/// The sheet's leading-order form keeps λ_i I only; the λ_i² terms matter on the first modes when a &gt; 1.
/// As in the flow, the state passes from w to the deviation e = w ∓ w* past the saddle, with every coefficient expanded so that nothing cancels.
/// </summary>
internal sealed class MeanFieldRecursion : IDiscreteEngine
{
    private readonly double[] eigenvalues;
    private readonly double[] weights;
    private readonly double[] counts;
    private readonly int[] nodeOf;
    private readonly double[] teacher;
    private readonly double[] mean;
    private readonly double[] variance;
    private readonly double[] drive;
    private readonly double[] savedMean;
    private readonly double[] savedVariance;
    private readonly double[] savedTeacher;
    private readonly double learningRate;
    private readonly double batch;
    private readonly double noise;
    private readonly double overlap;
    private readonly double dimension;
    private double linear;
    private double quadratic;
    private int sign = 1;
    private bool isDeviation;
    private (long Step, bool IsDeviation, int Sign) saved;

    public MeanFieldRecursion(WeightedModes modes, double learningRate, int batch, double noise)
    {
        this.learningRate = learningRate;
        this.batch = batch;
        this.noise = noise;
        overlap = modes.TeacherOverlap;
        dimension = modes.Dimension;
        eigenvalues = modes.Eigenvalues;
        weights = modes.Weights;
        counts = modes.Counts;
        teacher = (double[])modes.Teacher.Clone();
        mean = (double[])modes.Start.Clone();
        variance = new double[modes.Size];
        drive = new double[modes.Size];
        savedMean = new double[modes.Size];
        savedVariance = new double[modes.Size];
        savedTeacher = new double[modes.Size];

        // The variance of a compressed node is kept at the entry that counts its modes; its second entry points there.
        nodeOf = new int[modes.Size];
        for (var j = 0; j < modes.Size; j++)
            nodeOf[j] = j > 0 && counts[j] == 0 && eigenvalues[j] == eigenvalues[j - 1] ? nodeOf[j - 1] : j;
        Measure();
    }

    public long Step { get; private set; }

    public bool Advance(long count)
    {
        for (var k = 0L; k < count; k++)
        {
            Update();
            Step++;
            Measure();
            var s = isDeviation ? overlap + (2 * linear) + quadratic : quadratic;
            if (!(s <= 1e3 * overlap))
                return false;
            if (!isDeviation && s > overlap / 3 && Math.Abs(linear) > overlap / 2)
                SwitchToDeviation();
        }

        return true;
    }

    public PhaseStatistics Observe()
    {
        double near = 0, far = 0;
        for (var j = mean.Length - 1; j >= 0; j--)
        {
            var difference = isDeviation ? mean[j] : mean[j] - teacher[j];
            near += (weights[j] * difference * difference) + variance[j];
            var sum = isDeviation ? mean[j] + (2 * teacher[j]) : mean[j] + teacher[j];
            far += (weights[j] * sum * sum) + variance[j];
        }

        return isDeviation
            ? PhaseStatistics.FromDeviation(linear, quadratic, Math.Min(near, far), sign, overlap, dimension)
            : PhaseStatistics.FromOverlaps(quadratic, linear, Math.Min(near, far), overlap, dimension);
    }

    public void Save()
    {
        mean.CopyTo(savedMean, 0);
        variance.CopyTo(savedVariance, 0);
        teacher.CopyTo(savedTeacher, 0);
        saved = (Step, isDeviation, sign);
    }

    public void Restore()
    {
        savedMean.CopyTo(mean, 0);
        savedVariance.CopyTo(variance, 0);
        savedTeacher.CopyTo(teacher, 0);
        (Step, isDeviation, sign) = saved;
        Measure();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update()
    {
        var (g, h) = isDeviation
            ? ((-2 * overlap) - (6 * linear) - (3 * quadratic), (-4 * linear) - (3 * quadratic))
            : (overlap - (3 * quadratic), 2 * linear);
        var (intensity, square, cross, constant) = isDeviation
            ? GradientMoments.NearTeacher(linear, quadratic, overlap, noise)
            : GradientMoments.Of(quadratic, linear, overlap, noise);
        var step = 4 * learningRate;
        var gain = learningRate * learningRate / batch;

        // Fluctuating part of E g_i² from the second-order terms and the mean gradient, gathered per node.
        Array.Clear(drive);
        for (var j = 0; j < mean.Length; j++)
        {
            var rate = eigenvalues[j];
            var gradient = 4 * rate * ((g * mean[j]) + (h * teacher[j]));
            var second = 16 * rate * rate * ((square * mean[j] * mean[j]) + (2 * cross * mean[j] * teacher[j]) + (constant * teacher[j] * teacher[j]));
            drive[nodeOf[j]] += weights[j] * (second - (gradient * gradient));
        }

        for (var j = 0; j < mean.Length; j++)
        {
            var rate = eigenvalues[j];
            if (nodeOf[j] == j)
            {
                var factor = 1 + (step * rate * g);
                var own = (16 * rate * rate * square) - Square(4 * rate * g);
                variance[j] = (variance[j] * ((factor * factor) + (gain * own))) + (gain * ((rate * intensity * counts[j]) + drive[j]));
            }

            mean[j] += step * rate * ((g * mean[j]) + (h * teacher[j]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure()
    {
        double q = 0, p = 0;
        for (var j = mean.Length - 1; j >= 0; j--)
        {
            q += weights[j] * eigenvalues[j] * mean[j] * teacher[j];
            p += eigenvalues[j] * ((weights[j] * mean[j] * mean[j]) + variance[j]);
        }

        (linear, quadratic) = (q, p);
    }

    private void SwitchToDeviation()
    {
        sign = Math.Sign(linear);
        isDeviation = true;
        for (var j = 0; j < mean.Length; j++)
        {
            teacher[j] *= sign;
            mean[j] -= teacher[j];
        }

        Measure();
    }

    private static double Square(double value) => value * value;
}
