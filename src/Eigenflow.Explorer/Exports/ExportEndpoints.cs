using System.Text;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Maps;
using Eigenflow.Explorer.Systems;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Exports;

/// <summary>What is shown, as files: pictures, numbers, and the words that make it again.</summary>
internal static class ExportEndpoints
{
    private const int MostRuns = 200;
    private static readonly SolveStatus Unfinished = new(SolveOutcome.Cancelled, "taken while it ran");

    // Files by what they are asked for as: how the name ends, and what is inside.
    private static readonly Dictionary<string, (string Ending, string Type)> Kinds = new(StringComparer.Ordinal)
    {
        ["png"] = (".png", "image/png"),
        ["svg"] = (".svg", "image/svg+xml"),
        ["pdf"] = (".pdf", "application/pdf"),
        ["csv"] = (".csv", "text/csv; charset=utf-8"),
        ["runs.csv"] = ("-runs.csv", "text/csv; charset=utf-8"),
        ["json"] = (".json", "application/json; charset=utf-8"),
        ["command"] = (".sh", "text/plain; charset=utf-8"),
        ["csharp"] = (".cs", "text/plain; charset=utf-8"),
        ["study"] = (".toml", "text/plain; charset=utf-8"),
    };

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems/{id}/export/{kind}", async (HttpContext context, string id, string kind, ExportRequest request, WorkQueue queue, SolutionCache cache, FigureShelf shelf, MapShelf maps) =>
        {
            var system = SystemCatalog.Find(id);
            if (!Kinds.TryGetValue(kind, out var file))
                throw new ParameterException("kind", kind, "one of " + string.Join(", ", Kinds.Keys), Suggestion.For(kind, Kinds.Keys));
            HandedFiles.Check([.. request.Runs ?? [], .. request.Kept ?? [], .. request.Map is { Run: { } shared } ? [shared] : (RunRequest[])[]]);
            var bytes = await queue.Run(cancellation => request.Map is { } map ? MapExport.Of(system, kind, map, request, cache, maps, cancellation) : Export(system, kind, request, cache, shelf, cancellation), context.RequestAborted);
            if (kind is not ("png" or "pdf"))
                bytes = HandedFiles.Named(bytes);
            context.Response.ContentType = file.Type;
            context.Response.ContentLength = bytes.Length;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{system.Id}{(request.Map is null ? "" : "-map")}{file.Ending}\"";
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }).WithName("export").WithSummary("What a drawing or a map shows as a file: png, svg, pdf, csv, runs.csv, json, command, csharp, study.").AnswersFile("application/octet-stream", "The file; its kind is that of what was asked for.");

    private static byte[] Export(ISystem system, string kind, ExportRequest request, SolutionCache cache, FigureShelf shelf, CancellationToken cancellation)
    {
        RunRequest[] asked = [.. request.Runs ?? [], .. request.Kept ?? []];
        if (asked.Length > MostRuns)
            throw new ExplorerException($"An export has at most {MostRuns} runs.");
        var drawing = new DrawRequest(request.Runs ?? [], request.Kept, request.Marks);
        drawing.Check();
        if (kind is "command" or "csharp" or "study")
            return Encoding.UTF8.GetBytes(Words(system, kind, asked, drawing.Runs.Count, cache, cancellation));
        var drawn = DrawnFigure.Of(system, drawing, cache, shelf, cancellation);
        if (kind is "runs.csv")
            return Encoding.UTF8.GetBytes(CsvText.Solutions(drawn.Solutions));
        var windows = FittedWindow.Of(drawn.Figure, request.Views);
        if (kind is "json")
            return Json(system, [.. drawn.Solutions.Select((solution, k) => drawn.IsRunning[k] ? solution with { Status = Unfinished } : solution)], windows);
        return kind is "csv" ? Encoding.UTF8.GetBytes(FigureCsv.Render(FittedWindow.Marked(drawn.Figure, windows, "window"))) : Picture(kind, FittedWindow.Marked(drawn.Figure, windows), request);
    }

    /// <summary>The picture of a figure as it is seen: png, pdf or svg.</summary>
    internal static byte[] Picture(string kind, Figure figure, ExportRequest request)
    {
        var (seen, options) = (ChosenView.Of(figure, request.Views), ChosenView.Options(request.Picture));
        return kind switch
        {
            "png" => FigureRenderer.Png(seen, options),
            "pdf" => FigureRenderer.Pdf(seen, options),
            _ => Encoding.UTF8.GetBytes(FigureRenderer.Svg(seen, options)),
        };
    }

    // Simulations are never run for it: those that are no longer kept, or were ended, can be run again.
    private static string Words(ISystem system, string kind, IReadOnlyList<RunRequest> asked, int solved, SolutionCache cache, CancellationToken cancellation)
    {
        RunWords[] words = [.. asked.Select(run => RunWords.Of(system, run.Complete(system), run.Given(system))).DistinctBy(one => one.Run)];
        var theory = asked.Take(solved).Select(run => run.Complete(system)).ToHashSet();
        Solution? Known(CompletedSetting run) => theory.Contains(run) ? cache.Solve(system, run, cancellation) : cache.Find(run)?.Solution;
        return kind switch
        {
            "command" => CommandText.Of(system, words, RunWords.AreExtended(system, words, Known)),
            "csharp" => SnippetText.Of(system, words),
            _ => StudyText.Of(system, words, words.Select(one => Known(one.Run)).OfType<Solution>()),
        };
    }

    // As the command writes it; where windows of slopes are open, they stand behind the runs.
    private static byte[] Json(ISystem system, IReadOnlyList<Solution> solutions, IReadOnlyList<FittedWindow> windows)
    {
        using var stream = new MemoryStream();
        SolutionJson.Write(stream, system.Id, solutions, withTimings: false, windows.Count == 0 ? null : writer => FittedWindow.Write(writer, windows));
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
