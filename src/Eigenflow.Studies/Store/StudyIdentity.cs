using System.Text.Json;
using System.Text.Json.Nodes;

namespace Eigenflow.Studies;

/// <summary>
/// Whose runs a folder holds: <c>study.json</c> has the system and the place of the study file, as seen from the folder. So the study may grow and change,
/// and move together with its results, and another one of its name is told before it mixes its runs with these.
/// </summary>
internal static class StudyIdentity
{
    /// <summary>Checks that a folder is free or belongs to the study, and records it.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="study">The study.</param>
    /// <param name="write">Writes a file of the folder, whole.</param>
    /// <exception cref="ParameterException">The folder belongs to another study.</exception>
    public static void Claim(RunStore store, Study study, Action<string, byte[]> write)
    {
        // The copy in the folder, from which the tasks of a cluster work.
        if (string.Equals(Path.GetFullPath(study.Path), Path.GetFullPath(store.StudyFile), StringComparison.Ordinal))
            return;
        var path = Path.Combine(store.Folder, "study.json");
        var kept = store.Files.Read(store.StudyFile);
        if (kept is not null && kept.AsSpan().SequenceEqual(study.Source) && store.Files.Read(path) is not null)
            return;
        var file = Path.GetRelativePath(Path.GetFullPath(store.Folder), Path.GetFullPath(study.Path));
        var known = Read(store.Files.Read(path));

        // A folder from before there was a record, or of which nothing but the record was written, is taken over.
        if (kept is not null && known is { } owner && (!string.Equals(owner.System, study.System.Id, StringComparison.Ordinal) || !string.Equals(owner.File, file, StringComparison.Ordinal)))
        {
            throw new ParameterException(
                "out", store.Folder, "the folder of this study, or one without runs",
                !string.Equals(owner.System, study.System.Id, StringComparison.Ordinal) || File.Exists(Path.Combine(store.Folder, owner.File))
                    ? $"it holds the runs of another study, {Shown(store, owner.File)} (system {owner.System}): give this one its own folder with --out, or its file another name"
                    : $"its runs are those of {Shown(store, owner.File)}: give this study its own folder with --out; if it is that one and has moved, delete {ShellWord.Quoted(path)}");
        }

        if (!string.Equals(known?.File, file, StringComparison.Ordinal))
            write(path, JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["system"] = study.System.Id, ["file"] = file }));
    }

    /// <summary>The study file whose runs a folder holds, as seen from the folder; null where that is not known.</summary>
    /// <param name="record">The bytes of <c>study.json</c>, or null.</param>
    public static string? FileOf(byte[]? record) => Read(record)?.File;

    private static string Shown(RunStore store, string file) => ShellWord.Quoted(Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(Path.Combine(store.Folder, file))));

    private static (string System, string File)? Read(byte[]? bytes)
    {
        try
        {
            return bytes is not null && JsonNode.Parse(bytes) is JsonObject record && Text(record, "system") is { } system && Text(record, "file") is { } file ? (system, file) : null;
        }
        catch (JsonException)
        {
            // A damaged record says nothing.
            return null;
        }
    }

    private static string? Text(JsonObject record, string name) => record[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
