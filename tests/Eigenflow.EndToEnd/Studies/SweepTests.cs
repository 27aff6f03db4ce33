using System.Diagnostics;

namespace Eigenflow.EndToEnd;

/// <summary>Sweeps as processes that are killed, interrupted and doubled: no run is lost or repeated, and the bytes are those of an undisturbed sweep.</summary>
public sealed class SweepTests : TemporaryFolder
{
    private const string Study = """
        system = "phase-retrieval"
        method = ["flow", "sgd"]
        record = ["t", "loss", "mse"]
        [parameters]
        dimension = [50, 100]
        exponent = [1.5, 2]
        seed = [1, 2, 3]
        noise = 0.1
        steps = 40_000
        replicas = 2
        points = 40
        [derived]
        last = { value = "loss" }
        [[figure]]
        x = "dimension"
        y = "last"
        group = ["method", "exponent"]
        """;

    public SweepTests() => Write("study.toml", Study);

    [Fact]
    public async Task KilledAgainAndAgainItEndsWithTheSameBytes()
    {
        var whole = await Whole();
        var kills = 0;
        var random = new System.Random(5);
        for (var attempt = 0; attempt < 60; attempt++)
        {
            using var command = CommandProcess.Start(Folder, "sweep study.toml --out killed --jobs 2 --checkpoint-seconds 0.05".Split(' '));
            var before = Files("killed").Count;
            var clock = Stopwatch.StartNew();

            // Not before it has begun, and then at any moment.
            while (!Directory.Exists(Path.Combine(Folder, "killed", "work")) && clock.Elapsed.TotalSeconds < 60)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, 500), TestContext.Current.CancellationToken);
            command.Kill();
            kills++;
            await command.Finish();
            Files("killed").Count.ShouldBeGreaterThanOrEqualTo(before);
            foreach (var (name, bytes) in Files("killed"))
                bytes.ShouldBe(whole[name]);
            if (Files("killed").Count == whole.Count)
                break;
        }

        kills.ShouldBeGreaterThan(2, "it was too fast to test anything");
        (await CommandProcess.Run(Folder, "sweep study.toml --out killed")).ExitCode.ShouldBe(0);
        MustEqual("killed", whole);
        Directory.GetDirectories(Path.Combine(Folder, "killed")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["log", "runs"]);
    }

    [Fact]
    public async Task InterruptedItSaysSoAndTheSameCommandContinues()
    {
        var whole = await Whole();
        using (var command = CommandProcess.Start(Folder, "sweep study.toml --out stopped --jobs 1".Split(' ')))
        {
            while (Files("stopped").Count < 13)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            command.Interrupt();
            var result = await command.Finish();
            result.ExitCode.ShouldBe(130);
            result.Error.ShouldContain("the same command continues");
        }

        (await CommandProcess.Run(Folder, "sweep study.toml --out stopped --status")).Output.ShouldContain("missing");
        (await CommandProcess.Run(Folder, "sweep study.toml --out stopped")).ExitCode.ShouldBe(0);
        MustEqual("stopped", whole);
    }

    [Fact]
    public async Task TwoProcessesShareAFolder()
    {
        var whole = await Whole();
        using var first = CommandProcess.Start(Folder, "sweep study.toml --out shared --jobs 1 --format json".Split(' '));
        using var second = CommandProcess.Start(Folder, "sweep study.toml --out shared --jobs 1 --format json".Split(' '));
        var results = new[] { await first.Finish(), await second.Finish() };
        results.ShouldAllBe(result => result.ExitCode == 0);
        results.Sum(result => System.Text.Json.JsonDocument.Parse(result.Output).RootElement.GetProperty("computed").GetInt32()).ShouldBe(whole.Count);
        MustEqual("shared", whole);
    }

    [Fact]
    public async Task AFullAndAReadOnlyDiskAreErrorsAndNothingIsLost()
    {
        var whole = await Whole();
        var disk = Path.Combine(Folder, "disk");
        Directory.CreateDirectory(disk);
        if (!await Does("mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", disk))
            Assert.Skip("mounting a small disk needs root");
        try
        {
            var full = await CommandProcess.Run(Folder, "sweep study.toml --out disk/out");
            full.ExitCode.ShouldBe(2);
            full.Error.ShouldContain("No space left on device");
            full.Error.Split('\n').Count(line => line.StartsWith("eigenflow:", StringComparison.Ordinal)).ShouldBe(1);
            Files("disk/out").Count.ShouldBeInRange(1, whole.Count - 1);
            (await Does("mount", "-o", "remount,ro", disk)).ShouldBeTrue();
            (await CommandProcess.Run(Folder, "sweep study.toml --out disk/out")).Error.ShouldContain("Read-only file system");
            (await CommandProcess.Run(Folder, "sweep study.toml --out disk/out --status")).Output.ShouldContain("done");
            (await Does("mount", "-o", "remount,rw,size=10m", disk)).ShouldBeTrue();
            (await CommandProcess.Run(Folder, "sweep study.toml --out disk/out")).ExitCode.ShouldBe(0);
            MustEqual("disk/out", whole);
        }
        finally
        {
            await Does("umount", disk);
        }
    }

    [Fact]
    public async Task ThePlanTheStatusAndTheFailuresAreTold()
    {
        var plan = await CommandProcess.Run(Folder, "sweep study.toml --dry-run");
        plan.ExitCode.ShouldBe(0);
        plan.Output.ShouldContain("24 runs: 24 missing in results/study");
        plan.Output.ShouldContain("24 to compute: about ");
        Directory.Exists(Path.Combine(Folder, "results")).ShouldBeFalse();
        Write("failing.toml", "system = \"phase-retrieval\"\nmethod = \"flow\"\n[parameters]\nmodes = \"full\"\npoints = 3\ndimension = [10, 100_000_000_000]\n");
        var failing = await CommandProcess.Run(Folder, "sweep failing.toml --format json");
        failing.ExitCode.ShouldBe(1);
        failing.Error.ShouldContain("GiB");
        failing.Output.ShouldContain("\"complete\":false");
        var status = await CommandProcess.Run(Folder, "sweep failing.toml --status");
        status.ExitCode.ShouldBe(1);
        status.Output.ShouldContain("2 runs: 1 done, 1 failed in results/failing");
        (await CommandProcess.Run(Folder, "collect results/failing")).ExitCode.ShouldBe(1);
        (await CommandProcess.Run(Folder, "report results/failing")).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("sweep missing.toml", "there is no such file")]
    [InlineData("sweep wrong.toml", "wrong.toml, line 2: dimenson is no parameter of phase-retrieval; did you mean dimension?")]
    [InlineData("sweep study.toml --shard 4/4", "shard = 4/4")]
    [InlineData("sweep study.toml --partition x", "add --slurm")]
    [InlineData("sweep study.toml --out /proc/eigenflow", "/proc/eigenflow")]
    [InlineData("collect nothing", "there is no study.toml in it")]
    [InlineData("report nothing", "there is no study.toml in it")]
    public async Task WrongUsageIsOneLine(string arguments, string expected)
    {
        Write("wrong.toml", "system = \"phase-retrieval\"\nparameters.dimenson = 3\n");
        var result = await CommandProcess.Run(Folder, arguments);
        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Error.Split('\n').ShouldHaveSingleItem().ShouldContain(expected);
        Directory.Exists(Path.Combine(Folder, "results")).ShouldBeFalse();
    }

    private async Task<Dictionary<string, byte[]>> Whole()
    {
        (await CommandProcess.Run(Folder, "sweep study.toml --out whole")).ExitCode.ShouldBe(0);
        var files = Files("whole");
        files.Count.ShouldBe(24);
        return files;
    }

    private void MustEqual(string name, Dictionary<string, byte[]> whole)
    {
        var files = Files(name);
        files.Keys.Order(StringComparer.Ordinal).ShouldBe(whole.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, bytes) in files)
            bytes.ShouldBe(whole[path]);
        Directory.Exists(Path.Combine(Folder, name, "work")).ShouldBeFalse();
    }

    private Dictionary<string, byte[]> Files(string name)
    {
        var runs = Path.Combine(Folder, name, "runs");
        return Directory.Exists(runs) ? Directory.GetFiles(runs, "*.parquet", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal) : [];
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private static async Task<bool> Does(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
