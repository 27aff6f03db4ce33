using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Eigenflow.EndToEnd;

/// <summary>What a finished process left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>The command <c>eigenflow</c> as a process of its own.</summary>
internal sealed class CommandProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly Process process;
    private readonly Task<string> output;
    private readonly List<string> errors = [];
    private readonly TaskCompletionSource errorsEnded = new();

    /// <summary>A published program that can be put in place of the build output, or null.</summary>
    public static string? Published => Environment.GetEnvironmentVariable("EIGENFLOW_COMMAND");

    private CommandProcess(string folder, IReadOnlyDictionary<string, string> variables, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Published ?? "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        if (Published is null)
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Eigenflow.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                errorsEnded.TrySetResult();
                return;
            }

            lock (errors)
                errors.Add(line.Data);
        };
        process.Start();
        process.BeginErrorReadLine();
        output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Starts it in a folder.</summary>
    public static CommandProcess Start(string folder, params IEnumerable<string> arguments) =>
        new(folder, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts it in a folder with environment variables.</summary>
    public static CommandProcess Start(string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments) => new(folder, variables, arguments);

    /// <summary>Runs it to its end.</summary>
    public static async Task<CommandResult> Run(string folder, string arguments)
    {
        using var command = Start(folder, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return await command.Finish();
    }

    /// <summary>Sends the signal of Ctrl-C.</summary>
    public void Interrupt()
    {
        const int interrupt = 2;
        Signal(interrupt);
    }

    /// <summary>Sends a signal by its number; skips the test where the caller ignores it, and so does the command then.</summary>
    public void Signal(int number)
    {
        if (IsIgnored(number))
        {
            Kill();
            Assert.Skip($"the caller ignores the signal {number}, as nohup and a script that puts the tests in the background do");
        }

        kill(process.Id, number).ShouldBe(0);
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public void Kill() => process.Kill();

    // A bit per signal, from the first on.
    private static bool IsIgnored(int signal) => File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && ((ulong.Parse(mask["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1)) & 1) == 1;

    /// <summary>Waits until a line of the messages begins with a text.</summary>
    public async Task WaitForMessage(string beginning)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            lock (errors)
            {
                if (errors.Exists(line => line.StartsWith(beginning, StringComparison.Ordinal)))
                    return;
            }

            process.HasExited.ShouldBeFalse($"the process ended before it said '{beginning}'");
            await Task.Delay(20);
        }

        throw new TimeoutException($"'{beginning}' was not said within {Limit}.");
    }

    /// <summary>Waits for its end.</summary>
    public async Task<CommandResult> Finish()
    {
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        await errorsEnded.Task;
        return new CommandResult(process.ExitCode, await output, string.Join('\n', errors));
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int processId, int signal);
}
