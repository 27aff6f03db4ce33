using System.Globalization;
using System.Numerics;
using Eigenflow.Solutions;
using Eigenflow.Systems.DiffusionSpectralBias;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Circular filters that begin as they are given, with phases; and what noise of the weights leaks.</summary>
public sealed class FilterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("diffusion-spectral-bias");

    private static double[] Filter { get; } = [0.3, 0.2, -0.1, 0.05, 0, 0.15, -0.05, 0.1];

    [Fact]
    public void TheVarianceIsThatOfTheRealPart()
    {
        var problem = Given(Column(Filter), out var gains);
        for (var k = 0; k < 8; k++)
        {
            var expected = Enumerable.Range(0, 8).Aggregate(Complex.Zero, (sum, j) => sum + (Filter[j] * Complex.FromPolarCoordinates(1, -2 * Math.PI * j * k / 8)));
            Complex.Abs(gains[k] - expected).ShouldBeLessThan(1e-13);
            var one = problem with { Filter = null, Gain = expected.Real };
            problem.Variance(0.02, k).ShouldBe(one.Variance(0.02, k), 1e-12);
            problem.Variance(0.02, k, 2001).ShouldBe(problem.Variance(0.02, k), 1e-9);
            problem.Weight(0.02, 1, k).ShouldBe(one.Weight(0.02, 1, k), 1e-13);
        }

        // The taps come back, and gains in two columns are the same filter.
        var taps = StationaryModes.Taps(gains, new WaveBasis(8, 1));
        for (var j = 0; j < 8; j++)
            taps[j].ShouldBe(Filter[j], 1e-14);
        Given(string.Join('\n', gains.Select(gain => FormattableString.Invariant($"{gain.Real:R},{gain.Imaginary:R}"))), out _).Variance(0.02, 3).ShouldBe(problem.Variance(0.02, 3), 1e-12);
    }

    // The steps of a sampler see phases. Whole matrices, gain by gain, and the flow in small steps agree.
    [Fact]
    public void StepsSeePhases()
    {
        var problem = Given(Column(Filter), out _) with { LearningRate = 2e-4, Weighting = NoiseWeighting.Inverse };
        var sampler = new DiscreteSampler(12, 7, HasLastStep: true);
        int[] shown = [0, 1, 2, 3, 4];
        var descent = problem.Solve(new DiffusionDescent { Steps = 60, AtSteps = [0, 60], Shown = shown, Sampler = sampler });
        var flow = problem.Solve(new DiffusionHeun { Times = [60], Shown = shown, Sampler = sampler });
        var sgd = problem.Solve(new DiffusionSgd { Steps = 60, AtSteps = [0, 60], Shown = shown, Sampler = sampler, Batch = 200, Replicas = 2, Threads = 1 });
        foreach (var mode in shown)
        {
            var name = FormattableString.Invariant($"variance{mode + 1}");
            sgd[name][0].ShouldBe(descent[name][0], 1e-9 * descent[name][0], "before training");
            descent[name][^1].ShouldBe(flow[name][^1], 0.03 * flow[name][^1]);
            sgd[name][^1].ShouldBe(descent[name][^1], 0.25 * descent[name][^1]);
        }

        sgd["loss"][0].ShouldBe(descent["loss"][0], 1e-9);
        descent["loss"][^1].ShouldBe(flow["loss"][^1], 0.02);
    }

    [Theory]
    [InlineData("convolution", "1\n0\n0\n", "8 taps of a filter in one column")]
    [InlineData("convolution", "1,1\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n", "conjugates")]
    [InlineData("patch:1", "1\n0\n0\n0\n0\n0\n0\n0\n", "left out for architecture = patch:1")]
    public void OtherFiltersAreRefused(string architecture, string text, string expected) =>
        Should.Throw<EigenflowException>(() => Complete(architecture, text)).Message.ShouldContain(expected);

    // To leading order in η/B, against runs.
    [Fact]
    public void NoisyWeightsLeakVariance()
    {
        var problem = Problems.Of("one-layer", 0.1, 4, 1, 0.0625) with { Weighting = NoiseWeighting.Inverse, LearningRate = 0.02 };
        var sampler = new DiscreteSampler(12, 7, HasLastStep: true);
        var sgd = problem.Solve(new DiffusionSgd { Steps = 40, AtSteps = [40], Shown = [2], Sampler = sampler, Batch = 32, Replicas = 1500, Seed = 3 });
        var gd = problem.Solve(new DiffusionDescent { Steps = 40, AtSteps = [40], Shown = [2], Sampler = sampler });
        var excess = sgd["variance3"][^1] - gd["variance3"][^1];
        LeakedVariance.Of(problem, sampler, 32, 2, [40])[0].ShouldBe(excess, 4 * sgd["variance3-se"][^1]);
        sgd["variance3-se"][^1].ShouldBeLessThan(0.1 * excess, "the test can tell");
    }

    public void Dispose() => folder.Dispose();

    private static string Column(double[] values) => string.Join('\n', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private CompletedSetting Complete(string architecture, string text) =>
        system.Complete("theory", Setting.Empty.With("architecture", architecture).With("spectrum", "autocovariance:2").With("dimension", 8L).With("start", "file:" + folder.Write("start.csv", text)));

    private DiffusionProblem Given(string text, out Complex[] gains)
    {
        var problem = DiffusionSettings.Of(Complete("convolution", text));
        gains = problem.Filter!;
        return problem;
    }
}
