namespace Eigenflow.Explorer.DataFiles;

/// <summary>A file that was handed over by a page.</summary>
/// <param name="Id">What it is asked for by: random, and no path.</param>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record DataFile(string Id, string Name, string Path, long Length)
{
    /// <summary>The id of the file that it was made of; null where it was handed over.</summary>
    public string? Source { get; init; }

    /// <summary>What stands in a setting in its place.</summary>
    public string Reference => $"{DataStore.Scheme}{Id}/{Name}";
}
