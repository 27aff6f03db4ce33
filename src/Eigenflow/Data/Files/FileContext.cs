using System.Collections.Concurrent;

namespace Eigenflow.Data;

/// <summary>
/// How this flow of control keeps files: the file system, the process in whose name temporary files stand, and the steps by which a file lasts. All results are written through the
/// current one, so that a test, or a host, can put another in its place.
/// </summary>
/// <param name="files">The file system.</param>
/// <param name="identity">The process that temporary files are named by; the next one removes them once this has ended.</param>
/// <param name="isJournal">Whether the files that are written are remembered.</param>
internal sealed class FileContext(IStoreFiles files, ProcessIdentity identity, bool isJournal = false)
{
    // Two of them: the folder of the result, or that of the temporary file, was deleted in between.
    private const int Trials = 3;
    private static readonly AsyncLocal<FileContext?> Ambient = new();
    private static readonly FileContext Disk = new(DiskFiles.Instance, ProcessIdentity.Current);
    private readonly ConcurrentDictionary<string, byte> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> journal = new(StringComparer.Ordinal);

    /// <summary>The one of this flow of control; it flows into the threads and tasks that are started here.</summary>
    public static FileContext Current
    {
        get => Ambient.Value ?? Disk;
        set => Ambient.Value = value;
    }

    /// <summary>The file system.</summary>
    public IStoreFiles Files => files;

    /// <summary>The process that temporary files are named by.</summary>
    public ProcessIdentity Identity => identity;

    /// <summary>The same, with a journal of what is written.</summary>
    public FileContext WithJournal() => new(files, identity, isJournal: true);

    /// <summary>Called once, before the first result is written: what has to be there before it.</summary>
    public Action? BeforeFirst { get; set; }

    /// <summary>Says that a file is a result that has to be there in the end.</summary>
    public void Expect(string path)
    {
        if (!isJournal)
            return;
        journal[path] = 0;
        lock (journal)
        {
            var first = BeforeFirst;
            BeforeFirst = null;
            first?.Invoke();
        }
    }

    /// <summary>The files of the journal that are no longer there, in ordinal order.</summary>
    public IReadOnlyList<string> Vanished() => [.. journal.Keys.Where(path => !File.Exists(path)).Order(StringComparer.Ordinal)];

    /// <summary>Makes a folder and those above it, each flushed into the one above; the first time also where it is there already, as whoever made it may not have come so far.</summary>
    public void CreateFolder(string folder)
    {
        var isThere = Directory.Exists(folder);
        if (isThere && known.ContainsKey(folder))
            return;
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above)
        {
            CreateFolder(above);
            if (!isThere)
                files.CreateFolder(folder);
            files.FlushFolder(above);
        }

        known[folder] = 0;
    }

    /// <summary>
    /// Puts a file in its place so that it is there, whole, also after a power cut, once this returns: its folder, the contents under a temporary name, flushed, renamed, and the
    /// folder flushed. Where another process takes the temporary file or the folder away in between, as it does of an owner that was silent for long, it is done again.
    /// </summary>
    /// <param name="temporary">Full path of the temporary file, on the file system of the result.</param>
    /// <param name="path">Full path of the result.</param>
    /// <param name="write">Writes the contents; may be called again.</param>
    /// <exception cref="IOException">It cannot be done.</exception>
    public void Place(string temporary, string path, Action<Stream> write)
    {
        for (var trial = 1; ; trial++)
        {
            try
            {
                CreateFolder(Path.GetDirectoryName(path)!);
                CreateFolder(Path.GetDirectoryName(temporary)!);
                var length = files.Write(temporary, write, isLasting: true);

                // Over NFS an answer that was lost makes a rename that succeeded look as if the source were gone.
                if (files.TryMove(temporary, path) || files.ReadEnds(path, 0)?.Length == length)
                {
                    files.FlushFolder(Path.GetDirectoryName(path)!);
                    return;
                }

                if (trial == Trials)
                    throw new IOException($"{temporary} vanished before it could be renamed");
            }
            catch (DirectoryNotFoundException) when (trial < Trials)
            {
                // The folder was deleted in between.
            }
        }
    }

    /// <summary>A name in a folder for a file that is not finished; a later process removes it when this one has ended.</summary>
    public string Temporary(string folder) => Path.Combine(folder, $".{identity.NewName()}.tmp");

    /// <summary>Removes the temporary files that processes of this machine have left in a folder and that are known to have ended; once per folder.</summary>
    public void Clean(string folder)
    {
        if (known.ContainsKey(folder))
            return;
        try
        {
            foreach (var name in files.Files(folder))
            {
                if (name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal) && ProcessIdentity.Parse(name[1..^".tmp".Length])?.HasEnded == true)
                    files.Delete(Path.Combine(folder, name));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next process does it.
        }
    }
}

/// <summary>Forms of the steps of <see cref="IStoreFiles"/>.</summary>
internal static class StoreFilesForms
{
    /// <summary>Writes bytes.</summary>
    public static void Write(this IStoreFiles files, string path, ReadOnlyMemory<byte> bytes, bool isLasting) => files.Write(path, stream => stream.Write(bytes.Span), isLasting);
}
