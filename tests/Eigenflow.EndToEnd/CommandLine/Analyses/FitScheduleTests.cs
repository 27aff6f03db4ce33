using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class FitScheduleTests : TemporaryFolder
{
    private const int Steps = 400;

    [Fact]
    public async Task ACurveIsFittedOthersAreForecastAndAScheduleIsProposed()
    {
        // A loss that follows intrinsic time and the rate itself: 8-1-1 is fitted, linear is held out.
        await Write("stepwise.csv", "loss,step,learning_rate", step => step < 320 ? 0.01 : step < 360 ? 0.01 / Math.Sqrt(10) : 0.001);
        await Write("linear.csv", "loss,step,learning_rate", step => 0.01 * (1 - ((double)step / Steps)));
        var result = await CommandProcess.Run(Folder, "fit-schedule stepwise.csv --transfer linear.csv cosine --optimize --law direct --resamples 20 --restarts 10 --format json --out out");
        result.ExitCode.ShouldBe(0);
        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        root.GetProperty("identifiable").GetBoolean().ShouldBeTrue();
        root.GetProperty("thinning-error").GetDouble().ShouldBeLessThan(1e-4);
        root.GetProperty("laws").GetArrayLength().ShouldBe(6);
        root.GetProperty("forecasts").GetArrayLength().ShouldBe(3);
        var linear = root.GetProperty("forecasts")[1];
        linear.GetProperty("log-rmse").GetDouble().ShouldBeLessThan(linear.GetProperty("baseline-log-rmse").GetDouble());
        Directory.GetFiles(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["fit-schedule.csv", "fit-schedule.png", "fit-schedule.svg", "fit.json", "forecast-cosine.csv", "forecast-linear.csv", "report.html", "request.json", "schedule.csv"]);

        // The proposal can be given back: as a schedule to forecast, whose end is the loss that was promised.
        var again = await CommandProcess.Run(Folder, "fit-schedule stepwise.csv --transfer out/schedule.csv --between hold --law direct --resamples 20 --restarts 10 --format json --quiet");
        again.ExitCode.ShouldBe(0);
        using var second = JsonDocument.Parse(again.Output);
        second.RootElement.GetProperty("forecasts")[1].GetProperty("loss").EnumerateArray().Last().GetDouble()
            .ShouldBe(root.GetProperty("proposal").GetProperty("loss").GetDouble(), 2e-3);
    }

    [Fact]
    public async Task AScheduleOnTheCommandLineStandsForAMissingColumn()
    {
        await Write("curve.csv", "loss,step", step => 0.01 * (1 - ((double)step / Steps)));
        var refused = await CommandProcess.Run(Folder, "fit-schedule curve.csv");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("--schedule cosine --peak 1e-3");
        var result = await CommandProcess.Run(Folder, "fit-schedule curve.csv --schedule linear --peak 0.01 --law direct --resamples 20 --restarts 10 --quiet");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("effective exponents");
    }

    [Fact]
    public async Task AConstantRateIsAVerdictAndNoError()
    {
        await Write("constant.csv", "loss,step,learning_rate", _ => 0.01);
        var result = await CommandProcess.Run(Folder, "fit-schedule constant.csv --restarts 10 --resamples 20 --quiet");
        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("forgetting kernel not identifiable");
        var refused = await CommandProcess.Run(Folder, "fit-schedule constant.csv --restarts 10 --resamples 20 --optimize");
        refused.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task TheWarmUpIsAskedForAndColumnsAreChosen()
    {
        await Write("curve.csv", "loss,step,learning_rate", step => 0.01 * (1 - ((double)step / Steps)));
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, "curve.csv"), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(Folder, "late.csv"), ["train/loss,train/global_step,train/lr", .. lines.Skip(40)], TestContext.Current.CancellationToken);
        var warned = await CommandProcess.Run(Folder, "fit-schedule late.csv --restarts 10 --resamples 20 --quiet");
        warned.ExitCode.ShouldBe(0, warned.Error);
        warned.Output.ShouldContain("warning: late: the learning rate before step 40 is not logged");
        var stated = await CommandProcess.Run(Folder, "fit-schedule late.csv --step train/global_step --loss train/loss --rate train/lr --warmup 0 --restarts 10 --resamples 20 --quiet");
        stated.ExitCode.ShouldBe(0, stated.Error);
        stated.Output.ShouldNotContain("warning:");
        stated.Output.ShouldContain(" forecasts");
        var wrong = await CommandProcess.Run(Folder, "fit-schedule late.csv --warmup x");
        wrong.ExitCode.ShouldBe(2);
        wrong.Error.ShouldContain("warmup = x");
    }

    private async Task Write(string name, string heading, Func<int, double> rate)
    {
        var random = new System.Random(5);
        var text = new StringBuilder(heading).Append('\n');
        var time = 0.0;
        for (var step = 1; step <= Steps; step++)
        {
            time += rate(step - 1);
            var loss = 1 + (0.5 * Math.Pow(1 + (time / 0.05), -0.5)) + (15 * rate(step - 1)) + (0.003 * (random.NextDouble() - 0.5));
            text.Append(CultureInfo.InvariantCulture, $"{loss:R},{step}").Append(heading.EndsWith("rate", StringComparison.Ordinal) ? string.Create(CultureInfo.InvariantCulture, $",{rate(step):R}") : "").Append('\n');
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, name), text.ToString(), TestContext.Current.CancellationToken);
    }
}
