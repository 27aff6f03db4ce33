using System.Text.Json;
using System.Text.Json.Nodes;

namespace Eigenflow.Studies;

/// <summary>What the store knows of a run.</summary>
public enum RunState
{
    /// <summary>Its file is there.</summary>
    Done,

    /// <summary>There is no file: it has not been computed.</summary>
    Missing,

    /// <summary>It ended with an error that is recorded.</summary>
    Failed,

    /// <summary>Its file is cut off, or not one of this run: it is set aside and computed again.</summary>
    Damaged,
}

/// <summary>
/// The folder of a study: one immutable file per run. The file's existence is the only truth about completion; all else is rebuilt from the files.
/// Errors of the file system come out as <see cref="InputFileException"/>.
/// </summary>
internal sealed class RunStore(string folder, IStoreFiles? files = null)
{
    // Enough for the metadata of any setting; the footer ends the file.
    private const int Tail = 1 << 14;

    public string Folder => folder;

    public IStoreFiles Files { get; } = files ?? DiskFiles.Instance;

    /// <summary>The folder of claims and unfinished files.</summary>
    public string Work => Path.Combine(folder, "work");

    /// <summary>The copy of the study file.</summary>
    public string StudyFile => Path.Combine(folder, "study.toml");

    public string PathOf(string id) => Path.Combine(folder, "runs", id[..2], id + ".parquet");

    public string FailureOf(string id) => Path.Combine(folder, "failed", id + ".json");

    public string CheckpointsOf(string id) => Path.Combine(folder, "checkpoints", id);

    public RunState StateOf(StudyRun run) => Guard(() =>
    {
        if (Files.ReadEnds(PathOf(run.Id), Tail) is { } ends)
            return RunFile.LooksWhole(run, ends.Head, ends.Tail, ends.Length) ? RunState.Done : RunState.Damaged;
        return Files.ReadEnds(FailureOf(run.Id), 0) is null ? RunState.Missing : RunState.Failed;
    });

    /// <summary>As <see cref="StateOf"/>, with the whole file read and its checksum compared.</summary>
    public RunState VerifiedStateOf(StudyRun run) => Guard(() =>
    {
        var state = StateOf(run);
        if (state != RunState.Done)
            return state;
        try
        {
            return Files.Read(PathOf(run.Id)) is { } bytes && string.Equals(RunFile.Read(bytes).Id, run.Id, StringComparison.Ordinal) ? RunState.Done : RunState.Damaged;
        }
        catch (FormatException)
        {
            return RunState.Damaged;
        }
    });

    /// <summary>Puts the file of a run in its place, whole.</summary>
    public void Save(string id, byte[] bytes, string temporary) => Do(() =>
    {
        Place(temporary, PathOf(id), bytes);
        Files.Delete(FailureOf(id));
    });

    /// <summary>Records that a run ended with an error.</summary>
    public void SaveFailure(StudyRun run, string error, string temporary) => Do(() =>
    {
        var json = new JsonObject { ["id"] = run.Id, ["system"] = run.System, ["method"] = run.Method, ["setting"] = run.Setting.ToJson(), ["error"] = error };
        Place(temporary, FailureOf(run.Id), JsonSerializer.SerializeToUtf8Bytes(json));
    });

    /// <summary>The recorded error of a run, or null.</summary>
    public string? ErrorOf(string id) => Guard(() =>
    {
        try
        {
            return Files.Read(FailureOf(id)) is { } bytes ? JsonNode.Parse(bytes)?["error"]?.GetValue<string>() ?? "" : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return "the record of the error is damaged";
        }
    });

    /// <summary>Moves a file that is none of the run out of the way, without deleting it.</summary>
    public bool SetAside(string id) => Guard(() =>
    {
        Files.CreateFolder(Path.Combine(folder, "damaged"));
        return Files.TryMove(PathOf(id), Path.Combine(folder, "damaged", id + ".parquet"));
    });

    /// <summary>Deletes the saved states of runs whose file is there: their owner was killed between the two.</summary>
    public void CleanCheckpoints() => Do(() =>
    {
        var all = Path.Combine(folder, "checkpoints");
        foreach (var id in Files.Folders(all))
        {
            if (id.Length > 2 && Files.ReadEnds(PathOf(id), 0) is not null)
                Files.DeleteFolder(CheckpointsOf(id));
        }

        Files.DeleteEmptyFolder(all);
    });

    /// <summary>Keeps the study file beside the runs, unless they are those of another study.</summary>
    public void KeepStudy(Study study, string temporary) => Do(() =>
    {
        StudyIdentity.Claim(this, study, (path, bytes) => Place(temporary, path, bytes));
        if (Files.Read(StudyFile) is not { } kept || !kept.AsSpan().SequenceEqual(study.Source))
            Place(temporary, StudyFile, study.Source);
    });

    /// <summary>Does something with files; what the file system refuses becomes an error that names the folder.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputFileException(
                folder, $"it cannot be read or written ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); finished runs stay, and the same command continues", "a folder on a disk with free space that can be written to",
                inner: exception);
        }
    }

    /// <summary>As <see cref="Guard{T}"/>, without a result.</summary>
    public void Do(Action work) => Guard(() =>
    {
        work();
        return true;
    });

    private void Place(string temporary, string path, byte[] bytes)
    {
        Files.Write(temporary, bytes, isLasting: true);
        Files.CreateFolder(Path.GetDirectoryName(path)!);

        // Over NFS an answer that was lost makes a rename that succeeded look as if the source were gone.
        if (!Files.TryMove(temporary, path) && Files.ReadEnds(path, 0)?.Length != bytes.Length)
            throw new IOException($"{temporary} vanished before it could be renamed");
    }
}
