using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Explorer.Systems;
using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Fits;

/// <summary>A window on a panel of a figure.</summary>
/// <param name="Runs">The curves of the figure, as they were drawn.</param>
/// <param name="Panel">Number of the panel.</param>
/// <param name="Window">Its two ends, in units of the abscissa.</param>
/// <param name="Kept">Kept curves of the figure.</param>
/// <param name="Marks">Whether the figure has its predictions marked.</param>
internal sealed record FitRequest(IReadOnlyList<RunRequest> Runs, int Panel, double[] Window, IReadOnlyList<RunRequest>? Kept = null, bool Marks = false);

/// <summary>The slopes of the curves of a figure on a window that is dragged: curves are named and do not travel.</summary>
internal static class FitEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems/{id}/fit", async (HttpContext context, string id, FitRequest request, WorkQueue queue, SolutionCache cache, FigureShelf shelf) =>
        {
            var system = SystemCatalog.Find(id);
            var (fits, sentence) = await queue.Run(cancellation => Fit(system, request, cache, shelf, cancellation), context.RequestAborted);
            await JsonAnswer.Write(context, writer =>
            {
                writer.WriteStartObject();
                writer.Objects("fits", fits, fit =>
                {
                    writer.WriteNumber("series", fit.Series);
                    writer.WriteString("label", fit.Label);
                    SlopeJson.WriteNumbers(writer, fit);
                    writer.WriteString("text", fit.Text);
                    writer.WritePropertyName("guide");
                    FigureJson.Write(writer, fit.Guide(fits.Count > 1));
                });
                writer.WriteString("sentence", sentence);
                writer.WriteEndObject();
            });
        }).WithName("fit").WithSummary("The exponents of the curves of a figure on a window of one of its panels, with intervals, guides to draw, and a sentence.").Answers(typeof(FitsShape));

    private static (IReadOnlyList<WindowFit> Fits, string Sentence) Fit(ISystem system, FitRequest request, SolutionCache cache, FigureShelf shelf, CancellationToken cancellation)
    {
        if (request.Window is not [var from, var to])
            throw new ExplorerException("A fit needs a window of two numbers: {\"panel\": 0, \"window\": [10, 1000]}.");
        var drawn = DrawnFigure.Of(system, new DrawRequest(request.Runs, request.Kept, request.Marks), cache, shelf, cancellation);
        if (request.Panel < 0 || request.Panel >= drawn.Figure.Panels.Count)
            throw new ParameterException("panel", request.Panel, $"a whole number from 0 to {drawn.Figure.Panels.Count - 1}");
        var panel = drawn.Figure.Panels[request.Panel];
        var fits = WindowFit.Of(panel, from, to);
        return (fits, FigureSentence.Of(system, drawn.Solutions, drawn.Figure, k => drawn.IsRunning[k], fits, (from, to), panel));
    }
}
