namespace Eigenflow.Browser;

/// <summary>A folder of its own for a test.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("eigenflow-browser-").FullName;

    public string Path(string name) => System.IO.Path.Combine(folder, name);

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
