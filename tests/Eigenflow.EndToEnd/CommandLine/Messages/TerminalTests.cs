using System.Diagnostics;
using System.Globalization;
using Eigenflow.Cli;

namespace Eigenflow.EndToEnd;

/// <summary>What commands print fits the terminal, whatever its size and characters.</summary>
public sealed class TerminalTests : TemporaryFolder
{
    public static TheoryData<string> Commands { get; } =
    [
        "systems",
        "describe phase-retrieval",
        "describe functional-scaling-law",
        "run spectral-descent --method gd,spectral",
        "run phase-retrieval --exponent 1.5,2,3 --dimension 100 --until 1e4",
        "run phase-retrieval --dimension 100 --times 1,10,100",
        "predict phase-retrieval --exponent 1.5 --dimension 100",
        "predict functional-scaling-law --schedule constant,cosine",
        "spectrum data.csv --out out",
        "fit data.csv --x x --y y,z --resamples 99",
        "collapse data.csv --x x --y y --models model --rescale x x*model",
        "sweep study.toml --dry-run",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task NoLineIsWiderThanTheTerminal(string arguments)
    {
        await WriteInputs();
        foreach (var width in (int[])[40, 60, 80, 100, 120, 200])
        {
            var output = await Output(arguments, width, isPlain: false);
            output.ShouldNotBeEmpty();
            foreach (var line in output.Split('\n'))
                new StringInfo(line).LengthInTextElements.ShouldBeLessThanOrEqualTo(width, $"at {width} columns: {line}");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    [InlineData("help run phase-retrieval")]
    [InlineData("run phase-retrieval --exponent −1")]
    public async Task APlainTerminalGetsAsciiAlone(string arguments)
    {
        await WriteInputs();
        foreach (var character in await Output(arguments, 80, isPlain: true))
            (character is '\n' or (>= ' ' and <= '~')).ShouldBeTrue($"U+{(int)character:X4}");
    }

    [Fact]
    public async Task FilesForProgramsKeepTheirNamesOnAPlainTerminal()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "greek.csv"), "x,λ\n" + string.Concat(Enumerable.Range(1, 30).Select(x => FormattableString.Invariant($"{x},{Math.Pow(x, -0.5)}\n"))), TestContext.Current.CancellationToken);
        (await Output("fit greek.csv --y λ --resamples 99 --format csv", 80, isPlain: true)).ShouldContain("λ");
        (await Output("fit greek.csv --y λ --resamples 99", 80, isPlain: true)).ShouldContain("lambda");
    }

    [Theory]
    [InlineData("C", false)]
    [InlineData("en_GB.ISO-8859-1", false)]
    [InlineData("C.UTF-8", true)]
    [InlineData("en_GB.utf8", true)]
    public async Task TheLocaleSaysWhichCharactersThereAre(string locale, bool isUnicode)
    {
        using var command = CommandProcess.Start(Folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = locale }, "systems");
        (await command.Finish()).Output.Contains('─').ShouldBe(isUnicode);
    }

    // A terminal shows progress, which pipes do not: names of what is done may come from files, and may be empty.
    [Theory]
    [MemberData(nameof(Commands))]
    [InlineData("collapse ladder.csv")]
    public async Task ATerminalOfItsOwnShowsProgress(string arguments)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("terminals are made by script of util-linux");
        await WriteInputs();
        var program = CommandProcess.Published is { } published ? ShellWord.Quoted(published) : "dotnet " + ShellWord.Quoted(Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll"));
        var start = new ProcessStartInfo("script", ["-qec", $"{program} {arguments}", "/dev/null"]) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, output);
    }

    private async Task WriteInputs()
    {
        var rows = Enumerable.Range(1, 60).SelectMany(x => Enumerable.Range(1, 3).Select(model => FormattableString.Invariant(
            $"{x},{Math.Pow(x * model, -0.5) * (1 + (0.01 * Math.Sin(7 * x * model)))},{Math.Exp(-x / 20.0)},{model}\n")));
        await File.WriteAllTextAsync(Path.Combine(Folder, "data.csv"), "x,y,z,model\n" + string.Concat(rows), TestContext.Current.CancellationToken);
        var ladder = new[] { 1e6, 1e7, 1e8 }.SelectMany(size => Enumerable.Range(1, 2).SelectMany(seed => Enumerable.Range(1, 100).Select(k => FormattableString.Invariant(
            $"{size},{seed},{20 * size * k / 100},{1.5 + (Math.Pow(20 * size * k / 100, -0.3) * 30) + (300 * Math.Pow(size, -0.35)) + (1e-4 * Math.Sin(k * seed * Math.Log(size)))}\n"))));
        await File.WriteAllTextAsync(Path.Combine(Folder, "ladder.csv"), "params,seed,tokens,loss\n" + string.Concat(ladder), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "study.toml"), "title = \"Two lists\"\nsystem = \"phase-retrieval\"\nmethod = \"flow\"\n\n[parameters]\nexponent = [1.5, 2]\ndimension = [100, 1000]\nuntil = 100\n", TestContext.Current.CancellationToken);
    }

    // Paths are of the folder of the test.
    private async Task<string> Output(string arguments, int width, bool isPlain)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var screen = Screen.Of(output, error, width, height: 23, isPlain);
        var words = arguments.Split(' ').Select(word => word is "out" || word.EndsWith(".csv", StringComparison.Ordinal) || word.EndsWith(".toml", StringComparison.Ordinal) ? Path.Combine(Folder, word) : word);
        await EigenflowCommand.RunAsync([.. words], screen);
        return isPlain ? output.ToString() + error : output.ToString();
    }
}
