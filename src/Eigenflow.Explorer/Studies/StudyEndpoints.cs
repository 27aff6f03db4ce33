using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Studies;

/// <summary>A figure of a study that a page asks for.</summary>
/// <param name="Path">The folder of the study.</param>
/// <param name="Figure">What it shows.</param>
internal sealed record StudyFigureQuestion(string Path, StudyFigureRequest Figure);

/// <summary>Results of sweeps: which there are, where they stand, and figures of them.</summary>
internal static class StudyEndpoints
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(400);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/studies", async (HttpContext context, StudyFolders folders, FolderGate gate, WorkQueue queue) =>
        {
            var (studies, isWhole) = await queue.Run(folders.Find, context.RequestAborted);
            await JsonAnswer.Write(context, writer => StudyJson.Write(writer, Path.GetFileName(gate.Root) is { Length: > 0 } name ? name : gate.Root, studies, isWhole));
        }).WithName("studies").WithSummary("The results of sweeps below the folder of the explorer, with their progress.").Answers(typeof(StudyListShape));
        api.MapGet("/studies/open", async (HttpContext context, string? path, StudyShelf shelf, WorkQueue queue) =>
        {
            var (menu, progress, failures) = await queue.Run(cancellation => shelf.Ask(() =>
            {
                var study = shelf.Open(path);
                var now = study.Refresh(Budget, cancellation);
                return (study.Menu, now, study.Failures);
            }), context.RequestAborted);
            await JsonAnswer.Write(context, writer => StudyJson.Write(writer, path!, menu, progress, failures));
        }).WithName("study").WithSummary("The plan of one study, its progress, and the runs that failed.").Answers(typeof(StudyShape));
        api.MapGet("/studies/events", (HttpContext context, string? path, StudyEvents events) => events.Send(context, path))
            .WithName("studyEvents").WithSummary("Changes of one study while it is swept, as server-sent events.").AnswersEvents(typeof(StudyEventsShape), "Progress of the sweep, until the page leaves.");
        api.MapPost("/studies/figure", async (HttpContext context, StudyFigureQuestion question, StudyShelf shelf, WorkQueue queue) =>
        {
            var drawing = await Draw(context, question, shelf, queue);
            await JsonAnswer.Write(context, writer => StudyJson.Write(writer, drawing));
        }).WithName("studyFigure").WithSummary("A figure of the runs of one study, with what it fits.").Answers(typeof(StudyDrawingShape));
        api.MapPost("/studies/figure/csv", async (HttpContext context, StudyFigureQuestion question, StudyShelf shelf, WorkQueue queue) =>
        {
            var drawing = await Draw(context, question, shelf, queue);
            await Csv(context, drawing.Figure is { } figure ? FigureCsv.Render(figure) : "");
        }).WithName("studyFigureCsv").WithSummary("The numbers of a figure of one study as CSV.").AnswersFile("text/csv", "The numbers of the figure.");
        api.MapGet("/studies/runs", async (HttpContext context, string? path, StudyShelf shelf, WorkQueue queue) =>
        {
            var text = await queue.Run(cancellation => shelf.Ask(() =>
            {
                // A table that is taken away is whole.
                var study = shelf.Open(path);
                while (!study.Refresh(Budget, cancellation).IsRead)
                    cancellation.ThrowIfCancellationRequested();
                return study.Csv();
            }), context.RequestAborted);
            await Csv(context, text);
        }).WithName("studyRuns").WithSummary("The collected table of one study as CSV: one row per run.").AnswersFile("text/csv", "One row per run.");
    }

    private static Task<StudyDrawing> Draw(HttpContext context, StudyFigureQuestion question, StudyShelf shelf, WorkQueue queue) => queue.Run(cancellation => shelf.Ask(() =>
    {
        if (question.Figure is null)
            throw new ExplorerException("A figure needs what it shows: {\"path\": \"results/exponents\", \"figure\": {\"x\": \"dimension\", \"y\": [\"last-loss\"]}}.");
        var study = shelf.Open(question.Path);
        study.Refresh(Budget, cancellation);
        return study.Draw(question.Figure, cancellation);
    }), context.RequestAborted);

    private static async Task Csv(HttpContext context, string text)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
