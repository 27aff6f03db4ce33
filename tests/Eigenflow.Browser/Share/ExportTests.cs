using System.Reflection;
using System.Text;
using Eigenflow.Cli;
using Eigenflow.Rendering;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;

namespace Eigenflow.Browser.Share;

/// <summary>Files that the page exports have the numbers of the command line, to the last digit, for every system.</summary>
public sealed class ExportTests(BrowserSession session)
{
    public static TheoryData<string> Systems() => [.. SystemCatalog.All.Select(system => system.Id)];

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task NumbersAndCommandsAreThoseOfTheCommandLine(string id)
    {
        var request = SmallRuns.Of(SystemCatalog.Find(id));
        var (response, command) = await session.Export(id, "command", request);
        response.IsSuccessStatusCode.ShouldBeTrue(command);
        var lines = command.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (json, csv) = (await session.Export(id, "json", request), await session.Export(id, "runs.csv", request));
        response = json.Response;
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe($"{id}.json");
        var printed = new List<string>();
        foreach (var line in lines)
            printed.Add(SmallRuns.Timeless((await SmallRuns.Command([.. SmallRuns.Words(line)[1..], "--format", "json", "--quiet"])).Output));
        Runs(json.Text).ShouldBe(string.Join(',', printed.Select(Runs)), command);
        if (lines.Length == 1)
            csv.Text.ShouldBe((await SmallRuns.Command([.. SmallRuns.Words(lines[0])[1..], "--format", "csv", "--quiet"])).Output);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task AStudyFileHasTheRuns(string id)
    {
        var system = SystemCatalog.Find(id);
        var request = SmallRuns.Of(system);
        var (response, toml) = await session.Export(id, "study", request);
        response.IsSuccessStatusCode.ShouldBeTrue(toml);
        var runs = request.Runs.Select(run => system.Complete(run.Method, new(run.Setting.Select(pair => KeyValuePair.Create(pair.Key, system.Parameter(pair.Key)!.Parse(pair.Value))))));
        Study.Parse(Encoding.UTF8.GetBytes(toml), "study.toml").Runs.Select(run => run.Request).ShouldBe(runs, ignoreOrder: true, toml);
    }

    [Fact]
    public async Task AStudyFileIsSwept()
    {
        var request = SmallRuns.Of(SystemCatalog.Find("phase-retrieval"), "flow");
        request = new([request.Runs[0], request.Runs[0] with { Setting = new(request.Runs[0].Setting) { ["exponent"] = "2.5" } }]);
        var folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;
        try
        {
            var file = Path.Combine(folder, "study.toml");
            await File.WriteAllTextAsync(file, (await session.Export("phase-retrieval", "study", request)).Text, TestContext.Current.CancellationToken);
            var sweep = await SmallRuns.Command("sweep", file, "--out", Path.Combine(folder, "runs"), "--quiet");
            sweep.Code.ShouldBe(0, sweep.Error);
            (await SmallRuns.Command("report", Path.Combine(folder, "runs"), "--quiet")).Code.ShouldBe(0);
            (await SmallRuns.Command("collect", Path.Combine(folder, "runs"), "--quiet")).Code.ShouldBe(0);
            var rows = (await File.ReadAllLinesAsync(Path.Combine(folder, "runs", "runs.csv"), TestContext.Current.CancellationToken)).Select(line => line.Split(',')).ToArray();
            var curves = (await session.Export("phase-retrieval", "runs.csv", request)).Text.Split('\n').Select(line => line.Split(',')).ToArray();
            var loss = Array.IndexOf(curves[0], "loss");
            var run = Array.IndexOf(curves[0], "run");
            rows.Skip(1).Select(row => row[Array.IndexOf(rows[0], "last-loss")]).ShouldBe([curves.Last(row => row[run] == "1")[loss], curves.Last(row => row[run] == "2")[loss]], ignoreOrder: true);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task PicturesAreThoseOfTheCommandLine()
    {
        var request = SmallRuns.Of(SystemCatalog.Find("phase-retrieval"), "flow");
        var folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;
        try
        {
            var line = SmallRuns.Words((await session.Export("phase-retrieval", "command", request)).Text);
            var run = await SmallRuns.Command([.. line[1..], "--out", folder, "--quiet", "--theme", "dark", "--size", "column"]);
            run.Code.ShouldBe(0, run.Error);
            request = request with { Picture = new { theme = "dark", size = "column" } };
            foreach (var kind in (string[])["png", "svg", "pdf", "csv"])
            {
                var (response, _) = await session.Export("phase-retrieval", kind, request);
                (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllBytesAsync(Path.Combine(folder, "trajectory." + kind), TestContext.Current.CancellationToken), kind);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task APictureHasTheScalesAndRangesThatWereChosen()
    {
        var request = SmallRuns.Of(SystemCatalog.Find("phase-retrieval"), "flow");
        var (_, plain) = await session.Export("phase-retrieval", "svg", request);
        var (_, zoomed) = await session.Export("phase-retrieval", "svg", request with { Views = new Dictionary<string, object> { ["0"] = new { xScale = "linear", xRange = new[] { 1, 20 } } } });
        plain.ShouldContain("<svg");
        zoomed.ShouldNotBe(plain);
        var (refused, words) = await session.Export("phase-retrieval", "svg", request with { Views = new Dictionary<string, object> { ["0"] = new { xRange = new[] { 20, 1 } } } });
        ((int)refused.StatusCode).ShouldBe(422);
        words.ShouldContain("first smaller");
    }

    // Windows of slopes are in the figure, in its numbers, and behind the runs.
    [Fact]
    public async Task OpenWindowsAreExportedWithTheirFits()
    {
        var request = new SmallRuns.Request([new SmallRuns.Run("flow", new() { ["exponent"] = "1.5", ["until"] = "1000" })]);
        var windowed = request with { Views = new Dictionary<string, object> { ["0"] = new { window = new[] { 9.5, 62 } } }, Picture = new { svgText = true } };
        using var fit = await Fit(windowed.Runs[0]);
        var label = fit.RootElement.GetProperty("fits")[0].GetProperty("guide").GetProperty("label").GetString()!.Replace("\n", ", ", StringComparison.Ordinal);
        var (_, svg) = await session.Export("phase-retrieval", "svg", windowed);
        svg.ShouldContain(label, customMessage: "the exponent with its interval");
        svg.ShouldContain("Dashed window of panel (a) from 9.5 to 62: exponent");
        var guides = (await session.Export("phase-retrieval", "csv", windowed)).Text.Split('\n').Where(row => row.EndsWith(",guide", StringComparison.Ordinal)).ToArray();
        guides.Count(row => row.Contains($"slope {DisplayNumber.Plain(label)}", StringComparison.Ordinal)).ShouldBe(2, "the two ends of the fitted line");
        guides.ShouldContain("loss,window,9.5,,,,guide");
        guides.ShouldContain("loss,window,62,,,,guide");
        using var json = System.Text.Json.JsonDocument.Parse((await session.Export("phase-retrieval", "json", windowed)).Text);
        var window = json.RootElement.GetProperty("windows")[0];
        (window.GetProperty("panel").GetInt32(), window.GetProperty("from").GetDouble(), window.GetProperty("to").GetDouble()).ShouldBe((0, 9.5, 62));
        window.GetProperty("fits")[0].GetProperty("exponent").GetDouble().ShouldBe(fit.RootElement.GetProperty("fits")[0].GetProperty("exponent").GetDouble());
        (await session.Export("phase-retrieval", "json", request)).Text.ShouldNotContain("windows");
        ((int)(await session.Export("phase-retrieval", "svg", request with { Views = new Dictionary<string, object> { ["0"] = new { window = new[] { 62, 9.5 } } } })).Response.StatusCode).ShouldBe(422);
    }

    private async Task<System.Text.Json.JsonDocument> Fit(SmallRuns.Run run)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.Token);
        using var response = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, new Uri($"{session.Address}/api/systems/phase-retrieval/fit"), new { runs = new[] { run }, panel = 0, window = new[] { 9.5, 62 } }, TestContext.Current.CancellationToken);
        return System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task WhatIsNoExportIsRefusedInWords()
    {
        var request = SmallRuns.Of(SystemCatalog.Find("phase-retrieval"), "flow");
        var (response, text) = await session.Export("phase-retrieval", "pgn", request);
        ((int)response.StatusCode).ShouldBe(422);
        text.ShouldContain("png");
        (response, text) = await session.Export("phase-retrieval", "png", request with { Picture = new { scale = 1000 } });
        ((int)response.StatusCode).ShouldBe(422);
        text.ShouldContain("\"parameter\":\"scale\"");
        (response, _) = await session.Export("phase-retrieval", "json", request with { Runs = [] });
        ((int)response.StatusCode).ShouldBe(422);
    }

    // A simulation that was cancelled is exported at once, alone as well: as far as it has come, as the first run.
    [Fact]
    public async Task ACancelledSimulationAloneIsExportedAsItIs()
    {
        var run = new { method = "sgd", setting = new Dictionary<string, string> { ["dimension"] = "200", ["steps"] = "3e8" } };
        using (var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        using (var client = new HttpClient())
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", session.Token);
            using var question = new HttpRequestMessage(HttpMethod.Post, new Uri($"{session.Address}/api/systems/phase-retrieval/runs")) { Content = System.Net.Http.Json.JsonContent.Create(run) };
            using var answer = await client.SendAsync(question, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(leaving.Token));
            while (await reader.ReadLineAsync(leaving.Token) is { } line && line != "event: partial")
            {
                // It has no points yet.
            }
        }

        var request = new SmallRuns.Request([], Kept: [run]);
        foreach (var kind in (string[])["runs.csv", "csv", "json", "svg", "command", "csharp", "study"])
        {
            var (response, text) = await session.Export("phase-retrieval", kind, request);
            response.IsSuccessStatusCode.ShouldBeTrue($"{kind}: {text}");
            if (kind == "runs.csv")
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].ShouldAllBe(row => row.StartsWith("1,", StringComparison.Ordinal));
            if (kind == "json")
                text.ShouldContain("\"status\":\"cancelled\"");
            if (kind == "command")
                text.ShouldBe("eigenflow run phase-retrieval --method sgd --dimension 200 --steps 300000000\n");
        }

        // Of one that was never run there are words, and no curves.
        var never = new SmallRuns.Request([], Kept: [new { method = "sgd", setting = new Dictionary<string, string> { ["seed"] = "12345" } }]);
        (await session.Export("phase-retrieval", "command", never)).Text.ShouldBe("eigenflow run phase-retrieval --method sgd --seed 12345\n");
        (await session.Export("phase-retrieval", "study", never)).Response.IsSuccessStatusCode.ShouldBeTrue();
        (await session.Export("phase-retrieval", "runs.csv", never)).Text.ShouldContain("run them again");
    }

    [Fact]
    public async Task ListsStandInOneCommandWhereTheCommandGivesTheSameNumbersAndInSeveralElsewhere()
    {
        static SmallRuns.Run Flow(params (string, string)[] values) => new("flow", values.ToDictionary(pair => pair.Item1, pair => pair.Item2));
        async Task<string> Command(params SmallRuns.Run[] runs) => (await session.Export("phase-retrieval", "command", new(runs))).Text;
        (await Command(Flow())).ShouldBe("eigenflow run phase-retrieval\n");
        (await Command(Flow(("exponent", "2"), ("dimension", "1000")))).ShouldBe("eigenflow run phase-retrieval\n", "defaults are left out");
        (await Command(Flow(("until", "10"), ("exponent", "1.5")), Flow(("until", "10"), ("exponent", "3")))).ShouldBe("eigenflow run phase-retrieval --exponent 1.5,3 --until 10\n");
        (await Command(Flow(("exponent", "1.5"), ("until", "10")), Flow(("until", "10")))).ShouldBe("eigenflow run phase-retrieval --exponent 1.5,2 --until 10\n", "the default stands in a list");
        (await Command(Flow(("exponent", "1.5")), Flow(("exponent", "3")))).ShouldBe("eigenflow run phase-retrieval --exponent 1.5\neigenflow run phase-retrieval --exponent 3\n", "a list would extend the shorter curve");
        (await Command(Flow(("exponent", "1.5"), ("until", "10")), Flow(("exponent", "3"), ("until", "20")))).Split('\n').Length.ShouldBe(3, "no grid");
    }

    [Fact]
    public async Task TheProgramOfEverySystemCompilesAndGivesTheSameNumbers()
    {
        var folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;
        try
        {
            var programs = new List<string>();
            var usings = "";
            foreach (var system in SystemCatalog.All)
            {
                var (response, text) = await session.Export(system.Id, "csharp", SmallRuns.Of(system));
                response.IsSuccessStatusCode.ShouldBeTrue(text);
                var body = text.IndexOf("\n\n", StringComparison.Ordinal);
                usings = text[..body];
                programs.Add($"public static Eigenflow.Solutions.Solution[] P{programs.Count}() {{ {text[body..].Replace("Console.WriteLine(", "_ = string.Concat(", StringComparison.Ordinal)} return solutions; }}");
            }

            // One compilation for all: each program is the body of a method.
            await File.WriteAllTextAsync(Path.Combine(folder, "programs.cs"), $"{usings}\npublic static class Programs {{ {string.Join('\n', programs)} }}", TestContext.Current.CancellationToken);
            var assembly = Assembly.LoadFile(await Programs.Compiled(folder));
            for (var k = 0; k < programs.Count; k++)
            {
                var system = SystemCatalog.All[k];
                var solutions = (Solution[])assembly.GetType("Programs")!.GetMethod($"P{k}")!.Invoke(null, null)!;
                using var stream = new MemoryStream();
                SolutionJson.Write(stream, system.Id, solutions, withTimings: false);
                Encoding.UTF8.GetString(stream.ToArray()).ShouldBe((await session.Export(system.Id, "json", SmallRuns.Of(system))).Text.TrimEnd(), system.Id);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static string Runs(string json)
    {
        var start = json.IndexOf("\"runs\":[", StringComparison.Ordinal) + "\"runs\":[".Length;
        return json.TrimEnd()[start..^2];
    }
}
