using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eigenflow.Explorer.Shapes;

namespace Eigenflow.Browser.Studies;

/// <summary>Studies over HTTP: the numbers are those of <c>collect</c> and <c>report</c>, and folders may hold anything.</summary>
public sealed class StudyAnswerTests(BrowserSession session)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true };

    [Fact]
    public async Task Tables_and_fits_are_those_of_the_command_line_to_the_last_digit()
    {
        using var lab = new StudyLab(session, "numbers");
        (await lab.Sweep(StudyLab.Flow)).ShouldBe(0);
        (await lab.Run("report", lab.Results)).ShouldBe(0);
        (await lab.Text($"studies/runs?path={lab.Place}")).ShouldBe(await File.ReadAllTextAsync(Path.Combine(lab.Results, "runs.csv"), TestContext.Current.CancellationToken));
        var expected = (await File.ReadAllLinesAsync(Path.Combine(lab.Results, "fits.csv"), TestContext.Current.CancellationToken)).Skip(1).Select(line => line.Split(',')).ToArray();
        var figures = (await lab.Get($"studies/open?path={lab.Place}")).GetProperty("figures").EnumerateArray().ToArray();
        var obtained = new List<string[]>();
        foreach (var figure in figures)
        {
            var drawing = await lab.Draw(figure);
            obtained.AddRange(drawing.GetProperty("fits").EnumerateArray().Select(fit => new[]
            {
                figure.GetProperty("id").GetString()!, fit.GetProperty("panel").GetString()!, fit.GetProperty("group").GetString()!, fit.GetProperty("quantity").GetString()!,
                Number(fit, "slope"), Number(fit, "lower"), Number(fit, "upper"), fit.GetProperty("points").GetInt32().ToString(CultureInfo.InvariantCulture),
            }));
        }

        obtained.Count.ShouldBe(6);
        obtained.Select(row => string.Join(',', row)).ShouldBe(expected.Select(row => string.Join(',', row)));
    }

    [Fact]
    public async Task The_exponent_of_a_curve_is_that_of_the_derived_quantity()
    {
        using var lab = new StudyLab(session, "curves");
        (await lab.Sweep(StudyLab.Flow, "--shard", "0/2")).ShouldBe(0);
        var lines = (await lab.Text($"studies/runs?path={lab.Place}")).Split('\n');
        var heads = lines[0].Split(',').ToList();
        var done = lines.Skip(1).Select(line => line.Split(',')).First(cells => cells.Length == heads.Count && cells[heads.IndexOf("decay")].Length > 0);
        string Cell(string name) => done[heads.IndexOf(name)];
        var drawing = await lab.Draw(new
        {
            x = "t",
            y = new[] { "loss" },
            fit = true,
            fitFrom = "10",
            fitTo = "1e4",
            only = new Dictionary<string, string[]> { ["exponent"] = [Cell("exponent")], ["dimension"] = [Cell("dimension")], ["seed"] = [Cell("seed")] },
        });
        var fit = drawing.GetProperty("fits").EnumerateArray().ShouldHaveSingleItem();
        double Column(string name) => double.Parse(Cell(name), CultureInfo.InvariantCulture);
        fit.GetProperty("slope").GetDouble().ShouldBe(Column("decay"));

        // The column is of the exponent of the whole window; beside a curve that bends stand its local exponents.
        fit.GetProperty("lower").GetDouble().ShouldBeLessThanOrEqualTo(Column("decay-lower"));
        fit.GetProperty("upper").GetDouble().ShouldBeGreaterThanOrEqualTo(Column("decay-upper"));
    }

    [Fact]
    public async Task Any_quantity_is_drawn_against_any_parameter_and_along_runs()
    {
        using var lab = new StudyLab(session, "any");
        (await lab.Sweep(StudyLab.Flow)).ShouldBe(0);
        var plan = await lab.Get($"studies/open?path={lab.Place}");
        var numbers = plan.GetProperty("numbers").EnumerateArray().Select(number => number.GetProperty("name").GetString()!).ToArray();
        numbers.ShouldContain("last-loss");
        numbers.ShouldContain("event-escape");
        numbers.ShouldContain("decay-lower");
        numbers.ShouldContain("solver-steps");
        var columns = plan.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
        columns.ShouldBe(["dimension", "exponent", "seed"], ignoreOrder: true);
        foreach (var x in columns)
        {
            foreach (var y in numbers)
            {
                var drawing = await lab.Draw(new { x, y = new[] { y }, group = columns.Where(column => column != x).Take(1), hasLinearY = true });
                drawing.GetProperty("runs").GetInt32().ShouldBe(24);
                (drawing.TryGetProperty("figure", out _) || y.StartsWith("event-", StringComparison.Ordinal)).ShouldBeTrue($"{y} against {x}");
            }
        }

        foreach (var y in new[] { "s", "loss", "mse" })
            (await lab.Draw(new { x = "t", y = new[] { y }, group = new[] { "dimension" }, facet = "exponent" })).GetProperty("figure").GetProperty("panels").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task The_mean_over_seeds_has_the_interval_of_student()
    {
        using var lab = new StudyLab(session, "seeds");
        (await lab.Sweep(StudyLab.Flow)).ShouldBe(0);
        var lines = (await lab.Text($"studies/runs?path={lab.Place}")).Split('\n');
        var heads = lines[0].Split(',').ToList();
        var values = lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells.Length == heads.Count && cells[heads.IndexOf("dimension")] == "400" && cells[heads.IndexOf("exponent")] == "1.5")
            .Select(cells => double.Parse(cells[heads.IndexOf("decay")], CultureInfo.InvariantCulture)).ToArray();
        values.Length.ShouldBe(2);
        var drawing = await lab.Draw(new { x = "dimension", y = new[] { "decay" }, average = "mean", band = "interval", hasLinearY = true, only = new Dictionary<string, string[]> { ["exponent"] = ["1.5"], ["dimension"] = ["400"] } });
        var series = drawing.GetProperty("figure").GetProperty("panels")[0].GetProperty("series")[0];
        series.GetProperty("y")[0].GetDouble().ShouldBe((values[0] + values[1]) / 2, 1e-12);

        // Of two values Student's quantile has one degree of freedom: tan(0.475 pi).
        values[0].ShouldNotBe(values[1]);
        var half = Math.Tan(0.475 * Math.PI) * Math.Abs(values[0] - values[1]) / 2;
        (series.GetProperty("upper")[0].GetDouble() - series.GetProperty("y")[0].GetDouble()).ShouldBe(half, 1e-6 * half);
    }

    [Fact]
    public async Task Answers_are_what_the_document_of_the_interface_says()
    {
        using var lab = new StudyLab(session, "shapes");
        await lab.Sweep(StudyLab.Failing);
        Check<StudyListShape>(await lab.Get("studies"));
        var plan = await lab.Get($"studies/open?path={lab.Place}");
        Check<StudyShape>(plan);
        Check<StudyDrawingShape>(await lab.Draw(new { x = "steps", y = new[] { "last-loss" }, fit = true }));
        plan.GetProperty("failures").GetArrayLength().ShouldBe(2);

        static void Check<T>(JsonElement answer)
            where T : class => answer.Deserialize<T>(Strict).ShouldNotBeNull();
    }

    [Fact]
    public async Task Changes_come_as_events_until_the_reader_leaves()
    {
        using var lab = new StudyLab(session, "events");
        (await lab.Sweep(StudyLab.Flow, "--shard", "0/6")).ShouldBe(0);
        var cancellation = TestContext.Current.CancellationToken;
        var first = await lab.Event(lab.Place, "progress", progress => progress.GetProperty("read").GetInt32() == 4, cancellation);
        first.GetProperty("word").GetString().ShouldBe("stopped");
        var all = lab.Event(lab.Place, "progress", progress => progress.GetProperty("read").GetInt32() == 24, cancellation);
        (await lab.Sweep(StudyLab.Flow)).ShouldBe(0);

        // More studies than the explorer keeps are opened meanwhile.
        foreach (var name in Enumerable.Range(0, 8).Select(k => $"events-{k}"))
        {
            using var other = new StudyLab(session, name);
            Directory.CreateDirectory(other.Results);
            File.Copy(Path.Combine(lab.Results, "study.toml"), Path.Combine(other.Results, "study.toml"));
            await lab.Get($"studies/open?path={other.Place}");
        }

        (await all).GetProperty("word").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Folders_may_hold_anything()
    {
        using var lab = new StudyLab(session, "hostile");
        (await lab.Sweep(StudyLab.Flow, "--shard", "0/4")).ShouldBe(0);
        var files = Directory.GetFiles(Path.Combine(lab.Results, "runs"), "*.parquet", SearchOption.AllDirectories);
        files.Length.ShouldBe(6);
        await File.WriteAllBytesAsync(files[0], (await File.ReadAllBytesAsync(files[0], TestContext.Current.CancellationToken))[..200], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files[1], "PAR1 nothing of the kind PAR1", TestContext.Current.CancellationToken);
        File.Delete(files[2]);
        File.CreateSymbolicLink(files[2], "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(lab.Root, "outside"), "/etc");
        var stranger = Path.Combine(lab.Results, "runs", "00", "00000000000000aa.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(stranger)!);
        File.Copy(files[3], stranger);
        var progress = (await lab.Get($"studies/open?path={lab.Place}")).GetProperty("progress");
        progress.GetProperty("done").GetInt32().ShouldBe(3);
        progress.GetProperty("damaged").GetInt32().ShouldBe(2);
        progress.GetProperty("read").GetInt32().ShouldBe(3);
        progress.GetProperty("notes").GetArrayLength().ShouldBe(3);

        (await lab.Refused($"studies/open?path={Uri.EscapeDataString("hostile/outside")}")).Status.ShouldBe(403);
        (await lab.Refused("studies/open?path=..%2F..%2Fetc")).Status.ShouldBe(403);
        (await lab.Refused("studies/open?path=%2Fetc")).Status.ShouldBe(403);
        (await lab.Refused("studies/open")).Status.ShouldBe(422);
        (await lab.Refused("studies/open?path=nowhere")).Status.ShouldBe(404);
        (await lab.Refused("studies/open?path=hostile")).Error.ShouldContain("there is no study.toml in it");

        await Study("system = \"phase-retrieval\"\n[parameters]\ndimension = [10,", "Unexpected token", "hostile/bad/study.toml, line");
        await Study("system = \"phase-retrieval\"\n[parameters]\nspectrum = \"file:/etc/passwd\"", "spectrum names a file");
        await Study("system = \"phase-retrieval\"\n[parameters]\nseed = \"linspace(1, 1000000, 1000000)\"", "100000");
        await Study("", "needs system");

        async Task Study(string text, params string[] words)
        {
            var folder = Directory.CreateDirectory(Path.Combine(lab.Root, "bad")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "study.toml"), text);
            var (status, error) = await lab.Refused("studies/open?path=hostile%2Fbad");
            status.ShouldBe(422, error);
            foreach (var word in words)
                error.ShouldContain(word);
            error.ShouldNotContain(session.Folder);
            error.ShouldNotContain("root:");
            var entry = (await lab.Get("studies")).GetProperty("studies").EnumerateArray().Single(study => study.GetProperty("path").GetString() == "hostile/bad");
            entry.GetProperty("error").GetString().ShouldBe(error);
        }
    }

    [Theory]
    [InlineData("""{"x": "dimension", "y": ["last-loss"], "facet": "nothing"}""", "nothing is no method, status, parameter or derived quantity")]
    [InlineData("""{"x": "t + ", "y": ["loss"]}""", "ends too early")]
    [InlineData("""{"x": "t", "y": ["loss"], "fit": true, "hasLinearX": true}""", "two logarithmic axes")]
    [InlineData("""{"x": "dimension", "y": ["last-loss"], "band": "interval"}""", "average = \"mean\"")]
    [InlineData("""{"x": "dimension", "y": ["last-loss"], "fit": true, "fitFrom": "ten"}""", "fit-from")]
    [InlineData("""{"x": "dimension", "y": ["last-loss"], "only": {"x\"]\n": ["1"]}}""", "only")]
    [InlineData("""{}""", "needs x")]
    public async Task What_cannot_be_drawn_is_told_in_the_words_of_study_files(string figure, string words)
    {
        using var lab = new StudyLab(session, "words");
        if (!Directory.Exists(lab.Results))
            (await lab.Sweep(StudyLab.Flow, "--shard", "0/12")).ShouldBe(0);
        using var body = JsonDocument.Parse(figure);
        var (status, error) = await lab.Refused("studies/figure", body.RootElement);
        status.ShouldBe(422);
        error.ShouldContain(words);
    }

    private static string Number(JsonElement fit, string name) => fit.TryGetProperty(name, out var value) ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture) : "";
}
