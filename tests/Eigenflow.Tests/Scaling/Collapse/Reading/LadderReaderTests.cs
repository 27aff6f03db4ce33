using System.Globalization;
using System.Text;
using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Runs of ladders from tables, as loggers and people write them.</summary>
public sealed class LadderReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ManyRunsOfOneFileAreToldApart()
    {
        var path = folder.Write("ladder.csv", Table("run_id,params,seed,schedule,tokens,loss,lr,grad_cov_trace,compute", (p, seed) => $"{p}-{seed},{Number(p)},{seed},cosine", k => $",{0.1 / k},{2.0 / k},{7 * k}"));
        var data = LadderReader.Read([path]);
        data.Runs.Count.ShouldBe(4);
        data.TimeName.ShouldBe("tokens");
        data.SizeName.ShouldBe("params");
        data.HasCompute.ShouldBeTrue();
        var run = data.Runs[1];
        (run.Size, run.Seed, run.Schedule, run.Name).ShouldBe((1e6, "1", "cosine", "1000000-1"));
        run.Times.ShouldBe([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
        run.Losses[0].ShouldBe(1.1);
        run.LearningRates![9].ShouldBe(0.01, 1e-12);
        run.Traces![9].ShouldBe(0.2, 1e-12);
        run.EndCompute.ShouldBe(70);
        data.Notes.ShouldBeEmpty();
    }

    // Shuffled rows, repeated rows, missing values and other names give the same runs.
    [Theory]
    [InlineData("params")]
    [InlineData("N")]
    [InlineData("n_params")]
    [InlineData("model_size")]
    public void OrderRepetitionsAndNamesChangeNothing(string size)
    {
        var plain = LadderReader.Read([folder.Write("a.csv", Table("params,seed,tokens,loss", (p, seed) => $"{Number(p)},{seed}"))]);
        var lines = Table(size + ",seed,tokens,loss", (p, seed) => $"{p.ToString("0e0", CultureInfo.InvariantCulture)},{seed}").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var random = new System.Random(1);
        string[] rows = [.. lines[1..], lines[7], "1e6,0,,3", "1e6,0,450,", "1e6,0,0,9"];
        random.Shuffle(rows);
        var data = LadderReader.Read([folder.Write("b.csv", string.Join('\n', [lines[0], .. rows]))]);
        var own = data.Runs.OrderBy(run => run.Size).ThenBy(run => run.Seed, StringComparer.Ordinal).ToArray();
        own.Length.ShouldBe(plain.Runs.Count);
        for (var k = 0; k < own.Length; k++)
        {
            own[k].Size.ShouldBe(plain.Runs[k].Size);
            own[k].Times.ShouldBe(plain.Runs[k].Times);
            own[k].Losses.ShouldBe(plain.Runs[k].Losses);
        }

        data.Notes.ShouldContain(note => note.Contains("missing or not finite", StringComparison.Ordinal));
        data.Notes.ShouldContain(note => note.Contains("come several times", StringComparison.Ordinal));
    }

    [Fact]
    public void JsonLinesAreATable()
    {
        var csv = LadderReader.Read([folder.Write("a.csv", Table("params,seed,tokens,loss", (p, seed) => $"{Number(p)},{seed}"))]);
        var text = new StringBuilder();
        foreach (var run in csv.Runs)
        {
            for (var k = 0; k < run.Times.Length; k++)
                text.Append(CultureInfo.InvariantCulture, $"{{\"params\": {run.Size}, \"seed\": {run.Seed}, \"loss\": {(k == 3 ? "NaN" : run.Losses[k].ToString("R", CultureInfo.InvariantCulture))}, \"tokens\": {run.Times[k]}, \"config\": {{\"a\": 1}}}}\n");
        }

        var data = LadderReader.Read([folder.Write("a.jsonl", text.ToString())]);
        data.Runs.Count.ShouldBe(4);
        data.Runs[0].Times.Length.ShouldBe(9, "one loss is nan");
        data.Runs[2].Losses[^1].ShouldBe(csv.Runs[2].Losses[^1]);
        data.Notes.ShouldContain(note => note.Contains("nested values were left out: config", StringComparison.Ordinal));
        Should.Throw<InputFileException>(() => LadderReader.Read([folder.Write("b.jsonl", "{\"loss\": 1}\n[2]\n")])).Line.ShouldBe(2);
        Should.Throw<InputFileException>(() => LadderReader.Read([folder.Write("c.jsonl", "{\"loss\": 1\n")])).Line.ShouldBe(1);
        Should.Throw<InputFileException>(() => LadderReader.Read([folder.Write("d.jsonl", "{\"loss\": 1, \"loss\": 2}\n")])).Message.ShouldContain("twice");
    }

    [Fact]
    public void NamesOfFilesAreReadByAPatternAlone()
    {
        var pattern = NamePattern.Parse("mlp_{schedule}_params{params}_seed{seed}");
        var path = folder.Write("mlp_linear_decay1_params10494976_seed0.csv", "step,loss,learning_rate\n1,3,0.1\n2,2,0.1\n3,1,0.05\n");
        var run = LadderReader.Read([path], new LadderReading { Name = pattern }).Runs.Single();
        (run.Size, run.Seed, run.Schedule).ShouldBe((10494976, "0", "linear_decay1"));
        Should.Throw<InputFileException>(() => LadderReader.Read([path])).Message.ShouldContain("--name PATTERN");
        var other = folder.Write("other.csv", "step,loss\n1,3\n2,2\n");
        Should.Throw<InputFileException>(() => LadderReader.Read([other], new LadderReading { Name = pattern })).Message.ShouldContain("does not match");
        NamePattern.Parse("{*}-{params}").Read("/x/anything-1.5e6.csv")["params"].ShouldBe("1.5e6");
        foreach (var wrong in new[] { "plain", "{params", "params}", "{size}", "{params}{params}" })
            Should.Throw<ParameterException>(() => NamePattern.Parse(wrong)).Parameter.ShouldBe("name");
    }

    [Fact]
    public void StepsBecomeTokensWhereTheirNumberIsKnown()
    {
        var path = folder.Write("steps.csv", "step,tokens_per_step,loss,width\n1,256,3,64\n2,256,2,64\n3,256,1,64\n");
        var data = LadderReader.Read([path]);
        data.TimeName.ShouldBe("tokens");
        data.Runs[0].EndTime.ShouldBe(768);
        data.HasCompute.ShouldBeFalse("a width is no number of parameters");
        LadderReader.Read([path], new LadderReading { TokensPerStep = 10 }).Runs[0].EndTime.ShouldBe(30);
        var plain = LadderReader.Read([folder.Write("plain.csv", "step,loss,params\n1,3,64\n2,2,64\n3,1,64\n")]);
        plain.Notes.ShouldContain(note => note.StartsWith("compute is 6 × step × params", StringComparison.Ordinal));
        Should.Throw<InputFileException>(() => LadderReader.Read([folder.Write("two.csv", "step,tokens_per_step,loss,params\n1,256,3,64\n2,512,2,64\n")])).Message.ShouldContain("256, 512");
        Should.Throw<ParameterException>(() => LadderReader.Read([path, folder.Path("plain.csv")])).Parameter.ShouldBe("x");
    }

    [Theory]
    [InlineData("tokens,loss\n1,2\n2,1\n", "no column of model sizes")]
    [InlineData("params,loss\n1,2\n2,1\n", "no column of training time")]
    [InlineData("params,tokens\n1,2\n2,1\n", "--y COLUMN")]
    [InlineData("params,tokens,loss\n0,1,2\n0,2,1\n", "a positive number as the size")]
    [InlineData("params,tokens,loss\n,1,2\n,2,1\n", "a positive number as the size")]
    [InlineData("params,tokens,loss\n5,-1,2\n5,2,1\n", ">= 0")]
    [InlineData("params,tokens,loss\n5,1,2\n", "at least two rows")]
    [InlineData("params,tokens,loss\n5,1,4\n5,2,3\n5,3,nan\n5,4,nan\n", "diverged")]
    [InlineData("params,tokens,loss\n5,1,4\n5,2,3\n5,3,inf\n", "diverged")]
    [InlineData("run_id,params,tokens,loss\na,5,1,2\na,6,2,1\n", "sizes 5 and 6")]
    [InlineData("params,tokens,loss\n5,1,4\n5,2,3\n5,3,2\n5,4,1\n5,1,5\n5,2,4\n5,3,3\n5,4,2\n", "several runs that nothing tells apart")]
    public void WrongTablesAreOneClearError(string text, string expected) =>
        Should.Throw<EigenflowException>(() => LadderReader.Read([folder.Write("x.csv", text)])).Message.ShouldContain(expected);

    [Fact]
    public void RunsWithoutSeedsAreNumberedAndTwoOfOneSeedAreRefused()
    {
        const string Text = "params,tokens,loss\n5,1,4\n5,2,3\n5,3,2\n";
        var data = LadderReader.Read([folder.Write("a.csv", Text), folder.Write("b.csv", Text)]);
        data.Runs.Select(run => run.Seed).ShouldBe(["", "run 2"]);
        var seeded = Text.Replace("params", "seed,params", StringComparison.Ordinal).Replace("\n5", "\n1,5", StringComparison.Ordinal);
        Should.Throw<ParameterException>(() => LadderReader.Read([folder.Write("c.csv", seeded), folder.Write("d.csv", seeded)])).Parameter.ShouldBe("runs");
    }

    private static string Table(string heading, Func<int, int, string> labels, Func<int, string>? more = null)
    {
        var text = new StringBuilder(heading + "\n");
        foreach (var (p, seed) in new[] { 1_000_000, 4_000_000 }.SelectMany(p => Enumerable.Range(0, 2).Select(seed => (p, seed))))
        {
            for (var k = 1; k <= 10; k++)
                text.Append(CultureInfo.InvariantCulture, $"{labels(p, seed)},{100 * k},{(1.0 / k) + (0.1 * (seed + (p / 1_000_000) - 1)):R}{more?.Invoke(k)}\n");
        }

        return text.ToString();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
