using System.Text.Json;
using System.Text.Json.Serialization;
using Eigenflow.Data;
using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Studies;

/// <summary>
/// The folder of a reproduction. A finished task is one file <c>tasks/ID.json</c>, written after its pictures and tables: its existence is the only truth about
/// completion, and it carries the fingerprint of the code that made it.
/// </summary>
internal sealed class ReproductionStore(string folder, ThemeKind theme)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string fingerprint = $"{Product.Fingerprint} {theme}";

    private string Figures => Path.Combine(folder, "figures");

    /// <summary>The result of a task that this code has finished before, or null. Pictures that are missing are drawn again.</summary>
    public ReproductionResult? Find(ReproductionTask task)
    {
        try
        {
            if (FileContext.Current.Files.Read(TaskFile(task)) is not { } bytes)
                return null;
            var stored = JsonSerializer.Deserialize<Stored>(bytes, Options);
            if (stored is null || !string.Equals(stored.Fingerprint, fingerprint, StringComparison.Ordinal))
                return null;
            WriteFiles(stored.Result, onlyMissing: true);
            FileContext.Current.Expect(Path.GetFullPath(TaskFile(task)));
            return stored.Result;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A file that cannot be read is no finished task: it is made again and replaced.
            return null;
        }
    }

    /// <summary>Writes what a task gave, its own file last.</summary>
    public void Save(ReproductionTask task, ReproductionResult result)
    {
        WriteFiles(result, onlyMissing: false);
        AtomicFile.WriteBytes(TaskFile(task), JsonSerializer.SerializeToUtf8Bytes(new Stored(fingerprint, result), Options));
    }

    private void WriteFiles(ReproductionResult result, bool onlyMissing)
    {
        foreach (var figure in result.Figures)
        {
            if (!onlyMissing || !FigureFiles.Exist(Figures, figure))
                FigureFiles.Write(Figures, figure, theme);
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

    private sealed record Stored(string Fingerprint, ReproductionResult Result);
}
