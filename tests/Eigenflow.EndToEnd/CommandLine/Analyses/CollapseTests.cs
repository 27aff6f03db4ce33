using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class CollapseTests : TemporaryFolder
{
    [Fact]
    public async Task TheFirstExampleOfThePageGivesWhatThePageSays()
    {
        var run = await CommandProcess.Run(Folder, "run phase-retrieval --exponent 2 --dimension 1000,10000,100000 --teacher ones --seed 1,2,3,4,5 --until 1e11 --format csv --quiet");
        await File.WriteAllTextAsync(Path.Combine(Folder, "runs.csv"), run.Output, TestContext.Current.CancellationToken);
        using var command = CommandProcess.Start(
            Folder, "collapse", "runs.csv", "--x", "t", "--y", "mse", "--models", "dimension", "--seeds", "seed", "--absolute", "--rescale", "t", "t/dimension^2", "--find-exponent", "1,3", "--format", "json", "--out", "out");
        var result = await command.Finish();
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("exponent").GetProperty("value").GetDouble().ShouldBe(2, 0.01);
        var candidates = json.RootElement.GetProperty("candidates").EnumerateArray().ToDictionary(one => one.GetProperty("x").GetString()!, one => one.GetProperty("spread").GetDouble(), StringComparer.Ordinal);
        candidates["t/dimension^2"].ShouldBe(0.0007, 0.00005);
        candidates["t"].ShouldBe(0.271, 0.0005);
        json.RootElement.GetProperty("exponent").GetProperty("value").GetDouble().ShouldBe(1.9994, 1e-4);
        var verdicts = json.RootElement.GetProperty("candidates").EnumerateArray().ToDictionary(one => one.GetProperty("x").GetString()!, one => one.GetProperty("verdict").GetString()!, StringComparer.Ordinal);
        verdicts["t"].ShouldStartWith("no collapse: spread 27.1 %");
        verdicts["t/dimension^2"].ShouldContain("is within the noise of seeds (1.43 times), but models differ systematically, by 0.0499 %");
        Directory.GetFiles(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["collapse.csv", "collapse.json", "collapse.png", "collapse.svg", "request.json"]);
    }

    [Theory]
    [InlineData("collapse runs.csv", "--models")]
    [InlineData("collapse runs.csv --models size", "no column 'size'")]
    [InlineData("collapse runs.csv --models d --rescale t/q", "'q' is none")]
    [InlineData("collapse runs.csv --models d --range 3", "range = 3")]
    [InlineData("collapse runs.csv --models d --range 100,200", "all curves cover")]
    public async Task WrongUsageIsOneLine(string arguments, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "runs.csv"), "d,t,loss\n1,1,2\n1,2,1\n2,1,3\n2,2,2\n", TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, arguments);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(expected);
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }
}
