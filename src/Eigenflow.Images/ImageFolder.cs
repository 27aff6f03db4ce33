using Eigenflow.Data;

namespace Eigenflow.Images;

/// <summary>The image files of a folder, or of the folders below it where it holds none itself (one folder per class).</summary>
/// <param name="Files">Paths, in the ordinal order of the path below the folder.</param>
/// <param name="Notes">What was found where, and which images are of kinds that are not read.</param>
internal sealed record ImageFolder(IReadOnlyList<string> Files, IReadOnlyList<string> Notes)
{
    private const int Deepest = 16;
    private const int NamedFolders = 10;
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];
    private static readonly string[] OtherEndings = [".tif", ".tiff", ".bmp", ".gif", ".webp", ".jp2", ".heic", ".avif", ".pgm", ".ppm", ".exr", ".dcm", ".svg"];

    /// <summary>Looks for images. Links to folders are not followed, folders whose names begin with a dot are left out.</summary>
    /// <exception cref="InputFileException">A folder cannot be read.</exception>
    public static ImageFolder Find(string folder)
    {
        try
        {
            var files = new List<(string Path, string Below)>();
            var closed = new List<string>();
            Walk(folder, "", 0, files, closed);
            var images = files.Where(file => Endings.Contains(Ending(file.Path), StringComparer.Ordinal)).ToList();
            var own = images.Where(file => file.Below.Length == 0).ToList();
            var used = own.Count > 0 ? own : images;
            return new ImageFolder([.. used.OrderBy(file => file.Below + "/" + Path.GetFileName(file.Path), StringComparer.Ordinal).Select(file => file.Path)], [.. Describe(files, images, own), .. closed.Select(name => $"the folder {name} cannot be read")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable(folder, "a folder with PNG or JPEG images", exception);
        }
    }

    private static IEnumerable<string> Describe(List<(string Path, string Below)> files, List<(string Path, string Below)> images, List<(string Path, string Below)> own)
    {
        var below = images.Where(file => file.Below.Length > 0).GroupBy(file => file.Below, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (below.Length > 0)
        {
            var names = string.Join(", ", below.Take(NamedFolders).Select(group => $"{group.Key} {group.Count()}")) + (below.Length > NamedFolders ? ", …" : "");
            yield return own.Count == 0
                ? $"images of {below.Length} folder{(below.Length == 1 ? "" : "s")} below were read ({names})"
                : $"{images.Count - own.Count} images in folders below were not read ({names}), because the folder itself holds {own.Count}";
        }

        var others = files.GroupBy(file => Ending(file.Path), StringComparer.Ordinal).Where(group => OtherEndings.Contains(group.Key, StringComparer.Ordinal)).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (others.Length > 0)
            yield return $"images of other kinds were not read ({string.Join(", ", others.Select(group => $"{group.Key} {group.Count()}"))}): write them as PNG, with 8 or 16 bits";
    }

    private static string Ending(string path) => Path.GetExtension(path).ToLowerInvariant();

    private static void Walk(string folder, string below, int depth, List<(string Path, string Below)> files, List<string> closed)
    {
        files.AddRange(Directory.GetFiles(folder).Select(path => (path, below)));
        if (depth == Deepest)
            return;
        foreach (var inner in new DirectoryInfo(folder).GetDirectories().Where(inner => inner.LinkTarget is null && !inner.Name.StartsWith('.')))
        {
            var name = below.Length == 0 ? inner.Name : $"{below}/{inner.Name}";
            try
            {
                Walk(inner.FullName, name, depth + 1, files, closed);
            }
            catch (UnauthorizedAccessException)
            {
                closed.Add(name);
            }
        }
    }
}
