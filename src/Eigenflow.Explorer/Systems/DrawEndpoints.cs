using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Systems;

/// <summary>The figure of some curves: what follows a slider.</summary>
internal static class DrawEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems/{id}/draw", async (HttpContext context, string id, DrawRequest request, WorkQueue queue, SolutionCache cache, FigureShelf shelf) =>
        {
            var system = SystemCatalog.Find(id);
            var started = TimeProvider.System.GetTimestamp();
            var judged = DrawnFigure.Judged(system, request);
            var (drawn, sentence, leftOut) = await queue.Run(
                cancellation =>
                {
                    var drawn = DrawnFigure.Of(system, request, cache, shelf, cancellation, judged);
                    return (drawn, FigureSentence.Of(system, drawn.Solutions, drawn.Figure, k => drawn.IsRunning[k]), request.Draft ? null : request.Runs.Select(run => LeftOut.Of(system, run)).ToArray());
                }, context.RequestAborted);
            await JsonAnswer.Write(context, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("seconds", TimeProvider.System.GetElapsedTime(started).TotalSeconds);
                writer.List("runs", Enumerable.Range(0, drawn.Solved), index => RunJson.Write(writer, system, drawn.Runs[index], drawn.Solutions[index], leftOut?[index]));
                writer.List("kept", Enumerable.Range(drawn.Solved, drawn.Runs.Length - drawn.Solved), index => RunJson.Write(writer, system, drawn.Runs[index], drawn.Solutions[index]));
                writer.List("missing", drawn.Missing, writer.WriteNumberValue);
                writer.WriteBoolean("isDraft", drawn.IsDraft);
                writer.WriteString("sentence", sentence);
                writer.WritePropertyName("figure");
                FigureJson.Write(writer, drawn.Figure);
                writer.WriteEndObject();
            });
        }).WithName("draw").WithSummary("Solves one or more runs and gives the figure in which they are overlaid, with kept simulations as far as they have come, and a sentence about what is seen.").Answers(typeof(DrawShape));
}
