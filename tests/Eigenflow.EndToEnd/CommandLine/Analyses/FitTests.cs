using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class FitTests : TemporaryFolder
{
    [Fact]
    public async Task ExponentsOfSeveralCurvesOfATable()
    {
        Write("curves.csv", "name,tokens,size,val_loss", (random, text) =>
        {
            foreach (var size in (int[])[10, 20])
            {
                for (var row = 1; row <= 300; row++)
                    text.Append(CultureInfo.InvariantCulture, $"run-{size},{row * 10},{size},{(0.2 + Math.Pow(row, -0.5)) * Math.Exp(0.01 * (random.NextDouble() - 0.5)):R}\n");
            }
        });
        var result = await CommandProcess.Run(Folder, "fit curves.csv --group size --resamples 199 --format json --out out");
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        var curves = json.RootElement.GetProperty("curves");
        curves.GetArrayLength().ShouldBe(2);
        foreach (var curve in curves.EnumerateArray())
        {
            curve.GetProperty("x").GetString().ShouldBe("tokens");
            curve.GetProperty("chosen").GetString().ShouldBe("power-law-floor");
            var exponent = curve.GetProperty("laws")[0].GetProperty("parameters")[1];
            exponent.GetProperty("value").GetDouble().ShouldBe(-0.5, 0.03);
            exponent.GetProperty("lower").GetDouble().ShouldBeLessThan(exponent.GetProperty("value").GetDouble());
            exponent.GetProperty("upper").GetDouble().ShouldBeGreaterThan(exponent.GetProperty("value").GetDouble());
        }

        Directory.GetFiles(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["fit.csv", "fit.json", "fit.png", "fit.svg", "parameters.csv", "report.html", "request.json"]);
        var table = await CommandProcess.Run(Folder, "fit curves.csv --group size --resamples 199");
        table.Output.ShouldContain("power-law-floor describes the whole range");
        table.Output.ShouldContain("local exponents");
    }

    [Fact]
    public async Task ResultsOfRunsAreFittedAcrossSeeds()
    {
        (await CommandProcess.Run(Folder, "run phase-retrieval --dimension 1e4 --exponent 2 --until 1e7 --seed 1,2,3,4 --out runs --quiet")).ExitCode.ShouldBe(0);
        var files = Directory.GetFiles(Path.Combine(Folder, "runs"), "*.csv").Select(path => "runs/" + Path.GetFileName(path)).First(path => File.ReadLines(Path.Combine(Folder, path)).First().Contains("seed", StringComparison.Ordinal));
        var result = await CommandProcess.Run(Folder, $"fit {files} --x t --y one-minus-s --seeds seed --window 300,3e5 --law power-law --resamples 99 --quiet");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("Across seeds");
        result.Output.ShouldContain("mean of 4 seeds");
    }

    [Theory]
    [InlineData("fit short.csv", "at least one decade")]
    [InlineData("fit short.csv --window 5", "window = 5")]
    [InlineData("fit short.csv --law cubic", "one of power-law")]
    [InlineData("fit short.csv --y los", "no column 'los'")]
    [InlineData("fit missing.csv", "no such file")]
    [InlineData("fit short.csv --resamples 3", "resamples = 3")]
    [InlineData("fit short.csv --seeds all", "at least three curves")]
    public async Task WrongUsageIsOneLine(string arguments, string expected)
    {
        Write("short.csv", "x,loss", (_, text) =>
        {
            for (var row = 20; row < 100; row++)
                text.Append(CultureInfo.InvariantCulture, $"{row},{1.0 / row:R}\n");
        });
        var result = await CommandProcess.Run(Folder, arguments);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(expected);
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    private void Write(string name, string heading, Action<System.Random, StringBuilder> rows)
    {
        var text = new StringBuilder(heading).Append('\n');
        rows(new System.Random(5), text);
        File.WriteAllText(Path.Combine(Folder, name), text.ToString());
    }
}
