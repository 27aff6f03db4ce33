using System.Runtime.InteropServices;

namespace Eigenflow.Data;

/// <summary>The file system of this machine.</summary>
internal sealed class DiskFiles : IStoreFiles
{
    // Numbers of errors; those of a full quota on Linux and elsewhere.
    private const int Interrupted = 4, InputOutput = 5, NoSpace = 28, Quota = 122, OldQuota = 69;

    public static DiskFiles Instance { get; } = new();

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    // Elsewhere than on Unix the file system keeps names itself; file systems that cannot flush a folder say so, and have nothing to flush.
    public void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Open(path, 0);
        if (folder < 0)
            return;
        try
        {
            int outcome;
            do
                outcome = Flush(folder);
            while (outcome != 0 && Marshal.GetLastPInvokeError() == Interrupted);
            if (outcome != 0 && Marshal.GetLastPInvokeError() is InputOutput or NoSpace or Quota or OldQuota)
                throw new IOException($"{Marshal.GetLastPInvokeErrorMessage()} : '{path}'");
        }
        finally
        {
            _ = Close(folder);
        }
    }

    public long Write(string path, Action<Stream> write, bool isLasting)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        write(stream);
        stream.Flush(flushToDisk: isLasting);
        return stream.Length;
    }

    // On Unix a hard link and the removal of the old name: atomic, also over NFS. File.Move without overwriting looks first and renames then, which is not.
    public bool TryMoveNew(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(from, to) == 0)
            {
                File.Delete(from);
                return true;
            }

            if (File.Exists(to))
                return false;
        }

        // Windows, and file systems without hard links.
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    public bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: true);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // The folder is gone, and the file with it.
        }
    }

    public void DeleteFolder(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was quicker.
        }
    }

    public void DeleteEmptyFolder(string path)
    {
        try
        {
            if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
                Directory.Delete(path);
        }
        catch (IOException)
        {
            // Something has come into it meanwhile.
        }
    }

    // Most files that are asked for are not there, and an exception costs a hundred times as much as a look.
    public byte[]? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public (byte[] Head, byte[] Tail, long Length)? ReadEnds(string path, int tail)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            var head = new byte[Math.Min(4, stream.Length)];
            stream.ReadExactly(head);
            var last = new byte[Math.Min(tail, stream.Length)];
            stream.Position = stream.Length - last.Length;
            stream.ReadExactly(last);
            return (head, last, stream.Length);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public IReadOnlyList<string> Files(string folder) => Names(folder, Directory.EnumerateFiles);

    public IReadOnlyList<string> Folders(string folder) => Names(folder, Directory.EnumerateDirectories);

    private static IReadOnlyList<string> Names(string folder, Func<string, IEnumerable<string>> list)
    {
        if (!Directory.Exists(folder))
            return [];
        try
        {
            return [.. list(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    public void Append(string path, string text) => File.AppendAllText(path, text);
}
