using Eigenflow.Solutions;
using Eigenflow.Systems.InAndOutOfEquilibrium;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.InAndOutOfEquilibrium;

/// <summary>Chains against exact moments, and their kernels against the losses.</summary>
public sealed class ChainTests
{
    private const double Errors = 4.5;

    private static EquilibriumProblem Reference { get; } = EquilibriumParameters.Defaults(EquilibriumModel.ReferenceRegression) with { LearningRate = 0.01 };

    [Theory]
    [InlineData(SamplingScheme.WithReplacement, EquilibriumModel.ReferenceRegression)]
    [InlineData(SamplingScheme.WithoutReplacement, EquilibriumModel.ReferenceRegression)]
    [InlineData(SamplingScheme.Sgld, EquilibriumModel.ReferenceRegression)]
    [InlineData(SamplingScheme.Sgworld, EquilibriumModel.ReferenceRegression)]
    [InlineData(SamplingScheme.ShuffledSymmetric, EquilibriumModel.ReferenceRegression)]
    [InlineData(SamplingScheme.Langevin, EquilibriumModel.ReferenceRegression)]
    [InlineData(SamplingScheme.WithReplacement, EquilibriumModel.Matrices)]
    [InlineData(SamplingScheme.Sgld, EquilibriumModel.Matrices)]
    public void StationaryMomentsAreTheExactOnes(SamplingScheme scheme, EquilibriumModel model)
    {
        var problem = model == EquilibriumModel.Matrices ? EquilibriumParameters.Defaults(model) : Reference;
        var run = problem.Solve(new ChainMethod { Scheme = scheme, Chains = 2048, Steps = 1500, BurnIn = 600, Points = 2 });
        foreach (var name in (string[])["mean-1", "mean-2", "cov-11", "cov-12", "cov-22", "circulation-12"])
        {
            double value = run.SummaryOf(name)!.Value, error = run.SummaryOf(name + "-se")!.Value, exact = run.SummaryOf(name + "-exact")!.Value;
            Math.Abs(value - exact).ShouldBeLessThan(Errors * error, $"{name}: {value} ± {error}, exact {exact}");
            if (name.StartsWith("cov", StringComparison.Ordinal))
                error.ShouldBeLessThan(0.1 * run.SummaryOf("cov-11-exact")!.Value, $"{name}: the test can tell");
        }
    }

    [Theory]
    [InlineData(SamplingScheme.WithReplacement, 2)]
    [InlineData(SamplingScheme.WithReplacement, 6)]
    [InlineData(SamplingScheme.Sgld, 3)]
    public void IndependentDrawsHaveTheirExactMoments(SamplingScheme scheme, int batch)
    {
        var problem = Reference with { Batch = batch, AreDrawsIndependent = true };
        var run = problem.Solve(new ChainMethod { Scheme = scheme, Chains = 2048, Steps = 1500, BurnIn = 600, Points = 2 });
        foreach (var name in (string[])["mean-1", "mean-2", "cov-11", "cov-12", "cov-22", "circulation-12"])
        {
            double value = run.SummaryOf(name)!.Value, error = run.SummaryOf(name + "-se")!.Value, exact = run.SummaryOf(name + "-exact")!.Value;
            Math.Abs(value - exact).ShouldBeLessThan(Errors * error, $"{name}: {value} ± {error}, exact {exact}");
        }

        // Distinct samples have (N − B)/(N − 1) of the noise.
        if (scheme == SamplingScheme.WithReplacement && batch == 2)
        {
            var distinct = Reference.Solve(new EquilibriumTheory { Steps = 10 }).SummaryOf("cov-11")!.Value;
            problem.Solve(new EquilibriumTheory { Steps = 10 }).SummaryOf("cov-11")!.Value.ShouldBe(distinct * 5 / 4, 1e-12 * distinct);
            Math.Abs(run.SummaryOf("cov-11")!.Value - distinct).ShouldBeGreaterThan(10 * run.SummaryOf("cov-11-se")!.Value, "the test can tell");
        }
    }

    [Fact]
    public void BothTheoremsHoldForGaussianNoise()
    {
        var run = EquilibriumParameters.Defaults(EquilibriumModel.Matrices).Solve(new ChainMethod { Scheme = SamplingScheme.WithReplacement, Chains = 8192, Steps = 1600, BurnIn = 600, Window = 200, Points = 2 });
        foreach (var window in (int[])[1, 2, 3, 200])
        {
            Near(run, $"integral-theorem-{window}", 1, 0.02);
            Near(run, $"detailed-theorem-{window}", 1, window == 200 ? 0.1 : 0.4);
        }

        Near(run, "entropy", 1.118568233e-03, 1e-4);
    }

    [Theory]
    [InlineData(EquilibriumModel.Regression, 1, 3)]
    [InlineData(EquilibriumModel.Regression, 2, 8)]
    [InlineData(EquilibriumModel.Regression, 7, 10)]
    [InlineData(EquilibriumModel.Regression, 8, 10)]
    [InlineData(EquilibriumModel.Regression, 13, 1)]
    [InlineData(EquilibriumModel.Regression, 15, 64)]
    [InlineData(EquilibriumModel.Regression, 16, 75)]
    [InlineData(EquilibriumModel.Regression, 25, 19)]
    [InlineData(EquilibriumModel.Mean, 5, 3)]
    [InlineData(EquilibriumModel.Network, 7, 3)]
    public void KernelsGiveTheGradientsOfTheLoss(EquilibriumModel model, int dimension, int batch)
    {
        var loss = (EquilibriumParameters.Defaults(model) with { Samples = 40, Dimension = dimension }).Loss()!;
        var kernel = loss.Kernel().Clone();
        double[] state = new double[8 * dimension], gradient = new double[8 * dimension], own = new double[dimension];
        int[] indices = [.. Enumerable.Range(0, 8 * batch).Select(k => (k * 17) % 40)], places = [.. indices.Select(sample => sample * kernel.Stride)];
        for (var k = 0; k < state.Length; k++)
            state[k] = Math.Sin(k) * 0.1;
        kernel.Mean(ref places[0], batch, ref state[0], ref gradient[0]);
        for (var lane = 0; lane < 8; lane++)
        {
            var theta = loss.Minimum.Select((value, k) => value + state[(8 * k) + lane]).ToArray();
            var mean = new double[dimension];
            for (var k = 0; k < batch; k++)
            {
                loss.Gradient(indices[(8 * k) + lane], theta, own);
                for (var i = 0; i < dimension; i++)
                    mean[i] += own[i] / batch;
            }

            for (var i = 0; i < dimension; i++)
                gradient[(8 * i) + lane].ShouldBe(mean[i], 1e-11 * (1 + mean.Max(Math.Abs)));
        }

        if (kernel is not RowKernel rows)
            return;

        // A step on rows has the bits of the gradient and a step on lanes.
        double[] moved = new double[8 * rows.Width], lanes = new double[8 * dimension];
        rows.Begin(moved);
        for (var k = 0; k < state.Length; k++)
            moved[(k % 8 * rows.Width) + (k / 8)] = state[k];
        rows.Descend(ref places[0], batch, ref moved[0], 1e-3);
        rows.ToLanes(ref moved[0], ref lanes[0]);
        for (var k = 0; k < lanes.Length; k++)
            lanes[k].ShouldBe(Math.FusedMultiplyAdd(-1e-3, gradient[k], state[k]));
    }

    [Theory]
    [InlineData(12, 5)]
    [InlineData(200, 10)]
    [InlineData(60, 40)]
    public void BatchesAreDistinctAndEverySampleIsAsLikely(int samples, int batch)
    {
        const int Units = 4000;
        var indices = new BatchIndices(samples, batch, seed: 3, block: 1);
        double[] counts = new double[samples], seen = new double[samples];
        for (var unit = 0; unit < Units; unit++)
        {
            var span = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref indices.Batch(unit, 2), 8 * batch);
            for (var lane = 0; lane < 8; lane++)
            {
                Array.Clear(seen);
                for (var k = 0; k < batch; k++)
                {
                    seen[span[(8 * k) + lane]]++;
                    counts[span[(8 * k) + lane]]++;
                }

                seen.Max().ShouldBe(1);
            }
        }

        double total = 8.0 * Units, part = (double)batch / samples;
        counts.ShouldAllBe(count => Math.Abs(count - (total * part)) < 5 * Math.Sqrt(total * part * (1 - part)));
        indices.Epoch(7, 0);
        var order = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref indices.Epoch(7, 0), 8 * samples).ToArray();
        for (var lane = 0; lane < 8; lane++)
            Enumerable.Range(0, samples).Select(k => order[(8 * k) + lane]).Order().ShouldBe(Enumerable.Range(0, samples));
    }

    [Fact]
    public void IndependentDrawsRepeatSamples()
    {
        const int Units = 4000, Samples = 12, Batch = 5;
        var indices = new BatchIndices(Samples, Batch, seed: 3, block: 1, stride: 2) { AreIndependent = true };
        var counts = new double[Samples];
        var repeats = 0.0;
        for (var unit = 0; unit < Units; unit++)
        {
            var span = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref indices.Batch(unit, 1), 8 * Batch);
            for (var lane = 0; lane < 8; lane++)
            {
                repeats += span[lane] == span[8 + lane] ? 1 : 0;
                for (var k = 0; k < Batch; k++)
                    counts[span[(8 * k) + lane] / 2]++;
            }
        }

        double total = 8.0 * Units, part = 1.0 / Samples;
        counts.ShouldAllBe(count => Math.Abs(count - (total * Batch * part)) < 5 * Math.Sqrt(total * Batch * part * (1 - part)));
        Math.Abs(repeats - (total * part)).ShouldBeLessThan(5 * Math.Sqrt(total * part * (1 - part)));
    }

    private static void Near(Solution run, string name, double expected, double largestError)
    {
        double value = run.SummaryOf(name)!.Value, error = run.SummaryOf(name + "-se")!.Value;
        error.ShouldBeLessThan(largestError, name);
        Math.Abs(value - expected).ShouldBeLessThan(Errors * error, $"{name}: {value} ± {error}");
    }
}
