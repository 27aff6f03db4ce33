using System.Text;

namespace Eigenflow.Data;

/// <summary>Writes files so that they exist whole or not at all: to a temporary name in the same folder, flushed to disk, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">Where; its folder is made when missing.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="InputFileException">The folder or file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new InputFileException(path, "it is not a file name", "a file name in a folder that can be written to");
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(path, $"it cannot be written ({exception.Message.TrimEnd('.')})", "a file name in a folder that can be written to", inner: exception);
        }
        finally
        {
            // Deleting in a folder that is not there would be an error of its own.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Makes a folder and checks that files can be written to it, so that long work does not end with results that have no place.</summary>
    /// <param name="folder">The folder; made when missing.</param>
    /// <exception cref="InputFileException">It cannot be made or written to.</exception>
    public static void PrepareFolder(string folder)
    {
        if (folder.Length == 0 || folder.Contains('\0', StringComparison.Ordinal))
            throw new InputFileException(folder, "it is not the name of a folder", "a folder that can be made and written to");
        var probe = Path.Combine(Path.GetFullPath(folder), $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetFullPath(folder));
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(folder, $"it cannot be written to ({exception.Message.TrimEnd('.')})", "a folder that can be made and written to", inner: exception);
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
}
