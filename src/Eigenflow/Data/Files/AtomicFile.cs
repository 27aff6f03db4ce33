using System.Text;

namespace Eigenflow.Data;

/// <summary>
/// Writes files so that they exist whole or not at all, also after a power cut: to a temporary name in the same folder, flushed to disk, renamed, and the folder flushed.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">Where; its folder is made when missing.</param>
    /// <param name="write">Writes the contents; called again when another process has deleted the folder meanwhile.</param>
    /// <exception cref="InputFileException">The folder or file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        FileContext.Current.Expect(Path.GetFullPath(Checked(path)));
        Place(path, write);
    }

    /// <summary>Makes a folder and checks that files can be written to it, so that long work does not end with results that have no place.</summary>
    /// <param name="folder">The folder; made when missing.</param>
    /// <exception cref="InputFileException">It cannot be made or written to.</exception>
    public static void PrepareFolder(string folder)
    {
        if (folder.Length == 0 || folder.Contains('\0', StringComparison.Ordinal))
            throw new InputFileException(folder, "it is not the name of a folder", "a folder that can be made and written to");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var context = FileContext.Current;
        var probe = context.Temporary(full);
        try
        {
            context.Clean(full);
            context.CreateFolder(full);
            context.Files.Write(probe, ReadOnlyMemory<byte>.Empty, isLasting: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(folder, $"it cannot be written to ({exception.Message.TrimEnd('.')})", "a folder that can be made and written to", inner: exception) { IsOutput = true };
        }
        finally
        {
            Remove(context, probe);
        }
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <param name="path">Where.</param>
    /// <param name="text">The text.</param>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Where.</param>
    /// <param name="bytes">The bytes.</param>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes a file that is no result: it may be gone when the command ends.</summary>
    /// <param name="path">Where.</param>
    /// <param name="write">Writes the contents.</param>
    internal static void Place(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(Checked(path));
        var folder = Path.GetDirectoryName(full)!;
        var context = FileContext.Current;
        var temporary = context.Temporary(folder);
        try
        {
            context.Clean(folder);
            context.Place(temporary, full, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"it cannot be written ({exception.Message.TrimEnd('.')})", "a file name in a folder that can be written to", inner: exception) { IsOutput = true };
        }
        finally
        {
            Remove(context, temporary);
        }
    }

    private static string Checked(string path) => path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal)
        ? path
        : throw new InputFileException(path, "it is not a file name", "a file name in a folder that can be written to");

    private static void Remove(FileContext context, string temporary)
    {
        try
        {
            if (File.Exists(temporary))
                context.Files.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is named by this process, and the next one removes it.
        }
    }
}
