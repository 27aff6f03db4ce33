using System.Text.Json;
using Eigenflow.Cli;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Example;

/// <summary>The example runs through the command line with no line of code there.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Id = LinearRegressionSystem.Identifier;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task ItIsListedDescribedAndCited()
    {
        (await Run("systems")).Output.ShouldContain(Id);
        var described = await Run("describe", Id);
        described.Code.ShouldBe(0);
        foreach (var name in (string[])["dimension", "learning-rate", "schedule", "theory", "loss-slope", "figure-1"])
            described.Output.ShouldContain(name);
        (await Run("cite", Id)).Output.ShouldStartWith("@");
    }

    [Fact]
    public async Task ItRunsDrawsAndPredicts()
    {
        var (code, output, error) = await Run("run", Id, "--method", "gd,theory,sgd", "--dimension", "20", "--steps", "50", "--replicas", "4", "--format", "json", "--out", folder.Path("out"));
        code.ShouldBe(0, error);
        using var json = JsonDocument.Parse(output);
        json.RootElement.GetProperty("runs").GetArrayLength().ShouldBe(3);
        foreach (var file in (string[])["report.html", "trajectory.png", "trajectory.svg", "trajectory.csv", "runs.json", "runs.csv"])
            File.Exists(Path.Combine(folder.Path("out"), file)).ShouldBeTrue(file);
        (await Run("run", Id, "--dimension", "20", "--steps", "50")).Output.ShouldContain("Linear regression");
        (await Run("predict", Id, "--exponent", "2", "--format", "csv")).Output.ShouldContain("loss-slope,-0.5,");
        (await Run("predict", Id, "--exponent", "0.5")).Output.ShouldContain("must be > 1");
    }

    [Fact]
    public async Task ItsErrorsAreOneLine()
    {
        (await Run("run", Id, "--dimension", "0")).ShouldBe((2, "", "eigenflow: dimension = 0 is not allowed: it must be a whole number >= 1 and <= 1e6.\n"));
        (await Run("run", Id, "--exponant", "2")).Error.ShouldContain("exponent");
        (await Run("run", "linear-regresion")).Error.ShouldContain(Id);
        (await Run("run", Id, "--method", "theory", "--learning-rate", "50", "--format", "csv", "--quiet")).Error.ShouldContain("reduce learning-rate");
    }

    [Fact]
    public async Task ItIsReproducedWithItsClaims()
    {
        var (code, output, error) = await Run("reproduce", Id, "--out", folder.Path("report"));
        code.ShouldBe(0, error + output);
        output.ShouldContain("2 hold");
        File.Exists(Path.Combine(folder.Path("report"), "report.html")).ShouldBeTrue();
        Directory.GetFiles(folder.Path("report"), "figure-1.png", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ItIsSwept()
    {
        var study = folder.Write("rates.toml", $$"""
            system = "{{Id}}"
            method = ["gd", "sgd"]

            [parameters]
            dimension = 20
            steps = 200
            exponent = [1.5, 2]
            replicas = 2

            [derived]
            slope = { fit = "loss", from = 20, to = 200 }
            predicted = { prediction = "loss-slope" }

            [[figure]]
            x = "step"
            y = "loss"
            group = ["method", "exponent"]
            """);
        var (code, output, error) = await Run("sweep", study, "--out", folder.Path("sweep"));
        code.ShouldBe(0, error + output);
        (await Run("collect", folder.Path("sweep"))).Code.ShouldBe(0);
        (await Run("report", folder.Path("sweep"))).Code.ShouldBe(0);
        var table = await File.ReadAllLinesAsync(Path.Combine(folder.Path("sweep"), "runs.csv"), TestContext.Current.CancellationToken);
        table.Length.ShouldBe(5);
        var slope = Array.IndexOf(table[0].Split(','), "slope");
        double.Parse(table[1].Split(',')[slope], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(-1.5, -0.2, "a fit runs against the axis of the solution, which is no time");
        Directory.GetFiles(folder.Path("sweep"), "figure-1.svg", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    public void Dispose() => folder.Dispose();

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        SystemCatalog.Invite(new LinearRegressionSystem());
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error);
        var code = await EigenflowCommand.RunAsync(arguments, screen);
        return (code, output.ToString(), error.ToString());
    }
}
