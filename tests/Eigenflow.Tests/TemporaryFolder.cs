namespace Eigenflow.Tests;

/// <summary>A folder of its own that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eigenflow-").FullName;

    public string Path(string name) => System.IO.Path.Combine(folder, name);

    public string[] Files() => [.. Directory.GetFiles(folder).Select(file => System.IO.Path.GetFileName(file))];

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
