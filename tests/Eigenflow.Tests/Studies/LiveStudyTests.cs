using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>The folder of a sweep, looked at while it fills.</summary>
public sealed class LiveStudyTests : IDisposable
{
    private const string Text =
        "system = \"phase-retrieval\"\nmethod = \"flow\"\nrecord = [\"t\", \"loss\"]\n[parameters]\ndimension = [20, 40, 80]\nseed = [1, 2, 3]\nuntil = 100\n"
        + "[derived]\nlast-loss = { value = \"loss\", at = 50 }\ntwice = { formula = \"2 * last-t\" }\n"
        + "[[figure]]\nid = \"one\"\ntitle = \"A \\\"title\\\"\"\nx = \"dimension\"\ny = \"event-escape\"\naverage = \"mean\"\nband = \"interval\"\nfit = true\nfit-from = 1e1\nonly = { seed = [1, 2], method = \"flow\" }\nrange = { dimension = [20, 1e2] }\ny-range = [0.5, 2]\n";

    private readonly TemporaryFolder folder = new();

    private string Out => folder.Path("out");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void RunsAreReadOnceTheyComeAndForgottenWhenTheyGo()
    {
        Sweep(new Shard(0, 3));
        var live = new LiveStudy(Out) { KeptFor = TimeSpan.Zero };
        Look(live).ShouldBe((9, 3, 3, "stopped"));
        Sweep(Shard.Whole);
        Look(live).ShouldBe((9, 9, 9, "done"));
        var file = Directory.GetFiles(Path.Combine(Out, "runs"), "*.parquet", SearchOption.AllDirectories)[0];
        File.Delete(file);
        Look(live).ShouldBe((9, 8, 8, "stopped"));
        File.WriteAllText(file, "none");
        Look(live).ShouldBe((9, 8, 8, "stopped"));
        live.Refresh(TimeSpan.Zero).Damaged.ShouldBe(1);
        live.Refresh(TimeSpan.Zero).Notes.ShouldHaveSingleItem().ShouldContain("sweep --verify");
    }

    [Fact]
    public void AFolderThatIsOpenedAnewNeverHasAVersionThatWasToldBefore()
    {
        Sweep(new Shard(0, 3));
        var told = new LiveStudy(Out).Refresh(TimeSpan.FromSeconds(9));
        Sweep(Shard.Whole);
        var now = new LiveStudy(Out).Refresh(TimeSpan.FromSeconds(9));
        now.Version.ShouldBeGreaterThan(told.Version);
        new LiveStudy(Out).Refresh(TimeSpan.FromSeconds(9)).Version.ShouldBeGreaterThan(now.Version);
    }

    [Fact]
    public void ANewStudyFileIsTakenUp()
    {
        Sweep(Shard.Whole);
        var live = new LiveStudy(Out) { KeptFor = TimeSpan.Zero };
        Look(live).ShouldBe((9, 9, 9, "done"));
        File.WriteAllText(Path.Combine(Out, "study.toml"), Text.Replace("[20, 40, 80]", "[20, 40]", StringComparison.Ordinal));
        Look(live).ShouldBe((6, 6, 6, "done"));
        live.Refresh(TimeSpan.Zero).Strangers.ShouldBe(3);
        File.WriteAllText(Path.Combine(Out, "study.toml"), "nonsense");
        Should.Throw<EigenflowException>(() => live.Refresh(TimeSpan.FromSeconds(9))).Message.ShouldContain("TOML");
    }

    [Fact]
    public void FiguresGoThroughRequestsUnchanged()
    {
        Sweep(Shard.Whole);
        var live = new LiveStudy(Out) { KeptFor = TimeSpan.Zero };
        Look(live);
        var request = live.Menu.Figures.ShouldHaveSingleItem();
        var before = Study.Parse(File.ReadAllBytes(Path.Combine(Out, "study.toml")), "study.toml").Figures[0];
        var after = Study.Parse(System.Text.Encoding.UTF8.GetBytes(Text[..Text.IndexOf("[[figure]]", StringComparison.Ordinal)] + request.ToToml()), "study.toml").Figures[0];
        StudyFigureRequest.Of(after).ToToml().ShouldBe(request.ToToml());
        after.Title.ShouldBe(before.Title);
        after.Only.ToString().ShouldBe(before.Only.ToString());
        after.Average.ShouldBe(Averaging.MeanWithInterval);
        live.Draw(request).Toml.ShouldBe(request.ToToml());
    }

    [Fact]
    public void AQuantityOfTheStudyStandsBeforeTheColumnOfItsName()
    {
        Sweep(new Shard(0, 9));
        var results = StudyResults.Read(Out);
        var run = results.Runs.First(one => one.Record is not null);
        run.Scalar("twice").ShouldBe(200);
        run.Scalar("last-t").ShouldBe(100);
        run.Scalar("last-loss").ShouldNotBe(run.Last["loss"]);
        run.Scalar("solver-steps").ShouldBeGreaterThan(0);
        run.Scalar("event-nothing").ShouldBe(double.NaN);
    }

    [Fact]
    public void FilesThatSettingsNameAreNotOpened()
    {
        Directory.CreateDirectory(Out);
        var spectrum = folder.Write("spectrum.csv", "0.8\n0.2\n");
        var text = $"system = \"phase-retrieval\"\n[parameters]\nspectrum = \"file:{spectrum}\"\nuntil = 10\n";
        File.WriteAllText(Path.Combine(Out, "study.toml"), text);
        Should.Throw<StudyFileException>(() => new LiveStudy(Out) { KeptFor = TimeSpan.Zero }.Refresh(TimeSpan.Zero)).Message.ShouldContain("spectrum names a file");
        new SweepRunner { Study = Study.Parse(System.Text.Encoding.UTF8.GetBytes(text), folder.Path("s.toml")), Folder = Out }.Run().Computed.ShouldBe(1);
        File.Delete(spectrum);
        Look(new LiveStudy(Out) { KeptFor = TimeSpan.Zero }).ShouldBe((1, 1, 1, "done"));
    }

    [Fact]
    public void MeansHaveTheIntervalOfStudent()
    {
        double[] values = [1, 2, 4];
        Averaging.MeanWithInterval.Middle(values).ShouldBe(7.0 / 3, 1e-15);
        var (lower, upper) = Averaging.MeanWithInterval.Band(values);

        // The quantile p of two degrees of freedom is (2p − 1)/√(2p(1 − p)); the variance of the three is 7/3.
        (upper - lower).ShouldBe(2 * (0.95 / Math.Sqrt(2 * 0.975 * 0.025)) * Math.Sqrt(7.0 / 9), 1e-9);
        Averaging.Median.Middle(values).ShouldBe(2);
        Averaging.MeanWithInterval.Band([3]).ShouldBe((3, 3));
    }

    private (int Planned, int Done, int Read, string Word) Look(LiveStudy live)
    {
        var progress = live.Refresh(TimeSpan.FromSeconds(9), TestContext.Current.CancellationToken);
        return (progress.Planned, progress.Done, progress.Read, progress.Word);
    }

    private void Sweep(Shard shard) =>
        new SweepRunner { Study = Study.Parse(System.Text.Encoding.UTF8.GetBytes(Text), folder.Path("s.toml")), Folder = Out, Shard = shard }.Run();
}
