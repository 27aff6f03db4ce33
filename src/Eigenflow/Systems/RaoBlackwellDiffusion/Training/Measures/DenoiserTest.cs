using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>Noisy samples with the exact denoiser at them, on which every replica and estimator is tested alike. Immutable.</summary>
internal sealed class DenoiserTest
{
    private readonly NetworkDesign design;
    private readonly TrainingSamples samples;
    private readonly double[] poses, turned;

    /// <param name="design">The network.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="seed">Seed.</param>
    public DenoiserTest(NetworkDesign design, int count, long seed)
    {
        var (problem, dimension) = (design.Problem, design.Problem.Dimension);
        this.design = design;
        samples = new TrainingSamples(design, EstimatorKind.Full, count);
        samples.Draw(new GaussianAddress((ulong)seed, TrainingStreams.Test, 0, 0));
        poses = new double[count * problem.Group.Normals];
        GaussianGenerator.Fill(new GaussianAddress((ulong)seed, TrainingStreams.Poses, 0, 0), 0, poses);
        turned = new double[count * dimension];
        for (var b = 0; b < count; b++)
            Turn(b, samples.Noisy.Slice(b * dimension, dimension), turned.AsSpan(b * dimension, dimension));
    }

    /// <summary>Number of samples.</summary>
    public int Count => samples.Batch;

    /// <summary>The excess risk E ω‖φ − E[x₀|x]‖² and the equivariance error E‖g⁻¹φ(gx) − φ(x)‖²/E‖φ‖² of parameters.</summary>
    /// <param name="denoiser">A denoiser with memory of the caller.</param>
    /// <param name="batch">Its batch.</param>
    /// <param name="parameters">The parameters.</param>
    public (double Risk, double Equivariance) Of(Denoiser denoiser, int batch, ReadOnlySpan<double> parameters)
    {
        var dimension = design.Problem.Dimension;
        double[] first = new double[batch * dimension], second = new double[batch * dimension], image = new double[dimension];
        var (risk, apart, size) = (0.0, 0.0, 0.0);
        for (var begin = 0; begin < Count; begin += batch)
        {
            var count = Math.Min(batch, Count - begin);
            var range = (Begin: begin * dimension, Length: count * dimension);
            denoiser.Forward(parameters, samples.Noisy.Slice(range.Begin, range.Length), samples.Inputs.Slice(begin, count), first.AsSpan(0, range.Length));
            denoiser.Forward(parameters, turned.AsSpan(range.Begin, range.Length), samples.Inputs.Slice(begin, count), second.AsSpan(0, range.Length));
            for (var b = 0; b < count; b++)
            {
                var output = first.AsSpan(b * dimension, dimension);
                risk += samples.Weight(begin + b) * Vectors.SquaredDistance(output, samples.Targets.Slice(range.Begin + (b * dimension), dimension));

                // Orthogonal maps keep distances; a score does not turn with a translation.
                if (design.Problem.IsTorus)
                    output.CopyTo(image);
                else
                    Turn(begin + b, output, image);
                apart += Vectors.SquaredDistance(image, second.AsSpan(b * dimension, dimension));
                size += Vectors.Dot(output, output);
            }
        }

        return (risk / Count, size > 0 ? apart / size : 0);
    }

    private void Turn(int sample, ReadOnlySpan<double> vector, Span<double> image) =>
        design.Problem.Group.Apply(poses.AsSpan(sample * design.Problem.Group.Normals, design.Problem.Group.Normals), vector, image);
}
