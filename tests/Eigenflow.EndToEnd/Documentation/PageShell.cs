using System.Diagnostics;
using System.Globalization;

namespace Eigenflow.EndToEnd;

/// <summary>Runs lines of a page as a reader's shell does, with the built command as <c>eigenflow</c> and <c>./eigenflow</c> and no cluster but one that takes every job.</summary>
internal sealed class PageShell
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private readonly string folder;
    private readonly string programs;
    private int runs;

    public PageShell(string folder)
    {
        this.folder = folder;
        programs = Directory.CreateDirectory(Path.Combine(folder, ".programs")).FullName;
        Write("eigenflow", CommandProcess.Published is { } published ? $"exec '{published}' \"$@\"" : $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll")}' \"$@\"");
        Write("sbatch", "echo 1");
        File.CreateSymbolicLink(Path.Combine(folder, "eigenflow"), Path.Combine(programs, "eigenflow"));
    }

    /// <summary>Runs one line; seconds are its processor time with that of its children, which other work on the machine changes little.</summary>
    public async Task<(CommandResult Result, double Seconds)> Run(string line)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var times = Path.Combine(programs, FormattableString.Invariant($"times-{Interlocked.Increment(ref runs)}"));
        foreach (var argument in new[] { "-euo", "pipefail", "-c", $"trap 'times > \"{times}\"' EXIT\n{line}" })
            start.ArgumentList.Add(argument);
        start.Environment["PATH"] = programs + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (new CommandResult(process.ExitCode, await output, await error), Seconds(times));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // The second line of the shell's 'times' is that of its children: 0m1.234s 0m0.567s, user and system.
    private static double Seconds(string times) =>
        File.ReadAllLines(times)[1].Split(' ').Sum(time => time.TrimEnd('s').Split('m') is [var minutes, var seconds]
            ? (60 * double.Parse(minutes, CultureInfo.InvariantCulture)) + double.Parse(seconds, CultureInfo.InvariantCulture)
            : throw new FormatException(time));

    private void Write(string name, string command)
    {
        var path = Path.Combine(programs, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{command}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
