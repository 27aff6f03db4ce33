using System.Diagnostics;

namespace Eigenflow.Benchmarks;

/// <summary>A contestant of a benchmark: a process that measures itself and answers on its standard output.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;

    private WorkerProcess(Process process, string name, string version) => (this.process, Name, Version) = (process, name, version);

    /// <summary>Name, such as <c>numpy</c>.</summary>
    public string Name { get; }

    /// <summary>Version of the library behind it.</summary>
    public string Version { get; }

    /// <summary>Starts a worker on one core; null when it cannot run on this machine.</summary>
    /// <param name="core">The core, or null for all.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="command">Program and arguments.</param>
    public static WorkerProcess? TryStart(int? core, string folder, params string[] command)
    {
        var line = core is { } number && File.Exists("/usr/bin/taskset")
            ? ["/usr/bin/taskset", "-c", number.ToString(System.Globalization.CultureInfo.InvariantCulture), .. command]
            : command;
        var start = new ProcessStartInfo(line[0])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in line.Skip(1))
            start.ArgumentList.Add(argument);

        // One thread each, and the fastest kernel that the library has for this processor.
        foreach (var variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[variable] = "1";
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardInput.WriteLine("hello");
            process.StandardInput.Flush();
            if (process.StandardOutput.ReadLine() is { } answer && WorkerMessage.Parse(answer, isRequest: false) is { } hello && hello["name"] is { } name)
                return new WorkerProcess(process, name, hello["version"] ?? "");
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            // Not installed on this machine: the benchmark goes on without it.
        }

        process?.Dispose();
        return null;
    }

    /// <summary>Asks for one measurement.</summary>
    /// <exception cref="InvalidOperationException">The worker has ended, or says that it cannot.</exception>
    public WorkerMessage Ask(WorkerMessage request)
    {
        process.StandardInput.WriteLine(request.ToString());
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"the worker {Name} has ended");
        var answer = WorkerMessage.Parse(line, isRequest: false);
        return answer["error"] is { } error ? throw new InvalidOperationException($"{Name}: {error}") : answer;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
