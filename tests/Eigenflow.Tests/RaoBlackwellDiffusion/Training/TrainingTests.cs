using Eigenflow.Numerics.Networks;
using Eigenflow.Random;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Eigenflow.Systems.RaoBlackwellDiffusion;
using Eigenflow.Systems.RaoBlackwellDiffusion.Training;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.RaoBlackwellDiffusion.Training;

/// <summary>The method <c>network</c>.</summary>
public sealed class TrainingTests
{
    private static ISystem System => SystemCatalog.Find(RaoBlackwellDiffusionSystem.Identifier);

    // Two points ±1, α = 0.8, σ = 0.6: at the optimum θ = 0.8 of φ = θx + c the gradient has the variance 4E[r²x²] (reference values of an independent program) by θ and 4E[r²] by c.
    [Theory]
    [InlineData(EstimatorKind.Augmented, 0.776448)]
    [InlineData(EstimatorKind.Orbit, 0.59433476)]
    public void VarianceOfTheGradientAtTheLinearOptimum(EstimatorKind kind, double byWeight)
    {
        var problem = Clouds.Problem("global-sign", 1, [1]) with { Estimator = kind };
        var design = new NetworkDesign(problem, new NoiseLevels(problem, problem.Sigma, 1, LossWeight.Uniform), [], Activation.Tanh, Equivariance.None);
        var parameters = new double[design.Shape.PaddedCount];
        parameters[0] = 0.8;
        var risk = 0.36 - (kind == EstimatorKind.Orbit ? TargetVariance.Of(problem, TestContext.Current.CancellationToken).Orbit : 0);
        var spread = new GradientSpread(design, kind, 40_000, keeps: true);
        var measured = spread.Measure(parameters, new GaussianAddress(1, TrainingStreams.Gradients, 0, 0));
        var interval = spread.Interval(1, 50);
        interval.Value.ShouldBe(measured);
        interval.Low.ShouldBeLessThan(measured);
        measured.ShouldBe(byWeight + (4 * risk), 2.5 * (interval.High - interval.Low));
        (interval.High - interval.Low).ShouldBeLessThan(0.08 * measured, "the test can tell");
    }

    [Fact]
    public void PlainAndAugmentedGradientsOfAnEquivariantNetworkHaveOneLaw()
    {
        double Measure(EstimatorKind kind)
        {
            var problem = Clouds.Problem("cyclic:4", 2, [1, 0.4]) with { Estimator = kind };
            var design = new NetworkDesign(problem, new NoiseLevels(problem, problem.Sigma, 1, LossWeight.Uniform), [6], Activation.Tanh, Equivariance.Average);
            var parameters = new double[design.Shape.PaddedCount];
            design.Shape.Draw<double>(2, 0, parameters);
            return new GradientSpread(design, kind, 20_000).Measure(parameters, new GaussianAddress(1, TrainingStreams.Gradients, 0, 0));
        }

        Measure(EstimatorKind.Plain).ShouldBe(Measure(EstimatorKind.Augmented), 0.04 * Measure(EstimatorKind.Augmented));
    }

    [Fact]
    public void OrbitTargetsLearnAPlanarCloudBetter()
    {
        var (augmented, orbit) = (Train("estimator=augmented"), Train("estimator=orbit"));
        augmented["posterior-excess"][^1].ShouldBeLessThan(0.1 * augmented["posterior-excess"][0]);
        orbit["posterior-excess"][^1].ShouldBeLessThan(0.5 * augmented["posterior-excess"][^1]);
        orbit["equivariance-error"][^1].ShouldBeLessThan(0.5 * augmented["equivariance-error"][^1]);
        orbit["gradient-variance-ratio"][^1].ShouldBeLessThan(0.1);
        augmented["gradient-variance-ratio"].ShouldAllBe(ratio => ratio == 1);
    }

    [Fact]
    public void UnitsOfTheDataDoNotMatter()
    {
        using var folder = new TemporaryFolder();
        string Cloud(string unit) => folder.Write($"cloud{unit}.csv", $"1e{unit},0\n0,1.5e{unit}\n0,0\n-1e{unit},-1.5e{unit}\n");
        var usual = Train("steps=60 estimator=orbit templates=file:" + Cloud("0"));
        foreach (var unit in new[] { 9, -9 })
        {
            var other = Train(FormattableString.Invariant($"steps=60 estimator=orbit templates=file:{Cloud(FormattableString.Invariant($"{unit}"))} sigma=0.8e{unit}"));
            other["posterior-excess"][^1].ShouldBe(usual["posterior-excess"][^1] * Math.Pow(10, 2 * unit), 1e-3 * usual["posterior-excess"][^1] * Math.Pow(10, 2 * unit));
            other["equivariance-error"][^1].ShouldBe(usual["equivariance-error"][^1], 1e-3 * usual["equivariance-error"][^1]);
        }
    }

    [Fact]
    public void TheLossDoesNotDependOnTheSavedRows()
    {
        var (few, many) = (Train("steps=50 at-steps=50"), Train("steps=50 at-steps=1,2,10,50"));
        foreach (var name in (string[])["training-loss", "training-loss-spread", "posterior-excess"])
            few[name][^1].ShouldBe(many[name][^1]);
    }

    [Theory]
    [InlineData("hidden=2.5", "hidden = 2.5", "whole numbers")]
    [InlineData("hidden=0,3", "hidden = 0", "whole numbers")]
    [InlineData("hidden=1e15", "hidden = 1e15", "<= 1e5")]
    [InlineData("hidden=nan", "hidden", "")]
    [InlineData("hidden=1e5,1e5", "a network of 1e10 parameters", "narrower layers")]
    [InlineData("batch=1e9", "batch = 1000000000", "100000")]
    [InlineData("batch=0", "batch = 0", ">= 1")]
    [InlineData("levels=0", "levels = 0", ">= 1")]
    [InlineData("levels=1e15", "levels = ", "<= 10000")]
    [InlineData("sigma-min=0.1", "sigma-min = 0.1", "levels = 1")]
    [InlineData("levels=5 sigma-min=0.8", "sigma-min = 0.8", "< sigma = 0.8")]
    [InlineData("levels=5 sigma-min=0", "sigma-min = 0", "> 0")]
    [InlineData("generated=10", "generated = 10", "one level")]
    [InlineData("test-samples=1", "test-samples = 1", ">= 2")]
    [InlineData("group=permutation*so3 templates=cloud equivariance=none test-samples=1e5", "test-samples = 100000", "a test would take long")]
    [InlineData("group=so3 templates=cloud estimator=snis samples=1e5 batch=1e5", "batch = 100000", "a step would take long")]
    [InlineData("equivariance=average", "equivariance = average or sum", "none with group = so2")]
    [InlineData("optimiser=momentum", "optimiser = momentum", "adam, sgd")]
    [InlineData("learning-rate=0", "learning-rate = 0", "> 0")]
    [InlineData("learning-rate=nan", "learning-rate", "")]
    public void OneError(string request, string starts, string contains)
    {
        var error = Should.Throw<EigenflowException>(() => Train(request));
        error.Message.ShouldStartWith(starts);
        error.Message.ShouldContain(contains);
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void RunsThatDivergeSaySo()
    {
        var solution = Train("optimiser=sgd learning-rate=1e9 steps=30");
        solution.Status.Outcome.ShouldBe(Eigenflow.Solutions.SolveOutcome.Diverged);
        solution.Status.Message.ShouldContain("reduce learning-rate");
    }

    private static Eigenflow.Solutions.Solution Train(string request)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["group"] = "so2",
            ["sigma"] = "0.8",
            ["steps"] = "1500",
            ["points"] = "4",
            ["learning-rate"] = "3e-3",
            ["replicas"] = "3",
            ["test-samples"] = "200",
        };
        foreach (var pair in request.Split(' ').Select(word => word.Split('=', 2)))
            values[pair[0]] = pair[1];
        return System.Solve(System.Complete("network", new Setting(values.Select(pair => KeyValuePair.Create(pair.Key, System.Parameter(pair.Key)!.Parse(pair.Value))))));
    }
}
