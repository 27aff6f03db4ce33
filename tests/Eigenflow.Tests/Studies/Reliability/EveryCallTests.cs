using Eigenflow.Cli;
using Eigenflow.Data;
using Eigenflow.Figures;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>docs/reliability.md: whichever call of the file system fails, a command ends with success or with one clear line, and given again it ends with the same bytes.</summary>
public sealed class EveryCallTests : IDisposable
{
    private const string Study = """
        system = "functional-scaling-law"
        method = ["exact", "sgd"]
        [parameters]
        features = 8
        steps = 20
        points = 3
        seed = 1
        replicas = 2
        [derived]
        last = { value = "loss" }
        [[figure]]
        x = "t"
        y = "loss"
        group = "method"
        [[claim]]
        id = "positive"
        statement = "the loss is positive"
        measured = "last"
        at-least = 0
        """;

    private static readonly ProcessIdentity Dead = ProcessIdentity.Current with { Number = int.MaxValue };
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("", "sweep {0}/study.toml --out {0}/out --jobs 1 --checkpoint-seconds 1e-9 --quiet", 60)]
    [InlineData("sweep {0}/study.toml --out {0}/out --quiet", "collect {0}/out --trajectories --quiet", 15)]
    [InlineData("sweep {0}/study.toml --out {0}/out --quiet", "report {0}/out --scale 0.5 --quiet", 25)]
    [InlineData("", "run functional-scaling-law --method sgd --features 8 --steps 20 --points 3 --replicas 2 --out {0}/out --scale 0.5 --jobs 1 --checkpoint-seconds 1e-9 --quiet", 25)]
    [InlineData("", "fit {0}/curve.csv --law power-law --resamples 99 --out {0}/out --scale 0.5 --quiet", 15)]
    [InlineData("", "predict functional-scaling-law --features 8 --steps 20 --out {0}/out --scale 0.5 --quiet", 10)]
    public async Task ACallThatFailsOnceCostsNothing(string before, string command, int fewest)
    {
        folder.Write("study.toml", Study);
        folder.Write("curve.csv", "step,loss\n" + string.Concat(Enumerable.Range(1, 12).Select(k => FormattableString.Invariant($"{k * 10},{1 + (3 / Math.Sqrt(k)):R}\n"))));
        await EachCall(() => Prepare(before), (files, identity) => Run(command, files, identity), fewest, command.Contains("--checkpoint-seconds", StringComparison.Ordinal));
    }

    [Fact]
    public Task ACallOfAReproductionThatFailsOnceCostsNothing()
    {
        var figure = new Figure { Id = "curve", Title = "Curve", Panels = [new Panel { Title = "", X = new Axis("t"), Y = new Axis("e"), Series = [new Series { Label = "e", X = [1, 2, 3], Y = [3, 2, 1] }] }] };
        var system = new TinySystem();
        ReproductionTask[] tasks = [.. new[] { "figure-1", "figure-2" }.Select(id => new ReproductionTask
        {
            Id = id,
            Title = id,
            Run = (_, _) => new ReproductionResult { Figures = [figure with { Id = id }], Tables = [new Table(id + "-table", id, ["a"], [["1"]])] },
        })];
        return EachCall(() => Prepare(""), (files, identity) =>
        {
            FileContext.Current = new FileContext(files, identity);
            try
            {
                var outcome = new ReproductionRunner { System = system, Tasks = tasks, Folder = folder.Path("out"), Workers = 1, Pictures = new() { Scale = 0.5 } }.Run();
                return Task.FromResult((outcome.Succeeds ? 0 : 1, ""));
            }
            catch (EigenflowException exception)
            {
                return Task.FromResult((2, "eigenflow: " + exception.Message));
            }
        }, 40);
    }

    private async Task EachCall(Func<Task> prepare, Func<IStoreFiles, ProcessIdentity, Task<(int Code, string Error)>> command, int fewest, bool hasStates = false)
    {
        await prepare();
        var counted = new FaultyFiles(0, FaultKind.FailsOnce);
        (await command(counted, ProcessIdentity.Current)).Code.ShouldBe(0);
        counted.Points.ShouldBeGreaterThanOrEqualTo(fewest);
        if (hasStates)
            counted.Steps.ShouldContain(step => step.StartsWith("write ", StringComparison.Ordinal) && step.Contains("/checkpoints/", StringComparison.Ordinal));
        var reference = Contents();
        var failed = 0;
        for (var point = 1; point <= counted.Points; point++)
        {
            await prepare();
            var (code, error) = await command(new FaultyFiles(point, FaultKind.FailsOnce), Dead);
            if (code == 0)
            {
                // All that may be left is a temporary file, or the sign of life of its owner, that could not be deleted.
                MustEqual(reference, point, but: path => path.EndsWith(".tmp", StringComparison.Ordinal) || path.Contains(Path.Combine("work", "owner-"), StringComparison.Ordinal));
            }
            else
            {
                failed++;
                error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem($"call {point}").ShouldStartWith("eigenflow: ");
                error.ShouldContain("Input/output error", customMessage: $"call {point}");
                error.ShouldNotContain("internal error");
            }

            var again = await command(FaultyFiles.None, ProcessIdentity.Current);
            again.Code.ShouldBe(0, $"call {point}: {error} {again.Error}");
            MustEqual(reference, point);
            Temporaries().ShouldBeEmpty($"call {point}");
            Directory.Exists(folder.Path("out/work")).ShouldBeFalse();
            Directory.Exists(folder.Path("out/checkpoints")).ShouldBeFalse();
        }

        failed.ShouldBeGreaterThan(3);
        TestContext.Current.TestOutputHelper?.WriteLine($"{counted.Points} calls, {failed} told");
    }

    public void Dispose() => folder.Dispose();

    // What comes before is run once, and its folder is copied from then on.
    private async Task Prepare(string before)
    {
        var (own, kept) = (folder.Path("out"), folder.Path("before"));
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
        if (before.Length == 0)
            return;
        if (!Directory.Exists(kept))
        {
            (await Run(before, FaultyFiles.None, ProcessIdentity.Current)).Code.ShouldBe(0);
            Directory.Move(own, kept);
        }

        foreach (var part in Directory.GetDirectories(kept, "*", SearchOption.AllDirectories).Prepend(kept))
            Directory.CreateDirectory(Path.Combine(own, Path.GetRelativePath(kept, part)));
        foreach (var file in Directory.GetFiles(kept, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(own, Path.GetRelativePath(kept, file)));
    }

    private async Task<(int Code, string Error)> Run(string command, IStoreFiles files, ProcessIdentity identity)
    {
        FileContext.Current = new FileContext(files, identity);
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error);
        var code = await EigenflowCommand.RunAsync([.. command.Split(' ').Select(word => word.Replace("{0}", folder.Path("").TrimEnd('/'), StringComparison.Ordinal))], screen);
        return (code, error.ToString());
    }

    private string[] Temporaries() => Directory.GetFiles(folder.Path(""), ".*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });

    // All but the timings.
    private SortedDictionary<string, byte[]> Contents() => new(
        Directory.GetFiles(folder.Path("out"), "*", SearchOption.AllDirectories).Where(path => !path.Contains("/log/", StringComparison.Ordinal)).ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal),
        StringComparer.Ordinal);

    private void MustEqual(SortedDictionary<string, byte[]> reference, int point, Predicate<string>? but = null)
    {
        var contents = Contents();
        contents.Keys.Where(path => but?.Invoke(path) != true).ShouldBe(reference.Keys, $"call {point}");
        foreach (var (path, bytes) in reference)
            contents[path].AsSpan().SequenceEqual(bytes).ShouldBeTrue($"call {point}: {path}");
    }
}
