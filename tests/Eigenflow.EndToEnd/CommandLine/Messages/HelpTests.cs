using System.Diagnostics;
using Eigenflow.Cli;
using Eigenflow.Systems;

namespace Eigenflow.EndToEnd;

/// <summary>Help, suggestions, completion and citations.</summary>
public sealed class HelpTests : TemporaryFolder
{
    [Theory]
    [InlineData("rnu phase-retrieval", "did you mean run?")]
    [InlineData("preditc phase-retrieval", "did you mean predict?")]
    [InlineData("run phase-retrieval --exponnt 2", "did you mean --exponent?")]
    [InlineData("run phase-retrieval -exponent 2", "did you mean --exponent?")]
    [InlineData("run phase-retrieval --learn 2", "did you mean --learning-rate?")]
    [InlineData("run --exponent 2", "eigenflow run phase-retrieval --exponent")]
    [InlineData("fit-shedule x.csv", "did you mean fit-schedule?")]
    [InlineData("fit x.csv --resample 99", "did you mean --resamples?")]
    [InlineData("spectrum --windw 1,10 x.npy", "did you mean --window?")]
    [InlineData("completion bsh", "did you mean bash?")]
    [InlineData("help rnu", "did you mean run?")]
    [InlineData("bench-worke", "no command of eigenflow")]
    public async Task MistypedWordsAreOneLineWithWhatWasMeant(string arguments, string expected)
    {
        var (code, output, error) = await FormsTests.InProcess(arguments.Split(' '));
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.TrimEnd('\n').Split('\n').Length.ShouldBe(1);
        error.ShouldContain(expected);
        error.ShouldNotContain("bench-worker");
    }

    [Theory]
    [InlineData("help", "eigenflow [command]", "reproduce")]
    [InlineData("help run", "Solves a system", "phase-retrieval")]
    [InlineData("help run phase-retrieval", "--source-exponent", "--force")]
    [InlineData("help fit", "--group", "--format")]
    public async Task HelpIsTheHelpOfTheCommand(string arguments, string first, string second)
    {
        var (code, output, _) = await FormsTests.InProcess(arguments.Split(' '));
        code.ShouldBe(0);
        output.ShouldContain(first);
        output.ShouldContain(second);
        output.ShouldNotContain("bench-worker");
        (await FormsTests.InProcess([.. arguments.Split(' ').Skip(1), "--help"])).Output.ShouldBe(output);
    }

    [Theory]
    [InlineData("eigenflow r", "run reproduce report")]
    [InlineData("eigenflow run ph", "phase-retrieval")]
    [InlineData("eigenflow run phase-retrieval --source", "--source-exponent")]
    [InlineData("eigenflow run phase-retrieval --format ", "table json csv")]
    [InlineData("eigenflow run spectral-descent --method mu", "muon-population muon")]
    [InlineData("eigenflow describe f", "functional-scaling-law")]
    [InlineData("eigenflow bench-", "")]
    public async Task BashCompletesCommandsOptionsAndWords(string line, string expected)
    {
        var script = Path.Combine(Folder, "completion.bash");
        await File.WriteAllTextAsync(script, (await FormsTests.InProcess(["completion", "bash"])).Output, TestContext.Current.CancellationToken);
        var words = line.Split(' ');
        var call = $"source '{script}'; COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))}); COMP_CWORD={words.Length - 1}; _eigenflow; echo \"${{COMPREPLY[@]}}\"";
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", call]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Folder })!;
        (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim().ShouldBe(expected);
    }

    [Theory]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task OtherShellsCompleteLikewise(string shell)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell)));
        Assert.SkipUnless(found, $"{shell} is not installed here");
        var script = Path.Combine(Folder, shell == "pwsh" ? "completion.ps1" : "completion.fish");
        await File.WriteAllTextAsync(script, (await FormsTests.InProcess(["completion", shell])).Output, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "data.csv"), "", TestContext.Current.CancellationToken);
        foreach (var (line, expected) in new[]
        {
            ("eigenflow sp", "spectrum"), ("eigenflow run ph", "phase-retrieval"), ("eigenflow run phase-retrieval --escape-t", "--escape-threshold"),
            ("eigenflow run phase-retrieval --teacher-norm ", "d q"), ("eigenflow completion p", "pwsh"), ("eigenflow --he", "--help"), ("eigenflow spectrum da", "data.csv"), ("eigenflow run phase-retrieval --out da", "data.csv"),
        })
        {
            string[] arguments = shell == "pwsh"
                ? ["-NoProfile", "-Command", $". '{script}'; ([System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null)).CompletionMatches | ForEach-Object {{ $_.CompletionText }}"]
                : ["--no-config", "-c", $"source '{script}'; complete -C '{line}'"];
            using var process = Process.Start(new ProcessStartInfo(shell, arguments) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Folder })!;
            var offered = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Split('\t')[0].Trim().Replace("./", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            string.Join(' ', offered).ShouldBe(expected, line);
        }
    }

    [Fact]
    public async Task EveryShellHasAScriptWithEveryVisibleCommand()
    {
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
        {
            var (code, output, _) = await FormsTests.InProcess(["completion", shell]);
            code.ShouldBe(0);
            foreach (var word in new[] { "reproduce", "spectral-descent", "source-exponent", "full-muon", "completion" })
                output.ShouldContain(word);
            output.ShouldNotContain("bench-worker");
        }
    }

    [Fact]
    public async Task EntriesAreComplete()
    {
        foreach (var system in SystemCatalog.All)
        {
            var (code, output, _) = await FormsTests.InProcess(["cite", system.Id]);
            code.ShouldBe(0);
            foreach (var entry in output.Split("\n\n"))
            {
                foreach (var field in new[] { "author = {", "title = {", "year = {" })
                    entry.ShouldContain(field);
                (entry.Contains("doi = {", StringComparison.Ordinal) || entry.Contains("eprint = {", StringComparison.Ordinal) || entry.Contains("version = {", StringComparison.Ordinal)).ShouldBeTrue(entry);
                entry.Count(letter => letter == '{').ShouldBe(entry.Count(letter => letter == '}'));
            }

            output.ShouldContain("@software{eigenflow");
        }

        var spectral = (await FormsTests.InProcess(["cite", "spectral-descent"])).Output;
        foreach (var text in new[] { "Braun, Guillaume and Bao, Han and Huang, Wei and Imaizumi, Masaaki", "volume = {306}", "pages = {9687--9733}", "Machine Learning (ICML)", "2601.22652" })
            spectral.ShouldContain(text);
        (await FormsTests.InProcess(["cite"])).Output.ShouldContain("2602.06797");
    }
}
