using System.Security.Cryptography;
using Eigenflow.Explorer.Hosting;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>
/// The files that pages handed over in this launch: bounded in number and bytes, under random names that no client chooses, in a folder of this user alone that is removed at the end. The one that was not used for
/// the longest time makes room for a new one.
/// </summary>
/// <param name="folder">Has the folder.</param>
internal sealed class DataStore(FolderGate folder)
{
    /// <summary>Begins the reference to a file in a setting: <c>data:ID/NAME</c>.</summary>
    public const string Scheme = FolderGate.UploadScheme;

    /// <summary>Largest file.</summary>
    public const long LargestFile = 64 << 20;

    private const long MostBytes = 256 << 20;
    private const int MostFiles = 64;
    private const int LongestName = 120;
    private const int MostMade = 4;
    private const int Block = 1 << 16;

    private readonly Lock gate = new();
    private readonly LinkedList<DataFile> files = [];

    /// <summary>Keeps what a page sends.</summary>
    /// <param name="name">The name of the file; its folders are left out.</param>
    /// <param name="contents">Its bytes.</param>
    /// <param name="cancellation">Ends it; nothing is kept then.</param>
    /// <exception cref="ExplorerException">No name, or too large.</exception>
    public async Task<DataFile> Add(string? name, Stream contents, CancellationToken cancellation)
    {
        var (id, path) = Place(CleanName(name));
        try
        {
            long length = 0;
            await using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Block, useAsync: true))
            {
                var block = new byte[Block];
                for (int read; (read = await contents.ReadAsync(block, cancellation)) > 0;)
                {
                    if ((length += read) > LargestFile)
                        throw TooLarge(Path.GetFileName(path));
                    await target.WriteAsync(block.AsMemory(0, read), cancellation);
                }
            }

            return Keep(new DataFile(id, Path.GetFileName(path), path, length));
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    /// <summary>Keeps what the server made of another file; of each file a few of a name, the latest.</summary>
    /// <param name="source">The other file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes it to a path.</param>
    public DataFile Add(DataFile source, string name, Action<string> write)
    {
        var (id, path) = Place(CleanName(name));
        write(path);
        var made = new DataFile(id, Path.GetFileName(path), path, new FileInfo(path).Length) { Source = source.Id };
        DataFile[] older;
        lock (gate)
            older = [.. files.Where(file => file.Source == made.Source && file.Name == made.Name).Skip(MostMade - 1)];
        foreach (var file in older)
            Remove(file.Id);
        return Keep(made);
    }

    /// <summary>A file.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ExplorerException">It is not, or no longer, kept.</exception>
    public DataFile Find(string id)
    {
        lock (gate)
        {
            for (var node = files.First; node is not null; node = node.Next)
            {
                if (!string.Equals(node.Value.Id, id, StringComparison.Ordinal))
                    continue;
                files.Remove(node);
                files.AddFirst(node);
                return node.Value;
            }
        }

        throw new ExplorerException("This file is not kept here any more: the explorer was started anew, or newer files took its place; drop it again.") { Status = StatusCodes.Status404NotFound };
    }

    /// <summary>Forgets a file.</summary>
    /// <param name="id">Its id.</param>
    public void Remove(string id)
    {
        var file = Find(id);
        lock (gate)
            files.Remove(file);
        Delete(file.Path);
    }

    /// <summary>Does something with a file that is not kept afterwards.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What stands in it.</param>
    /// <param name="use">Uses the path.</param>
    public T Once<T>(string name, string text, Func<string, T> use)
    {
        var (_, path) = Place(name);
        try
        {
            File.WriteAllText(path, text);
            return use(path);
        }
        finally
        {
            Delete(path);
        }
    }

    /// <summary>Words without the place in which files lie: they name a file as the user does.</summary>
    /// <param name="words">The words.</param>
    public string Plain(string words)
    {
        var start = folder.Uploads + Path.DirectorySeparatorChar;
        for (int at; (at = words.IndexOf(start, StringComparison.Ordinal)) >= 0;)
        {
            var name = words.IndexOf(Path.DirectorySeparatorChar, at + start.Length);
            words = name < 0 ? words.Remove(at, start.Length) : words.Remove(at, name + 1 - at);
        }

        return words;
    }

    /// <summary>The refusal of a file that is too large.</summary>
    private static ExplorerException TooLarge(string name) => new(
        $"{name} is larger than {LargestFile >> 20} MB, the most that a page hands over; use the command line, which reads files of any size: eigenflow fit, fit-schedule or spectrum FILE.")
    { Status = StatusCodes.Status413PayloadTooLarge };

    private static string CleanName(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var clean = string.Concat(last.Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' or ' ' or '(' or ')' or '=' or '+' or ',' ? letter : '_')).Trim(' ', '.');
        if (clean.Length > LongestName)
            clean = clean[..(LongestName - Math.Min(20, Path.GetExtension(clean).Length))] + (Path.GetExtension(clean) is { Length: <= 20 } ending ? ending : "");
        return clean.Length > 0 ? clean : throw new ExplorerException("A file needs a name, which tells how it is read: POST /api/data?name=losses.csv.");
    }

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone already, or removed with the folder at the end.
        }
    }

    private (string Id, string Path) Place(string name)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return (id, Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Uploads, id)).FullName, name));
    }

    private DataFile Keep(DataFile file)
    {
        var gone = new List<DataFile>();
        lock (gate)
        {
            files.AddFirst(file);
            while (files.Count > 1 && (files.Count > MostFiles || files.Sum(one => one.Length) > MostBytes))
            {
                gone.Add(files.Last!.Value);
                files.RemoveLast();
            }
        }

        foreach (var one in gone)
            Delete(one.Path);
        return file;
    }
}
