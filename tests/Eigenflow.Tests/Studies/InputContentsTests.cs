using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>Runs are named by the contents of their input files: what becomes of a file changes no result, no name, and blocks nothing that is finished.</summary>
public sealed class InputContentsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Input => folder.Path("spectrum.csv");

    [Theory]
    [InlineData("vanished")]
    [InlineData("changed")]
    [InlineData("shorter")]
    public void AFinishedStudyIsCollectedWithoutItsInputs(string fate)
    {
        File.WriteAllText(Input, "1\n0.5\n0.25\n");
        var study = Read();
        Sweep(study).IsComplete.ShouldBeTrue();
        RunTableWriter.Write(Results());
        var table = File.ReadAllBytes(folder.Path("out/runs.csv"));
        Results().Runs.ShouldAllBe(run => run.Scalar("theory") > 0);
        if (fate == "vanished")
            File.Delete(Input);
        else
            File.WriteAllText(Input, fate == "changed" ? "1\n0.5\n0.2\n" : "1\n0.5\n");
        var results = Results();
        (results.Done, results.Missing).ShouldBe((2, 0));
        RunTableWriter.Write(results);
        File.ReadAllBytes(folder.Path("out/runs.csv")).ShouldBe(table);
        StudyReport.Write(results).Claims.ShouldBeEmpty();
        results.Study.Runs.ShouldBe(study.Runs);
        results.Study.Runs.Select(run => run.Setting).ShouldBe(study.Runs.Select(run => run.Setting));

        // The sweep itself asks for what is there now: new contents are new runs, and without the file nothing is missing.
        var now = Study.ReadFor(folder.Path("study.toml"), folder.Path("out"));
        var outcome = Sweep(now);
        outcome.IsComplete.ShouldBeTrue();
        outcome.Computed.ShouldBe(fate == "vanished" ? 0 : 2);
        Results().Done.ShouldBe(2);
    }

    [Fact]
    public void AGoodTableIsNotReplacedByAnEmptyOne()
    {
        File.WriteAllText(Input, "1\n0.5\n0.25\n");
        Sweep(Read());
        RunTableWriter.Write(Results());
        StudyReport.Write(Results());
        var before = Directory.GetFiles(folder.Path("out"), "*.*").ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal);
        Directory.Delete(folder.Path("out/runs"), recursive: true);
        Should.Throw<InputFileException>(() => RunTableWriter.Write(Results())).Message.ShouldContain("it is kept as it is, as none of the 2 runs");
        Should.Throw<InputFileException>(() => StudyReport.Write(Results())).Message.ShouldContain("report.html");
        foreach (var (path, bytes) in before)
            File.ReadAllBytes(path).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnInputThatChangesWithinARunIsNoResultAndNoFailureOfIt(bool vanishes)
    {
        File.WriteAllText(Input, "1\n");
        var hash = RunInputs.HashOf(Input, "data");
        var changes = true;
        var system = new TinySystem
        {
            Before = setting =>
            {
                if (!changes || (long)setting["seed"]! != 2)
                    return;
                if (vanishes)
                    File.Delete(Input);
                else
                    File.WriteAllText(Input, "2\n");
            },
        };
        var study = TinySystem.Study(system, [.. new long[] { 1, 2, 3 }.Select(seed =>
        {
            var run = TinySystem.Run(system, 1, seed);
            return run with { Request = system.Complete("exact", run.Setting.With("data", "file:" + Input)), InputHashes = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["data"] = hash } };
        })]);
        var outcome = Sweep(study);
        (outcome.Computed, outcome.Failures.Count).ShouldBe((1, 2));
        outcome.Failures.ShouldAllBe(failure => failure.Error.Contains(vanishes ? "there is no such file" : "has changed since"));
        Directory.Exists(folder.Path("out/failed")).ShouldBeFalse();

        // The file is what it was: the same runs, under the same names.
        changes = false;
        File.WriteAllText(Input, "1\n");
        outcome = Sweep(study);
        (outcome.IsComplete, outcome.Kept, outcome.Computed).ShouldBe((true, 1, 2));
    }

    [Fact]
    public void APlanThatIsDamagedOrOfAnotherStudyIsNone()
    {
        File.WriteAllText(Input, "1\n0.5\n0.25\n");
        var study = Read();
        var plan = KeptPlan.Write(study);
        KeptPlan.Read(plan, study.Source)!.Count.ShouldBe(2);
        KeptPlan.Read(plan, "another"u8.ToArray()).ShouldBeNull();
        for (var k = 0; k < plan.Length; k += 7)
            KeptPlan.Read(plan[..k], study.Source).ShouldBeNull();
        var wrong = KeptPlan.Read(plan, study.Source)!.Select(run => run with { Method = "volterra" }).ToArray();
        KeptPlan.Runs(wrong, study.System, [], null).ShouldBeNull("the names do not follow from it");
    }

    public void Dispose() => folder.Dispose();

    private Study Read()
    {
        var text = $"system = \"functional-scaling-law\"\nmethod = \"exact\"\n[parameters]\nspectrum = \"file:{Input}\"\nsteps = [10, 20]\npoints = 3\nnoise = 0.1\n[derived]\ntheory = {{ prediction = \"initial-loss\" }}\nlast = {{ value = \"loss\" }}\n";
        folder.Write("study.toml", text);
        return Study.Read(folder.Path("study.toml"));
    }

    private SweepOutcome Sweep(Study study) => new SweepRunner { Study = study, Folder = folder.Path("out"), Workers = 1 }.Run();

    private StudyResults Results() => StudyResults.Read(folder.Path("out"));
}
