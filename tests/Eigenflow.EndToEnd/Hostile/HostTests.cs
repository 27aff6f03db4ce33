using System.Diagnostics;

namespace Eigenflow.EndToEnd;

/// <summary>Hosts that are not as expected: other languages, few files, no home, folders with names that shells and Slurm read otherwise.</summary>
public sealed class HostTests : TemporaryFolder
{
    private const string Study = """
        system = "phase-retrieval"
        method = "flow"
        [parameters]
        dimension = [5, 10]
        until = 1
        points = 4
        """;

    [Fact]
    public async Task LanguagesDoNotChangeWhatIsWritten()
    {
        if (CommandProcess.Published is not null)
            Assert.Skip("a published program has no data of languages");
        var settings = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.runtimeconfig.json"), TestContext.Current.CancellationToken);
        settings.ShouldContain("\"System.Globalization.Invariant\": true");
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "icu.json"), settings.Replace("Invariant\": true", "Invariant\": false", StringComparison.Ordinal).Replace("Only\": true", "Only\": false", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(Folder, "c.csv"), Enumerable.Range(1, 50).Select(t => FormattableString.Invariant($"{t},{Math.Pow(t, -0.5)}")), TestContext.Current.CancellationToken);
        var program = Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll");
        async Task<string> All(string language)
        {
            var script = "fit c.csv --resamples 99 --out OUT; run spectral-descent --dimension 5 --steps 4 --points 4 --format csv --out OUT; run functional-scaling-law --schedule exponential --peak 0.5 --final 0"
                .Replace("OUT", language, StringComparison.Ordinal);
            var (code, output, error) = await Bash(
                string.Join('\n', script.Split("; ").Select(line => $"dotnet exec --runtimeconfig icu.json {ShellWord.Quoted(program)} {line}")) + $"\ncat {language}/*.csv {language}/*.json {language}/*.html {language}/*.svg | sed s/{language}/OUT/g | sha256sum", ("LC_ALL", language + ".UTF-8"));
            if (error.Contains("ICU", StringComparison.Ordinal))
                Assert.Skip("this machine has no data of languages");
            code.ShouldBe(0, error);
            return (output + error).Replace(language, "OUT", StringComparison.Ordinal).Replace($"bash: warning: setlocale: LC_ALL: cannot change locale (OUT.UTF-8)\n", "", StringComparison.Ordinal);
        }

        var expected = await All("en_US");
        expected.ShouldContain("0 < final <= 0.5");
        foreach (var found in await Task.WhenAll(All("de_DE"), All("tr_TR"), All("fa_IR")))
            found.ShouldBe(expected);
    }

    [Fact]
    public async Task AFewFilesAtOnceAreOneLine()
    {
        if (!File.Exists("/proc/self/limits"))
            Assert.Skip("only Linux tells the limit in a file");
        foreach (var limit in new[] { 32, 64, 127 })
        {
            var (code, output, error) = await Bash($"ulimit -n {limit}\nexec {Command()} describe phase-retrieval");
            (code, output).ShouldBe((1, ""));
            error.ShouldBe($"eigenflow: this process may open {limit} files at once, and needs 128; raise the limit, such as with ulimit -n 1024.\n");
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "s.toml"), Study, TestContext.Current.CancellationToken);
        var enough = await Bash($"ulimit -n 128\n{Command()} sweep s.toml --out runs && {Command()} report runs");
        enough.Code.ShouldBe(0, enough.Error);
    }

    [Fact]
    public async Task NoHomeIsNeeded()
    {
        foreach (var home in new[] { "unset HOME", "export HOME=/proc/none" })
        {
            var (code, _, error) = await Bash($"{home}\nunset DOTNET_BUNDLE_EXTRACT_BASE_DIR\n{Command()} run spectral-descent --dimension 5 --steps 4 --points 4 --out out --force");
            code.ShouldBe(0, error);
        }
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("it's 100 % \"$HOME\" #1 `touch pwned` $(touch pwned)")]
    [InlineData("-rf")]
    public async Task SlurmRunsInFoldersOfAnyName(string name)
    {
        // It does what sbatch does with a job of one task: runs the script; and does not read the lines of options.
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "sbatch"), "#!/bin/bash\nscript=${@: -1}\nbash -n \"$script\" && SLURM_ARRAY_TASK_ID=0 SLURM_CPUS_PER_TASK=1 bash \"$script\" >&2 && echo '7;cluster'\n", TestContext.Current.CancellationToken);
        var place = Path.Combine(Folder, name);
        Directory.CreateDirectory(place);
        await File.WriteAllTextAsync(Path.Combine(place, "study.toml"), Study, TestContext.Current.CancellationToken);
        var file = ShellWord.Quoted(Path.Combine(place, "study.toml"));
        var runs = Path.Combine(place, "runs");
        var (code, output, error) = await Bash($"chmod +x sbatch\nPATH=$PWD:$PATH {Command()} sweep {file} --out {ShellWord.Quoted(runs)} --slurm --tasks 1");
        code.ShouldBe(0, error);
        output.ShouldContain("submitted job 7: 2 runs in 1 tasks; job 7 collects them");

        // The command that is told can be typed as it is.
        var told = output.Split('\n').Single(line => line.StartsWith("how it stands: eigenflow ", StringComparison.Ordinal))["how it stands: eigenflow ".Length..];
        (await Bash($"{Command()} {told}")).Output.ShouldStartWith("2 runs: 2 done");
        File.Exists(Path.Combine(runs, "report.html")).ShouldBeTrue();
        File.Exists(Path.Combine(Folder, "pwned")).ShouldBeFalse();
    }

    private static string Command() => CommandProcess.Published is { } published
        ? ShellWord.Quoted(published)
        : "dotnet " + ShellWord.Quoted(Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll"));

    private async Task<(int Code, string Output, string Error)> Bash(string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
