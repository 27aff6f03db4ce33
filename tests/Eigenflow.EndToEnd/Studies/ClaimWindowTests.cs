namespace Eigenflow.EndToEnd;

/// <summary>A claim that compares with a prediction is out of window where the prediction is, also through a formula.</summary>
public sealed class ClaimWindowTests : TemporaryFolder
{
    private const string Study = """
        system = "phase-retrieval"
        method = "flow"

        [parameters]
        dimension = 1000
        exponent = 1.2
        seed = [1, 3]
        until = 20

        [derived]
        escape = { event = "escape" }
        theory = { prediction = "escape-time" }
        doubled = { formula = "2 * theory" }

        [[claim]]
        id = "time"
        statement = "The escape takes the predicted time"
        measured = "escape"
        predicted = "theory"
        relative = 0.05

        [[claim]]
        id = "twice"
        statement = "The same, doubled"
        measured = "2 * escape"
        predicted = "doubled"
        relative = 0.05
        """;

    [Fact]
    public async Task ClaimsUseTheWindowOfTheirPrediction()
    {
        var file = Path.Combine(Folder, "window.toml");
        await File.WriteAllTextAsync(file, Study, TestContext.Current.CancellationToken);
        var results = Path.Combine(Folder, "results");
        (await FormsTests.InProcess(["sweep", file, "--out", results, "--quiet"])).Code.ShouldBe(0);
        var (_, output, _) = await FormsTests.InProcess(["report", results]);
        output.ShouldContain("1 out of window");
        var claims = await File.ReadAllLinesAsync(Path.Combine(results, "claims.csv"), TestContext.Current.CancellationToken);

        // Seed 1 misses its prediction by a third, and the window says so; seed 3 keeps it.
        foreach (var id in new[] { "time", "twice" })
            claims.Where(line => line.StartsWith(id + ",", StringComparison.Ordinal)).Select(line => line.Split(',')[2]).Order().ShouldBe(["holds", "out of window"]);
    }
}
