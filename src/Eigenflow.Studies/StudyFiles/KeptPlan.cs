using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>A run as the plan of a folder keeps it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Setting">The completed setting.</param>
/// <param name="Inputs">SHA-256 of the files that it names, by parameter.</param>
internal sealed record KeptRun(string Id, string Method, JsonObject Setting, IReadOnlyDictionary<string, string> Inputs);

/// <summary>
/// The runs of a study that depend on files, kept beside them: <c>plan.json</c>. Without it what was computed could not be named any more once a file has changed, moved or vanished.
/// A study without files follows from its text alone and needs none.
/// </summary>
internal static class KeptPlan
{
    /// <summary>Whether the names of its runs depend on more than the study file.</summary>
    public static bool IsNeeded(Study study) => study.Runs.Any(run => run.InputHashes.Count > 0);

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(Study study) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["study"] = HashOf(study.Source),
        ["numerics"] = NumericsVersion.Text,
        ["runs"] = new JsonArray([.. study.Runs.Select(run => (JsonNode)new JsonObject
        {
            ["id"] = run.Id,
            ["method"] = run.Method,
            ["setting"] = run.Setting.ToJson(),
            ["inputs"] = new JsonObject(run.InputHashes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        })]),
    });

    /// <summary>The runs of a file, or null when it is damaged or belongs to another study file.</summary>
    public static IReadOnlyList<KeptRun>? Read(byte[] bytes, byte[] source)
    {
        try
        {
            var json = JsonNode.Parse(bytes)!;
            return !string.Equals(json["study"]!.GetValue<string>(), HashOf(source), StringComparison.Ordinal)
                ? null
                : [.. json["runs"]!.AsArray().Select(run => new KeptRun(
                    run!["id"]!.GetValue<string>(), run["method"]!.GetValue<string>(), run["setting"]!.AsObject(),
                    run["inputs"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(), StringComparer.Ordinal)))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The runs of a study, or null when they would have other names by now, as with other numerics.</summary>
    public static IReadOnlyList<StudyRun>? Runs(IReadOnlyList<KeptRun> plan, ISystem system, IReadOnlyList<string> record, StopRule? stop)
    {
        try
        {
            var parameters = system.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
            IReadOnlyList<StudyRun> runs =
            [
                .. plan.Select(kept => new StudyRun(new CompletedSetting(system.Id, kept.Method, new Setting(kept.Setting.Select(pair => KeyValuePair.Create(pair.Key, Value(parameters[pair.Key], pair.Value!))))))
                {
                    Record = record,
                    Stop = stop,
                    InputHashes = new SortedDictionary<string, string>(kept.Inputs.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
                }),
            ];
            return runs.Zip(plan).All(pair => string.Equals(pair.First.Id, pair.Second.Id, StringComparison.Ordinal)) ? runs : null;
        }
        catch (Exception exception) when (exception is EigenflowException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    // The kinds of numbers are those of the parameters; JSON knows only one.
    private static object Value(Parameter parameter, JsonNode value) => parameter.Parse(value switch
    {
        JsonArray list => string.Join(',', list.Select(item => item!.ToJsonString())),
        _ when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    });

    private static string HashOf(byte[] source) => Convert.ToHexStringLower(SHA256.HashData(source));
}
