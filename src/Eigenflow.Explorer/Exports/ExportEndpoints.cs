using System.Text;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Systems;
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

    // Files by what they are asked for as: how the name ends, and what is inside.
    private static readonly Dictionary<string, (string Ending, string Type)> Kinds = new(StringComparer.Ordinal)
    {
        ["png"] = (".png", "image/png"), ["svg"] = (".svg", "image/svg+xml"), ["pdf"] = (".pdf", "application/pdf"),
        ["csv"] = (".csv", "text/csv; charset=utf-8"), ["runs.csv"] = ("-runs.csv", "text/csv; charset=utf-8"), ["json"] = (".json", "application/json; charset=utf-8"),
        ["command"] = (".sh", "text/plain; charset=utf-8"), ["csharp"] = (".cs", "text/plain; charset=utf-8"), ["study"] = (".toml", "text/plain; charset=utf-8"),
    };

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems/{id}/export/{kind}", async (HttpContext context, string id, string kind, ExportRequest request, WorkQueue queue, SolutionCache cache) =>
        {
            var system = SystemCatalog.Find(id);
            if (!Kinds.TryGetValue(kind, out var file))
                throw new ParameterException("kind", kind, "one of " + string.Join(", ", Kinds.Keys), Suggestion.For(kind, Kinds.Keys));
            var bytes = await queue.Run(cancellation => Export(system, kind, request, cache, cancellation), context.RequestAborted);
            context.Response.ContentType = file.Type;
            context.Response.ContentLength = bytes.Length;
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{system.Id}{file.Ending}\"";
            await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }).WithName("export").WithSummary("What a drawing shows as a file: png, svg, pdf, csv, runs.csv, json, command, csharp, study.");

    private static byte[] Export(ISystem system, string kind, ExportRequest request, SolutionCache cache, CancellationToken cancellation)
    {
        RunRequest[] asked = [.. request.Runs ?? [], .. request.Kept ?? []];
        if (asked.Length is 0 or > MostRuns)
            throw new ExplorerException($"An export needs 1 to {MostRuns} runs: {{\"runs\": [{{\"method\": \"flow\", \"setting\": {{}}}}]}}.");
        CompletedSetting[] runs = [.. asked.Select(run => run.Complete(system))];
        var solved = request.Runs?.Count ?? 0;

        // Simulations are never solved for an export: they are taken as far as they have come.
        Solution?[] found = [.. runs.Select((run, index) => index < solved ? cache.Solve(system, run, cancellation) : cache.Find(run))];
        Solution[] solutions = [.. found.OfType<Solution>()];
        if (kind is "command" or "csharp" or "study")
        {
            RunWords[] words = [.. runs.Select((run, index) => RunWords.Of(system, run, asked[index].Given(system))).DistinctBy(one => one.Run)];
            Solution? Known(CompletedSetting run) => found[Array.IndexOf(runs, run)];
            return Encoding.UTF8.GetBytes(kind switch
            {
                "command" => CommandText.Of(system, words, RunWords.AreExtended(system, words, Known)),
                "csharp" => SnippetText.Of(system, words),
                _ => StudyText.Of(system, words, solutions),
            });
        }

        if (solutions.Length == 0)
            throw new ExplorerException("The simulation is no longer kept: run it again, then export it.");
        if (kind is "runs.csv")
            return Encoding.UTF8.GetBytes(CsvText.Solutions(solutions));
        if (kind is "json")
            return Json(system, solutions);
        var figure = system.Draw(solutions);
        if (kind is "csv")
            return Encoding.UTF8.GetBytes(FigureCsv.Render(figure));
        var (seen, options) = (ChosenView.Of(figure, request.Views), ChosenView.Options(request.Picture));
        return kind switch
        {
            "png" => FigureRenderer.Png(seen, options),
            "pdf" => FigureRenderer.Pdf(seen, options),
            _ => Encoding.UTF8.GetBytes(FigureRenderer.Svg(seen, options)),
        };
    }

    private static byte[] Json(ISystem system, IReadOnlyList<Solution> solutions)
    {
        using var stream = new MemoryStream();
        SolutionJson.Write(stream, system.Id, solutions, withTimings: false);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
