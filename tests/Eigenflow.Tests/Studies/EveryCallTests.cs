using Eigenflow.Cli;
using Eigenflow.Data;
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
    [InlineData("sweep {0}/study.toml --out {0}/out --quiet", "report {0}/out --quiet", 25)]
    [InlineData("", "run functional-scaling-law --method sgd --features 8 --steps 20 --points 3 --replicas 2 --out {0}/out --jobs 1 --checkpoint-seconds 1e-9 --quiet", 25)]
    [InlineData("", "fit {0}/curve.csv --law power-law --resamples 99 --out {0}/out --quiet", 15)]
    [InlineData("", "predict functional-scaling-law --features 8 --steps 20 --out {0}/out --quiet", 10)]
    public async Task ACallThatFailsOnceCostsNothing(string before, string command, int fewest)
    {
        folder.Write("study.toml", Study);
        folder.Write("curve.csv", "step,loss\n" + string.Concat(Enumerable.Range(1, 40).Select(k => FormattableString.Invariant($"{k * 10},{1 + (3 / Math.Sqrt(k)):R}\n"))));
        await Prepare(before);
        var counted = new FaultyFiles(0, FaultKind.FailsOnce);
        (await Run(command, counted, ProcessIdentity.Current)).Code.ShouldBe(0);
        counted.Points.ShouldBeGreaterThanOrEqualTo(fewest);
        var reference = Contents();
        var failed = 0;
        for (var point = 1; point <= counted.Points; point++)
        {
            await Prepare(before);
            var (code, error) = await Run(command, new FaultyFiles(point, FaultKind.FailsOnce), Dead);
            if (code == 0)
            {
                // All that may be left is a temporary file, or the sign of life of its owner, that could not be deleted.
                foreach (var left in Temporaries())
                    File.Delete(left);
                if (Directory.Exists(folder.Path("out/work")))
                    Directory.Delete(folder.Path("out/work"), recursive: true);
                MustEqual(reference, point);
                await Prepare(before);
                await Run(command, new FaultyFiles(point, FaultKind.FailsOnce), Dead);
            }
            else
            {
                failed++;
                error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem($"call {point}").ShouldStartWith("eigenflow: ");
                error.ShouldContain("Input/output error", customMessage: $"call {point}");
                error.ShouldNotContain("internal error");
            }

            var again = await Run(command, FaultyFiles.None, ProcessIdentity.Current);
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

    private async Task Prepare(string before)
    {
        if (Directory.Exists(folder.Path("out")))
            Directory.Delete(folder.Path("out"), recursive: true);
        if (before.Length > 0)
            (await Run(before, FaultyFiles.None, ProcessIdentity.Current)).Code.ShouldBe(0);
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

    private void MustEqual(SortedDictionary<string, byte[]> reference, int point)
    {
        var contents = Contents();
        contents.Keys.ShouldBe(reference.Keys, $"call {point}");
        foreach (var (path, bytes) in reference)
            contents[path].AsSpan().SequenceEqual(bytes).ShouldBeTrue($"call {point}: {path}");
    }
}
