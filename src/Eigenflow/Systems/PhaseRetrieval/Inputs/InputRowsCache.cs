using Eigenflow.Data;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>The rows of the file that was read last: a request is completed and solved for several methods, and each needs them.</summary>
internal static class InputRowsCache
{
    private static readonly Lock Gate = new();
    private static (string Path, long Length, DateTime Written) lastKey;
    private static InputRows? last;

    public static InputRows Read(string path)
    {
        lock (Gate)
        {
            var key = Key(path);
            if (last is not null && key == lastKey && key.Length >= 0)
                return last;

            // The rows of the file before are given up first: both together may not fit.
            last = null;
            var rows = RowRotation.Rotate(NumericFile.ReadSamples(path), path);
            (last, lastKey) = (rows, key);
            return rows;
        }
    }

    private static (string Path, long Length, DateTime Written) Key(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? (file.FullName, file.Length, file.LastWriteTimeUtc) : (path, -1, default);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (path, -1, default);
        }
    }
}
