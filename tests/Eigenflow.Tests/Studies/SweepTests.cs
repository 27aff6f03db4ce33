using Eigenflow.Scaling;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void RunsReadBackAsTheyWere()
    {
        var system = new TinySystem();
        var run = TinySystem.Run(system, 2, 7);
        var solution = system.Solve("exact", run.Setting);
        var bytes = RunFile.Write(run, solution);
        RunFile.Write(run, solution).ShouldBe(bytes);
        var record = RunFile.Read(bytes);
        (record.Id, record.System, record.Method, record.Status).ShouldBe((run.Id, "tiny", "exact", "completed"));
        record.Setting.ShouldBe(run.Setting);
        record.Events["half"].ShouldBe(Math.Log(2) / 2);
        record.Counts["steps"].ShouldBe(32);
        record.Columns.Keys.ShouldBe(["t", "e", "power"]);
        record.Columns["e"].ShouldBe(solution["e"]);
        RunFile.Read(RunFile.Write(run with { Record = ["t", "e"] }, solution)).Columns.Keys.ShouldBe(["t", "e"]);
    }

    [Fact]
    public void TheBytesDoNotDependOnWorkersOrder()
    {
        var study = TinySystem.Study(new TinySystem(), 20);
        Sweep(study, "one", workers: 1);
        Sweep(study, "four", workers: 4);
        Sweep(study with { Runs = [.. study.Runs.Reverse()] }, "back", workers: 3);
        var first = Files("one");
        first.Count.ShouldBe(20);
        Files("four").ShouldBe(first);
        Files("back").ShouldBe(first);
    }

    [Fact]
    public void ShardsArePartsOfThePlan()
    {
        var study = TinySystem.Study(new TinySystem(), 10);
        Sweep(study, "whole");
        for (var k = 0; k < 3; k++)
            new SweepRunner { Study = study, Folder = folder.Path("parts"), Shard = new Shard(k, 3) }.Run().Computed.ShouldBe(k == 0 ? 4 : 3);
        Files("parts").ShouldBe(Files("whole"));
        Should.Throw<ParameterException>(() => Shard.Parse("3/3"));
        Should.Throw<ParameterException>(() => Shard.Parse("1"));
        Shard.Parse("2/3").ShouldBe(new Shard(2, 3));
    }

    [Fact]
    public void AFailingRunIsRecordedAndStopsNoOther()
    {
        var system = new TinySystem();
        var study = TinySystem.Study(system, TinySystem.Run(system, 1, 1), TinySystem.Run(system, 13, 1), TinySystem.Run(system, 14, 1), TinySystem.Run(system, 2, 1));
        var outcome = Sweep(study, "out");
        (outcome.Computed, outcome.Diverged, outcome.IsComplete).ShouldBe((3, 1, false));
        outcome.Failures.ShouldHaveSingleItem().Error.ShouldContain("rate = 13 is not allowed");
        StudySurvey.Of(study, folder.Path("out"), Shard.Whole).Select(run => run.Word).ShouldBe(["done", "failed", "done", "done"]);

        // It is told again and not repeated, until that is asked for.
        var solves = system.Solves;
        Sweep(study, "out").Failures.Count.ShouldBe(1);
        system.Solves.ShouldBe(solves);
        new SweepRunner { Study = study, Folder = folder.Path("out"), RetriesFailed = true }.Run().Failures.Count.ShouldBe(1);
        system.Solves.ShouldBe(solves + 1);
        File.WriteAllText(Directory.GetFiles(folder.Path("out/failed")).Single(), "not JSON");
        StudySurvey.Of(study, folder.Path("out"), Shard.Whole)[1].Reason.ShouldContain("damaged");
        Sweep(study, "out").Failures.ShouldHaveSingleItem().Error.ShouldContain("rate = 13", customMessage: "a record that cannot be read says nothing against the run");
    }

    [Fact]
    public void CancellingKeepsWhatIsDoneAndTheNextCallContinues()
    {
        using var stop = new CancellationTokenSource();
        var system = new TinySystem { Before = setting => { if ((long)setting["seed"]! == 5) stop.Cancel(); } };
        var study = TinySystem.Study(system, 10);
        var outcome = new SweepRunner { Study = study, Folder = folder.Path("out"), Workers = 1 }.Run(null, null, null, stop.Token);
        (outcome.IsCancelled, outcome.Computed).ShouldBe((true, 4));
        Sweep(study, "out").Computed.ShouldBe(6);
        Sweep(TinySystem.Study(new TinySystem(), 10), "whole");
        Files("out").ShouldBe(Files("whole"));
    }

    [Theory]
    [InlineData("half", null, 100.0)]
    [InlineData(null, 1e-3, 10.0)]
    [InlineData(null, 1e-200, 1000.0)]
    public void AStoppingRuleExtendsTheRangeUntilItIsMet(string? name, double? below, double end)
    {
        var system = new TinySystem();
        var rate = name is null ? 1 : Math.Log(2) / 50;
        var run = new StudyRun(system.Complete("exact", new Setting([new("rate", rate), new("until", 1000.0)]))) { Stop = new StopRule("until", 10, 10, name, below is null ? null : "e", below, null) };
        var solution = RunSolver.Solve(system, run, null, null, default);
        solution.Times[^1].ShouldBe(end);
        solution.Setting.ShouldBe(run.Setting);
    }

    [Fact]
    public void DerivedQuantitiesFollowFromTheFile()
    {
        var system = new TinySystem();
        var study = TinySystem.Study(system, TinySystem.Run(system, 0.5, 1)) with
        {
            Derived =
            [
                new() { Name = "half", Kind = DerivedKind.Event, Subject = "half" },
                new() { Name = "theory", Kind = DerivedKind.Prediction, Subject = "half-time" },
                new() { Name = "last", Kind = DerivedKind.Value, Subject = "e" },
                new() { Name = "middle", Kind = DerivedKind.Value, Subject = "e", At = Formula.Parse("until / 2") },
                new() { Name = "crossing", Kind = DerivedKind.Crossing, Subject = "e", Level = Formula.Parse("0.5 * scale") },
                new() { Name = "never", Kind = DerivedKind.Crossing, Subject = "e", Level = Formula.Parse("2") },
                new() { Name = "mean", Kind = DerivedKind.Mean, Subject = "t" },
                new() { Name = "largest", Kind = DerivedKind.Maximum, Subject = "e", From = Formula.Parse("1") },
                new() { Name = "slope", Kind = DerivedKind.Fit, Subject = "power", From = Formula.Parse("4") },
                new() { Name = "line", Kind = DerivedKind.Fit, Subject = "t", From = Formula.Parse("1") },
                new() { Name = "ratio", Kind = DerivedKind.Formula, Formula = Formula.Parse("half / theory") },
            ],
        };
        Sweep(study, "out");
        var run = StudyResults.Read(study, folder.Path("out"), keepsColumns: true).Runs.ShouldHaveSingleItem();
        run.Scalar("half").ShouldBe(Math.Log(2) / 0.5);
        run.Scalar("ratio").ShouldBe(1);
        run.Scalar("last").ShouldBe(Math.Exp(-4));
        run.Scalar("middle").ShouldBe(Math.Exp(-2), 1e-15);
        run.Scalar("crossing").ShouldBe(Math.Log(2) / 0.5, 0.02);
        run.Scalar("never").ShouldBe(double.NaN);
        run.Scalar("mean").ShouldBe(4, 1e-12);
        run.Scalar("largest").ShouldBe(Math.Exp(-0.5));
        run.Scalar("slope").ShouldBe(PowerLaw.Fit(run.Columns["t"], run.Columns["power"], new PowerLawOptions { WindowStart = 4 }).Exponent);
        run.Scalar("slope-lower").ShouldBeLessThan(run.Scalar("slope"));

        // (1 + t)^(−½) is no power of t: on a given window it has an exponent all the same, and a column that says so.
        run.Scalar("slope-is-power-law").ShouldBe(0);
        run.Scalar("line").ShouldBe(1, 1e-9);
        run.Scalar("line-is-power-law").ShouldBe(1);
    }

    [Fact]
    public void FiguresClaimsAndTablesSumUpTheRuns()
    {
        var system = new TinySystem();
        var study = TinySystem.Study(system, [.. new[] { 0.5, 1, 2, 4, 13 }.SelectMany(rate => new long[] { 1, 2, 3 }.Select(seed => TinySystem.Run(system, rate, seed)))]) with
        {
            Given = ["rate", "seed"],
            Derived = [new() { Name = "half", Kind = DerivedKind.Event, Subject = "half" }, new() { Name = "theory", Kind = DerivedKind.Prediction, Subject = "half-time" }],
            Figures =
            [
                Figure("half", "rate", ["half"], ["theory"], fit: true),
                Figure("curves", "t", ["e"], [], group: ["rate"]) with { ShowsTrajectories = true, IsLogarithmicX = false },
                Figure("empty", "rate", ["half"], []) with { Only = new Selection(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["rate"] = ["99"] }, []) },
            ],
            Claims =
            [
                Claim("half", "half", "theory", ClaimTest.Relative, 1e-12),
                Claim("wrong", "half", "2 * theory", ClaimTest.Relative, 0.1),
                Claim("slope", "half", "-1", ClaimTest.Absolute, 1e-9) with { Measured = null, SlopeOf = "half" },
            ],
        };
        Sweep(study, "out");
        var results = StudyResults.Read(study, folder.Path("out"));
        (results.Done, results.Failed, results.Missing).ShouldBe((12, 3, 0));
        var report = StudyReport.Write(results);
        report.EmptyFigures.ShouldBe(["empty"]);
        report.Claims.Select(claim => claim.Verdict).ShouldBe([Verdict.Holds, Verdict.Fails, Verdict.Holds]);
        report.Claims[1].Statement.ShouldContain("12 runs: 0 hold, 12 fail; the worst is shown");
        report.Claims[2].Measured.ShouldBe(-1, 1e-12);
        var panel = report.Figures[0].Panels[0];
        panel.Series.Count(series => series.X.Length > 0).ShouldBe(3);
        panel.Series.First(series => series.Style == Eigenflow.Figures.SeriesStyle.Points).X.ShouldBe([0.5, 1, 2, 4]);
        report.Figures[1].Panels[0].Series.Count.ShouldBe(4);
        var html = File.ReadAllText(report.Path);
        html.ShouldContain("12 of 15 runs are done, 3 failed");
        html.ShouldNotContain("src=\"http");
        File.ReadAllLines(folder.Path("out/claims.csv")).Length.ShouldBe(1 + 12 + 12 + 1);
        RunTableWriter.Write(results);
        var lines = File.ReadAllLines(folder.Path("out/runs.csv"));
        lines.Length.ShouldBe(16);
        lines[0].ShouldStartWith("run,method,rate,scale,seed,until,status,message,event-half,last-t,last-e,last-power,half,theory,solver-steps");
        lines[^1].ShouldContain(",failed,");

        // Equal results give equal bytes.
        var before = File.ReadAllBytes(report.Path);
        StudyReport.Write(StudyResults.Read(study, folder.Path("out")));
        File.ReadAllBytes(report.Path).ShouldBe(before);
    }

    [Theory]
    [InlineData("exponents", 45)]
    [InlineData("escape-time", 384)]
    [InlineData("trade-off", 42)]
    [InlineData("sgd-noise-floor", 24)]
    public void TheReadyMadeStudiesAreValid(string name, int runs)
    {
        var study = Study.Read(Path.Combine(Root(), "studies", name + ".toml"));
        study.Runs.Count.ShouldBe(runs);
        study.Figures.ShouldNotBeEmpty();
    }

    public void Dispose() => folder.Dispose();

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));

    private static StudyFigure Figure(string id, string x, string[] y, string[] lines, bool fit = false, string[]? group = null) => new()
    {
        Id = id,
        Title = id,
        X = Formula.Parse(x),
        Y = [.. y.Select(Formula.Parse)],
        Lines = [.. lines.Select(Formula.Parse)],
        HasFit = fit,
        Group = group ?? [],
        Only = new Selection(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), []),
    };

    private static StudyClaim Claim(string id, string measured, string predicted, ClaimTest test, double tolerance) => new()
    {
        Id = id,
        Statement = id + " holds",
        Measured = Formula.Parse(measured),
        Predicted = Formula.Parse(predicted),
        Test = test,
        Tolerance = tolerance,
        Kind = PredictionKind.Exact,
        Source = "here",
        Only = new Selection(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), []),
    };

    private SweepOutcome Sweep(Study study, string name, int workers = 2) => new SweepRunner { Study = study, Folder = folder.Path(name), Workers = workers }.Run();

    private List<(string Name, string Bytes)> Files(string name) =>
        [.. Directory.GetFiles(folder.Path(name + "/runs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), Convert.ToHexString(File.ReadAllBytes(path))))];
}
