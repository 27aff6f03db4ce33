using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems.QuadraticParameterization;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.QuadraticParameterization;

public sealed class InvalidTests
{
    private readonly ISystem system = SystemCatalog.Find("quadratic-parameterization");

    [Theory]
    [InlineData("flow", "exponent=1", "exponent", "> 1")]
    [InlineData("flow", "signal-exponent=1", "signal-exponent", "> 1")]
    [InlineData("flow", "model-size=0", "model-size", ">= 1")]
    [InlineData("flow", "model-size=20;dimension=10", "model-size", "raise dimension")]
    [InlineData("flow", "start=0", "start", ">= 1E-100")]
    [InlineData("flow", "noise=-1", "noise", ">= 0")]
    [InlineData("flow", "modes=compressed;model=positive;signs=alternating", "modes", "full or auto")]
    [InlineData("flow", "rotation=0.1;model-size=5000", "rotation", "choose a smaller model")]
    [InlineData("flow", "weights=all;model-size=1e5", "weights", "choose a smaller model")]
    [InlineData("flow", "exponent=80;model-size=1e6", "exponent", "range of numbers")]
    [InlineData("sgd", "learning-rate=0", "learning-rate", "> 0")]
    [InlineData("sgd", "learning-rate=0.5", "learning-rate", "force = yes")]
    [InlineData("closure", "learning-rate=0.5", "learning-rate", "force = yes")]
    [InlineData("gd", "learning-rate=1.1", "learning-rate", "force = yes")]
    [InlineData("exact", "learning-rate=0.7", "learning-rate", "force = yes")]
    [InlineData("exact", "model=signed", "model", "use method = closure or sgd")]
    [InlineData("closure", "rotation=0.1", "rotation", "use method = sgd")]
    [InlineData("sgd", "schedule=geometric;steps=7", "steps", "at least 8")]
    [InlineData("sgd", "gradient-factor=4;learning-rate=0.1", "learning-rate", "force = yes")]
    public void OneClearError(string method, string given, string parameter, string part)
    {
        var error = Should.Throw<ParameterException>(() => system.Solve(system.Complete(method, Setting(given))));
        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldContain(part);
    }

    [Fact]
    public void ALibraryCallSaysWhy()
    {
        Should.Throw<ParameterException>(() => new QuadraticProblem { Exponent = 1 }.Validate()).Message.ShouldContain("trace");
        Should.Throw<ParameterException>(() => new QuadraticProblem { SignalExponent = 0.9 }.Validate()).Message.ShouldContain("energy");
        Should.Throw<ParameterException>(() => new QuadraticProblem { Start = 0 }.Validate()).Message.ShouldContain("fixed point");
        Should.Throw<ParameterException>(() => new QuadraticProblem { Eigenvalues = [1, -1], ModelSize = 2 }.Validate()).Message.ShouldContain("eigenvalue number 2");
        Should.Throw<ParameterException>(() => new QuadraticProblem { Target = [0, 0], ModelSize = 2 }.Validate()).Message.ShouldContain("all zero");
    }

    [Theory]
    [InlineData("sgd", "learning-rate=0.2", "% of runs are expected to diverge")]
    [InlineData("flow", "model=positive;signs=alternating", "cannot learn negative slopes")]
    [InlineData("flow", "dimension=150", "raise dimension")]
    [InlineData("flow", "start=1", "use start = 0.5")]
    [InlineData("exact", "learning-rate=0.7;force=yes", "grows without bound")]
    public void Warnings(string method, string given, string part)
    {
        var solution = system.Solve(system.Complete(method, Setting(given + ";" + (method == "flow" ? "points=3" : "steps=20;points=3"))));
        solution.Warnings.ShouldContain(warning => warning.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void AnInvalidClosureSaysSo()
    {
        var solution = system.Solve(system.Complete("closure", Setting("model=positive;model-size=64;dimension=4096;start=0.5;learning-rate=0.12;steps=1000")));
        solution.Status.Outcome.ShouldBe(SolveOutcome.Failed);
        solution.Status.Message.ShouldContain("says nothing about the stability of SGD");
        solution["risk"].ShouldAllBe(risk => double.IsFinite(risk));
    }

    [Fact]
    public void NegativeTargetsOfThePositiveModelStay()
    {
        var solution = system.Solve(system.Complete("flow", Setting("model=positive;signs=alternating;model-size=10;dimension=10;times=1e12")));
        var floor = Enumerable.Range(1, 5).Sum(k => Math.Pow(2 * k, -1.5));
        solution["risk"][0].ShouldBe(floor, 1e-9);
    }

    [Fact]
    public void GivenModesByFile()
    {
        using var folder = new TemporaryFolder();
        var (spectrum, target) = (folder.Path("spectrum.csv"), folder.Path("target.csv"));

        // In another order than that of the eigenvalues; the last mode is not seen.
        File.WriteAllText(spectrum, "0.25\n1\n0.5\n0.1\n");
        File.WriteAllText(target, "2\n1\n-0.5\n3\n");
        var given = FormattableString.Invariant($"spectrum=file:{spectrum};target=file:{target};model-size=3;start=0.2");
        var solution = system.Solve(system.Complete("flow", Setting(given + ";times=0,1,1e9;weights=all")));
        solution["risk"][0].ShouldBe(1 + (0.5 * 0.25) + (0.25 * 4) + (0.1 * 9), 1e-14);
        solution["risk"][2].ShouldBe(0.9, 1e-14);
        solution["w2"][2].ShouldBe(-0.5, 1e-14);
        solution["w3"][1].ShouldBe(ClosedForms.Signed(1, 0.25, 2, 0.2), 1e-14);

        // Units: inputs a thousand times as large with a target as much smaller are the same in another time.
        File.WriteAllText(spectrum, "2.5e5\n1e6\n5e5\n1e5\n");
        File.WriteAllText(target, "0.002\n0.001\n-0.0005\n0.003\n");
        var scaled = system.Solve(system.Complete("flow", Setting(given.Replace("start=0.2", "start=0.0002", StringComparison.Ordinal) + ";times=0,1e-3,1e6")));
        for (var row = 0; row < 3; row++)
            scaled["risk"][row].ShouldBe(solution["risk"][row], 1e-12);
        File.WriteAllText(spectrum, "1\n0\n0.5\n0.1\n");
        Should.Throw<EigenflowException>(() => system.Complete("flow", Setting(given))).Message.ShouldContain("leave out what is zero");
    }

    [Fact]
    public void ASecondColumnIsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Path("given.csv");
        File.WriteAllText(path, "1,0.1\n0.1,1\n");
        Should.Throw<InputFileException>(() => system.Complete("flow", Setting($"spectrum=file:{path}"))).Message.ShouldContain("diagonal in the coordinates of the model");
        Should.Throw<EigenflowException>(() => system.Complete("flow", Setting($"target=file:{path}"))).Message.ShouldContain("2 columns");
        File.WriteAllText(path, "0.5,1\n0.3,2\n0.7,3\n");
        Should.Throw<InputFileException>(() => system.Complete("flow", Setting($"target=file:{path}"))).Message.ShouldContain("one target slope per row");
        File.WriteAllText(path, "1,0.5\n2,0.3\n3,0.7\n");
        system.Complete("flow", Setting($"target=file:{path}"))[QuadraticParameters.ModelSize].ShouldBe(3L);
    }

    private Setting Setting(string pairs) => new(pairs.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], system.Parameter(pair[0])!.Parse(pair[1]))));
}
