using System.Diagnostics;

namespace Eigenflow.EndToEnd;

/// <summary>Real disks that fill up, lose power or vanish, and terminals that close: docs/reliability.md.</summary>
public sealed class DiskTests : TemporaryFolder
{
    // Two replicas of 1.6 MB of state each, in several chunks.
    private const string Sgd = """
        system = "functional-scaling-law"
        method = "sgd"
        [parameters]
        features = 200_000
        model-size = 200_000
        steps = 800
        points = 5
        replicas = 2
        seed = [1, 2]
        """;

    private const string Flow = """
        system = "phase-retrieval"
        method = "flow"
        [parameters]
        dimension = [50, 100]
        points = 5
        seed = "linspace(1,36,36)"
        """;

    [Fact]
    public async Task ADiskThatFillsWhileAStateIsSavedIsNoFailureOfTheRun()
    {
        Write("study.toml", Sgd);
        (await CommandProcess.Run(Folder, "sweep study.toml --out whole --quiet")).ExitCode.ShouldBe(0);
        var whole = Files("whole");
        whole.Count.ShouldBe(2);
        await OnDisk("tmpfs", ["-t", "tmpfs", "-o", "size=1m", "tmpfs"], async disk =>
        {
            foreach (var command in new[] { "sweep study.toml --out disk/out --checkpoint-seconds 1e-9 --quiet", "run functional-scaling-law --method sgd --features 2e5 --model-size 2e5 --steps 800 --points 5 --replicas 2 --out disk/run --checkpoint-seconds 1e-9 --quiet" })
            {
                var full = await CommandProcess.Run(Folder, command);
                full.ExitCode.ShouldBe(2, full.Error);
                full.Error.Split('\n').ShouldHaveSingleItem().ShouldContain("No space left on device");
            }

            Directory.Exists(Path.Combine(disk, "out", "failed")).ShouldBeFalse();
            (await Does("mount", "-o", "remount,size=100m", disk)).ShouldBeTrue();
            (await CommandProcess.Run(Folder, "sweep study.toml --out disk/out --checkpoint-seconds 1e-9 --quiet")).ExitCode.ShouldBe(0);
            var files = Files("disk/out");
            files.Keys.ShouldBe(whole.Keys);
            foreach (var (name, bytes) in whole)
                files[name].ShouldBe(bytes);
            Hidden(disk).ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task AllFinishedRunsAreThereAfterAPowerCutWithoutAJournal()
    {
        Write("study.toml", Flow);
        var image = Path.Combine(Folder, "image");
        await using (var file = File.Create(image))
            file.SetLength(32 << 20);
        if (!await Does("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image))
            Assert.Skip("making a file system needs mkfs.ext4");
        var (names, cut) = (new List<string>(), image + "-cut");
        await OnDisk("loop", ["-o", "loop", image], async disk =>
        {
            (await CommandProcess.Run(Folder, "sweep study.toml --out disk/out --quiet")).ExitCode.ShouldBe(0);

            // What the device holds now is what a power cut would leave.
            File.Copy(image, cut);
            names.AddRange(Files("disk/out").Keys);
            names.Count.ShouldBe(72);
        });
        await Does("e2fsck", "-y", "-f", cut);
        await OnDisk("loop", ["-o", "loop", cut], async disk =>
        {
            Files("disk/out").Keys.ShouldBe(names);
            var again = await CommandProcess.Run(Folder, "sweep study.toml --out disk/out --verify --format json");
            again.Output.ShouldContain("\"kept\":72,\"computed\":0");
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(15)]
    public async Task AClosedTerminalEndsASweepInOrder(int signal)
    {
        Write("study.toml", Sgd.Replace("steps = 800", "steps = 80_000", StringComparison.Ordinal));
        using var command = CommandProcess.Start(Folder, "sweep study.toml --out out --checkpoint-seconds 0.01".Split(' '));
        var clock = Stopwatch.StartNew();
        while (!Directory.Exists(Path.Combine(Folder, "out", "checkpoints")) && clock.Elapsed.TotalSeconds < 60)
            await Task.Delay(5, TestContext.Current.CancellationToken);

        // As timeout does, which sends its signal to the process and to its group.
        command.Signal(signal);
        command.Signal(signal);
        var result = await command.Finish();
        result.ExitCode.ShouldBe(130, result.Error);
        result.Error.ShouldContain("the same command continues");
        Hidden(Folder).ShouldBeEmpty();
        Directory.Exists(Path.Combine(Folder, "out", "work")).ShouldBeFalse();
    }

    [Fact]
    public async Task AFolderThatIsDeletedMeanwhileIsNoSuccess()
    {
        Write("study.toml", Flow.Replace("points = 5", "points = 2000", StringComparison.Ordinal));
        using var command = CommandProcess.Start(Folder, "sweep study.toml --out out --jobs 1 --quiet".Split(' '));
        var clock = Stopwatch.StartNew();
        while (Files("out").Count < 3 && clock.Elapsed.TotalSeconds < 60)
            await Task.Delay(2, TestContext.Current.CancellationToken);
        Directory.Move(Path.Combine(Folder, "out"), Path.Combine(Folder, "gone"));
        var result = await command.Finish();
        result.ExitCode.ShouldBeInRange(1, 2, result.Error);
        result.Error.Split('\n').ShouldHaveSingleItem().ShouldStartWith("eigenflow: ");
        (await CommandProcess.Run(Folder, "sweep study.toml --out out --quiet")).ExitCode.ShouldBe(0);
        Files("out").Count.ShouldBe(72);
    }

    private async Task OnDisk(string kind, string[] arguments, Func<string, Task> work)
    {
        var disk = Path.Combine(Folder, "disk");
        Directory.CreateDirectory(disk);
        if (!await Does("mount", [.. arguments, disk]))
            Assert.Skip($"mounting ({kind}) needs root");
        try
        {
            await work(disk);
        }
        finally
        {
            await Does("umount", disk);
        }
    }

    private static string[] Hidden(string path) => Directory.GetFiles(path, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });

    private SortedDictionary<string, byte[]> Files(string name)
    {
        var runs = Path.Combine(Folder, name, "runs");
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.Exists(runs) ? Directory.GetFiles(runs, "*.parquet", SearchOption.AllDirectories) : [])
            files[Path.GetFileName(path)] = File.ReadAllBytes(path);
        return files;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private static async Task<bool> Does(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
