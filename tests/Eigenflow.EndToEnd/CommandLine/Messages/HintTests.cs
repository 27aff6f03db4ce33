using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Eigenflow.EndToEnd;

/// <summary>What a message tells to type can be typed as it is printed, also where names hold blanks.</summary>
public sealed partial class HintTests : TemporaryFolder
{
    [Fact]
    public async Task TheSavedSpectrumIsUsedAsPrinted()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "my data's.csv"), string.Concat(Enumerable.Range(0, 60).Select(k => FormattableString.Invariant($"{Math.Sin(k)},{0.5 * Math.Cos(3 * k)},{0.25 * Math.Sin(7 * k)}\n"))), TestContext.Current.CancellationToken);
        using var command = CommandProcess.Start(Folder, "spectrum", "my data's.csv", "--out", "my out");
        var result = await command.Finish();
        result.ExitCode.ShouldBe(0, result.Error);
        var hint = result.Error.Split("use it: eigenflow ")[1].Split('\n')[0];
        (await Typed(hint + " --until 1 --points 2 --quiet --format json")).ShouldStartWith("{");
    }

    [Fact]
    public async Task TheProposedScheduleIsUsedAsPrinted()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "losses.csv"), Losses(""), TestContext.Current.CancellationToken);
        using var command = CommandProcess.Start(Folder, "fit-schedule", "losses.csv", "--optimize", "--out", "my out", "--resamples", "20", "--restarts", "10");
        var result = await command.Finish();
        result.ExitCode.ShouldBe(0, result.Error);
        var hint = result.Error.Split("use the proposed schedule: ")[1].Split('\n')[0];
        (await Typed($"run functional-scaling-law --features 8 --model-size 4 --points 2 --steps 600 --quiet --format json {hint}")).ShouldStartWith("{");
    }

    [Fact]
    public async Task AnotherSplitIsChosenAsPrinted()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "losses.csv"), Losses("my loss"), TestContext.Current.CancellationToken);
        using var command = CommandProcess.Start(Folder, "fit-schedule", "losses.csv", "--loss", "my loss", "--resamples", "20", "--restarts", "10");
        var result = await command.Finish();
        result.ExitCode.ShouldBe(0, result.Error);
        var hint = Hint().Match(result.Output + result.Error).Value;
        hint.ShouldBe("--loss 'my loss@train set'");
        (await Typed($"fit-schedule losses.csv {hint} --resamples 20 --restarts 10 --format json")).ShouldStartWith("{");
    }

    [Theory]
    [InlineData("plain-1.csv", "plain-1.csv")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("a<b>|c&d", "'a<b>|c&d'")]
    [InlineData("", "''")]
    public void WordsAreQuotedForAShell(string word, string expected) => ShellWord.Quoted(word).ShouldBe(expected);

    // A decay behind a constant rate, so that the forgetting kernel can be told; rows of two sets where a name of the losses is given.
    private static string Losses(string name)
    {
        var isSplit = name.Length > 0;
        var text = new System.Text.StringBuilder($"step,{(isSplit ? name : "loss")},learning_rate{(isSplit ? ",split" : "")}\n");
        for (var step = 5; step <= 600; step += 5)
        {
            var rate = 1e-2 * (step < 400 ? 1 : Math.Exp(-(step - 400) / 60.0));
            var loss = 2.5 + (3 * Math.Pow(step, -0.5)) - (20 * (1e-2 - rate)) + (0.002 * Math.Sin(step * step));
            text.Append(FormattableString.Invariant($"{step},{loss},{rate}{(isSplit ? ",validation" : "")}\n"));
            if (isSplit)
                text.Append(FormattableString.Invariant($"{step},{loss - 0.01},{rate},train set\n"));
        }

        return text.ToString();
    }

    // As a shell reads it.
    private async Task<string> Typed(string line)
    {
        var program = CommandProcess.Published is { } published ? ShellWord.Quoted(published) : $"dotnet {ShellWord.Quoted(Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll"))}";
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{program} {line}"]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Folder })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0, line);
        return output;
    }

    [GeneratedRegex(@"--loss '[^']+'", RegexOptions.None, 1000)]
    private static partial Regex Hint();
}
