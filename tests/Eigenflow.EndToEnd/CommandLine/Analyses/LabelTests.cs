using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eigenflow.EndToEnd;

public sealed class LabelTests : TemporaryFolder
{
    [Fact]
    public async Task LabelsOfASpectrumAreSavedAndReadAsPower()
    {
        var text = new StringBuilder("a,b,y,kind\n");
        for (var k = 1; k <= 40; k++)
            text.Append(CultureInfo.InvariantCulture, $"{Math.Sin(k):R},{Math.Cos(2.3 * k) / 3:R},{(2 * Math.Sin(k)) + Math.Sin(7.7 * k):R},{(k % 3 == 0 ? "x" : "z")}\n");
        await File.WriteAllTextAsync(Path.Combine(Folder, "data.csv"), text.ToString(), TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, "spectrum data.csv --label y --without kind --format json --out out");
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("features").GetInt32().ShouldBe(2);
        var power = json.RootElement.GetProperty("target").GetProperty("power").EnumerateArray().Select(value => value.GetDouble()).ToArray();

        // Labels are a line of the rows and a sine of variance ½, which nothing explains.
        json.RootElement.GetProperty("cross-validation").GetProperty("best-error").GetDouble().ShouldBeInRange(0.4, 0.7);
        var hint = result.Error.Split("use it: eigenflow ")[1].Split('\n')[0];
        hint.ShouldStartWith("predict scaling-renormalization --spectrum file:out/data-spectrum.csv --samples 40 ");
        var curve = await CommandProcess.Run(Folder, hint + " --format json");
        curve.ExitCode.ShouldBe(0, curve.Error);
        curve.Output.ShouldContain("samples-to-halve");
        var saved = (await File.ReadAllLinesAsync(Path.Combine(Folder, "out", "data-spectrum.csv"), TestContext.Current.CancellationToken)).Where(line => !line.StartsWith('#')).ToArray();
        saved[0].ShouldBe("eigenvalue,target-power");
        saved[1..].Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture)).ShouldBe(power);
        (await CommandProcess.Run(Folder, "run phase-retrieval --spectrum file:out/data-spectrum.csv --times 1 --format json")).ExitCode.ShouldBe(0);
        (await CommandProcess.Run(Folder, "spectrum data.csv --label kind --without y --format csv")).Output.ShouldStartWith("mode,eigenvalue,target-power\n");
        var refused = await CommandProcess.Run(Folder, "spectrum data.csv --label z");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("it has no column 'z' for the label");
        (await CommandProcess.Run(Folder, "spectrum out/data-spectrum.csv --is eigenvalues --label 1")).Error.ShouldContain("label = 1 is not allowed");
    }
}
