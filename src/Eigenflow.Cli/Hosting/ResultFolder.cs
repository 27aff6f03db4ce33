using System.Text.Json;
using System.Text.Json.Nodes;
using Eigenflow.Data;

namespace Eigenflow.Cli;

/// <summary>
/// The folder of <c>--out</c>: <c>request.json</c> says which request of each command its results belong to, so that another request does not overwrite them.
/// The same request overwrites, or continues, its own.
/// </summary>
internal static class ResultFolder
{
    private const string FileName = "request.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Makes the folder, checks that it can be written to and holds nothing of another request, and records this one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="command">The command, such as <c>run phase-retrieval</c>.</param>
    /// <param name="request">The request as it can be typed again, without what changes no result.</param>
    /// <param name="files">Files that the command writes: where one is there without a record, it is someone else's.</param>
    /// <param name="isForced">Whether another request's results may be overwritten.</param>
    /// <exception cref="EigenflowException">The folder cannot be written to, or holds the results of another request.</exception>
    public static void Claim(string folder, string command, string request, IReadOnlyList<string> files, bool isForced)
    {
        AtomicFile.PrepareFolder(folder);
        var path = Path.Combine(folder, FileName);
        var requests = Read(path);
        var key = command.Split(' ')[0];
        var known = requests[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (string.Equals(known, request, StringComparison.Ordinal))
            return;
        var foreign = known ?? (files.FirstOrDefault(file => File.Exists(Path.Combine(folder, file))) is { } file ? $"a file {file} of unknown origin" : null);
        if (foreign is not null && !isForced)
        {
            throw new ParameterException(
                "out", folder, "a folder without results of another request",
                (known is null ? $"it holds {foreign}" : $"it holds those of: eigenflow {foreign}") + "; choose another folder, or add --force to overwrite them");
        }

        requests[key] = request;
        AtomicFile.WriteText(path, requests.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [] : [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // A damaged record says nothing about what is there.
            return [];
        }
    }
}
