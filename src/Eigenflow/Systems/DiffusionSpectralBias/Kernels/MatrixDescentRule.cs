using Eigenflow.Dynamics;
using Eigenflow.Numerics.Dense;
using Eigenflow.Random;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>
/// Descent of whole matrices in the basis of the modes, one independent network per level of the sampler and for that of weights: with the exact gradient of the population, or on batches of B samples, each with noise of its own at every level.
/// The network is x A_1ᵀ … A_Lᵀ with rows as samples, of ties x P Pᵀ, and has a bias where data have a mean.
/// </summary>
internal sealed class MatrixDescentRule : StateRule
{
    private const int SampleStream = 2, NoiseStream = 3;
    private const double BoundOfLoss = 1e6;
    private readonly DiffusionProblem problem;
    private readonly DiscreteSampler sampler;
    private readonly IReadOnlyList<int> shown;
    private readonly LayerStack stack;
    private readonly NoiseLevel[] levels;
    private readonly MatrixSampler matrices;
    private readonly double[] roots, mean;
    private readonly long seed;
    private readonly int batch, replica, d;
    private readonly double[] drawn, samples, noise, inputs, targets, network;
    private readonly ModeSet set;

    /// <param name="problem">The problem.</param>
    /// <param name="sampler">Its levels are those that are trained.</param>
    /// <param name="shown">Modes with columns.</param>
    /// <param name="batch">Samples per step; 0 for the population.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="replica">Replica.</param>
    public MatrixDescentRule(DiffusionProblem problem, DiscreteSampler sampler, IReadOnlyList<int> shown, int batch, long seed, int replica)
        : base(StartOf(problem, sampler))
    {
        (this.problem, this.sampler, this.shown, this.batch, this.seed, this.replica, d) = (problem, sampler, shown, batch, seed, replica, problem.Dimension);
        stack = new LayerStack(problem, Math.Max(1, batch));
        levels = [.. sampler.Levels(problem), problem.Levels.At(problem.WeightSigma)];
        matrices = new MatrixSampler(problem);
        set = problem.Set;
        roots = [.. problem.Variances.Select(Math.Sqrt)];
        mean = problem.Mean.Length > 0 ? problem.Mean : new double[d];
        var numbers = batch * d;
        (drawn, samples, noise, inputs, targets, network) = (new double[numbers], new double[numbers], new double[numbers], new double[numbers], new double[numbers], new double[d * (d + 1)]);
        var row = new double[DiffusionColumns.Whole.Count + (2 * shown.Count)];
        Observe(row);
        Bound = BoundOfLoss * (row[0] + problem.Variances.Sum() + mean.Sum(value => value * value));
    }

    public override double Bound { get; }

    /// <summary>Numbers of the state.</summary>
    public static double SizeOf(DiffusionProblem problem, DiscreteSampler sampler) => (sampler.Steps + 2.0) * LayerStack.SizeOf(problem);

    public override void Update(long step, double rate)
    {
        if (batch > 0)
        {
            Draw(step);
            stack.ToInputs(drawn, samples);
        }

        for (var i = 0; i < levels.Length; i++)
        {
            var state = State.AsSpan(i * stack.Size, stack.Size);
            var level = levels[i];
            if (batch == 0)
            {
                stack.Descend(state, level, problem.Variances, mean, 2 * rate);
                continue;
            }

            GaussianGenerator.Fill(new GaussianAddress((ulong)seed, NoiseStream, replica, step), (long)i * noise.Length, noise);
            for (var k = 0; k < noise.Length; k++)
            {
                inputs[k] = (level.Alpha * samples[k]) + (level.S * noise[k]);
                targets[k] = (level.A * samples[k]) + (level.C * noise[k]);
            }

            stack.Descend(state, inputs, targets, 2 * rate * level.Weight / batch);
        }
    }

    public override void Observe(Span<double> row)
    {
        var told = Network(levels.Length - 1);
        var loss = CoupledRows.Loss(problem, levels[^1], told);
        var networks = Enumerable.Range(0, levels.Length - 1).Select(Network).ToArray();
        var (covariance, generated) = matrices.Discrete(sampler, i => networks[i]);
        var (offset, factor) = problem.Architecture.Kind == ArchitectureKind.Edm ? (levels[^1].Offset, levels[^1].Factor) : (0, 1);
        var variances = new double[shown.Count];
        var weights = new double[shown.Count];
        for (var k = 0; k < shown.Count; k++)
            (variances[k], weights[k]) = (covariance[(shown[k] * d) + shown[k]], offset + (factor * told[(shown[k] * (d + 1)) + shown[k]]));
        DiffusionColumns.Write(row, GaussianDistance.Of(covariance, generated, problem.Variances, problem.Mean), RuleBounds.Checked(loss, State), variances, weights);
    }

    private void Draw(long step)
    {
        var address = new GaussianAddress((ulong)seed, SampleStream, replica, step);
        if (set.RowCount == 0)
        {
            GaussianGenerator.Fill(address, 0, drawn);
            for (var k = 0; k < drawn.Length; k++)
                drawn[k] = mean[k % d] + (roots[k % d] * drawn[k]);
            return;
        }

        for (var b = 0; b < batch; b++)
        {
            // A key of its own: the seed is below 2⁵³, so that no Gaussian number has it.
            var word = Philox.Block(((uint)b, (uint)step, (uint)replica | ((uint)(step >> 32) << 16), SampleStream), ((uint)seed, (uint)(seed >> 32) | 0x8000_0000)).Word0;
            var row = set.Rows.AsSpan(WholeNumbers.Below(word, set.RowCount) * d, d);
            for (var k = 0; k < d; k++)
                drawn[(b * d) + k] = mean[k] + row[k];
        }
    }

    private double[] Network(int level)
    {
        stack.Network(State.AsSpan(level * stack.Size, stack.Size), network);
        return [.. network];
    }

    private static double[] StartOf(DiffusionProblem problem, DiscreteSampler sampler)
    {
        var one = LayerStack.Start(problem);
        var levels = sampler.Levels(problem).Length + 1;
        var state = new double[levels * one.Length];
        for (var i = 0; i < levels; i++)
            one.CopyTo(state, i * one.Length);
        return state;
    }
}
