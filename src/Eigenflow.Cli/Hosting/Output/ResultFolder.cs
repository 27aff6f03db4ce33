using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Eigenflow.Data;

namespace Eigenflow.Cli;

/// <summary>
/// The folder of <c>--out</c>: <c>request.json</c> says which request of each command its results belong to, so that another request does not overwrite them.
/// The same request overwrites, or continues, its own.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="key">What of the folder the request fills: the command, such as <c>run</c>, and the part where it names files by its input.</param>
/// <param name="request">The request as it can be typed again, without what changes no result.</param>
/// <param name="files">Files that the command writes: where one is there without a record, it is someone else's.</param>
internal sealed class ResultFolder(string folder, string key, string request, IReadOnlyList<string> files)
{
    private const int LargestRecord = 1 << 24;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonDocumentOptions Unrepeated = new() { AllowDuplicateProperties = false };

    // The topmost of the folders that were made for this request.
    private string? made;

    private string RecordPath => Path.Combine(folder, "request.json");

    /// <summary>Makes the folder, and checks that it can be written to and holds nothing of another request.</summary>
    /// <param name="isForced">Whether another request's results may be overwritten.</param>
    /// <exception cref="EigenflowException">The folder cannot be written to, or holds the results of another request.</exception>
    public void Check(bool isForced)
    {
        for (var path = folder.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(folder.Length > 0 ? folder : "."); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
            made = path;
        AtomicFile.PrepareFolder(folder);
        var known = Read().GetValueOrDefault(key);
        if (isForced || string.Equals(known, request, StringComparison.Ordinal))
            return;

        // A record without results is that of a request that was cut off before it had any.
        if (Written() is not { } file)
            return;
        var holds = known is null ? $"it holds a file {file} that this request has not made" : $"it holds those of: eigenflow {known}";
        throw new ParameterException("out", folder, "a folder without results of another request", $"{holds}; choose another folder, or add --force to overwrite them");
    }

    /// <summary>Records the request, before it writes its first result: cut off after that, it is known again. A request that was refused or interrupted before leaves nothing.</summary>
    /// <exception cref="EigenflowException">The folder cannot be written to.</exception>
    public void Record()
    {
        var requests = Read();
        requests[key] = request;
        AtomicFile.WriteText(RecordPath, new JsonObject(requests.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))).ToJsonString(Indented) + "\n");
    }

    /// <summary>Removes the folders that were made for this request and into which nothing has been written.</summary>
    public void RemoveIfEmpty()
    {
        try
        {
            for (var path = Path.GetFullPath(folder); made is not null && path is not null && path.Length >= made.Length; path = Path.GetDirectoryName(path))
            {
                if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
                    return;
                if (Directory.Exists(path))
                    Directory.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Someone else uses it by now.
        }
    }

    private string? Written() => files.FirstOrDefault(file => File.Exists(Path.Combine(folder, file)));

    private Dictionary<string, string> Read()
    {
        var requests = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (InputFile.SpecialKind(RecordPath) is not null || FileContext.Current.Files.Read(RecordPath) is not { Length: <= LargestRecord } bytes)
                return requests;
            foreach (var (name, value) in JsonNode.Parse(bytes, null, Unrepeated) as JsonObject ?? [])
            {
                if (value is JsonValue one && one.TryGetValue<string>(out var written))
                    requests[name] = written;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InputFileException or IOException or UnauthorizedAccessException)
        {
            // A damaged record says nothing about what is there.
            requests.Clear();
        }

        return requests;
    }
}
