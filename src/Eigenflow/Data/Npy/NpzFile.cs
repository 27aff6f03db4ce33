using System.Buffers.Binary;
using System.IO.Compression;

namespace Eigenflow.Data;

/// <summary>Arrays of an .npz archive: the only one, or the one that FILE.npz:NAME names. It is unpacked into memory, or into a temporary file when it is large.</summary>
internal static class NpzFile
{
    private const string Mark = ".npz:";
    private const string Expected = "an .npz archive with one array, or FILE.npz:NAME";
    private const int LargestInMemory = 1 << 26;

    // Numbers that are measured are not packed so tightly; an archive of a megabyte must not fill a disk.
    private const long LargestAnyhow = 1L << 28;
    private const int LargestRatio = 100;
    private const int LargestDirectory = 1 << 23;
    private const int MostNames = 20;

    /// <summary>The archive and the array of FILE.npz:NAME; null for other paths and where there is no such file.</summary>
    public static (string File, string Name)? Split(string path)
    {
        var place = path.LastIndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        return place < 0 || InputFile.Exists(path) || !InputFile.Exists(path[..(place + 4)]) ? null : (path[..(place + 4)], path[(place + Mark.Length)..]);
    }

    /// <summary>Opens an array.</summary>
    /// <exception cref="InputFileException">No zip archive, no or several arrays, or a damaged one.</exception>
    public static RowSource Open(string path)
    {
        var split = Split(path);
        var (file, name) = (split?.File ?? path, split?.Name);
        using var stream = InputFile.Open(file, Expected);
        try
        {
            CheckDirectory(path, stream);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var entry = Find(path, archive, name);
            return new NpyRows(path, Unpack(path, entry));
        }
        catch (Exception exception) when (exception is not (EigenflowException or IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            // The reader of the format throws many kinds of errors on damaged bytes.
            throw new InputFileException(path, $"it cannot be unpacked ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", Expected, inner: exception);
        }
    }

    // All entries are listed before one is read: the list is as long as the file says, and not as its first number does.
    private static void CheckDirectory(string path, FileStream stream)
    {
        const int LargestEnd = 22 + ushort.MaxValue, Offset = 16, LongOffset = 48;
        var start = Math.Max(0, stream.Length - LargestEnd - 128);
        var bytes = new byte[stream.Length - start];
        stream.Position = start;
        stream.ReadExactly(bytes);
        stream.Position = 0;
        var end = bytes.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + Offset + sizeof(uint) > bytes.Length)
            return;
        long directory = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end + Offset));
        if (directory == uint.MaxValue && bytes.AsSpan().LastIndexOf("PK\u0006\u0006"u8) is var longEnd and >= 0 && longEnd + LongOffset + sizeof(long) <= bytes.Length)
            directory = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(longEnd + LongOffset));
        if (start + end - directory > LargestDirectory)
            throw new InputFileException(path, FormattableString.Invariant($"the list of its entries has {start + end - directory} bytes"), FormattableString.Invariant($"an archive of few arrays, whose list has at most {LargestDirectory} bytes"));
    }

    private static ZipArchiveEntry Find(string path, ZipArchive archive, string? name)
    {
        ZipArchiveEntry[] arrays = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal))];
        if (arrays.Length == 0)
            throw new InputFileException(path, "it holds no arrays (.npy)", Expected);
        if (name is null && arrays.Length == 1)
            return arrays[0];
        var names = string.Join(", ", arrays.Take(MostNames).Select(entry => NumberText.Shorten(entry.FullName[..^4]))) + (arrays.Length > MostNames ? ", …" : "");
        if (name is null)
            throw new InputFileException(path, $"it holds {arrays.Length} arrays ({names})", $"the name of one after a colon, such as {path}:{NumberText.Shorten(arrays[0].FullName[..^4])}");
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
        if (size > LargestAnyhow && size > LargestRatio * entry.CompressedLength)
            throw new InputFileException(path, FormattableString.Invariant($"the array of {size} bytes is packed into {entry.CompressedLength}"), FormattableString.Invariant($"an array of at most {LargestAnyhow} bytes or {LargestRatio} times its packed size: unpack it to a .npy file"));
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
            var checksum = 0u;
            for (int read; left > 0 && (read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left))) > 0; left -= read)
            {
                target.Write(buffer, 0, read);
                checksum = Checksum32.Continue(checksum, buffer.AsSpan(0, read));
            }

            if (left > 0)
                throw new InputFileException(path, FormattableString.Invariant($"the array ends {left} bytes early"), "an archive that is whole");
            if (checksum != entry.Crc32)
                throw new InputFileException(path, "the array is not the one that was packed: its checksum differs", "an archive without damage");
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
