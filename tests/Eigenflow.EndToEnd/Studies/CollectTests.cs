using System.Globalization;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;

namespace Eigenflow.EndToEnd;

/// <summary>What sweep, collect and report write opens in DuckDB, with the recipe of docs/studies.md.</summary>
public sealed class CollectTests : TemporaryFolder
{
    private const string Study = """
        system = "phase-retrieval"
        method = "flow"
        [parameters]
        dimension = [50, 100, 200]
        seed = [1, 2]
        [derived]
        escape-time = { event = "escape" }
        never = { crossing = "loss", level = 1e9 }
        [[figure]]
        x = "dimension"
        y = "escape-time"
        [[claim]]
        id = "positive"
        statement = "the escape takes time"
        measured = "escape-time"
        at-least = 0
        """;

    [Fact]
    public async Task TheResultsOpenInDuckDb()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "study.toml"), Study, TestContext.Current.CancellationToken);
        (await CommandProcess.Run(Folder, "sweep study.toml --out results/exponents")).ExitCode.ShouldBe(0);
        (await CommandProcess.Run(Folder, "collect results/exponents --trajectories")).ExitCode.ShouldBe(0);
        var report = await CommandProcess.Run(Folder, "report results/exponents");
        report.ExitCode.ShouldBe(0, report.Error);
        report.Output.ShouldContain("holds");
        foreach (var name in new[] { "report.html", "runs.csv", "fits.csv", "claims.csv", "figures/figure-1.png", "figures/figure-1.svg", "figures/figure-1.csv" })
            new FileInfo(Path.Combine(Folder, "results/exponents", name)).Length.ShouldBeGreaterThan(20);

        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Query(connection, $"SET file_search_path = '{Folder}'");
        Query(connection, "select count(*), count(distinct run), min(dimension), max(dimension), typeof(min(dimension)), typeof(min(\"escape-time\")), count(never) from 'results/exponents/runs.parquet'")
            .ShouldBe([["6", "6", "50", "200", "BIGINT", "DOUBLE", "0"]]);
        var parquet = Query(connection, "select run, \"escape-time\", \"event-escape\", status from 'results/exponents/runs.parquet' order by run");
        Query(connection, "select run, \"escape-time\", \"event-escape\", status from 'results/exponents/runs.csv' order by run").ShouldBe(parquet);
        parquet.ShouldAllBe(row => row[1] == row[2] && row[3] == "completed");

        // One file per run, with its setting in the metadata.
        var rows = Query(connection, "select count(*), count(distinct filename) from read_parquet('results/exponents/runs/*/*.parquet', filename = true, union_by_name = true)").Single();
        rows[1].ShouldBe("6");
        Query(connection, "select count(*), count(distinct run) from 'results/exponents/trajectories.parquet'").Single().ShouldBe([rows[0], "6"]);
        Query(connection, "select count(*) from (select distinct dimension, run from 'results/exponents/trajectories.parquet') join 'results/exponents/runs.parquet' using (run, dimension)").Single().ShouldBe(["6"]);
        var fit = await CommandProcess.Run(Folder, "fit results/exponents/trajectories.parquet --x t --y u --group dimension,seed --law power-law --resamples 99 --quiet --format csv");
        fit.ExitCode.ShouldBe(0, fit.Error);
        fit.Output.ShouldContain("dimension 50, seed");
        var metadata = Query(connection, "select decode(key), decode(value) from parquet_kv_metadata('results/exponents/runs/*/*.parquet') where decode(key) in ('eigenflow.system', 'eigenflow.status')");
        metadata.Count.ShouldBe(12);
        metadata.ShouldAllBe(row => row[1] == (row[0] == "eigenflow.system" ? "phase-retrieval" : "completed"));

        // The recipe of the documentation, as it is.
        var recipe = Recipe();
        recipe.Length.ShouldBe(2);
        foreach (var line in recipe)
            Query(connection, line).ShouldNotBeEmpty();
    }

    private static string[] Recipe()
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "studies.md"));
        return [.. lines.SkipWhile(line => line != "```sql").Skip(1).TakeWhile(line => line != "```")];
    }

    private static List<string[]> Query(DuckDBConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this test's own.
        command.CommandText = text;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(k => Convert.ToString(reader.GetValue(k), CultureInfo.InvariantCulture)!)]);
        return rows;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
