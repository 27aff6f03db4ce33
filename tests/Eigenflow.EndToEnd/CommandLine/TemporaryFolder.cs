namespace Eigenflow.EndToEnd;

/// <summary>A new empty folder that is deleted afterwards.</summary>
public class TemporaryFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("eigenflow-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
