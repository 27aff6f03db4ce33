namespace Eigenflow.EndToEnd;

/// <summary>Means without the replicas that diverged are no test of a claim.</summary>
public sealed class DivergedClaimTests : TemporaryFolder
{
    // Of six replicas two diverge at the second rate, and all of them at the third one.
    private const string Study = """
        system = "phase-retrieval"
        method = "sgd"

        [parameters]
        dimension = 30
        steps = 1000
        points = 5
        replicas = 6
        learning-rate = [0.005, 0.02, 0.2]

        [derived]
        end = { value = "s" }

        [[claim]]
        id = "positive"
        statement = "s stays above zero"
        measured = "end"
        at-least = 0
        """;

    [Fact]
    public async Task ClaimsOnThemAreInconclusive()
    {
        var file = Path.Combine(Folder, "diverged.toml");
        await File.WriteAllTextAsync(file, Study, TestContext.Current.CancellationToken);
        var results = Path.Combine(Folder, "results");
        _ = await FormsTests.InProcess(["sweep", file, "--out", results, "--quiet"]);
        var (_, output, _) = await FormsTests.InProcess(["report", results]);
        output.ShouldContain("1 inconclusive");
        var claims = await File.ReadAllLinesAsync(Path.Combine(results, "claims.csv"), TestContext.Current.CancellationToken);
        claims.Skip(1).Select(line => line.Split(',')[2]).ShouldBe(["holds", "inconclusive", "inconclusive"]);
        claims.Count(line => line.Contains("replicas diverged", StringComparison.Ordinal)).ShouldBe(2);
    }
}
