namespace Eigenflow.Tests;

/// <summary>The folder of the repository, in which the tests run.</summary>
internal static class RepositoryRoot
{
    /// <summary>Its path.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Eigenflow.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder.FullName;
    }
}
