using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Eigenflow.Dynamics;
using Eigenflow.Numerics.Dense;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.SpectralDescent;

/// <summary>
/// Descent of a d × m matrix of weights: any source of gradients with any update rule. Work per step: that of the source and of the direction, plus 3 d m; memory 4 d m doubles, one more d m with Nesterov's momentum.
/// An observation costs 2 d² m operations more.
/// </summary>
internal sealed class MatrixEngine : ISteppedEngine<Observation>, ITrajectory
{
    private readonly MatrixSystem system;
    private readonly IGradientSource source;
    private readonly IMatrixDirection direction;
    private readonly LearningRateSchedule schedule;
    private readonly double momentum;
    private readonly double gain;
    private readonly double factor;
    private readonly double decay;
    private readonly double[] gradient;
    private readonly double[] average;
    private readonly double[] ahead;
    private readonly double[] update;
    private readonly double[] root;
    private readonly double[] rootTransposed;
    private readonly double[] gram;
    private readonly double[] error;

    public MatrixEngine(MatrixSystem system, IGradientSource source, UpdateRule rule, LearningRateSchedule schedule)
    {
        var (d, m) = (system.Dimension, system.Width);
        this.system = system;
        this.source = source;
        this.schedule = schedule;
        momentum = rule.Momentum;
        gain = rule.Gain;
        factor = rule.Scale.Factor(d, m);
        decay = rule.WeightDecay;
        direction = rule.Direction.Matrices(d, m);
        Weights = (double[])system.Start.Clone();
        gradient = new double[d * m];
        average = momentum > 0 ? new double[d * m] : gradient;
        ahead = rule.IsNesterov && momentum > 0 ? new double[d * m] : average;
        update = new double[d * m];
        root = new double[d * m];
        rootTransposed = new double[d * m];
        gram = new double[m * m];
        error = new double[d * d];
    }

    public long Step { get; private set; }

    /// <summary>What every learning rate is multiplied by: 1, and a little more for a twin.</summary>
    public double RateFactor { get; init; } = 1;

    public long Piece => DescentPhases.Piece(StepWork);

    /// <summary>About the number of elementary operations of a step.</summary>
    public double StepWork => source.Work + (20.0 * system.Dimension * system.Width * Math.Min(system.Dimension, system.Width));

    /// <summary>W in the eigenbasis, row by row.</summary>
    public double[] Weights { get; }

    public bool Advance(long count)
    {
        for (var end = Step + count; Step < end; Step++)
        {
            source.Fill(Weights, Step, gradient);
            if (momentum > 0)
            {
                for (var i = 0; i < gradient.Length; i++)
                    average[i] = (momentum * average[i]) + (gain * gradient[i]);
                for (var i = 0; i < gradient.Length && ahead != average; i++)
                    ahead[i] = (gain * gradient[i]) + (momentum * average[i]);
            }

            // A sum is finite exactly when its terms are, up to overflow, which is divergence as well.
            var sum = 0.0;
            foreach (var value in average)
                sum += Math.Abs(value);
            if (!double.IsFinite(sum))
                return false;
            direction.Begin(schedule.Steps > 1 ? Step / (schedule.Steps - 1.0) : 0);
            direction.Apply(ahead, update);
            var rate = RateFactor * schedule.RateAt(Step);
            var (move, shrink) = (rate * factor, rate * decay);
            for (var i = 0; i < update.Length; i++)
                Weights[i] -= (move * update[i]) + (shrink * Weights[i]);
        }

        return Array.TrueForAll(Weights, value => Math.Abs(value) < 1e70);
    }

    public void Observe(Span<double> row, bool isSaved) => DescentColumns.Write(Observe(), row);

    public void Write(IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), Step);
        to.Advance(sizeof(long));
        to.Write(MemoryMarshal.AsBytes(Weights.AsSpan()));
        if (momentum > 0)
            to.Write(MemoryMarshal.AsBytes(average.AsSpan()));
    }

    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BinaryPrimitives.ReadInt64LittleEndian(from);
        var numbers = MemoryMarshal.Cast<byte, double>(from[sizeof(long)..]);
        numbers[..Weights.Length].CopyTo(Weights);
        if (momentum > 0)
            numbers[Weights.Length..].CopyTo(average);
    }

    public Observation Observe()
    {
        var (d, m, q, teacher) = (system.Dimension, system.Width, system.Eigenvalues, system.Teacher);
        double signal = 0, energy = 0, quiet = 0;
        for (var j = 0; j < m; j++)
        {
            var projection = 0.0;
            for (var i = 0; i < d; i++)
                projection += teacher[i] * Weights[(i * m) + j];
            signal += projection * projection;
        }

        for (var i = 0; i < d; i++)
        {
            var factor = Math.Sqrt(q[i]);
            for (var j = 0; j < m; j++)
            {
                var value = Weights[(i * m) + j];
                energy += value * value;
                root[(i * m) + j] = factor * value;
            }
        }

        // Q^½ Δ Q^½ entry by entry: squares of A alone would cancel once the teacher is learned.
        MatrixProduct.Transpose(root, rootTransposed, d, m);
        MatrixProduct.Multiply(root, rootTransposed, error, d, m, d);
        double squares = 0, residual = 0;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                var value = error[(i * d) + j] - (Math.Sqrt(q[i] * q[j]) * teacher[i] * teacher[j]);
                squares += value * value;
                residual += i == j ? value : 0;
            }
        }

        MatrixProduct.MultiplyTransposed(Weights, Weights, gram, m, d, m);
        var fourth = 0.0;
        foreach (var value in gram)
            fourth += value * value;
        var (first, count) = system.Quiet.GetOffsetAndLength(d);
        for (var i = first * m; i < (first + count) * m; i++)
            quiet += Weights[i] * Weights[i];
        quiet /= count;
        var loud = 0.0;
        for (var j = 0; j < m; j++)
            loud += Weights[(system.Loud * m) + j] * Weights[(system.Loud * m) + j];
        var (qb, qc) = (q[system.Loud], q[first]);
        var slope = 0.0;
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
                slope += 2 * teacher[i] * teacher[j] * Math.Sqrt(q[i] * q[j]) * (error[(i * d) + j] - (Math.Sqrt(q[i] * q[j]) * teacher[i] * teacher[j]));
            slope += residual * q[i] * teacher[i] * teacher[i];
        }

        return new Observation(
            Math.Sqrt(signal), Math.Sqrt(loud), Math.Sqrt(quiet), 0.25 * ((2 * squares) + (residual * residual)), signal / Math.Sqrt(fourth), signal / energy, residual,
            slope, (2 * qb * qb * (loud - (teacher[system.Loud] * teacher[system.Loud]))) + (qb * residual), (2 * qc * qc * quiet) + (qc * residual));
    }
}
