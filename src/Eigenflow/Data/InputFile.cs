using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Eigenflow.Data;

/// <summary>
/// Opens files that were named as input. Only files with contents of a known length are opened: a named pipe without a writer would wait for ever, and a device such as /dev/zero never ends.
/// </summary>
public static partial class InputFile
{
    private const int Buffer = 1 << 16;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What is expected there, for messages.</param>
    /// <exception cref="InputFileException">There is none, it is a folder, a pipe, a device or a socket, or it cannot be read.</exception>
    public static FileStream Open(string path, string expected)
    {
        Check(path, expected);
        try
        {
            return new FileStream(InputGate.Resolve(path), FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, expected, exception);
        }
    }

    /// <summary>Reads a whole file that is small.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What is expected there, for messages.</param>
    /// <param name="largest">Largest length in bytes; nothing is allocated for a longer file.</param>
    /// <exception cref="InputFileException">As <see cref="Open"/>, or the file is longer.</exception>
    public static byte[] ReadAllBytes(string path, string expected, int largest)
    {
        using var stream = Open(path, expected);
        try
        {
            if (stream.Length > largest)
                throw new InputFileException(path, FormattableString.Invariant($"it has {stream.Length} bytes"), FormattableString.Invariant($"{expected}, of at most {largest} bytes"));
            var bytes = new byte[stream.Length];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (IOException exception)
        {
            throw Unreadable(path, expected, exception);
        }
    }

    /// <summary>Refuses what is no file with contents, without opening it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What is expected there, for messages.</param>
    /// <exception cref="InputFileException">There is no such file, or it is a folder, a pipe, a device or a socket.</exception>
    public static void Check(string path, string expected)
    {
        if (IsFolder(path))
            throw new InputFileException(path, "it is a folder", expected);
        if (!Exists(path))
            throw new InputFileException(path, "there is no such file", expected);
        if (SpecialKind(InputGate.Resolve(path)) is { } kind)
            throw new InputFileException(path, $"it is {kind} and not a file with contents", $"{expected}: write the data to a file first");
    }

    /// <summary>Whether there is such a file, where it may be read (<see cref="InputGate"/>).</summary>
    /// <param name="path">The file.</param>
    internal static bool Exists(string path) => File.Exists(InputGate.Resolve(path));

    /// <summary>Whether there is such a folder, where it may be read (<see cref="InputGate"/>).</summary>
    /// <param name="path">The folder.</param>
    internal static bool IsFolder(string path) => Directory.Exists(InputGate.Resolve(path));

    /// <summary>What a path is that is neither a file with contents nor a folder, such as "a named pipe"; null for these, and where the system cannot tell (other than Linux).</summary>
    /// <param name="path">The path; links are followed.</param>
    public static string? SpecialKind(string path)
    {
        const int CurrentFolder = -100, Mode = 28;
        const uint OnlyType = 1;
        if (!OperatingSystem.IsLinux())
            return null;

        // struct statx has one layout on all processors: its mode is the half word at byte 28.
        Span<byte> status = stackalloc byte[256];
        try
        {
            if (Statx(CurrentFolder, path, 0, OnlyType, ref MemoryMarshal.GetReference(status)) != 0)
                return null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(status[Mode..]) & 0xF000) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    /// <summary>The error that says in one line why reading failed.</summary>
    /// <param name="path">The file or folder as the user named it.</param>
    /// <param name="expected">What was expected there.</param>
    /// <param name="exception">What reading it threw.</param>
    internal static InputFileException Unreadable(string path, string expected, Exception exception) =>
        new(path, $"it cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", expected, inner: exception);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
