using System.Text;

namespace Eigenflow.Tests;

/// <summary>A folder of its own that is deleted at the end.</summary>
/// <param name="isForSmallFiles">Whether it holds small files only, very many of them one after another: then it is in memory where the machine has such a place.</param>
internal sealed class TemporaryFolder(bool isForSmallFiles = false) : IDisposable
{
    private const string InMemory = "/dev/shm";

    private readonly string folder = isForSmallFiles && Directory.Exists(InMemory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(InMemory, "eigenflow-" + Guid.NewGuid().ToString("N"))).FullName
        : Directory.CreateTempSubdirectory("eigenflow-").FullName;

    public string Path(string name) => System.IO.Path.Combine(folder, name);

    public string[] Files() => [.. Directory.GetFiles(folder).Select(file => System.IO.Path.GetFileName(file))];

    public string Write(string name, byte[] bytes)
    {
        // Some file systems flush a file that is cut to nothing and written again, which takes milliseconds; a new one they do not.
        File.Delete(Path(name));
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
