using Eigenflow.Systems.RaoBlackwellDiffusion;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion;

/// <summary>Flow matching with a bridge noise; errors of what is integrated, and how predictions are labelled.</summary>
public sealed class BridgeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("rao-blackwell-diffusion");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The velocity of the mean path, in units where everything can be worked out by hand: σ_b = ½, t = ½, c = 1.
    [Fact]
    public void CoefficientsAreThoseOfTheBridge()
    {
        var bridge = new BridgeNoise(Flow(1, 0.5));
        (bridge.Deviation, bridge.KeptClean, bridge.KeptNoisy, bridge.KeptSample).ShouldBe((0.5, 1, 0, -1));

        // s² = ¼ + ¼, s s′ = −½ + 0.
        (bridge.Clean, bridge.Noisy).ShouldBe((1.5, -1));
        bridge.Whole(0).ShouldBe(bridge.Left(0), 1e-15);
        bridge.Left(0).ShouldBe(0.5 * 8, 1e-14);

        // With a small bridge nothing of the noise of z is left beside it, and the mean is that without a bridge.
        var small = new BridgeNoise(Flow(1e-7, 0.3));
        (small.Clean * 0.7, small.Noisy * 0.7).ShouldBe((1, -1), new Near(1e-8));
    }

    [Theory]
    [InlineData(0.5, 0.3)]
    [InlineData(2, 0.7)]
    public void RandomSamplesHaveTheVarianceThatIsStated(double bridge, double time)
    {
        var problem = Flow(bridge, time);
        var (targets, orbit) = (new BridgeNoise(problem), TargetVariance.Of(problem, Cancellation).Orbit);
        var draws = BridgeDraws.Of(problem, 4000, 5, Cancellation);
        draws.Whole.Mean.ShouldBe(targets.Whole(orbit), 4 * draws.Whole.Error);
        draws.Left.Mean.ShouldBe(targets.Left(orbit), 4 * draws.Left.Error);
        draws.Bias.Mean.ShouldBe(0, 4 * draws.Bias.Error);
        targets.Left(orbit).ShouldBeLessThan(targets.Whole(orbit));
    }

    [Fact]
    public void TheVelocityOfANoisySampleIsGiven()
    {
        var noisy = "file:" + folder.Write("noisy.csv", "0.7,-1.1\n0.1,1.5\n0.0,-0.4\n-0.7,0.1\n");
        double[] Targets(double bridge, string form) => [.. system.Predict(system.Complete(null, Setting.Empty.With("group", "so2").With("kernel", "flow").With("sigma", 0.4).With("bridge-noise", bridge).With("noisy", noisy).With("target", form)))
            .Where(one => one.Name.StartsWith("target-", StringComparison.Ordinal) && one.Withheld.Length == 0).Select(one => one.Value)];
        var (clean, velocity, targets) = (Targets(0.5, "clean"), Targets(0.5, "velocity"), new BridgeNoise(Flow(0.5, 0.6)));
        double[] x = [0.7, -1.1, 0.1, 1.5, 0, -0.4, -0.7, 0.1];
        for (var j = 0; j < 8; j++)
            velocity[j].ShouldBe((targets.Clean * clean[j]) + (targets.Noisy * x[j]), 1e-12);

        // No jump where the bridge vanishes.
        Targets(1e-6, "velocity")[2].ShouldBe(Targets(0, "velocity")[2], 1e-8);
    }

    [Theory]
    [InlineData("edm", 0.5, "left out with this kernel")]
    [InlineData("flow", 1, "< 1 with a bridge noise")]
    public void OtherBridgesAreRefused(string kernel, double sigma, string expected) =>
        Should.Throw<ParameterException>(() => system.Complete("variance", Setting.Empty.With("group", "so2").With("kernel", kernel).With("sigma", sigma).With("bridge-noise", 0.5))).Message.ShouldContain(expected);

    [Fact]
    public void WhatIsIntegratedIsNotCalledExact()
    {
        Prediction[] Of(string group) => [.. system.Predict(system.Complete(null, Setting.Empty.With("group", group).With("sigma", 3.0)))];
        Of("so3").Single(one => one.Name == "floor").Kind.ShouldBe(PredictionKind.Numerical);
        Of("so3").Single(one => one.Name == "mmse").Kind.ShouldBe(PredictionKind.Numerical);
        Of("so3").Single(one => one.Name == "signal").Kind.ShouldBe(PredictionKind.Exact);
        Of("so2").ShouldAllBe(one => one.Kind == PredictionKind.Exact);
        system.IsLongCurve(system.Complete("variance", Setting.Empty.With("group", "so3"))).ShouldBeTrue();
        system.IsLongCurve(system.Complete("variance", Setting.Empty.With("group", "so2"))).ShouldBeFalse();
    }

    // That of the stationary state is the relative error of the noise.
    [Fact]
    public void ErrorsOfTheNoiseAreCarriedThroughTheRecursion()
    {
        var problem = Clouds.Problem("so3", 3, Clouds.Template, 4, 3, 1);
        var theory = problem.Solve(new SgdTheory { Batch = 4, Steps = 800, AtSteps = [0, 800], LearningRate = 0.002 });
        var moments = SgdTheory.MomentsOf(problem, ModelKind.Linear, 4, Cancellation).Moments;
        theory["distance-error"][0].ShouldBe(0);
        (theory["distance-error"][^1] / theory["distance"][^1]).ShouldBe(moments.NoiseError, 0.01 * moments.NoiseError);
        (theory["excess-risk-error"][^1] / theory["excess-risk"][^1]).ShouldBe(moments.NoiseError, 0.01 * moments.NoiseError);
        Clouds.Problem("so2", 2, Clouds.Planar(Clouds.Template), 4, 3, 1).Solve(new SgdTheory { Steps = 10, AtSteps = [10] })["distance-error"][^1].ShouldBeLessThan(1e-9);
    }

    public void Dispose() => folder.Dispose();

    private static DiffusionProblem Flow(double bridge, double time) => Clouds.Problem("so2", 2, Clouds.Planar(Clouds.Template), 4, 1 - time) with { Kernel = KernelKind.FlowMatching, Alpha = null, Bridge = bridge };

    private sealed class Near(double tolerance) : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < tolerance && Math.Abs(x.Item2 - y.Item2) < tolerance;

        public int GetHashCode((double, double) obj) => 0;
    }
}
