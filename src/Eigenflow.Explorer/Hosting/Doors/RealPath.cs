namespace Eigenflow.Explorer.Hosting;

/// <summary>Paths without links.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path that the links within a path lead to. The last names may be missing.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="IOException">The links go round in circles.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Path.TrimEndingDirectorySeparator(Follow(Path.GetFullPath(path), ref links));
    }

    private static string Follow(string path, ref int links)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var name in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException("too many links");
            real = Follow(Path.GetFullPath(target, real), ref links);
        }

        return real;
    }
}
