using Eigenflow.Schedules;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// One step of the mean-field theory of online SGD on weighted modes.
/// Its second moments are those of <see cref="GradientMoments"/>. The mean follows gradient descent; the variance N_i grows by the factor (1 + 4ηλ_i g)² (g = s* − 3s) and by (η²/B)(E g_i² − (E g_i)²).
/// The sheet's leading-order form keeps λ_i I only; the λ_i² terms matter on the first modes when a &gt; 1.
/// As in the flow, the state passes from w to the deviation e = w ∓ w* past the saddle, with every coefficient expanded so that nothing cancels.
/// </summary>
internal sealed class MeanFieldRecursion : IDiscreteEngine
{
    private readonly MeanFieldKernel kernel;
    private readonly LearningRateSchedule schedule;
    private readonly double batch;
    private readonly double noise;
    private readonly double overlap;
    private readonly double dimension;
    private int sign = 1;
    private bool isDeviation;
    private (long Step, bool IsDeviation, int Sign) saved;

    public MeanFieldRecursion(WeightedModes modes, LearningRateSchedule schedule, int batch, double noise)
    {
        this.schedule = schedule;
        this.batch = batch;
        this.noise = noise;
        overlap = modes.TeacherOverlap;
        dimension = modes.Dimension;
        kernel = new MeanFieldKernel(modes);
    }

    public long Step { get; private set; }

    public bool Advance(long count)
    {
        for (var k = 0L; k < count; k++)
        {
            Update();
            Step++;
            var s = isDeviation ? overlap + (2 * kernel.Linear) + kernel.Quadratic : kernel.Quadratic;
            if (!(s <= 1e3 * overlap))
                return false;
            if (!isDeviation && s > overlap / 3 && Math.Abs(kernel.Linear) > overlap / 2)
            {
                sign = Math.Sign(kernel.Linear);
                isDeviation = true;
                kernel.SubtractTeacher(sign);
            }
        }

        return true;
    }

    public PhaseStatistics Observe()
    {
        var (near, far) = isDeviation ? kernel.SquaredDistances(0, 2) : kernel.SquaredDistances(-1, 1);
        return isDeviation
            ? PhaseStatistics.FromDeviation(kernel.Linear, kernel.Quadratic, Math.Min(near, far), sign, overlap, dimension)
            : PhaseStatistics.FromOverlaps(kernel.Quadratic, kernel.Linear, Math.Min(near, far), overlap, dimension);
    }

    public void Save()
    {
        kernel.Save();
        saved = (Step, isDeviation, sign);
    }

    public void Restore()
    {
        kernel.Restore();
        (Step, isDeviation, sign) = saved;
    }

    private void Update()
    {
        var learningRate = schedule.RateAt(Step);
        var (linear, quadratic) = (kernel.Linear, kernel.Quadratic);
        var (g, h) = isDeviation
            ? ((-2 * overlap) - (6 * linear) - (3 * quadratic), (-4 * linear) - (3 * quadratic))
            : (overlap - (3 * quadratic), 2 * linear);
        var (intensity, square, cross, constant) = isDeviation
            ? GradientMoments.NearTeacher(linear, quadratic, overlap, noise)
            : GradientMoments.Of(quadratic, linear, overlap, noise);

        // The variance of a gradient: its second moment less the square of its mean 4λ (g y + h w*).
        kernel.Update(
            4 * learningRate, learningRate * learningRate / batch, g, h, intensity, square - (g * g), cross - (g * h), constant - (h * h));
    }
}
