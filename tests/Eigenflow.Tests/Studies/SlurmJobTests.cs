using System.Diagnostics;
using System.Text;
using Eigenflow.Data;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

public sealed class SlurmJobTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("plain")]
    [InlineData("two words")]
    [InlineData("100 %A %%")]
    [InlineData("it's \"quoted\"")]
    [InlineData("$(touch pwned) `touch pwned` $HOME")]
    [InlineData("-rf --output=x")]
    [InlineData("a#b; touch pwned & * ? [x] {y} ~ ! < > ( )")]
    [InlineData("日本 é")]
    public void EveryPathReachesBashAndSlurmAsItIs(string name)
    {
        var program = folder.Write("the program's \"own\" $name", "#!/bin/bash\nprintf '%s\\0' \"$@\" >> \"$RECORD\"\nprintf '\\n' >> \"$RECORD\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var place = folder.Path(name);
        var (array, collect) = SlurmJob.WriteScripts(TinySystem.Study(new TinySystem(), 4), place, new SlurmRequest { Tasks = 2, Arguments = ["--retry-failed"] }, [program]);
        foreach (var script in new[] { array, collect })
        {
            Bash("-n", script).ShouldBe(0);
            Bash(script).ShouldBe(0);
        }

        var calls = File.ReadAllText(folder.Path("record")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(call => call.TrimEnd('\0').Split('\0')).ToArray();
        calls[0].ShouldBe(["sweep", Path.Combine(place, "study.toml"), "--out", place, "--shard", "1/2", "--jobs", "3", "--retry-failed"]);
        calls[1].ShouldBe(["collect", place]);
        calls[2].ShouldBe(["report", place]);
        calls.Length.ShouldBe(3);
        folder.Files().ShouldNotContain("pwned");
        LogOf(array).ShouldBe(Path.Combine(place, "slurm", "array-JOB-TASK.log"));
        LogOf(collect).ShouldBe(Path.Combine(place, "slurm", "collect-JOB.log"));
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("back\\slash")]
    [InlineData("turned\u202Eround")]
    [InlineData("bell\a")]
    public void APathThatSlurmCannotTakeIsRefusedBeforeAnythingIsWritten(string name)
    {
        var error = Should.Throw<ParameterException>(() => SlurmJob.WriteScripts(TinySystem.Study(new TinySystem(), 1), folder.Path(name), new SlurmRequest(), ["eigenflow"]));
        error.Message.ShouldContain("Slurm cannot write logs to it");
        PrintableText.IsPrintable(error.Message).ShouldBeTrue();
        Directory.Exists(folder.Path(name)).ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private int Bash(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", arguments) { UseShellExecute = false, WorkingDirectory = folder.Path("."), RedirectStandardError = true };
        (start.Environment["RECORD"], start.Environment["SLURM_ARRAY_TASK_ID"], start.Environment["SLURM_CPUS_PER_TASK"]) = (folder.Path("record"), "1", "3");
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd().ShouldBeEmpty();
        process.WaitForExit();
        return process.ExitCode;
    }

    // As sbatch reads a line of options (src/sbatch/opt.c, _get_argument) and the name of a log (man sbatch, filename pattern).
    private static string LogOf(string script)
    {
        const string option = "#SBATCH --output=";
        var line = File.ReadLines(script).Single(one => one.StartsWith(option, StringComparison.Ordinal))[option.Length..];
        var value = new StringBuilder();
        var (isEscaped, quote) = (false, '\0');
        foreach (var letter in line)
        {
            if (!isEscaped && letter == '\\')
            {
                isEscaped = true;
                continue;
            }

            if (!isEscaped && quote == '\0' && (letter == '#' || char.IsWhiteSpace(letter)))
                break;
            if (!isEscaped && (letter == quote || (quote == '\0' && letter is '"' or '\'')))
                quote = quote == '\0' ? letter : '\0';
            else
                value.Append(letter);
            isEscaped = false;
        }

        value.ToString().ShouldNotContain("\\");
        return value.ToString().Replace("%%", "\0", StringComparison.Ordinal).Replace("%A", "JOB", StringComparison.Ordinal).Replace("%j", "JOB", StringComparison.Ordinal).Replace("%a", "TASK", StringComparison.Ordinal).Replace('\0', '%');
    }
}
