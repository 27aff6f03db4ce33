using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eigenflow.EndToEnd;

/// <summary>Learning curves for the user's own spectrum and rows.</summary>
public sealed class InputsTests : TemporaryFolder
{
    [Fact]
    public async Task RowsAreComparedWithTheGaussianTheoryInOneFigureAndOneVerdict()
    {
        Data("data.csv", 400, 12);
        const string Request = "run phase-retrieval --method sgd,flow,sgd-theory --sampling rows,gaussian --inputs file:data.csv --teacher ones --steps 20000 --learning-rate 0.001 --replicas 6 --points 40";
        var result = await CommandProcess.Run(Folder, Request + " --out first --jobs 1");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("departs by");
        result.Output.ShouldContain("sgd, Gaussian inputs");
        (await CommandProcess.Run(Folder, Request + " --out second --jobs 2 --quiet")).ExitCode.ShouldBe(0);
        var files = Directory.GetFiles(Path.Combine(Folder, "first")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        files.ShouldBe(["comparison.csv", "report.html", "request.json", "runs.csv", "runs.json", "trajectory.csv", "trajectory.png", "trajectory.svg", "verdict.csv"]);
        foreach (var name in files)
            File.ReadAllBytes(Path.Combine(Folder, "second", name!)).ShouldBe(File.ReadAllBytes(Path.Combine(Folder, "first", name!)));
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "first", "runs.json"), TestContext.Current.CancellationToken));
        var runs = json.RootElement.GetProperty("runs").EnumerateArray().ToArray();
        runs.Length.ShouldBe(4);
        runs.ShouldAllBe(run => run.GetProperty("setting").GetProperty("dimension").GetInt64() == 12 && run.GetProperty("setting").GetProperty("inputs").GetString() == "file:data.csv");
        var onRows = runs.Single(run => run.GetProperty("observables").TryGetProperty("loss-rows", out _));

        // Signs of equal probability times a common scale that is 3 in one of nine rows: the projection on a teacher of many modes has positive excess kurtosis.
        onRows.GetProperty("summary").GetProperty("teacher-excess-kurtosis").GetDouble().ShouldBeGreaterThan(5);
        runs.Count(run => run.TryGetProperty("summary", out var numbers) && numbers.TryGetProperty("teacher-excess-kurtosis", out _)).ShouldBe(1);
    }

    [Fact]
    public async Task AKilledRunOnRowsContinuesToTheSameBytes()
    {
        Data("data.csv", 500, 30);
        const string Request = "run phase-retrieval --method sgd --inputs file:data.csv --learning-rate 1e-4 --steps 4e6 --replicas 2 --noise 0.05 --points 50 --checkpoint-seconds 0.2 --out ";
        using (var command = CommandProcess.Start(Folder, (Request + "killed").Split(' ')))
        {
            var states = Path.Combine(Folder, "killed", "checkpoints");
            while (!Directory.Exists(states) || Directory.GetFiles(states, "*.bin", SearchOption.AllDirectories).Length < 2)
                await Task.Delay(20, TestContext.Current.CancellationToken);
            command.Kill();
            (await command.Finish()).ExitCode.ShouldNotBe(0);
        }

        File.Exists(Path.Combine(Folder, "killed", "runs.json")).ShouldBeFalse("it was killed too late to test anything");
        var second = await CommandProcess.Run(Folder, Request + "killed");
        second.ExitCode.ShouldBe(0, second.Error);
        second.Error.ShouldContain("continued");
        (await CommandProcess.Run(Folder, Request + "whole")).Error.ShouldNotContain("continued");
        foreach (var name in new[] { "runs.json", "runs.csv", "trajectory.png" })
            File.ReadAllBytes(Path.Combine(Folder, "killed", name)).ShouldBe(File.ReadAllBytes(Path.Combine(Folder, "whole", name)));
    }

    [Fact]
    public async Task PredictGivesTheLearningCurveOfAMeasuredSpectrum()
    {
        var text = string.Join('\n', Enumerable.Range(1, 200).Select(i => Math.Pow(i, -1.5).ToString("R", CultureInfo.InvariantCulture)));
        await File.WriteAllTextAsync(Path.Combine(Folder, "spectrum.csv"), text, TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, "predict phase-retrieval --spectrum file:spectrum.csv --teacher ones --start alternating --times 0.5,5,50 --out out");
        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("learning curve (flow): T₁ =");
        result.Output.ShouldContain("effective-exponent");
        Directory.GetFiles(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["curves.csv", "learning-curve.csv", "learning-curve.png", "learning-curve.svg", "predictions.csv", "request.json"]);

        // The same power law by name has the same curve, and its exponent.
        var named = await CommandProcess.Run(Folder, "run phase-retrieval --dimension 200 --exponent 1.5 --teacher ones --start alternating --times 0.5,5,50 --format json");
        using var json = JsonDocument.Parse(named.Output);
        var loss = json.RootElement.GetProperty("runs")[0].GetProperty("observables").GetProperty("loss").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "out", "curves.csv"), TestContext.Current.CancellationToken);
        var column = Array.IndexOf(lines[0].Split(','), "loss");
        for (var row = 0; row < 3; row++)
            double.Parse(lines[row + 1].Split(',')[column], CultureInfo.InvariantCulture).ShouldBe(loss[row], 1e-7 * loss[row]);
        var predictions = await File.ReadAllLinesAsync(Path.Combine(Folder, "out", "predictions.csv"), TestContext.Current.CancellationToken);
        var exponent = predictions.Single(line => line.Contains("effective-exponent", StringComparison.Ordinal)).Split(',').Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
        exponent.ShouldContain(number => Math.Abs(number - 1.5) < 1e-6);
    }

    [Theory]
    [InlineData("--method sgd --inputs file:nowhere.npy", "there is no such file")]
    [InlineData("--method sgd --inputs file:data.csv --spectrum isotropic", "left out when inputs are given")]
    [InlineData("--method sgd --inputs file:data.csv --dimension 7", "leave it out")]
    [InlineData("--method sgd --sampling rows", "give inputs = file:PATH")]
    [InlineData("--method flow --inputs file:data.csv --sampling rows", "it is read by sgd")]
    [InlineData("--method sgd --inputs file:constant.csv", "at least one column varies")]
    [InlineData("--method sgd --inputs file:short.csv", "at least 2 rows")]
    [InlineData("--method sgd --inputs file:missing.csv", "missing.csv, line 2")]
    public async Task MistakesGiveOneLine(string options, string message)
    {
        Data("data.csv", 30, 5);
        foreach (var (name, text) in new[] { ("constant.csv", "1,2\n1,2\n"), ("short.csv", "1,2\n"), ("missing.csv", "1,2\n1,nan\n3,4\n") })
            await File.WriteAllTextAsync(Path.Combine(Folder, name), text, TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, "run phase-retrieval --steps 10 " + options);
        result.ExitCode.ShouldNotBe(0);
        result.Error.ShouldContain(message);
        result.Error.Trim().ShouldNotContain("\n");
        result.Output.ShouldBeEmpty();
    }

    // Signs with the scales i^(−1/2), whole rows three times as long or nearly nothing: not Gaussian.
    private void Data(string name, int rows, int columns)
    {
        var random = new System.Random(5);
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var scale = row % 9 == 0 ? 3 : 0.1;
            text.AppendJoin(',', Enumerable.Range(1, columns).Select(i => (scale * (random.Next(2) == 0 ? 1 : -1) / Math.Sqrt(i)).ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        File.WriteAllText(Path.Combine(Folder, name), text.ToString());
    }
}
