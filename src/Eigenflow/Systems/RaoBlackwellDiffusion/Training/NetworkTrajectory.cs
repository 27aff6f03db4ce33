using System.Buffers;
using System.Runtime.InteropServices;
using Eigenflow.Dynamics;
using Eigenflow.Numerics.Networks;
using Eigenflow.Random;
using Eigenflow.Schedules;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>What all replicas of a training share.</summary>
/// <param name="Design">The network and the problem.</param>
/// <param name="Optimiser">How it is trained.</param>
/// <param name="Schedule">The learning rates.</param>
/// <param name="Batch">Samples per step.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Test">What it is tested on.</param>
/// <param name="Generated">Samples that are generated for a saved row; 0 for none.</param>
internal sealed record TrainingPlan(NetworkDesign Design, Optimiser Optimiser, LearningRateSchedule Schedule, int Batch, long Seed, DenoiserTest Test, int Generated)
{
    // A loss beyond this multiple of that of a denoiser that gives zero is on its way to infinity.
    private const double LargestGrowth = 1e9;

    /// <summary>A mean loss beyond this is on its way to infinity.</summary>
    public double Bound { get; } = LargestGrowth * Design.Levels.Weights.Max() * (Design.Problem.IsTorus ? Design.Problem.Dimension / (Design.Levels[0].Sigma * Design.Levels[0].Sigma) : Design.Problem.MeanSquare);
}

/// <summary>A network on its way: the parameters with the memories of their optimiser, and the losses of the last batches, are the state.</summary>
internal sealed class NetworkTrajectory : ITrajectory
{
    /// <summary>Test samples go through the network in pieces.</summary>
    public const int TestBatch = 256;

    private readonly TrainingPlan plan;
    private readonly int replica, parameters;
    private readonly TrainingSamples samples;
    private readonly Denoiser denoiser;
    private readonly double[] state, gradient, output;
    private NetworkMeasure? measure;

    /// <param name="plan">What all replicas share.</param>
    /// <param name="replica">Number of the replica.</param>
    public NetworkTrajectory(TrainingPlan plan, int replica)
    {
        (this.plan, this.replica) = (plan, replica);
        var shape = plan.Design.Shape;
        samples = new TrainingSamples(plan.Design, plan.Design.Problem.Estimator, plan.Batch);
        denoiser = new Denoiser(plan.Design, plan.Batch);
        parameters = plan.Optimiser.StateLength(shape);
        state = new double[parameters + LossMemory.Length];
        gradient = new double[shape.PaddedCount];
        output = new double[plan.Batch * plan.Design.Problem.Dimension];
        shape.Draw<double>((ulong)plan.Seed, replica, state);
    }

    /// <inheritdoc/>
    public long Step { get; private set; }

    /// <summary>The parameters, with the zeros behind them.</summary>
    public ReadOnlySpan<double> Parameters => state.AsSpan(0, gradient.Length);

    /// <inheritdoc/>
    public bool Advance(long count)
    {
        for (var end = Step + count; Step < end; Step++)
        {
            var loss = Loss();
            denoiser.Backward(Parameters, output, gradient);
            plan.Optimiser.Update<double>(state.AsSpan(0, parameters), gradient, Step, plan.Schedule.RateAt(Step));
            LossMemory.Add(state.AsSpan(parameters), Step, loss);
        }

        return state[parameters] <= plan.Bound;
    }

    /// <inheritdoc/>
    public void Observe(Span<double> row, bool isSaved)
    {
        measure ??= new NetworkMeasure(plan, TestBatch);
        // Before the first step there is the loss of its batch alone.
        (row[0], row[1]) = (Step == 0 ? Loss() : state[parameters], Math.Sqrt(state[parameters + 1]));
        measure.Observe(Parameters, replica, Step, row[LossMemory.Length..]);
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> to)
    {
        to.Write(BitConverter.GetBytes(Step));
        to.Write(MemoryMarshal.AsBytes(state.AsSpan()));
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> from)
    {
        Step = BitConverter.ToInt64(from);
        MemoryMarshal.Cast<byte, double>(from[sizeof(long)..]).CopyTo(state);
    }

    // The mean loss of the batch of this step, and its derivatives by the outputs.
    private double Loss()
    {
        var (dimension, loss) = (plan.Design.Problem.Dimension, 0.0);
        samples.Draw(new GaussianAddress((ulong)plan.Seed, TrainingStreams.Batches, replica, Step));
        denoiser.Forward(Parameters, samples.Noisy, samples.Inputs, output);
        for (var b = 0; b < plan.Batch; b++)
        {
            var (weight, squares) = (samples.Weight(b), 0.0);
            for (var j = b * dimension; j < (b + 1) * dimension; j++)
            {
                var error = output[j] - samples.Targets[j];
                squares += error * error;
                output[j] = 2 * weight / (plan.Batch * plan.Design.LossUnit) * error;
            }

            loss += weight * squares;
        }

        return loss / plan.Batch;
    }
}
