using System.Text.Json;

namespace Eigenflow.EndToEnd;

/// <summary>--out does not overwrite another request's results; what was asked for is recorded beside them.</summary>
public sealed class ResultFolderTests : TemporaryFolder
{
    private const string Request = "run phase-retrieval --dimension 20 --until 1 --points 3 --quiet";

    [Fact]
    public async Task AnotherRequestNeedsForce()
    {
        var folder = Path.Combine(Folder, "out");
        (await Run($"{Request} --exponent 2 --out {folder}")).Code.ShouldBe(0);
        var before = await File.ReadAllBytesAsync(Path.Combine(folder, "runs.json"), TestContext.Current.CancellationToken);
        using (var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "request.json"), TestContext.Current.CancellationToken)))
            json.RootElement.GetProperty("run").GetString().ShouldBe("run phase-retrieval --dimension 20 --exponent 2 --points 3 --until 1");

        var (code, output, error) = await Run($"{Request} --exponent 1.5 --out {folder}");
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("eigenflow run phase-retrieval --dimension 20 --exponent 2");
        error.ShouldContain("--force");
        (await File.ReadAllBytesAsync(Path.Combine(folder, "runs.json"), TestContext.Current.CancellationToken)).ShouldBe(before);

        // The same in another order, format and theme is the same request; another command has its own files.
        (await Run($"{Request} --out {folder} --exponent 2 --format json --theme dark --jobs 1")).Code.ShouldBe(0);
        (await Run($"predict phase-retrieval --dimension 20 --until 1 --quiet --out {folder}")).Code.ShouldBe(0);
        (await Run($"{Request} --exponent 1.5 --out {folder} --force")).Code.ShouldBe(0);
        (await Run($"{Request} --exponent 2 --out {folder}")).Code.ShouldBe(2);
        (await Run($"predict phase-retrieval --dimension 20 --until 1 --quiet --out {folder}")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task ResultsWithoutARecordAreNotOverwritten()
    {
        var folder = Path.Combine(Folder, "old");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "runs.csv"), "mine", TestContext.Current.CancellationToken);
        var (code, _, error) = await Run($"{Request} --out {folder}");
        code.ShouldBe(2);
        error.ShouldContain("runs.csv");
        (await File.ReadAllTextAsync(Path.Combine(folder, "runs.csv"), TestContext.Current.CancellationToken)).ShouldBe("mine");
        (await Run($"{Request} --out {folder} --force")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task WarningsArePartOfTheJson()
    {
        using var json = JsonDocument.Parse((await Run("run phase-retrieval --dimension 1e9 --times 1 --format json")).Output);
        json.RootElement.GetProperty("runs")[0].GetProperty("warnings")[0].GetString()!.ShouldContain("averaged over teachers and starts");
        using var predicted = JsonDocument.Parse((await Run("predict phase-retrieval --dimension 1e9 --format json")).Output);
        predicted.RootElement.GetProperty("warnings")[0].GetString()!.ShouldContain("averaged over teachers and starts");
        (await Run("run phase-retrieval --dimension 1e8,1e9 --times 1")).Error.ShouldContain("modes = averaged or compressed for all");
    }

    [Fact]
    public async Task PredictionsSayWhereTheyStandToTheirWindow()
    {
        using var json = JsonDocument.Parse((await Run("predict phase-retrieval --exponent 0.8 --format json")).Output);
        var predictions = json.RootElement.GetProperty("predictions").EnumerateArray().ToDictionary(prediction => prediction.GetProperty("name").GetString()!);
        var time = predictions["escape-time"];
        time.GetProperty("window").GetString().ShouldBe("out of window");
        time.GetProperty("reason").GetString()!.ShouldContain("s(T₁)/(s*/3) = 23.6");
        time.GetProperty("conditions").EnumerateArray().Count(condition => !condition.GetProperty("holds").GetBoolean()).ShouldBe(2);
        predictions["convergence-time"].GetProperty("window").GetString().ShouldBe("withheld");
        predictions["convergence-time"].GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        var table = (await Run("predict phase-retrieval --exponent 0.8")).Output;
        table.ShouldContain("Outside their windows, or withheld");
        table.ShouldContain("a = 0.8, must be > 1");
        (await Run("predict phase-retrieval --exponent 0.8,2 --accuracy 0.01")).Output.ShouldContain("(OUT)");
        (await Run("describe phase-retrieval")).Output.ShouldContain("T₁/T₂");
    }

    private static Task<(int Code, string Output, string Error)> Run(string arguments) => FormsTests.InProcess(arguments.Split(' '));
}
