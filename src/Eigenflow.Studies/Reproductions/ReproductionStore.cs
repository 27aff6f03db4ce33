using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>
/// The folder of a reproduction. A finished task is one file <c>tasks/ID.json</c>, written after its pictures and tables: its existence is the only truth about
/// completion, and it carries the fingerprint of the code that made it and a checksum of the task, the fingerprint and the result.
/// </summary>
internal sealed class ReproductionStore(string folder, RenderOptions pictures)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // The pictures that a task file stands for: others are drawn from its result, which does not depend on them.
    private readonly string drawn = FormattableString.Invariant($"{pictures.Theme} {pictures.Size} {pictures.Scale}{(pictures.HasRealText ? " text" : "")}");
    private readonly string fingerprint = Product.Fingerprint;

    private string Figures => Path.Combine(folder, "figures");

    /// <summary>The result of a task that this code has finished before, or null. Pictures that are missing are drawn again.</summary>
    public ReproductionResult? Find(ReproductionTask task)
    {
        try
        {
            var path = TaskFile(task);
            if (FileContext.Current.Files.Read(path) is not { } bytes || Stored(task, bytes) is not { } result)
                return null;
            var isDrawn = IsDrawn(bytes);
            WriteFiles(result, path, onlyMissing: isDrawn);
            if (!isDrawn)
                WriteTask(task, path, result);
            FileContext.Current.Expect(Path.GetFullPath(path));
            return result;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or NotSupportedException or EigenflowException)
        {
            // A file that cannot be read, or does not hold what this code has written, is no finished task: it is made again and replaced.
            return null;
        }
    }

    /// <summary>Writes what a task gave, its own file last.</summary>
    public void Save(ReproductionTask task, ReproductionResult result)
    {
        var path = TaskFile(task);
        WriteFiles(result, path, onlyMissing: false);
        WriteTask(task, path, result);
    }

    private void WriteTask(ReproductionTask task, string path, ReproductionResult result)
    {
        var json = JsonSerializer.Serialize(result, Options);
        AtomicFile.WriteText(path, $$"""{"Fingerprint":{{JsonSerializer.Serialize(fingerprint)}},"Pictures":{{JsonSerializer.Serialize(drawn)}},"Sha256":"{{Checksum(task, json)}}","Result":{{json}}}""");
    }

    private ReproductionResult? Stored(ReproductionTask task, byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !IsText(root, "Fingerprint", fingerprint) || !root.TryGetProperty("Result", out var result))
            return null;
        var json = result.GetRawText();
        return IsText(root, "Sha256", Checksum(task, json)) ? JsonSerializer.Deserialize<ReproductionResult>(json, Options) : null;
    }

    private bool IsDrawn(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return IsText(document.RootElement, "Pictures", drawn);
    }

    private static bool IsText(JsonElement root, string name, string expected) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), expected, StringComparison.Ordinal);

    // With the name of the task: the file of another one is none of this.
    private string Checksum(ReproductionTask task, string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{task.Id}\n{fingerprint}\n{json}")));

    private void WriteFiles(ReproductionResult result, string source, bool onlyMissing)
    {
        // All of them before the first path is made of one.
        foreach (var id in result.Figures.Select(figure => figure.Id).Concat(result.Tables.Select(table => table.Id)))
            FileId.Checked(id, source);
        foreach (var figure in result.Figures)
        {
            if (!onlyMissing || !FigureFiles.Exist(Figures, figure, pictures))
                FigureFiles.Write(Figures, figure, pictures);
        }

        foreach (var table in result.Tables)
        {
            var path = Path.Combine(folder, "tables", table.Id + ".csv");
            FileContext.Current.Expect(Path.GetFullPath(path));
            if (!onlyMissing || !File.Exists(path))
                AtomicFile.WriteText(path, CsvText.Table(table));
        }
    }

    private string TaskFile(ReproductionTask task) => Path.Combine(folder, "tasks", task.Id + ".json");
}
