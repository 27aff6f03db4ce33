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
            ["data-eigenvalues.csv", "data-eigenvalues.png", "data-eigenvalues.svg", "data-spectrum.csv", "request.json"]);
        var run = await CommandProcess.Run(Folder, "run phase-retrieval --spectrum file:out/data-spectrum.csv --times 1,10 --format json");
        run.ExitCode.ShouldBe(0);
        using var solved = JsonDocument.Parse(run.Output);
        solved.RootElement.GetProperty("runs")[0].GetProperty("setting").GetProperty("dimension").GetInt64().ShouldBe(60);
        var table = await CommandProcess.Run(Folder, "spectrum data.csv");
        table.ExitCode.ShouldBe(0);
        table.Output.ShouldContain("modes 1 to");
        table.Error.ShouldContain("--spectrum file:data-spectrum.csv");
    }

    [Fact]
    public async Task LeadingEigenvaluesOfALargeMatrixComeWithTheirErrors()
    {
        const int size = 4200;
        WriteSingles("large.npy", size, size, column => Math.Pow(column + 1, -0.75));
        var result = await CommandProcess.Run(Folder, "spectrum large.npy --modes 24 --format json --out out");
        result.ExitCode.ShouldBe(0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("exponent").GetDouble().ShouldBe(1.5, 0.15);
        json.RootElement.GetProperty("eigenvalues").GetArrayLength().ShouldBe(24);
        json.RootElement.GetProperty("error-bounds")[0].GetDouble().ShouldBeLessThan(0.01 * json.RootElement.GetProperty("eigenvalues")[0].GetDouble());
        json.RootElement.GetProperty("method").GetString()!.ShouldContain("randomised range finder");

        // At most the number of modes, whatever was not computed.
        json.RootElement.GetProperty("effective-rank").GetDouble().ShouldBe(Math.Pow(Enumerable.Range(1, size).Sum(i => Math.Pow(i, -1.5)), 2) / Enumerable.Range(1, size).Sum(i => Math.Pow(i, -3.0)), 0.3);

        // The trace is exact: Σ i^(−3/2) of 4200 columns.
        json.RootElement.GetProperty("trace").GetDouble().ShouldBe(Enumerable.Range(1, size).Sum(i => Math.Pow(i, -1.5)), 0.1);
        var run = await CommandProcess.Run(Folder, "run phase-retrieval --spectrum file:out/large-spectrum.csv --times 1 --format json");
        run.ExitCode.ShouldBe(0, run.Error);

        // The file holds all modes and the whole trace: λ₁ is 1/ζ-like, not its part of 24 modes.
        using var solved = JsonDocument.Parse(run.Output);
        solved.RootElement.GetProperty("runs")[0].GetProperty("setting").GetProperty("dimension").GetInt64().ShouldBe(size);
        var saved = (await File.ReadAllLinesAsync(Path.Combine(Folder, "out", "large-spectrum.csv"), TestContext.Current.CancellationToken)).SkipWhile(line => line.StartsWith('#')).Skip(1).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        saved.Sum().ShouldBe(1, 1e-9);
        saved[0].ShouldBe(json.RootElement.GetProperty("eigenvalues")[0].GetDouble() / json.RootElement.GetProperty("trace").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task GivenEigenvaluesAndShapesThatAreNoPowerLaw()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "law.csv"), string.Join('\n', Enumerable.Range(1, 300).Select(mode => Math.Pow(mode, -1.5).ToString("R", CultureInfo.InvariantCulture))), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "exponential.csv"), string.Join('\n', Enumerable.Range(1, 300).Select(mode => Math.Exp(-0.05 * mode).ToString("R", CultureInfo.InvariantCulture))), TestContext.Current.CancellationToken);
        var law = await CommandProcess.Run(Folder, "spectrum law.csv --is eigenvalues --format json");
        using var json = JsonDocument.Parse(law.Output);
        json.RootElement.GetProperty("exponent").GetDouble().ShouldBe(1.5, 1e-9);
        json.RootElement.GetProperty("kind").GetString().ShouldBe("power-law");
        json.RootElement.GetProperty("window")[1].GetInt32().ShouldBe(300);

        // Read as samples of one feature it says nothing, with a hint.
        var samples = await CommandProcess.Run(Folder, "spectrum law.csv");
        samples.ExitCode.ShouldBe(0);
        samples.Error.ShouldContain("--is eigenvalues");
        samples.Output.ShouldContain("one eigenvalue");

        // A column that is called so needs no word.
        await File.WriteAllTextAsync(Path.Combine(Folder, "named.csv"), "eigenvalue\n" + await File.ReadAllTextAsync(Path.Combine(Folder, "law.csv"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var named = await CommandProcess.Run(Folder, "spectrum named.csv --format json");
        using var alike = JsonDocument.Parse(named.Output);
        alike.RootElement.GetProperty("exponent").GetDouble().ShouldBe(json.RootElement.GetProperty("exponent").GetDouble());
        var exponential = await CommandProcess.Run(Folder, "spectrum exponential.csv --is eigenvalues --format json");
        using var none = JsonDocument.Parse(exponential.Output);
        none.RootElement.GetProperty("exponent").ValueKind.ShouldBe(JsonValueKind.Null);
        none.RootElement.GetProperty("kind").GetString().ShouldBe("no-power-law");

        // What follows no law is predicted no exponent of the loss from; the law is.
        foreach (var (name, isLaw) in new[] { ("law", true), ("exponential", false) })
        {
            var predict = await CommandProcess.Run(Folder, $"predict phase-retrieval --spectrum file:{name}.csv --format json");
            predict.ExitCode.ShouldBe(0, predict.Error);
            using var predicted = JsonDocument.Parse(predict.Output);
            var effective = predicted.RootElement.GetProperty("predictions").EnumerateArray()
                .Where(prediction => prediction.GetProperty("name").GetString() is "effective-exponent" or "effective-loss-exponent").ToArray();
            effective.Length.ShouldBe(2);
            foreach (var prediction in effective)
            {
                (prediction.GetProperty("value").ValueKind == JsonValueKind.Number).ShouldBe(isLaw, name);
                string.Equals(prediction.GetProperty("window").GetString(), "withheld", StringComparison.Ordinal).ShouldBe(!isLaw, name);
            }
        }
    }

    [Fact]
    public async Task InterruptedItLeavesNothingAndSaysSo()
    {
        WriteSingles("large.npy", 6000, 4000, column => 1.0 / (column + 1));
        using var command = CommandProcess.Start(Folder, "spectrum", "large.npy", "--out", "out");
        while (!Directory.Exists(Path.Combine(Folder, "out")))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        command.Interrupt();
        var result = await command.Finish();
        result.ExitCode.ShouldBe(130);
        result.Error.Contains("   at ", StringComparison.Ordinal).ShouldBeFalse();
        Directory.Exists(Path.Combine(Folder, "out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("spectrum data.csv --window 2,9", "at least one decade")]
    [InlineData("spectrum data.csv --window 2,30", "the number of eigenvalues above rounding")]
    [InlineData("spectrum data.csv --patch 8", "folder of images")]
    [InlineData("spectrum data.csv --modes 3", "modes = 3")]
    [InlineData("spectrum data.csv --is matrix", "samples, eigenvalues or covariance")]
    [InlineData("spectrum data.csv --is eigenvalues", "one column or one row")]
    [InlineData("spectrum data.csv --is covariance", "square matrix")]
    [InlineData("spectrum data.csv --samples 9", "--is eigenvalues or --is covariance")]
    [InlineData("spectrum .", "holds no images")]
    [InlineData("spectrum none.npy", "no such file")]
    public async Task WrongUsageIsOneLine(string arguments, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "data.csv"), string.Join('\n', Enumerable.Range(0, 60).Select(row => $"{row % 7},{row % 5},{row % 3}")), TestContext.Current.CancellationToken);
        var result = await CommandProcess.Run(Folder, arguments);
        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(expected);
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    // Independent numbers with a standard deviation per column, on a mean of two.
    private void WriteSingles(string name, int rows, int columns, Func<int, double> deviation)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        header = header.PadRight(128 - 10 - 1) + "\n";
        using var writer = new BinaryWriter(File.Create(Path.Combine(Folder, name)));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        var random = new System.Random(3);
        double[] scales = [.. Enumerable.Range(0, columns).Select(column => deviation(column) * Math.Sqrt(12))];
        var bytes = new byte[4 * columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                BitConverter.TryWriteBytes(bytes.AsSpan(4 * column), (float)(2 + (scales[column] * (random.NextDouble() - 0.5))));
            writer.Write(bytes);
        }
    }
}
