namespace Eigenflow.Data;

/// <summary>
/// What everything that keeps results asks of a file system: only steps that are atomic or harmless when they are cut off, also over NFS. Tests put faults here.
/// </summary>
internal interface IStoreFiles
{
    /// <summary>Makes a folder; those above it are there. No error when it is there already.</summary>
    void CreateFolder(string path);

    /// <summary>Flushes the names in a folder to disk, so that what was made or renamed in it is there after a power cut.</summary>
    void FlushFolder(string path);

    /// <summary>Writes a file and, if it is to last, flushes it to disk; cut off, it leaves a part of the file.</summary>
    /// <returns>Its length in bytes.</returns>
    long Write(string path, Action<Stream> write, bool isLasting);

    /// <summary>Renames to a name that must not exist; false when it does. Only one of several callers succeeds.</summary>
    bool TryMoveNew(string from, string to);

    /// <summary>Renames, replacing what has the new name; false when the source is gone. Only one of several callers with the same source succeeds.</summary>
    bool TryMove(string from, string to);

    /// <summary>Deletes a file, if it is there.</summary>
    void Delete(string path);

    /// <summary>Deletes a folder with all that is in it, if it is there.</summary>
    void DeleteFolder(string path);

    /// <summary>Deletes a folder if it is there and empty.</summary>
    void DeleteEmptyFolder(string path);

    /// <summary>The bytes of a file, or null when it is not there.</summary>
    byte[]? Read(string path);

    /// <summary>The first four and the last bytes of a file, or null when it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tail">How many of the last bytes, at most.</param>
    (byte[] Head, byte[] Tail, long Length)? ReadEnds(string path, int tail);

    /// <summary>Names of the files in a folder in ordinal order; none when it is not there.</summary>
    IReadOnlyList<string> Files(string folder);

    /// <summary>Names of the folders in a folder in ordinal order; none when it is not there.</summary>
    IReadOnlyList<string> Folders(string folder);

    /// <summary>Adds text to the end of a file.</summary>
    void Append(string path, string text);
}
