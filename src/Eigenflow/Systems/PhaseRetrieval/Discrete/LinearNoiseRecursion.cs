using Eigenflow.Dynamics;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>
/// Mean and covariance of online SGD over runs, step by step (derived; docs/systems/phase-retrieval.md). To second order in the deviation z of a run from the mean m,
/// m ← m − η E∇L and Σ ← Σ − η(HΣ + ΣH) + η²HΣH + (η²/B)(E ggᵀ − E∇L∇Lᵀ) with H = ∇²L(m), where the expectations over z carry s, u and the coefficients of the second moment along. The linear form leaves them at m.
/// As in the flow, the mean passes from w to the deviation e = w ∓ w* near the teacher; the covariance is the same in both.
/// </summary>
internal sealed class LinearNoiseRecursion : ISteppedEngine<FluctuationStatistics>
{
    private readonly CovarianceKernel kernel;
    private readonly LearningRateSchedule schedule;
    private readonly double batch;
    private readonly double noise;
    private readonly double overlap;
    private readonly double dimension;
    private readonly double size;
    private readonly double bound;
    private readonly double own;
    private readonly StepWatch? watch;

    // Σ v_k² over the parts v_k of Var q that single steps have made.
    private double squares;
    private PhaseFrame frame = PhaseFrame.Absolute;

    /// <param name="modes">The modes, or entries that stand for them.</param>
    /// <param name="schedule">The learning rates.</param>
    /// <param name="batch">B.</param>
    /// <param name="noise">σ².</param>
    /// <param name="isLinear">Whether the covariance acts neither on the mean nor on its own noise.</param>
    /// <param name="watch">Looks for events, or null.</param>
    public LinearNoiseRecursion(WeightedModes modes, LearningRateSchedule schedule, int batch, double noise, bool isLinear, StepWatch? watch = null)
    {
        this.schedule = schedule;
        this.batch = batch;
        this.noise = noise;
        this.watch = watch;
        own = isLinear ? 0 : 1;
        overlap = modes.TeacherOverlap;
        dimension = modes.Dimension;
        size = modes.Size;
        kernel = new CovarianceKernel(modes);
        bound = Stability.LargestSelfOverlap(overlap, kernel.Square);
        Settle();
    }

    public long Step { get; private set; }

    public double StepWork => 9 * size * size;

    public long Piece => StepWatch.Piece(Step, StepWork);

    private double Quadratic => kernel.Square + kernel.Trace;

    public bool Advance(long count)
    {
        for (var k = 0L; k < count; k++)
        {
            var rate = schedule.RateAt(Step);
            var step = Coefficients(rate);
            var (before, added) = (kernel.LinearVariance, kernel.LinearNoise(step));
            kernel.Update(step);
            var factor = before > 0 ? Math.Max(0, kernel.LinearVariance - added) / before : 0;
            squares = (factor * factor * squares) + (added * added);
            Step++;
            if (!(frame.SelfOverlap(kernel.Linear, Quadratic, overlap) <= bound && kernel.Trace >= 0))
                return false;
            Settle();
            watch?.Look(frame, kernel.Linear, Quadratic, Step);
        }

        return true;
    }

    public FluctuationStatistics Observe()
    {
        var (q, p) = (kernel.Linear, Quadratic);
        var (linear, mixed, quadratic) = (kernel.LinearVariance, kernel.Covariance, kernel.TiltVariance + kernel.TraceVariance());
        var (first, second) = frame.Shifts();
        var (near, far) = (kernel.SquaredDistance(first), kernel.SquaredDistance(second));
        var distance = near.Mean <= far.Mean ? near : far;
        var statistics = frame.Statistics(q, p, distance.Mean, overlap, dimension);
        var added = frame.IsDeviation ? (8 * linear) + (12 * mixed) + (3 * quadratic) : (3 * quadratic) - (4 * linear);
        var self = frame.IsDeviation ? (4 * linear) + (4 * mixed) + quadratic : quadratic;
        return new(
            statistics with { Loss = statistics.Loss + added }, Root(self), Root(linear), Root(distance.Variance) / dimension, Root(kernel.LossVariance(Coefficients(0))), squares > 0 ? linear * linear / squares : double.PositiveInfinity);

        // A variance that vanishes may come out a rounding below zero.
        static double Root(double variance) => Math.Sqrt(Math.Max(0, variance));
    }

    // The frame by the statistics of the mean, covariance included.
    private void Settle()
    {
        var proper = frame.ProperOf(kernel.Linear, Quadratic, overlap);
        if (proper == frame)
            return;
        if (frame.IsDeviation)
            kernel.Shift(1, 1, frame.Sign);
        if (proper.IsDeviation)
            kernel.Shift(proper.Sign, -1, 1);
        frame = proper;
    }

    private CovarianceStep Coefficients(double rate)
    {
        var (q, p) = (kernel.Linear, kernel.Square + (own * kernel.Trace));
        var (linear, mixed, quadratic) = (own * kernel.LinearVariance, own * kernel.Covariance, own * kernel.TiltVariance);
        var (g, h) = frame.Drift(q, p, overlap);
        var slopes = frame.Slopes();
        var moments = GradientCurvature.Of(frame, q, p, overlap, noise);
        var gain = rate * rate / batch;
        double Mean(MomentTaylor moment) => moment.Mean(linear, mixed, quadratic);

        // Cov(q, y) = κ and Cov(p, y) = 2ρ.
        (double, double) With(double byLinear, double byQuadratic) => (own * byLinear, 2 * own * byQuadratic);
        return new CovarianceStep
        {
            Rate = rate,
            Gain = gain,
            Square = (rate * rate) - (own * gain),
            G = g,
            H = h,
            Feedback = With(slopes.GLinear, slopes.GQuadratic),
            Hessian = (-8 * slopes.GQuadratic, -4 * slopes.GLinear, -4 * slopes.HLinear),
            Intensity = Mean(moments.Intensity),
            Second = (Mean(moments.Square), Mean(moments.Cross), Mean(moments.Constant)),
            Own = own,
            WithSquare = With(moments.Square.Q, moments.Square.P),
            WithCross = With(moments.Cross.Q, moments.Cross.P),
        };
    }
}
