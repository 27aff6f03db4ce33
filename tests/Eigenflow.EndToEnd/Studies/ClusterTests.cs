using System.Diagnostics;

namespace Eigenflow.EndToEnd;

/// <summary>A sweep on a real Slurm cluster of one node, of which tasks are requeued and cancelled mid-way. Run by ./test --cluster, which starts the cluster.</summary>
public sealed class ClusterTests : TemporaryFolder
{
    private const string Study = """
        system = "phase-retrieval"
        method = "sgd"
        record = ["t", "step", "mse"]
        [parameters]
        dimension = 500
        steps = 2_000_000
        replicas = 2
        points = 40
        noise = 0.05
        seed = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        [derived]
        last = { value = "mse" }
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task ASweepSurvivesRequeuedAndCancelledTasksWithTheSameBytes()
    {
        if (Environment.GetEnvironmentVariable("EIGENFLOW_CLUSTER") is not { Length: > 0 })
            Assert.Skip("./test --cluster runs this");
        await File.WriteAllTextAsync(Path.Combine(Folder, "study.toml"), Study, TestContext.Current.CancellationToken);
        const string submit = "sweep study.toml --out cluster --slurm --partition test --time 10:00 --tasks 3 --checkpoint-seconds 0.2";
        var first = await CommandProcess.Run(Folder, submit);
        first.ExitCode.ShouldBe(0, first.Error);
        var job = first.Output.Split(' ', ':')[2];

        // Mid-way: every task works on its first runs.
        await Until(() => Directory.Exists(Path.Combine(Folder, "cluster/checkpoints")) && Directory.GetDirectories(Path.Combine(Folder, "cluster/checkpoints")).Length == 3);
        await Slurm("scontrol", "requeue", job + "_1");
        await Slurm("scancel", job + "_2");
        var during = await CommandProcess.Run(Folder, "sweep study.toml --out cluster --status");
        during.Output.ShouldContain("running");
        during.Output.ShouldContain("missing");

        // Slurm holds requeued tasks back for two minutes, so that the credential that it revokes is not that of the new start; some seconds are enough.
        await Until(async () => (await Slurm("squeue", "-h", "-j", job + "_1", "-o", "%T")).Trim() == "PENDING");
        await Slurm("scontrol", "update", "JobId=" + job + "_1", "StartTime=now+5");
        await Until(async () => (await Slurm("squeue", "-h")).Trim().Length == 0);
        var log = await File.ReadAllTextAsync(Path.Combine(Folder, "cluster/slurm", $"array-{job}-1.log"), TestContext.Current.CancellationToken);
        log.ShouldContain("REQUEUE");
        log.ShouldContain("3 runs: ");
        Runs("cluster").Count.ShouldBeInRange(6, 8, "the cancelled task was too fast, or more than it is missing:\n" + await Logs());

        // The same submission completes the cancelled task's runs, and the dependent job collects them all.
        (await CommandProcess.Run(Folder, submit)).ExitCode.ShouldBe(0);
        await Until(async () => (await Slurm("squeue", "-h")).Trim().Length == 0);
        (await CommandProcess.Run(Folder, "sweep study.toml --out cluster --status")).Output.Trim().ShouldBe("9 runs: 9 done in cluster", await Logs());
        (await CommandProcess.Run(Folder, "sweep study.toml --out local")).ExitCode.ShouldBe(0);
        var (cluster, local) = (Runs("cluster"), Runs("local"));
        cluster.Keys.Order(StringComparer.Ordinal).ShouldBe(local.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, bytes) in cluster)
            bytes.ShouldBe(local[name]);
        var collected = Path.Combine(Folder, "cluster/runs.csv");
        (await File.ReadAllLinesAsync(collected, TestContext.Current.CancellationToken)).Length.ShouldBe(10);
        (await CommandProcess.Run(Folder, "collect local")).ExitCode.ShouldBe(0);
        File.ReadAllBytes(collected).ShouldBe(File.ReadAllBytes(Path.Combine(Folder, "local/runs.csv")));
        File.Exists(Path.Combine(Folder, "cluster/report.html")).ShouldBeTrue();
    }

    private Dictionary<string, byte[]> Runs(string name) =>
        Directory.GetFiles(Path.Combine(Folder, name, "runs"), "*.parquet", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal);

    private async Task<string> Logs() => string.Join(
        '\n', await Task.WhenAll(Directory.GetFiles(Path.Combine(Folder, "cluster/slurm"), "*.log").Order(StringComparer.Ordinal).Select(async path => $"{Path.GetFileName(path)}\n{await File.ReadAllTextAsync(path)}")));

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            clock.Elapsed.ShouldBeLessThan(Limit);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> Slurm(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {await error}");
        return output;
    }
}
