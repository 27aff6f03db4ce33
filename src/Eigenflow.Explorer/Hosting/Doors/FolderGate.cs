using Eigenflow.Data;

namespace Eigenflow.Explorer.Hosting;

/// <summary>The files that the explorer reads: those below the folder that was given on the command line, wherever links lead, and what was handed to it in this session.</summary>
/// <param name="options">The folder.</param>
internal sealed class FolderGate(ExplorerOptions options) : IDisposable
{
    /// <summary>Begins the name of what was handed over in this session: <c>data:ID/NAME</c>.</summary>
    public const string UploadScheme = "data:";

    private readonly string? root = options.Folder is { } folder ? RealPath.Of(Path.GetFullPath(folder)) : null;
    private readonly Lock gate = new();
    private string? uploads;

    /// <summary>Whether there is a folder whose files may be read.</summary>
    public bool IsOpen => root is not null;

    /// <summary>The folder, without links; null without one.</summary>
    public string? Root => root;

    /// <summary>A folder of this session for what a browser hands over; it is removed at the end. Its files may be read.</summary>
    public string Uploads
    {
        get
        {
            lock (gate)
                return uploads ??= RealPath.Of(Directory.CreateTempSubdirectory("eigenflow-explorer-").FullName);
        }
    }

    /// <summary>The full path of a file or folder that a request names.</summary>
    /// <param name="relativePath">Path below the folder, with / between names.</param>
    /// <exception cref="ExplorerException">It is no such path, leads outside, or no folder was given.</exception>
    public string Resolve(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        if (root is null)
            throw Refused(relativePath, "this explorer was started without a folder; start it with one: eigenflow explore --folder DIR");
        if (relativePath.Length == 0 || relativePath.Any(char.IsControl))
            throw Refused(relativePath, "a path has at least one letter, and no control characters");
        if (relativePath.Contains('\\', StringComparison.Ordinal) || relativePath[0] is '/' or '~' || Path.IsPathRooted(relativePath) || IsDrive(relativePath))
            throw Refused(relativePath, "paths are those below the folder, such as results/curve.csv, with / between names");
        if (relativePath.Split('/').Contains("..", StringComparer.Ordinal))
            throw Refused(relativePath, "a path may not hold '..'");
        return Inside(relativePath, Path.Combine(root, relativePath));
    }

    /// <summary>The rule for paths within settings: as <see cref="Resolve"/>, full paths of files that may be read, and <c>data:ID/NAME</c> for what was handed over.</summary>
    /// <param name="path">The path as it stands in the setting.</param>
    /// <exception cref="ExplorerException">It may not be read.</exception>
    public string Admit(string path) => path.StartsWith(UploadScheme, StringComparison.Ordinal) ? HandedOver(path)
        : path.Length > 0 && Path.IsPathFullyQualified(path) && !path.Any(char.IsControl) ? Inside(path, Path.GetFullPath(path))
        : Resolve(path);

    /// <summary>Removes what was handed over.</summary>
    public void Dispose()
    {
        if (uploads is null)
            return;
        try
        {
            Directory.Delete(uploads, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The system clears its folder of temporary files.
        }
    }

    // An id and a name, of letters that lead nowhere else.
    private string HandedOver(string path)
    {
        var parts = path[UploadScheme.Length..].Split('/');
        if (parts is not [{ Length: > 0 } id, { Length: > 0 } name] || !id.All(char.IsAsciiHexDigitLower) || name is "." or ".." || name.Any(letter => char.IsControl(letter) || letter == '\\'))
            throw Refused(path, "it is none of the files that were handed over, which are named data:ID/NAME");
        var full = Path.Combine(Uploads, id, name);
        return Directory.Exists(Path.GetDirectoryName(full)) ? Inside(path, full) : throw Refused(path, "this file is not kept here any more; hand it over again");
    }

    private static bool IsDrive(string path) => path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]);

    private static bool IsBelow(string real, string? folder) =>
        folder is not null && real.StartsWith(folder, StringComparison.Ordinal) && (real.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || real[folder.Length] == Path.DirectorySeparatorChar);

    private static ExplorerException Refused(string path, string reason) => new($"The file '{Shown(path)}' is not read: {reason}.") { Status = 403 };

    private static string Shown(string path)
    {
        const int most = 200;
        return PrintableText.Line(path.Length > most ? path[..most] + "..." : path);
    }

    private string Inside(string named, string full)
    {
        string real;
        try
        {
            real = RealPath.Of(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(named, "its links cannot be followed");
        }

        if (!IsBelow(real, root) && !IsBelow(real, uploads))
            throw Refused(named, root is null ? "this explorer was started without a folder; start it with one: eigenflow explore --folder DIR" : "it lies outside the folder that was given on the command line");
        return InputFile.SpecialKind(real) is { } kind ? throw Refused(named, $"it is {kind}, and not a file with contents") : real;
    }
}
