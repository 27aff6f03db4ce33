using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Share;

/// <summary>A map is exported as the map: cells, pictures, and the words that compute it again.</summary>
public sealed partial class MapExportTests(BrowserSession session)
{
    private static readonly string[] Dimensions = ["10", "100", "1000"];
    private static readonly string[] Exponents = ["0", "1.5", "2"];

    // Ridges run against their rows, and are drawn along a column of their own.
    public static TheoryData<string, string, string, string> Maps() => new()
    {
        { "phase-retrieval", "flow", "event:escape", "event-escape" },
        { "phase-retrieval", "flow", "last:loss", "last-loss" },
        { "phase-retrieval", "flow", "common:loss", "map-value" },
        { "multiscale-double-descent", "ridge", "last:error", "map-value" },

        // Its events are times, and its figure counts steps.
        { "spectral-descent", "gd", "event:escape", "map-value" },

        // Curves of different length, at the end of the shortest.
        { "in-and-out-of-equilibrium", "theory", "common:cov-11", "map-value" },
    };

    [Theory]
    [MemberData(nameof(Maps))]
    public async Task TheCommandsGiveTheSameCells(string id, string method, string quantity, string column)
    {
        var ((x, across), (y, up)) = id switch
        {
            "phase-retrieval" => (("dimension", Dimensions), ("exponent", Exponents)),
            "spectral-descent" => (("dimension", (string[])["20", "100"]), ("spike", (string[])["1", "10"])),
            "in-and-out-of-equilibrium" => (("samples", ["20", "100"]), ("batch", ["1", "4"])),
            _ => (("condition", ["10", "100"]), ("noise", ["0", "0.1"])),
        };
        var request = Map(quantity, method, (x, across), (y, up));
        var cells = Rows((await session.Export(id, "csv", request)).Text);
        var command = (await session.Export(id, "command", request)).Text;
        var study = command[(command.IndexOf('\n', StringComparison.Ordinal) + 1)..command.IndexOf("\nEND\n", StringComparison.Ordinal)] + "\n";
        study.ShouldBe((await session.Export(id, "study", request)).Text);
        study.ShouldContain(column);
        var folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, id + "-map.toml"), study, TestContext.Current.CancellationToken);
            var lines = command[(command.IndexOf("\nEND\n", StringComparison.Ordinal) + 5)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Length.ShouldBe(2);
            foreach (var line in lines)
            {
                var run = await SmallRuns.Command([.. SmallRuns.Words(line)[1..].Select(word => word.StartsWith(id + "-map", StringComparison.Ordinal) ? Path.Combine(folder, word) : word), "--quiet"]);
                run.Code.ShouldBe(0, run.Error);
            }

            var table = Rows(await File.ReadAllTextAsync(Path.Combine(folder, id + "-map", "runs.csv"), TestContext.Current.CancellationToken));
            table.Count.ShouldBe(cells.Count);
            foreach (var cell in cells)
            {
                var run = table.Single(row => Number(row[x]) == Number(cell[x]) && Number(row[y]) == Number(cell[y]));
                Number(run[column]).ShouldBe(Number(cell["value"]), $"{cell[x]}, {cell[y]}");
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task CellsAreThoseOfTheCommandLineAndSayWhyTheyHaveNoValue()
    {
        var (response, csv) = await session.Export("phase-retrieval", "csv", Map("event:escape"));
        response.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("phase-retrieval-map.csv");
        var cells = Rows(csv);
        cells.Count.ShouldBe(9);
        foreach (var (dimension, exponent) in ((string, string)[])[("100", "1.5"), ("1000", "2")])
        {
            using var printed = JsonDocument.Parse((await SmallRuns.Command("run", "phase-retrieval", "--dimension", dimension, "--exponent", exponent, "--format", "json", "--quiet")).Output);
            cells.Single(cell => cell["dimension"] == dimension && cell["exponent"] == exponent)["value"].ShouldBe(WrittenNumber.RoundTrip(printed.RootElement.GetProperty("runs")[0].GetProperty("events").GetProperty("escape").GetDouble()));
        }

        cells.ShouldAllBe(cell => cell["status"] == (cell["value"].Length > 0 ? "completed" : "no event") && cell["quantity"] == "event:escape");

        // The same as numbers.
        using var json = JsonDocument.Parse((await session.Export("phase-retrieval", "json", Map("event:escape"))).Text);
        json.RootElement.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("value").ValueKind == JsonValueKind.Null ? "" : WrittenNumber.RoundTrip(cell.GetProperty("value").GetDouble())).ShouldBe(cells.Select(cell => cell["value"]));
    }

    [Fact]
    public async Task WhatDivergedAndWhatIsRefusedIsNamed()
    {
        var diverged = Rows((await session.Export("functional-scaling-law", "csv", Map("last:loss", "exact", ("steps", ["100", "1e4"]), ("peak", ["0.01", "3"])))).Text);
        diverged.Select(cell => cell["status"]).ShouldBe(["completed", "completed", "diverged", "diverged"]);
        diverged[2]["value"].ShouldBeEmpty();
        diverged[2]["words"].ShouldNotBeEmpty();

        // Batches of more than there are samples.
        var request = Map("last:cov-11", "theory", ("samples", ["4", "24"]), ("batch", ["2", "12"]));
        var refused = Rows((await session.Export("in-and-out-of-equilibrium", "csv", request)).Text);
        refused.Select(cell => cell["status"]).ShouldBe(["completed", "completed", "refused", "completed"]);
        refused[2]["words"].ShouldContain("batch");
        var (response, words) = await session.Export("in-and-out-of-equilibrium", "study", request);
        ((int)response.StatusCode).ShouldBe(422);
        words.ShouldContain("the engine refuses 1 of its settings");
        (response, words) = await session.Export("phase-retrieval", "runs.csv", Map("event:escape"));
        ((int)response.StatusCode).ShouldBe(422);
        words.ShouldContain("one number of each of its runs");
    }

    // Where no column can have the value, the study says so and has the runs.
    [Fact]
    public async Task AStudyWithoutTheValueSaysSo()
    {
        var (_, study) = await session.Export("multiscale-double-descent", "study", Map("common:error", "ridge", ("condition", ["10", "100"]), ("noise", ["0", "0.1"])));
        study.ShouldContain("# No column of that table has the value of this map (common:error)");
        study.ShouldContain("condition = [10, 100]");
        study.ShouldNotContain("[[figure]]");
    }

    [Fact]
    public async Task PicturesAreOfTheMap()
    {
        var request = Map("event:escape") with { Picture = new { svgText = true } };
        var (_, svg) = await session.Export("phase-retrieval", "svg", request);
        svg.ShouldContain("Escape");
        svg.ShouldContain("9 of 9 cells");
        var (_, zoomed) = await session.Export("phase-retrieval", "svg", request with { Views = new Dictionary<string, object> { ["0"] = new { yRange = new[] { 1, 2 } } } });
        zoomed.ShouldNotBe(svg);

        // What marks mean stands below the map, and not on its bar of colours.
        var (_, marked) = await session.Export("functional-scaling-law", "svg", Map("last:loss", "exact", ("steps", ["100", "1e4"]), ("peak", ["0.01", "3"])) with { Picture = new { svgText = true } });
        Height(marked, "diverged").ShouldBeGreaterThan(Height(marked, "steps "));
        foreach (var kind in (string[])["png", "pdf"])
            (await session.Export("phase-retrieval", kind, request)).Response.IsSuccessStatusCode.ShouldBeTrue(kind);
    }

    [Theory]
    [InlineData("event:escape")]
    [InlineData("common:loss")]
    public async Task TheProgramPrintsTheCells(string quantity)
    {
        var request = Map(quantity);
        var (_, text) = await session.Export("phase-retrieval", "csharp", request);
        var output = await Programs.Output(text);
        var cells = Rows((await session.Export("phase-retrieval", "csv", request)).Text);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).Select(parts => (Number(parts[0]), Number(parts[1]), Number(parts[2])))
            .ShouldBe(cells.Select(cell => (Number(cell["dimension"]), Number(cell["exponent"]), Number(cell["value"]))));
    }

    // Where a text stands, from above.
    private static double Height(string svg, string words) => Number(Regex.Match(svg, $"translate\\([^ ]+ ([0-9.]+)\\)\"[^>]*><tspan[^>]*>{words}<", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    private static SmallRuns.Request Map(string quantity) => Map(quantity, "flow", ("dimension", Dimensions), ("exponent", Exponents));

    private static SmallRuns.Request Map(string quantity, string method, (string Parameter, string[] Values) x, (string Parameter, string[] Values) y) =>
        new([], Map: new { run = new { method, setting = new { } }, x = new { parameter = x.Parameter, values = x.Values }, y = new { parameter = y.Parameter, values = y.Values }, quantity });

    private static double Number(string text) => text.Length == 0 || text == "NaN" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Rows(string csv)
    {
        string[][] table = [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Cell().Matches(line).Select(match => match.Groups[1].Value.Trim('"')).ToArray())];
        return [.. table.Skip(1).Select(row => table[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    // A cell in quotes, or one without.
    [GeneratedRegex("(?:^|,)(\"(?:[^\"]|\"\")*\"|[^,]*)", RegexOptions.None, 1000)]
    private static partial Regex Cell();
}
