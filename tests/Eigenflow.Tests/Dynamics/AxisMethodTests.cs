using Eigenflow.Cli;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Dynamics;

/// <summary>Solutions along an axis that is no time: everything behind them takes the axis as it is.</summary>
public sealed class AxisMethodTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RidgeSystem system = new();

    public AxisMethodTests() => SystemCatalog.Invite(system);

    [Fact]
    public void TheGridIsThatOfTheAxis()
    {
        var ridge = system.Solve("exact", Setting.Empty.With("points", 5L));
        (ridge.Axis.Name, ridge.Rows).ShouldBe(("ridge", 5));
        ridge.Axis.Values[0].ShouldBe(1e-4, 1e-16);
        ridge.Axis.Values[^1].ShouldBe(1e2);
        var samples = system.Solve("exact", new Setting([new("along", "samples"), new("at", new[] { 100.0, 10.0, 10.0 }), new("ridge", 0.0)]));
        (samples.Axis.Name, samples.Has("ridge")).ShouldBe(("samples", false));
        samples["samples"].ShouldBe([10, 100]);
        samples["variance"].ShouldBe([0.1, 0.01], 1e-15);
        Should.Throw<ParameterException>(() => samples.Times).Message.ShouldContain("one of samples, risk");
        system.Solve("exact", new Setting([new("from", 1.0), new("to", 10.0), new("points", 2L)]))["ridge"].ShouldBe([1, 10]);
        Should.Throw<ParameterException>(() => system.Solve("exact", new Setting([new("from", 10.0), new("to", 1.0)]))).Message.ShouldBe("to = 1 is not allowed: it must be a finite number > from = 10.");
        Should.Throw<ParameterException>(() => system.Complete("exact", Setting.Empty.With("along", "rige"))).Message.ShouldContain("did you mean ridge?");
    }

    [Fact]
    public async Task StudiesRunAgainstTheAxis()
    {
        var study = folder.Write("ridge.toml", """
            system = "ridge-of-two-modes"
            record = ["risk"]

            [parameters]
            along = "ridge"
            noise = [0, 1]
            at = [0.001, 0.01, 0.1, 1, 10]

            [derived]
            best = { minimum = "risk" }
            last = { value = "risk" }
            middle = { value = "risk", at = 0.1 }
            early = { mean = "risk", to = 0.01 }
            small = { fit = "risk", from = 0.001, to = 0.1 }

            [[figure]]
            x = "ridge"
            y = "risk"
            group = "noise"

            [[claim]]
            id = "last"
            statement = "a large ridge learns little"
            measured = "last"
            at-most = 0.55
            """);
        var (code, output, error) = await Run("sweep", study, "--out", folder.Path("out"));
        code.ShouldBe(0, error + output);
        var results = StudyResults.Read(Study.Read(study), folder.Path("out"));
        var expected = system.Solve("exact", new Setting([new("noise", 0.0), new("at", new[] { 0.001, 0.01, 0.1, 1, 10 })]))["risk"];
        var run = results.Runs.Single(run => run.Run.Setting["noise"] is 0.0);
        run.Columns.Keys.ShouldBe(["ridge", "risk"]);
        (run.Scalar("best"), run.Scalar("last"), run.Scalar("middle")).ShouldBe((expected.Min(), expected[^1], expected[2]));
        run.Scalar("early").ShouldBe((expected[0] + expected[1]) / 2, 1e-15);
        run.Scalar("small").ShouldBeInRange(1, 2);
        var claim = StudyReport.Write(results).Claims.ShouldHaveSingleItem();
        claim.Horizon!.ToString().ShouldContain("ridge = 10");
        (await Run("collect", folder.Path("out"))).Code.ShouldBe(0);
        (await Run("report", folder.Path("out"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task TheCommandPrintsAndDrawsTheAxis()
    {
        var (code, output, error) = await Run("run", "ridge-of-two-modes", "--noise", "0.1,1", "--points", "30", "--out", folder.Path("run"));
        code.ShouldBe(0, error);
        output.ShouldContain("Ridge");
        (await File.ReadAllLinesAsync(Path.Combine(folder.Path("run"), "runs.csv"), TestContext.Current.CancellationToken))[0].ShouldBe("run,method,noise,ridge,risk,bias,variance");
        (await Run("run", "ridge-of-two-modes", "--along", "samples", "--at", "10,100", "--format", "csv")).Output.ShouldStartWith("run,method,samples,risk,bias,variance\n1,exact,10,");
        (await Run("predict", "ridge-of-two-modes")).Output.ShouldContain("ridgeless-variance");
    }

    public void Dispose() => folder.Dispose();

    private async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        SystemCatalog.Invite(system);
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error);
        var code = await EigenflowCommand.RunAsync(arguments, screen);
        return (code, output.ToString(), error.ToString());
    }
}
