using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Parquet;
using Parquet.Schema;

namespace Eigenflow.Studies;

/// <summary>A run as it is read back from its file.</summary>
internal sealed record RunRecord
{
    public required string Id { get; init; }

    public required string System { get; init; }

    public required string Method { get; init; }

    public required Setting Setting { get; init; }

    public required string Status { get; init; }

    public string Message { get; init; } = "";

    public required IReadOnlyDictionary<string, double?> Events { get; init; }

    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    public string Modes { get; init; } = "";

    public required IReadOnlyDictionary<string, double[]> Columns { get; init; }

    /// <summary>What theory said of it when it was solved, or null where that follows from the setting alone.</summary>
    public IReadOnlyList<KeptPrediction>? Predictions { get; init; }
}

/// <summary>
/// The file of a run (docs/formats.md): Parquet with one column of doubles per observable, and all else as key-value metadata. Without compression, clock or names of
/// machines, so that equal runs have equal bytes everywhere; a checksum of the whole file (<see cref="FileSeal"/>) is compared before anything is parsed.
/// </summary>
internal static class RunFile
{
    public const string Format = "2";
    private const string Prefix = "eigenflow.";

    /// <summary>The bytes of a run's file.</summary>
    /// <param name="run">The run.</param>
    /// <param name="solution">Its solution.</param>
    /// <param name="predictions">What theory says of it, where that depends on files that may be gone when it is read; else null.</param>
    public static byte[] Write(StudyRun run, Solution solution, IReadOnlyList<KeptPrediction>? predictions = null)
    {
        var columns = solution.Observables.Where(observable => IsRecorded(run, solution, observable.Name)).ToArray();
        var metadata = new List<KeyValuePair<string, string>>
        {
            new("format", Format),
            new("numerics", NumericsVersion.Text),
            new("system", run.System),
            new("method", run.Method),
            new("setting", run.Setting.ToString()),
            new("seed", Setting.Format(run.Setting["seed"])),
            new("record", string.Join(' ', run.Record)),
            new("stop", run.Stop?.ToString() ?? ""),
            new("inputs", Json(run.InputHashes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)))),
            new("status", solution.Status.Word),
            new("message", solution.Status.Message),
            new("events", Json(solution.Events.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is { } time && double.IsFinite(time) ? (JsonNode)time : null)))),
            new("statistics", Statistics(solution.Statistics)),
        };

        if (predictions is not null)
            metadata.Add(new("predictions", KeptPrediction.Write(predictions)));

        // Last, so that it stands in the last bytes of the file however long the setting is.
        metadata.Add(new("id", run.Id));
        var schema = new ParquetSchema(columns.Select(column => new DataField<double>(column.Name, false)));
        return FileSeal.Put(ParquetText.Write(schema, metadata.Select(pair => KeyValuePair.Create(Prefix + pair.Key, pair.Value)), columns.Length == 0 || columns[0].Values.Length == 0
            ? null
            : group =>
            {
                for (var k = 0; k < columns.Length; k++)
                    group.WriteAsync<double>(schema.DataFields[k], columns[k].Values).GetAwaiter().GetResult();
            }));
    }

    /// <summary>Whether bytes at the ends of a file can be those of a whole file of this run. Cheap: finds cut-off and foreign files; damage within is found when it is read.</summary>
    public static bool LooksWhole(StudyRun run, byte[] head, byte[] tail, long length)
    {
        if (length < 12 || !head.AsSpan().SequenceEqual("PAR1"u8) || tail.Length < 8 || !tail.AsSpan(tail.Length - 4).SequenceEqual("PAR1"u8))
            return false;
        var footer = BitConverter.ToInt32(tail, tail.Length - 8);
        return footer > 0 && footer <= length - 12 && tail.AsSpan().IndexOf(Encoding.UTF8.GetBytes(run.Id)) >= 0;
    }

    /// <summary>Reads a file, or says why it is none of a run.</summary>
    /// <exception cref="FormatException">Damaged, cut off, or not written by this product.</exception>
    public static RunRecord Read(byte[] bytes)
    {
        try
        {
            return ReadUnchecked(bytes);
        }
        catch (Exception exception) when (exception is not (FormatException or OutOfMemoryException))
        {
            // The reader of the format throws many kinds of errors on damaged bytes.
            throw new FormatException($"it cannot be read ({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')})", exception);
        }
    }

    private static RunRecord ReadUnchecked(byte[] bytes)
    {
        FileSeal.Check(bytes);
        using var stream = new MemoryStream(bytes, writable: false);
        var reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        var all = reader.CustomMetadata;
        string? Find(string key) => all.TryGetValue(Prefix + key, out var value) ? value : null;
        string Get(string key) => Find(key) ?? throw new FormatException($"it lacks {Prefix}{key}: it is no file of a run");
        if (!string.Equals(Get("format"), Format, StringComparison.Ordinal))
            throw new FormatException($"its format is {Get("format")}, and this version reads {Format}");
        var columns = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var field in reader.Schema.DataFields)
        {
            var values = Array.Empty<double>();
            if (reader.RowGroupCount > 0)
            {
                using var group = reader.OpenRowGroupReader(0);
                values = new double[checked((int)group.RowCount)];
                group.ReadAsync<double>(field, values).AsTask().GetAwaiter().GetResult();
            }

            columns.Add(field.Name, values);
        }

        using var statistics = JsonDocument.Parse(Get("statistics"));
        return new RunRecord
        {
            Id = Get("id"),
            System = Get("system"),
            Method = Get("method"),
            Setting = ReadSetting(Get("setting")),
            Status = Get("status"),
            Message = Get("message"),
            Events = JsonNode.Parse(Get("events"))!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value?.GetValue<double>(), StringComparer.Ordinal),
            Counts = statistics.RootElement.EnumerateObject().Where(pair => pair.Value.ValueKind == JsonValueKind.Number).ToDictionary(pair => pair.Name, pair => pair.Value.GetInt64(), StringComparer.Ordinal),
            Modes = statistics.RootElement.GetProperty("modes").GetString() ?? "",
            Columns = columns,
            Predictions = Find("predictions") is { } predictions ? KeptPrediction.Read(predictions) : null,
        };
    }

    // The independent variable always, and with a recorded observable its spread over replicas.
    private static bool IsRecorded(StudyRun run, Solution solution, string name) =>
        run.Record.Count == 0 || run.Record.Contains(name, StringComparer.Ordinal) || string.Equals(name, solution.Axis.Name, StringComparison.Ordinal)
        || ReplicaColumns.Suffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal) && run.Record.Contains(name[..^suffix.Length], StringComparer.Ordinal));

    private static string Statistics(SolverStatistics statistics) => new JsonObject
    {
        ["steps"] = statistics.Steps,
        ["rejections"] = statistics.Rejections,
        ["evaluations"] = statistics.Evaluations,
        ["linearizations"] = statistics.Linearizations,
        ["state-size"] = statistics.StateSize,
        ["modes"] = statistics.Modes,
    }.ToJsonString();

    private static string Json(IEnumerable<KeyValuePair<string, JsonNode?>> pairs) => new JsonObject(pairs).ToJsonString();

    private static Setting ReadSetting(string json) => new(JsonNode.Parse(json)!.AsObject().Select(pair => KeyValuePair.Create(pair.Key, pair.Value switch
    {
        JsonArray list => list.Select(item => item!.GetValue<double>()).ToArray(),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString().AsSpan().ContainsAny(".eE") ? value.GetValue<double>() : value.TryGetValue<long>(out var integer) ? integer : value.GetValue<double>(),
        var other => (object)other!.GetValue<string>(),
    })));
}
