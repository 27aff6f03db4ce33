using System.ComponentModel;
using System.Diagnostics;

namespace Eigenflow.Benchmarks;

/// <summary>
/// The peers' programs, carried inside the assembly and unpacked for a benchmark: Python scripts for NumPy, PyTorch and SciPy, and a C program for CVODE that is
/// compiled with the machine's compiler.
/// </summary>
internal sealed class PeerFiles : IDisposable
{
    private const string Prefix = "peers/";

    private PeerFiles(string folder) => Folder = folder;

    /// <summary>The temporary folder.</summary>
    public string Folder { get; }

    public static PeerFiles Unpack()
    {
        var folder = Directory.CreateTempSubdirectory("eigenflow-bench-").FullName;
        var assembly = typeof(PeerFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var source = assembly.GetManifestResourceStream(name)!;
            using var target = File.Create(Path.Combine(folder, name[Prefix.Length..]));
            source.CopyTo(target);
        }

        return new PeerFiles(folder);
    }

    /// <summary>Starts a peer; null when it is not installed.</summary>
    public WorkerProcess? Start(string peer, int? core) => peer switch
    {
        "numpy" or "torch" or "scipy" => StartPython($"{peer}_peer.py", core),
        "cvode" => Compile() is { } program ? WorkerProcess.TryStart(core, Folder, program) : null,
        _ => null,
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // The system's Python first: that is where the packages of the distribution are.
    private WorkerProcess? StartPython(string script, int? core) =>
        WorkerProcess.TryStart(core, Folder, "/usr/bin/python3", script) ?? WorkerProcess.TryStart(core, Folder, "python3", script);

    private string? Compile()
    {
        var program = Path.Combine(Folder, "cvode_peer");
        string[] arguments =
        [
            "-O3", "-march=native", "-ffast-math", "-o", program, Path.Combine(Folder, "cvode_peer.c"),
            "-lsundials_cvode", "-lsundials_nvecserial", "-lsundials_sunlinsolspgmr", "-lsundials_generic", "-lm",
        ];
        try
        {
            using var compiler = Process.Start(new ProcessStartInfo("cc", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? program : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
