using Eigenflow.Solutions;
using Eigenflow.Systems.ScalingRenormalization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.ScalingRenormalization;

/// <summary>Ridge regression through the door that users take: settings, errors, axes.</summary>
public sealed class RegressionTests
{
    private static readonly ISystem System = SystemCatalog.Find("scaling-renormalization");

    private static Solution Run(string method, params (string Name, string Value)[] values) => System.Solve(System.Complete(method, Setting(values)));

    private static Setting Setting(params (string Name, string Value)[] values) =>
        new(values.Select(pair => KeyValuePair.Create(pair.Name, System.Parameter(pair.Name)!.Parse(pair.Value))));

    [Fact]
    public void ReferenceValueByNames()
    {
        var solution = Run("theory", ("dimension", "500"), ("exponent", "1.5"), ("source", "0.8"), ("noise", "0.01"), ("ridge", "1e-4"), ("layers", "gaussian:200"), ("along", "samples"), ("at", "100"));
        solution["kappa1"][0].ShouldBe(0.000694687739435, 1e-10);
        solution["error"][0].ShouldBe(0.0126628647919, 1e-9);
        solution["train-error"][0].ShouldBe(0.000469608057215, 1e-10);
    }

    // The axes are one theory.
    [Fact]
    public void AxesAgree()
    {
        (string, string)[] common = [("dimension", "300"), ("noise", "0.1")];
        var samples = Run("theory", [.. common, ("layers", "gaussian:120"), ("ridge", "1e-3"), ("at", "80")])["error"][0];
        Run("theory", [.. common, ("layers", "gaussian:120"), ("samples", "80"), ("along", "ridge"), ("at", "1e-3")])["error"][0].ShouldBe(samples);
        Run("theory", [.. common, ("layers", "gaussian:7"), ("samples", "80"), ("ridge", "1e-3"), ("along", "width"), ("at", "120")])["error"][0].ShouldBe(samples);
    }

    [Fact]
    public void ThresholdIsInfiniteAndNamed()
    {
        var solution = Run("theory", ("dimension", "50"), ("ridge", "0"), ("at", "49,50,51"));
        solution["error"].Select(double.IsPositiveInfinity).ShouldBe([false, true, false]);
        solution.Warnings.ShouldContain(warning => warning.Contains("interpolation threshold", StringComparison.Ordinal));
    }

    [Fact]
    public void EnsembleOfManyFeatureDrawsHasNoPeak()
    {
        (string, string)[] common = [("spectrum", "isotropic"), ("dimension", "200"), ("layers", "gaussian:100"), ("ridge", "1e-6"), ("noise", "0"), ("at", "60,100")];
        var one = Run("theory", common)["error"];
        var many = Run("theory", [.. common, ("ensembles", "1:100000")])["error"];
        one[1].ShouldBeGreaterThan(10 * one[0]);
        many[1].ShouldBeLessThan(many[0]);
    }

    [Fact]
    public void ListIsThatOfItsBlocks()
    {
        var list = Run("theory", ("spectrum", "list:1x100"), ("at", "30"))["error"][0];
        list.ShouldBe(Run("theory", ("spectrum", "isotropic"), ("dimension", "100"), ("at", "30"))["error"][0], 1e-15);
    }

    [Fact]
    public void FlowEndsAtRidgeRegression()
    {
        var flow = Run("flow", ("dimension", "100"), ("samples", "40"), ("ridge", "0.01"), ("at", "1e4"));
        var ridge = Run("theory", ("dimension", "100"), ("at", "40"), ("ridge", "0.01"));
        flow["error"][0].ShouldBe(ridge["error"][0], 1e-9);
        flow["signal"][0].ShouldBe(ridge["bias"][0] + ridge["var-x"][0], 1e-9);
    }

    [Theory]
    [InlineData("theory", "layers", "projection:2000", "projections")]
    [InlineData("theory", "layers", "gauss:20", "gaussian")]
    [InlineData("theory", "additive-noise", "0.1", "gaussian:N")]
    [InlineData("theory", "along", "width", "layers")]
    [InlineData("theory", "along", "t", "flow")]
    [InlineData("flow", "layers", "gaussian:20", "none")]
    [InlineData("theory", "samples", "0.5", ">= 1")]
    [InlineData("theory", "ridge", "-1", ">= 0")]
    [InlineData("theory", "noise", "-1", ">= 0")]
    [InlineData("theory", "ensembles", "1:4", "layers")]
    [InlineData("simulation", "dimension", "1e6", "simulation")]
    public void WrongInputSaysWhatIsAllowed(string method, string name, string value, string word) =>
        Should.Throw<ParameterException>(() => Run(method, (name, value))).Message.ShouldContain(word);

    [Fact]
    public void SimulationDoesNotDependOnThreads()
    {
        var problem = new RegressionProblem { Target = TargetSpectrum.PowerLaw(30, 1.2, 0.6), Samples = 10, Ridge = 0.01, Noise = 0.1, Layers = [new LayerForm(LayerKind.Projection, 15)] };
        var one = problem.Solve(new RegressionSimulation { Along = "samples", At = [10, 40], Replicas = 5, Threads = 1 });
        var three = problem.Solve(new RegressionSimulation { Along = "samples", At = [10, 40], Replicas = 5, Threads = 3 });
        one["var-xf"].ShouldBe(three["var-xf"]);
        one["error-se"].ShouldAllBe(value => value > 0);
    }

    [Fact]
    public void MoreDataHalvesTheError()
    {
        var predictions = System.Predict(System.Complete(null, Setting(("dimension", "1e6"), ("noise", "0.1"))));
        var factor = predictions.Single(prediction => prediction.Name == "samples-to-halve").Value;
        var best = predictions.Single(prediction => prediction.Name == "optimal-error").Value;
        var more = System.Predict(System.Complete(null, Setting(("dimension", "1e6"), ("noise", "0.1"), ("samples", (100 * factor).ToString("R", global::System.Globalization.CultureInfo.InvariantCulture)))));
        more.Single(prediction => prediction.Name == "optimal-error").Value.ShouldBe(best / 2, 1e-6 * best);
    }

    // Eigenvalues and powers of a file are the power law that they were made of, in any order of rows.
    [Fact]
    public void FileWithPowersIsThePowerLawOfWhichItWasMade()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("modes.csv");
        var (values, power) = TargetSpectrum.PowerLaw(120, 1.5, 0.8).Modes();
        File.WriteAllLines(path, ["eigenvalue,target-power", .. values.Zip(power, (value, part) => FormattableString.Invariant($"{value:R},{part:R}")).Reverse()]);
        var file = Run("theory", ("spectrum", "file:" + path), ("at", "40"));
        file["error"][0].ShouldBe(Run("theory", ("dimension", "120"), ("exponent", "1.5"), ("source", "0.8"), ("at", "40"))["error"][0], 1e-12);
    }

    // The replicas of a point run for long: an interruption falls into the middle of one, and those before it are kept.
    [Fact]
    public void InterruptionInTheMiddleOfAPointKeepsThoseBefore()
    {
        using var source = new CancellationTokenSource();
        var problem = new RegressionProblem { Target = TargetSpectrum.PowerLaw(200, 1.2, 0.6), Ridge = 0.01 };
        var method = new RegressionSimulation { Along = "samples", At = [10, 1500], Replicas = 1000, Threads = 1 };
        var solution = problem.Solve(method, new Trigger(() => source.CancelAfter(TimeSpan.FromMilliseconds(50))), source.Token);
        solution.Status.Outcome.ShouldBe(SolveOutcome.Cancelled);
        solution["samples"].ShouldBe([10.0]);
    }

    private sealed class Trigger(Action action) : IProgress<Progress>
    {
        public void Report(Progress value) => action();
    }
}
