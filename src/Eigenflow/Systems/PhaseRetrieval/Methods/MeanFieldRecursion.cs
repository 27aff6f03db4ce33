using Eigenflow.Dynamics;
using Eigenflow.Schedules;
using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// One step of the mean-field theory of online SGD on weighted modes.
/// Its second moments are those of <see cref="GradientMoments"/>. The mean follows gradient descent; the variance N_i grows by the factor (1 + 4ηλ_i g)² (g = s* − 3s) and by (η²/B)(E g_i² − (E g_i)²).
/// The leading-order form keeps λ_i I only; the λ_i² terms matter on the first modes when a &gt; 1.
/// As in the flow, the state passes from w to the deviation e = w ∓ w* near the teacher (<see cref="PhaseFrame"/>), with every coefficient expanded so that nothing cancels.
/// </summary>
internal sealed class MeanFieldRecursion : ISteppedEngine<PhaseStatistics>
{
    private readonly MeanFieldKernel kernel;
    private readonly LearningRateSchedule schedule;
    private readonly double batch;
    private readonly double noise;
    private readonly HiddenTeacher hidden;
    private readonly double overlap;
    private readonly double dimension;
    private readonly int size;
    private readonly double bound;
    private readonly StepWatch? watch;
    private PhaseFrame frame = PhaseFrame.Absolute;

    public MeanFieldRecursion(WeightedModes modes, LearningRateSchedule schedule, int batch, double noise, StepWatch? watch = null)
    {
        this.schedule = schedule;
        this.batch = batch;
        this.noise = noise;
        this.watch = watch;
        overlap = modes.TeacherOverlap;
        hidden = modes.Hidden;
        dimension = modes.Dimension;
        size = modes.Size;
        kernel = new MeanFieldKernel(modes);
        bound = Stability.LargestSelfOverlap(overlap, Quadratic);
        Settle();
    }

    public long Step { get; private set; }

    public double StepWork => 10.0 * size;

    public long Piece => StepWatch.Piece(Step, StepWork);

    public bool Advance(long count)
    {
        for (var k = 0L; k < count; k++)
        {
            Update();
            Step++;
            if (!(frame.SelfOverlap(Linear, Quadratic, overlap) <= bound))
                return false;
            Settle();
            watch?.Look(frame, Linear, Quadratic, Step);
        }

        return true;
    }

    public PhaseStatistics Observe()
    {
        var (first, second) = frame.Shifts();
        var (near, far) = kernel.SquaredDistances(first, second);
        return frame.Statistics(Linear, Quadratic, Math.Min(near, far) + hidden.NormSquared, overlap, dimension);
    }

    // q and p of all modes: on those that the student does not see, the deviation is the whole teacher.
    private double Linear => frame.IsDeviation ? kernel.Linear - hidden.Overlap : kernel.Linear;

    private double Quadratic => frame.IsDeviation ? kernel.Quadratic + hidden.Overlap : kernel.Quadratic;

    // The frame by the statistics of the mean trajectory, variances included.
    private void Settle()
    {
        var proper = frame.ProperOf(Linear, Quadratic, overlap);
        if (proper == frame)
            return;
        if (frame.IsDeviation)
            kernel.AddTeacher(frame.Sign);
        if (proper.IsDeviation)
            kernel.SubtractTeacher(proper.Sign);
        frame = proper;
    }

    private void Update()
    {
        var learningRate = schedule.RateAt(Step);
        var (linear, quadratic) = (Linear, Quadratic);
        var (g, h) = frame.Drift(linear, quadratic, overlap);
        var (intensity, square, cross, constant) = frame.IsDeviation
            ? GradientMoments.NearTeacher(linear, quadratic, overlap, noise)
            : GradientMoments.Of(quadratic, linear, overlap, noise);

        // The variance of a gradient: its second moment less the square of its mean 4λ (g y + h w*).
        kernel.Update(
            4 * learningRate, learningRate * learningRate / batch, g, h, intensity, square - (g * g), cross - (g * h), constant - (h * h));
    }
}
