using System.IO.Compression;

namespace Eigenflow.Data;

/// <summary>Arrays of an .npz archive: the only one, or the one that FILE.npz:NAME names. It is unpacked into memory, or into a temporary file when it is large.</summary>
internal static class NpzFile
{
    private const string Mark = ".npz:";
    private const string Expected = "an .npz archive with one array, or FILE.npz:NAME";
    private const int LargestInMemory = 1 << 26;
    private const int MostNames = 20;

    /// <summary>The archive and the array of FILE.npz:NAME; null for other paths and where there is no such file.</summary>
    public static (string File, string Name)? Split(string path)
    {
        var place = path.LastIndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        return place < 0 || File.Exists(path) || !File.Exists(path[..(place + 4)]) ? null : (path[..(place + 4)], path[(place + Mark.Length)..]);
    }

    /// <summary>Opens an array.</summary>
    /// <exception cref="InputFileException">No zip archive, no or several arrays, or a damaged one.</exception>
    public static RowSource Open(string path)
    {
        var split = Split(path);
        var (file, name) = (split?.File ?? path, split?.Name);
        try
        {
            using var archive = ZipFile.OpenRead(file);
            var entry = Find(path, archive, name);
            return new NpyRows(path, Unpack(path, entry));
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException)
        {
            throw new InputFileException(path, $"it cannot be unpacked ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", Expected, inner: exception);
        }
    }

    private static ZipArchiveEntry Find(string path, ZipArchive archive, string? name)
    {
        ZipArchiveEntry[] arrays = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal))];
        if (arrays.Length == 0)
            throw new InputFileException(path, "it holds no arrays (.npy)", Expected);
        if (name is null && arrays.Length == 1)
            return arrays[0];
        var names = string.Join(", ", arrays.Take(MostNames).Select(entry => entry.FullName[..^4])) + (arrays.Length > MostNames ? ", …" : "");
        if (name is null)
            throw new InputFileException(path, $"it holds {arrays.Length} arrays ({names})", $"the name of one after a colon, such as {path}:{arrays[0].FullName[..^4]}");
        return Array.Find(arrays, entry => string.Equals(entry.FullName, name + ".npy", StringComparison.Ordinal) || string.Equals(entry.FullName, name, StringComparison.Ordinal))
            ?? throw new InputFileException(path, $"it holds no array '{name}'", $"one of {names}");
    }

    // On Unix it has no name from the beginning, so that nothing is left of a process that is killed.
    private static FileStream Unnamed()
    {
        var stream = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!OperatingSystem.IsWindows())
            File.Delete(stream.Name);
        return stream;
    }

    private static Stream Unpack(string path, ZipArchiveEntry entry)
    {
        // The header must promise what the archive does, before anything of that size is written.
        var size = entry.Length;
        using (var head = entry.Open())
            NpyReader.Open(path, head, size);
        if (size > LargestInMemory && new DriveInfo(Path.GetFullPath(Path.GetTempPath())).AvailableFreeSpace is var free && free < size)
            throw new InputFileException(path, FormattableString.Invariant($"the array has {size} bytes, and {free} are free in the folder of temporary files"), "an array that can be unpacked there, or a .npy file");
        Stream target = size <= LargestInMemory
            ? new MemoryStream((int)size)
            : Unnamed();
        try
        {
            using var source = entry.Open();
            var buffer = new byte[1 << 16];
            var left = size;
            for (int read; left > 0 && (read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left))) > 0; left -= read)
                target.Write(buffer, 0, read);
            if (left > 0)
                throw new InputFileException(path, FormattableString.Invariant($"the array ends {left} bytes early"), "an archive that is whole");
            target.Position = 0;
            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }
}
