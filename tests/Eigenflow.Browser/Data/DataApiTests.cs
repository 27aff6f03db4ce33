using System.Text;
using System.Text.Json;

namespace Eigenflow.Browser;

/// <summary>Files that are handed over give the numbers of the command line, and wrong ones its words.</summary>
public sealed class DataApiTests(BrowserSession session) : IDisposable
{
    private readonly DataClient client = new(session);
    private readonly DataFolder folder = new();

    public static TheoryData<string, string, string> Wrong { get; } = new()
    {
        { "ragged.csv", "step,loss\n1,2\n2,3,4\n", "ragged.csv, line 3:" },
        { "text.csv", "step,loss\n1,abc\n2,def\n3,ghi\n", "text.csv, line 2: column 'loss' holds 'abc' in row 1" },
        { "empty.csv", "", "empty.csv: it holds no numbers" },
        { "losses.csv", "loss\n3\n2\n1\n", "losses.csv: column 'loss' holds losses, and there is no column of steps" },
        { "heading.csv", "step,loss\n", "heading.csv: it holds no rows" },
        { "one.csv", "x,y\n1,2\n", "one.csv: it holds 1 row and 2 columns of numbers" },
        { "unit.csv", "step,loss\n1,2 nats\n2,3 nats\n3,2 nats\n", "unit.csv, line 2:" },
        { "page.csv", "<!DOCTYPE html><html></html>", "page.csv" },
        { "image.png", "\u0089PNG", "the ending '.png' is not known" },
        { "x.dat", "1 2\n3 4\n", "the ending '.dat' is not known" },
    };

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_file_is_refused_in_the_words_of_the_engine(string name, string text, string words)
    {
        var (status, body) = await client.Upload(name, text);

        status.ShouldBe(422, body.ToString());
        var error = body.GetProperty("error").GetString()!;
        error.ShouldContain(words);
        error.ShouldNotContain(Path.GetTempPath());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var (status, body) = await client.Upload("junk.csv", [.. Enumerable.Range(0, 4000).Select(index => (byte)(index * 37))]);

        status.ShouldBe(422);
        body.GetProperty("error").GetString()!.ShouldContain("junk.csv: it holds zero bytes and is no text");
    }

    [Fact]
    public async Task What_a_file_is_comes_from_its_names_and_shape_and_is_asked_for_where_they_leave_several_uses()
    {
        (await client.Upload("a.csv", DataSamples.LossCurve)).Body.GetProperty("use").GetString().ShouldBe("loss-curve");
        (await client.Upload("b.csv", DataSamples.Eigenvalues)).Body.GetProperty("use").GetString().ShouldBe("eigenvalues");
        (await client.Upload("c.csv", DataSamples.Rows)).Body.GetProperty("use").GetString().ShouldBe("samples");
        (await client.Upload("d.csv", "2,1\n1,2\n")).Body.GetProperty("uses").EnumerateArray().Select(use => use.GetString()).ShouldContain("covariance");
        var sweep = (await client.Upload("e.csv", DataSamples.Sweep)).Body;

        var unknown = (await client.Upload("f.csv", "x\n3\n2\n1\n")).Body;
        unknown.TryGetProperty("use", out _).ShouldBeFalse();
        unknown.GetProperty("uses").EnumerateArray().Select(use => use.GetString()).ShouldBe(["eigenvalues"]);
        sweep.TryGetProperty("use", out _).ShouldBeFalse();
        sweep.GetProperty("uses").EnumerateArray().Select(use => use.GetString()).ShouldBe(["table", "samples"]);
    }

    [Fact]
    public async Task Names_keep_no_folders_and_ids_are_no_paths()
    {
        var (_, body) = await client.Upload("../../etc\\up/..\u0001x.csv", DataSamples.Eigenvalues);

        body.GetProperty("name").GetString().ShouldBe("_x.csv");
        (await client.Get("data/..%2F..%2Fetc%2Fpasswd")).Status.ShouldBe(404);
        (await client.Get("data/0123456789abcdef0123456789abcdef")).Status.ShouldBe(404);
        var id = body.GetProperty("id").GetString();
        (await client.Delete($"data/{id}")).ShouldBe(200);
        (await client.Get($"data/{id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Fits_are_those_of_the_command_line()
    {
        var file = folder.Write("sweep.csv", DataSamples.Sweep);
        var id = await client.Add("sweep.csv", DataSamples.Sweep);
        var call = new { text = new { x = "tokens", y = "error", group = "width", resamples = "99" } };

        (await client.Text($"data/{id}/fit?format=json", call)).ShouldBe(await DataClient.Command("fit", file, "--x", "tokens", "--y", "error", "--group", "width", "--resamples", "99", "--format", "json"));
        (await client.Text($"data/{id}/fit?format=csv", call)).ShouldBe(await DataClient.Command("fit", file, "--x", "tokens", "--y", "error", "--group", "width", "--resamples", "99", "--format", "csv"));
        var (_, answer) = await client.Post($"data/{id}/fit", call);
        answer.GetProperty("command").GetString().ShouldBe("eigenflow fit sweep.csv --x tokens --y error --group width --resamples 99");
        answer.GetProperty("figure").GetProperty("panels").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_value_that_is_not_allowed_is_told_with_its_parameter()
    {
        var id = await client.Add("sweep.csv", DataSamples.Sweep);

        var (status, body) = await client.Post($"data/{id}/fit", new { text = new { window = "100,10" } });

        status.ShouldBe(422);
        body.GetProperty("parameter").GetString().ShouldBe("window");
        (await client.Post($"data/{id}/fit", new { text = new { x = "nothing" } })).Body.GetProperty("error").GetString()!.ShouldStartWith("sweep.csv: it has no column 'nothing'");
    }

    [Fact]
    public async Task Forecasts_of_a_drawn_schedule_are_those_of_the_command_line()
    {
        var file = folder.Write("run.csv", DataSamples.LossCurve);
        var id = await client.Add("run.csv", DataSamples.LossCurve);
        var fit = new { text = new { resamples = "20" } };
        var drawn = new { fit, steps = new[] { 0, 300, 2400, 3000 }, rates = new[] { 0, 2e-3, 2e-3, 1e-5 } };

        var schedule = folder.Write("drawn.csv", await client.Text($"data/{id}/forecast?format=schedule", drawn));
        var forecast = await client.Text($"data/{id}/forecast?format=csv", drawn);
        var printed = await DataClient.Command("fit-schedule", file, "--resamples", "20", "--transfer", schedule, "cosine", "--out", folder.Path("out"), "--quiet", "--format", "csv");

        forecast.ShouldBe(await File.ReadAllTextAsync(folder.Path("out/forecast-drawn.csv"), TestContext.Current.CancellationToken));
        (await client.Text($"data/{id}/forecast?format=csv", new { fit, shape = "cosine" })).ShouldBe(await File.ReadAllTextAsync(folder.Path("out/forecast-cosine.csv"), TestContext.Current.CancellationToken));
        (await client.Text($"data/{id}/fit-schedule?format=csv", fit)).ShouldBe(printed);
        var (_, answer) = await client.Post($"data/{id}/forecast", drawn);
        answer.GetProperty("command").GetString().ShouldBe("eigenflow fit-schedule run.csv --transfer drawn.csv --resamples 20");
        (await client.Post($"data/{id}/forecast", new { fit, shape = "/etc/passwd" })).Status.ShouldBe(422);
        (await client.Post($"data/{id}/forecast", new { fit, steps = new[] { 0, 5, 3 }, rates = new[] { 1, 1, 1 } })).Body.GetProperty("error").GetString()!.ShouldContain("whole steps that grow from 0");
    }

    [Fact]
    public async Task One_forecast_has_one_band_and_names_its_law()
    {
        var id = await client.Add("run.csv", DataSamples.LossCurve);
        var fit = new { text = new { resamples = "20" } };
        var (_, answer) = await client.Post($"data/{id}/forecast", new { fit, shape = "measured" });
        var (_, fitted) = await client.Post($"data/{id}/fit-schedule", fit);

        var table = fitted.GetProperty("tables").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "forecasts");
        var row = table.GetProperty("rows")[0].EnumerateArray().Select(cell => cell.GetString()!).ToArray();
        var law = fitted.GetProperty("tables").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "parameters").GetProperty("title").GetString()!.Split(':')[0];
        answer.GetProperty("sentence").GetString().ShouldBe($"Forecast loss by {law} {row[2]} ({row[3]}) after {row[1]} steps.");
        answer.GetProperty("command").GetString().ShouldBe("eigenflow fit-schedule run.csv --resamples 20");
        answer.GetProperty("nodes").ToString().ShouldBe(fitted.GetProperty("measured").ToString());
    }

    [Fact]
    public async Task The_best_schedule_says_by_which_law_and_whether_it_is_better()
    {
        var id = await client.Add("run.csv", DataSamples.LossCurve);
        var (_, answer) = await client.Post($"data/{id}/fit-schedule", new { text = new { resamples = "20", optimize = true } });

        var proposal = answer.GetProperty("proposal");
        proposal.GetProperty("sentence").GetString()!.ShouldMatch(@"^Best schedule by the law direct: last loss \S+ \(\S+ to \S+\); it cannot be told from any of the 4 schedules that it is compared with\.$");
        string[] comparisons = [.. proposal.GetProperty("comparisons").EnumerateArray().Select(one => one.GetString()!)];
        comparisons.Length.ShouldBe(2);
        comparisons[1].ShouldEndWith("cannot tell: no curve under another schedule was held out and forecast, so that the error of the law is unknown");
        string[] sentences = [.. answer.GetProperty("sentences").EnumerateArray().Select(one => one.GetString()!)];
        sentences.Concat(comparisons).ShouldAllBe(sentence => !char.IsAsciiLetterLower(sentence[0]));
        comparisons.ShouldAllBe(sentence => !sentence.Contains("--", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_verdict_of_a_fit_stands_once()
    {
        var id = await client.Add("sweep.csv", DataSamples.Sweep);
        var (_, answer) = await client.Post($"data/{id}/fit", new { text = new { x = "tokens", y = "error", group = "width", resamples = "99" } });

        answer.GetProperty("sentences")[0].GetString()!.ShouldStartWith("Width 64: ");
        answer.GetProperty("figure").GetProperty("caption").GetString()!.ShouldStartWith("Local exponents");
    }

    [Fact]
    public async Task Spectra_are_those_of_the_command_line_and_go_on_into_every_system()
    {
        var file = folder.Write("rows.csv", DataSamples.Rows);
        var id = await client.Add("rows.csv", DataSamples.Rows);

        (await client.Text($"data/{id}/spectrum?format=json", new { })).ShouldBe(await DataClient.Command("spectrum", file, "--out", folder.Path("out"), "--quiet", "--format", "json"));
        var (_, answer) = await client.Post($"data/{id}/spectrum", new { });
        var saved = answer.GetProperty("saved");
        (await client.Text($"data/{saved.GetProperty("id")}/file", null)).ShouldBe(await File.ReadAllTextAsync(folder.Path("out/rows-spectrum.csv"), TestContext.Current.CancellationToken));
        var (_, systems) = await client.Get("data/systems");
        systems.GetArrayLength().ShouldBeGreaterThan(6);
        foreach (var system in systems.EnumerateArray().Select(one => one.GetProperty("id").GetString()!))
        {
            var (status, curve) = await client.Post($"data/{saved.GetProperty("id")}/learning-curve", new { system });
            status.ShouldBe(200, curve.ToString());
            curve.GetProperty("figure").GetProperty("panels")[0].GetProperty("series").GetArrayLength().ShouldBeGreaterThan(0);
        }

        // The reference stands for the file in any setting.
        var (drawn, figure) = await client.Post("systems/phase-retrieval/draw", new { runs = new[] { new { method = "flow", setting = new Dictionary<string, string> { ["spectrum"] = saved.GetProperty("reference").GetString()! } } } });
        drawn.ShouldBe(200, figure.ToString());
        var (refused, words) = await client.Post("systems/phase-retrieval/draw", new { runs = new[] { new { method = "flow", setting = new Dictionary<string, string> { ["spectrum"] = "file:data:0123/../x.csv" } } } });
        refused.ShouldBe(403, words.ToString());
    }

    [Fact]
    public async Task Eigenvalues_keep_their_unit_out_of_the_exponent()
    {
        async Task<double> Exponent(double unit)
        {
            var text = "eigenvalue\n" + string.Join('\n', DataSamples.Eigenvalues.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Reverse().Select(value => (unit * double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            var (_, answer) = await client.Post($"data/{await client.Add("values.csv", text)}/spectrum", new Dictionary<string, string> { ["is"] = "eigenvalues" });
            return answer.GetProperty("exponent").GetDouble();
        }

        (await Exponent(1e9)).ShouldBe(1.3, 1e-6);
        (await Exponent(1e-9)).ShouldBe(1.3, 1e-6);
    }

    [Fact]
    public async Task Units_and_order_of_a_table_keep_its_exponents()
    {
        async Task<string> Exponents(Func<string[], string[]> change, bool isReversed)
        {
            var lines = DataSamples.Sweep.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var rows = lines.Skip(1).Where(line => line.StartsWith("64,", StringComparison.Ordinal)).Select(line => string.Join(',', change(line.Split(','))));
            var text = string.Join('\n', (isReversed ? rows.Reverse() : rows).Prepend(lines[0]));
            var json = await client.Text($"data/{await client.Add("sweep.csv", text)}/fit?format=json", new { text = new { x = "tokens", y = "error", resamples = "99" } });
            return string.Join(' ', JsonDocument.Parse(json).RootElement.GetProperty("curves")[0].GetProperty("laws").EnumerateArray()
                .Select(law => $"{law.GetProperty("name")} {law.GetProperty("standing")} {law.GetProperty("parameters").EnumerateArray().First(one => one.GetProperty("name").GetString() is "p" or "gamma").GetProperty("value")}"));
        }

        static string Times(string number, double unit) => (double.Parse(number, System.Globalization.CultureInfo.InvariantCulture) * unit).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        var plain = await Exponents(cells => cells, false);

        (await Exponents(cells => [cells[0], Times(cells[1], 1e9), Times(cells[2], 1e-9)], true)).ShouldBe(plain);
    }

    [Fact]
    public async Task Too_large_a_file_is_refused()
    {
        var (status, body) = await client.Upload("huge.csv", Encoding.ASCII.GetBytes(new string('1', (64 << 20) + 1)));

        status.ShouldBe(413);
        body.ValueKind.ShouldBe(JsonValueKind.Object);
    }
}
