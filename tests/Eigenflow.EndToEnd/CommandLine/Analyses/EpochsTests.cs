using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class EpochsTests : TemporaryFolder
{
    [Fact]
    public async Task ATableOfRunsIsReadAndJudged()
    {
        // Three runs of two regularisations: a clear double descent, and a fall.
        var text = new StringBuilder("lambda-log10,epoch,error,run\n");
        foreach (var (lambda, bump) in new[] { (-3, 0.1), (-1, 0.0) })
        {
            for (var run = 0; run < 3; run++)
            {
                for (var t = 1; t <= 200; t++)
                    text.Append(CultureInfo.InvariantCulture, $"{lambda},{t},{0.2 + (0.5 * Math.Exp(-t / 5.0)) + (bump * Math.Exp(-2 * Math.Pow(Math.Log(t / 50.0), 2))) + (0.0005 * run):R},{run}\n");
            }
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "runs.csv"), text.ToString(), TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, "epochs runs.csv --label-noise 0.2 --classes 10 --format json --out out");
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("verdict").GetString()).ShouldBe(["confirmed", "refuted"]);
        json.RootElement.GetProperty("map").GetProperty("onset-lambda-log10").GetDouble().ShouldBe(-2);
        json.RootElement.GetProperty("map").GetProperty("toy").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("label-noise").GetProperty("effective").GetDouble().ShouldBe(0.18, 1e-12);
        Directory.GetFiles(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order().ShouldBe(["epochs.csv", "epochs.json", "epochs.png", "epochs.svg", "request.json"]);
        var table = await CommandProcess.Run(Folder, "epochs runs.csv");
        table.Output.ShouldContain("double-descent");
        table.Output.ShouldContain("onset at");
        var csv = await CommandProcess.Run(Folder, "epochs runs.csv --format csv");
        csv.Output.Split('\n')[0].ShouldStartWith("lambda_log10,shape,verdict,");
        (await CommandProcess.Run(Folder, "epochs runs.csv --std runs.csv")).Error.ShouldContain("std = runs.csv is not allowed: it must be given with an array of means");
        (await CommandProcess.Run(Folder, "epochs runs.csv --label-noise 0.2")).ExitCode.ShouldBe(2);
    }
}
