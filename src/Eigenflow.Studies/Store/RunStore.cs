using System.Text.Json;
using System.Text.Json.Nodes;
using Eigenflow.Data;

using Eigenflow.Settings;
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

    // What a record says of an error that computing again would only repeat. Records without it, also of earlier versions, are no obstacle.
    private const string OwnFailure = "run";

    private readonly FileContext context = files is null || ReferenceEquals(files, FileContext.Current.Files) ? FileContext.Current : new FileContext(files, FileContext.Current.Identity);

    public string Folder => folder;

    public IStoreFiles Files => context.Files;

    /// <summary>The folder of claims and unfinished files.</summary>
    public string Work => Path.Combine(folder, "work");

    /// <summary>The copy of the study file.</summary>
    public string StudyFile => Path.Combine(folder, "study.toml");

    /// <summary>The plan of a study whose runs depend on files (<see cref="KeptPlan"/>).</summary>
    public string PlanFile => Path.Combine(folder, "plan.json");

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
    /// <param name="run">The run.</param>
    /// <param name="error">What happened.</param>
    /// <param name="isOwn">Whether it is the run's own, and not this machine's.</param>
    /// <param name="temporary">Name for the file that is not finished.</param>
    public void SaveFailure(StudyRun run, string error, bool isOwn, string temporary) => Do(() =>
    {
        var json = new JsonObject
        {
            ["id"] = run.Id,
            ["system"] = run.System,
            ["method"] = run.Method,
            ["setting"] = run.Setting.ToJson(),
            ["error"] = error,
            ["concerns"] = isOwn ? OwnFailure : "machine",
        };
        Place(temporary, FailureOf(run.Id), JsonSerializer.SerializeToUtf8Bytes(json));
    });

    /// <summary>The recorded error of a run, or null.</summary>
    public string? ErrorOf(string id) => FailureAt(id)?.Error;

    /// <summary>The recorded error of a run if it is known to be the run's own, so that computing it again would end in the same way; else null.</summary>
    public string? OwnErrorOf(string id) => FailureAt(id) is { IsOwn: true } failure ? failure.Error : null;

    /// <summary>Moves a file that is none of the run out of the way, without deleting it.</summary>
    public bool SetAside(string id) => Guard(() =>
    {
        context.CreateFolder(Path.GetFullPath(Path.Combine(folder, "damaged")));
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

    /// <summary>Keeps the study file beside the runs, and the plan where it depends on files, which may be gone or changed when the runs are collected; not in the folder of another study.</summary>
    public void KeepStudy(Study study, string temporary) => Do(() =>
    {
        StudyIdentity.Claim(this, study, (path, bytes) => Place(temporary, path, bytes));
        if (KeptPlan.IsNeeded(study))
            Keep(PlanFile, KeptPlan.Write(study));
        Keep(StudyFile, study.Source);

        void Keep(string path, byte[] bytes)
        {
            if (Files.Read(path) is not { } kept || !kept.AsSpan().SequenceEqual(bytes))
                Place(temporary, path, bytes);
        }
    });

    /// <summary>The study that the folder holds, or null: its plan is the one that was swept, whatever has become of the files that it names.</summary>
    /// <exception cref="EigenflowException">It cannot be read.</exception>
    public Study? KeptStudy() => Guard(() => Files.Read(StudyFile)) is { } source ? Study.Parse(source, StudyFile, PlanOf(source)) : null;

    /// <summary>The runs that were swept last, where they depend on files; else null.</summary>
    public IReadOnlyList<KeptRun>? Plan() => Guard(() => Files.Read(StudyFile)) is { } source ? PlanOf(source) : null;

    /// <summary>The runs that were swept last with a study file of these bytes, where they depend on files; else null.</summary>
    public IReadOnlyList<KeptRun>? PlanOf(byte[] source) => Guard(() => Files.Read(PlanFile)) is { } plan ? KeptPlan.Read(plan, source) : null;

    /// <summary>Does something with files; what the file system refuses becomes an error that names the folder.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(exception);
        }
    }

    /// <summary>What the file system has refused, as an error that names the folder.</summary>
    public InputFileException Refused(Exception exception) => new(
        folder, $"it cannot be read or written ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); finished runs stay, and the same command continues", "a folder on a disk with free space that can be written to",
        inner: exception)
    { IsOutput = true };

    /// <summary>As <see cref="Guard{T}"/>, without a result.</summary>
    public void Do(Action work) => Guard(() =>
    {
        work();
        return true;
    });

    /// <summary>What a record of an error says: the error, and whether it is the run's own.</summary>
    /// <param name="bytes">Its bytes.</param>
    public static (string Error, bool IsOwn) FailureIn(byte[] bytes)
    {
        try
        {
            var record = JsonNode.Parse(bytes);
            return (record?["error"]?.GetValue<string>() ?? "", string.Equals(record?["concerns"]?.GetValue<string>(), OwnFailure, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return ("the record of the error is damaged", false);
        }
    }

    private (string Error, bool IsOwn)? FailureAt(string id) => Guard<(string, bool)?>(() => Files.Read(FailureOf(id)) is { } bytes ? FailureIn(bytes) : null);

    private void Place(string temporary, string path, byte[] bytes) => context.Place(Path.GetFullPath(temporary), Path.GetFullPath(path), stream => stream.Write(bytes));
}
