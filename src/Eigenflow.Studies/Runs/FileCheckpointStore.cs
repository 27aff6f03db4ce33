using System.Collections.Concurrent;
using System.Diagnostics;
using Eigenflow.Data;
using Eigenflow.Solutions;

namespace Eigenflow.Studies;

/// <summary>Keeps the state of a run in a folder, one file per part, each written whole or not at all.</summary>
/// <param name="folder">The folder of this run alone.</param>
/// <param name="interval">Time between two states of a part.</param>
public sealed class FileCheckpointStore(string folder, TimeSpan interval) : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, long> saved = new(StringComparer.Ordinal);
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>Whether a state was found and accepted, so that the run continues an earlier one.</summary>
    public bool HasLoaded { get; private set; }

    /// <inheritdoc/>
    public byte[]? Load(string part)
    {
        var path = Path.Combine(folder, part + ".bin");
        try
        {
            return InputFile.SpecialKind(path) is null ? FileContext.Current.Files.Read(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A state that cannot be read is as good as none: the run begins again.
            return null;
        }
    }

    /// <inheritdoc/>
    public void Continue(string part, long step) => HasLoaded = true;

    /// <inheritdoc/>
    public bool IsDue(string part) => Stopwatch.GetElapsedTime(saved.GetValueOrDefault(part, start)) >= interval;

    /// <inheritdoc/>
    public void Save(string part, ReadOnlyMemory<byte> state)
    {
        AtomicFile.Place(Path.Combine(folder, part + ".bin"), stream => stream.Write(state.Span));
        saved[part] = Stopwatch.GetTimestamp();
    }

    /// <summary>Forgets the run: its results are complete. The folder above goes too once it is empty.</summary>
    public void Delete()
    {
        var files = FileContext.Current.Files;
        files.DeleteFolder(folder);
        files.DeleteEmptyFolder(Path.GetDirectoryName(Path.GetFullPath(folder))!);
    }
}
