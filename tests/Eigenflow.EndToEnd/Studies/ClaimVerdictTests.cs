namespace Eigenflow.EndToEnd;

/// <summary>The words of claims on the command line: of all of them, only a failure is one.</summary>
public sealed class ClaimVerdictTests : TemporaryFolder
{
    private const string Study = """
        system = "phase-retrieval"
        method = "flow"

        [parameters]
        dimension = [50, 100]
        exponent = 2
        until = 20

        [derived]
        escape = { event = "escape" }
        end = { value = "t" }
        never = { crossing = "loss", level = 1e-30 }

        [[figure]]
        id = "times"
        x = "dimension"
        y = "escape"
        fit = true

        [[claim]]
        id = "positive"
        statement = "The escape takes time"
        measured = "escape"
        at-least = 0
        """;

    [Theory]
    [InlineData("measured = \"end\"\nat-most = 21", 0, "2 claims: 2 hold, 0 fail")]
    [InlineData("measured = \"end\"\nat-most = 19", 1, "2 claims: 1 holds, 1 fails")]
    [InlineData("measured = \"end\"\nat-most = 19\nscale = { dimension = 1e6 }\nkind = \"asymptotic\"", 0, "2 claims: 1 holds, 0 fail, 1 inconclusive")]
    [InlineData("measured = \"end\"\nat-most = 19.5\nuncertainty = 1", 0, "2 claims: 1 holds, 0 fail, 1 inconclusive")]
    [InlineData("measured = \"never\"\nat-most = 100", 0, "2 claims: 1 holds, 0 fail, 1 inconclusive")]
    [InlineData("slope-of = \"times\"\npredicted = 0\nabsolute = 10", 0, "2 claims: 1 holds, 0 fail, 1 inconclusive")]
    [InlineData("measured = \"end\"\nat-most = 21\nscale = { dimension = 1e6 }", 0, "2 claims: 1 holds, 0 fail, 1 reduced")]
    [InlineData("measured = \"end\"\nat-most = 21\nhorizon = { t = 3 }\nall-times = true", 0, "2 claims: 1 holds, 0 fail, 1 inconclusive")]
    [InlineData("measured = \"end\"\nat-most = 21\nhorizon = { t = 2 }\nall-times = true", 0, "2 claims: 2 hold, 0 fail")]
    [InlineData("measured = \"end\"\npredicted = \"never\"\nrelative = 1", 0, "2 claims: 1 holds, 0 fail, 1 out of window")]
    public async Task OnlyAFailureIsOne(string claim, int expected, string sentence)
    {
        var file = Path.Combine(Folder, "words.toml");
        await File.WriteAllTextAsync(file, $"{Study}\n\n[[claim]]\nid = \"other\"\nstatement = \"Another\"\n{claim}\n", TestContext.Current.CancellationToken);
        var results = Path.Combine(Folder, "results");
        (await FormsTests.InProcess(["sweep", file, "--out", results, "--quiet"])).Code.ShouldBe(0);
        var (code, output, error) = await FormsTests.InProcess(["report", results]);
        code.ShouldBe(expected, output + error);
        output.ShouldContain(sentence);
        (await File.ReadAllTextAsync(Path.Combine(results, "report.html"), TestContext.Current.CancellationToken)).ShouldContain(sentence);
        (await FormsTests.InProcess(["collect", results])).Code.ShouldBe(0, "collecting judges no claim");
    }

    [Fact]
    public async Task AReproductionTellsTheSameWordsInEveryFormat()
    {
        var folder = Path.Combine(Folder, "out");
        var (code, output, _) = await FormsTests.InProcess(["reproduce", "functional-scaling-law", "--figure", "12", "--out", folder, "--quiet", "--format", "json"]);
        code.ShouldBe(0);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        json.RootElement.GetProperty("summary").GetString().ShouldBe("1 claim: 1 holds, 0 fail");
        json.RootElement.GetProperty("verdicts").GetProperty("holds").GetInt32().ShouldBe(1);
        var claim = json.RootElement.GetProperty("claims")[0];
        claim.GetProperty("verdict").GetString().ShouldBe("holds");
        claim.GetProperty("window").GetString().ShouldBe("everywhere");
        claim.GetProperty("horizon").GetProperty("tested").GetDouble().ShouldBe(1e6);
        claim.GetProperty("scale")[0].GetProperty("quantity").GetString().ShouldBe("M");
        var table = await File.ReadAllLinesAsync(Path.Combine(folder, "report-figure-12.claims.csv"), TestContext.Current.CancellationToken);
        table[0].ShouldStartWith("id,verdict,predicted,measured,uncertainty,tolerance,kind,source,statement,obtained,interval,window,horizon,");
        table[1].ShouldContain(",everywhere,k=1000000,,,M=128,,");
        (await File.ReadAllTextAsync(Path.Combine(folder, "report-figure-12.html"), TestContext.Current.CancellationToken)).ShouldContain("1 claim: 1 holds, 0 fail");
    }
}
