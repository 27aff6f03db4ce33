using Eigenflow.Random;

namespace Eigenflow.Systems.RaoBlackwellDiffusion.Training;

/// <summary>What the random numbers of training are for; candidates of sampled targets have the stream behind that of their samples.</summary>
internal static class TrainingStreams
{
    public const int Batches = 0, Test = 2, Poses = 4, Gradients = 6, Starts = 8;
}

/// <summary>A batch of noisy samples with their targets, addressed by seed, replica and step; memory for one thread, allocated once.</summary>
internal sealed class TrainingSamples
{
    // The purpose of the words that choose levels.
    private const uint Purpose = 0x52424C56;
    private const double MostNumbers = 1 << 27;

    private readonly NoiseLevels levels;
    private readonly PairSampler sampler;
    private readonly TargetEstimator estimator;
    private readonly int dimension;
    private readonly double[] normals, candidates;
    private readonly double[] clean, noisy, targets;
    private readonly double[] inputs;
    private readonly int[] chosen;

    /// <param name="design">The problem and the noise levels.</param>
    /// <param name="kind">The target.</param>
    /// <param name="batch">How many samples.</param>
    /// <exception cref="TooLargeException">More numbers than a gigabyte holds.</exception>
    public TrainingSamples(NetworkDesign design, EstimatorKind kind, int batch)
    {
        (levels, dimension) = (design.Levels, design.Problem.Dimension);
        sampler = new PairSampler(design.Problem, kind != EstimatorKind.Plain);
        estimator = TargetEstimator.Of(design.Problem, kind);
        var size = (double)batch * (sampler.Normals + (3 * dimension) + 2);
        if (size > MostNumbers)
            throw new TooLargeException(FormattableString.Invariant($"a batch of {batch} samples in {dimension} dimensions"), size * sizeof(double), MostNumbers * sizeof(double), "use a smaller batch");
        normals = new double[batch * sampler.Normals];
        candidates = new double[estimator.Normals];
        (clean, noisy, targets) = (new double[batch * dimension], new double[batch * dimension], new double[batch * dimension]);
        (inputs, chosen) = (new double[batch], new int[batch]);
    }

    /// <summary>Number of samples.</summary>
    public int Batch => chosen.Length;

    /// <summary>The noisy samples, d numbers each.</summary>
    public ReadOnlySpan<double> Noisy => noisy;

    /// <summary>Their targets, d numbers each.</summary>
    public ReadOnlySpan<double> Targets => targets;

    /// <summary>Their levels as inputs of a network.</summary>
    public ReadOnlySpan<double> Inputs => inputs;

    /// <summary>The weight of a sample in the loss.</summary>
    public double Weight(int sample) => levels.Weights[chosen[sample]];

    /// <summary>Draws samples and computes their targets.</summary>
    /// <param name="address">Seed, stream, replica and step.</param>
    public void Draw(GaussianAddress address)
    {
        GaussianGenerator.Fill(address, 0, normals);
        if (levels.Count > 1)
            Choose(address);
        for (var b = 0; b < chosen.Length; b++)
        {
            var mine = clean.AsSpan(b * dimension, dimension);
            var seen = noisy.AsSpan(b * dimension, dimension);
            var level = levels[chosen[b]];
            var template = sampler.Draw(level, normals.AsSpan(b * sampler.Normals, sampler.Normals), mine, seen);
            if (candidates.Length > 0)
                GaussianGenerator.Fill(address with { Stream = address.Stream + 1 }, (long)b * candidates.Length, candidates);
            estimator.Target(level, template, mine, seen, candidates, targets.AsSpan(b * dimension, dimension));
        }
    }

    // Four levels of a block of random words.
    private void Choose(GaussianAddress address)
    {
        const int Words = 4;
        var key = ((uint)address.Seed, (uint)(address.Seed >> 32));
        var purpose = Purpose ^ ((uint)address.Stream << 28) ^ (uint)(address.Step >> 32);
        for (var b = 0; b < chosen.Length; b += Words)
        {
            var (first, second, third, fourth) = Philox.Block(((uint)b, purpose, (uint)address.Replica, (uint)address.Step), key);
            ReadOnlySpan<uint> words = [first, second, third, fourth];
            for (var k = 0; k < Math.Min(Words, chosen.Length - b); k++)
            {
                chosen[b + k] = WholeNumbers.Below(words[k], levels.Count);
                inputs[b + k] = levels.Input(chosen[b + k]);
            }
        }
    }
}
