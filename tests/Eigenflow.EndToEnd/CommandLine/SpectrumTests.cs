using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class SpectrumTests : TemporaryFolder
{
    [Fact]
    public async Task ASpectrumOfDataIsEstimatedSavedAndUsed()
    {
        // Independent columns with standard deviations i^(−3/4): covariance exponent 1.5.
        var random = new System.Random(11);
        var text = new StringBuilder().AppendJoin(',', Enumerable.Range(1, 60).Select(i => $"x{i}")).Append('\n');
        for (var row = 0; row < 3000; row++)
        {
            var values = Enumerable.Range(1, 60).Select(i =>
                Math.Pow(i, -0.75) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
            text.AppendJoin(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "data.csv"), text.ToString(), TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, "spectrum data.csv --format json --out out");
        result.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        var exponent = json.RootElement.GetProperty("exponent").GetDouble();
        exponent.ShouldBe(1.5, 2 * json.RootElement.GetProperty("exponent-uncertainty").GetDouble() + 0.02);
        json.RootElement.GetProperty("eigenvalues").GetArrayLength().ShouldBe(60);
        Directory.GetFiles(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order().ShouldBe(
            ["data-eigenvalues.csv", "data-eigenvalues.png", "data-eigenvalues.svg", "data-spectrum.csv"]);
        var run = await CommandProcess.Run(Folder, "run phase-retrieval --spectrum file:out/data-spectrum.csv --times 1,10 --format json");
        run.ExitCode.ShouldBe(0);
        using var solved = JsonDocument.Parse(run.Output);
        solved.RootElement.GetProperty("runs")[0].GetProperty("setting").GetProperty("dimension").GetInt64().ShouldBe(60);
        var table = await CommandProcess.Run(Folder, "spectrum data.csv");
        table.ExitCode.ShouldBe(0);
        table.Output.ShouldContain("modes 1 to");
        table.Error.ShouldContain("--spectrum file:data-spectrum.csv");
    }
}
