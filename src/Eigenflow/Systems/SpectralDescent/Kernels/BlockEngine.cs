using System.Runtime.CompilerServices;
using Eigenflow.Dynamics;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// The exact recursion of the block coefficients under the population gradient: T = Σ n_j q_j (w_j² − δ_j0), h_j = 2 q_j² (w_j² − δ_j0) + q_j T, and
/// w_j ← (1 − ηω) w_j − ηc f(h_j w_j). Exact for every dimension up to rounding. Past a = ½ the signal is carried as e = |a| − 1 (f is odd, so that e moves by the same rule): a² − 1 = e (2 + e), T and the loss
/// then keep their relative accuracy down to underflow. Work O(K) per step, memory 4 K doubles; no allocation in steps.
/// </summary>
internal abstract class BlockEngine : ISteppedEngine<Observation>
{
    private protected BlockEngine(BlockSystem system)
    {
        System = system;
        Weights = new double[system.Count];
        Array.Fill(Weights, system.Scale);
    }

    // The sign of the signal while it is carried as its deviation from one, otherwise 0.
    private int sign;
    private double deviation;

    public BlockSystem System { get; }

    /// <summary>The coefficients w_j now.</summary>
    public double[] Weights { get; }

    public long Step { get; private protected set; }

    public long Piece => DescentPhases.Piece(StepWork);

    public double StepWork => 10.0 * System.Count;

    /// <summary>The learning rates; set before the first step.</summary>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Constant(1, 1);

    /// <summary>What every learning rate is multiplied by: 1, and a little more for a twin.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>Told of every state, the first included.</summary>
    public PhaseTracker Tracker { get; set; } = new();

    /// <summary>a² − 1.</summary>
    protected double SignalError
    {
        get
        {
            var a = Weights[System.Signal];
            return sign != 0 ? deviation * (2 + deviation) : (a - 1) * (a + 1);
        }
    }

    public abstract bool Advance(long count);

    public Observation Observe()
    {
        var (q, n, w) = (System.Eigenvalues, System.Multiplicities, Weights);
        var error = SignalError;
        double residual = 0, squares = 0, energy = 0, fourth = 0;
        for (var j = w.Length - 1; j >= 0; j--)
        {
            var square = w[j] * w[j];
            var delta = j == System.Signal ? error : square;
            residual += n[j] * q[j] * delta;
            squares += n[j] * q[j] * q[j] * delta * delta;
            energy += n[j] * square;
            fourth += n[j] * square * square;
        }

        double Slope(int j) => (2 * q[j] * q[j] * (j == System.Signal ? error : w[j] * w[j])) + (q[j] * residual);
        var a = w[System.Signal];
        return new Observation(
            a, w[System.Loud], w[System.Quiet], 0.25 * ((2 * squares) + (residual * residual)), a * a / Math.Sqrt(fourth), a * a / energy, residual,
            Slope(System.Signal), Slope(System.Loud), Slope(System.Quiet));
    }

    /// <summary>Moves the signal, in the form in which it is carried.</summary>
    /// <param name="step">What is subtracted from a.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected void MoveSignal(double step)
    {
        ref var a = ref Weights[System.Signal];
        if (sign != 0)
        {
            deviation -= sign * step;
            a = sign * (1 + deviation);

            // Back below one half, where a is the number to keep.
            if (!(deviation >= -0.5))
                sign = 0;
            return;
        }

        // The subtraction is exact up to |a| = 2.
        a -= step;
        if (Math.Abs(a) >= 0.5)
            (sign, deviation) = (a > 0 ? 1 : -1, Math.Abs(a) - 1);
    }
}

/// <summary>The recursion for one map of singular values.</summary>
internal sealed class BlockEngine<TMap>(BlockSystem system, UpdateRule rule, TMap map) : BlockEngine(system)
    where TMap : struct, IBlockMap
{
    private const double Smallest = 1e-14;
    private readonly double momentum = rule.Momentum;
    private readonly double gain = rule.Gain;
    private readonly double factor = rule.Scale.Factor(system.Dimension, system.Dimension);
    private readonly double decay = rule.WeightDecay;
    private readonly bool isNesterov = rule.IsNesterov && rule.Momentum > 0;
    private readonly double[] average = new double[system.Count];
    private readonly double[] ahead = new double[system.Count];
    private TMap map = map;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Advance(long count)
    {
        var (q, n, w, m, u) = (System.Eigenvalues, System.Multiplicities, Weights, average, ahead);
        var (signal, loud, quiet) = (System.Signal, System.Loud, System.Quiet);
        for (var end = Step + count; Step < end;)
        {
            var error = SignalError;
            double residual = 0, fourth = 0, squares = 0;
            for (var j = 0; j < w.Length; j++)
            {
                var square = w[j] * w[j];
                var part = q[j] * (j == signal ? error : square);
                residual += n[j] * q[j] * (j == signal ? error : square);
                fourth += n[j] * square * square;
                squares += n[j] * part * part;
            }

            if (!double.IsFinite(residual * residual) || !double.IsFinite(fourth))
                return false;
            var a = w[signal] * w[signal];
            Tracker.Record(
                Step, a, w[loud], residual, (2 * q[loud] * q[loud] * w[loud] * w[loud]) + (q[loud] * residual), (2 * q[quiet] * q[quiet] * w[quiet] * w[quiet]) + (q[quiet] * residual),
                a / Math.Sqrt(fourth), 0.25 * ((2 * squares) + (residual * residual)));
            var rate = RateFactor * Schedule.RateAt(Step);
            var (move, shrink) = (rate * factor, rate * decay);
            if (TMap.NeedsNorm || momentum > 0)
            {
                var norm = 0.0;
                for (var j = 0; j < w.Length; j++)
                {
                    var square = j == signal ? error : w[j] * w[j];
                    var gradient = q[j] * ((2 * q[j] * square) + residual) * w[j];
                    m[j] = (momentum * m[j]) + (gain * gradient);
                    u[j] = map.Stored(isNesterov ? (gain * gradient) + (momentum * m[j]) : m[j]);
                    norm += n[j] * u[j] * u[j];
                }

                map.Begin(Math.Sqrt(norm), Schedule.Steps > 1 ? Step / (Schedule.Steps - 1.0) : 0);
                for (var j = 0; j < w.Length; j++)
                    Move(j, (move * map.Map(u[j])) + (shrink * w[j]));
            }
            else
            {
                for (var j = 0; j < w.Length; j++)
                {
                    var square = j == signal ? error : w[j] * w[j];
                    Move(j, (move * map.Map(q[j] * ((2 * q[j] * square) + residual) * w[j])) + (shrink * w[j]));
                }
            }

            Step++;
        }

        var last = Observe();
        if (!double.IsFinite(last.Loss) || !double.IsFinite(last.Alignment))
            return false;
        Tracker.Record(Step, last.A * last.A, last.B, last.Residual, last.LoudSlope, last.QuietSlope, last.Alignment, last.Loss);
        return true;

        void Move(int j, double step)
        {
            if (j == signal)
                MoveSignal(step);
            else
                w[j] -= step;
            w[j] = Snapped(w[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Snapped(double value) => TMap.HasLattice && Math.Abs(value) < Smallest ? 0 : value;
}
