using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Rendering;
using Eigenflow.Scaling.Fits;
using Eigenflow.Studies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>Scaling laws of the curves of files, as <c>eigenflow fit</c> gives them.</summary>
internal static class CurveFitEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/data/{id}/fit", async (HttpContext context, string id, FitCall call, string? format, WorkQueue queue, DataStore store) =>
    {
        DataFile[] files = [.. (call.With ?? []).Prepend(id).Select(store.Find)];
        var text = call.Text ?? new FitText();
        var result = await DataAnswers.Work(context, queue, store, cancellation => text.Read([.. files.Select(file => file.Path)]).Run(null, cancellation));
        switch (format)
        {
            case null:
                // The verdicts stand beside it.
                var figure = ScalingFitFigure.Of(result.Fits, tells: false);
                await JsonAnswer.Write(context, writer =>
                {
                    writer.WriteStartObject();
                    DataAnswers.Write(writer, figure, FitTables.Of(result), FitTables.Verdicts(result).Select(store.Plain), text.Command(files.Select(file => file.Name)));
                    writer.WriteEndObject();
                });
                break;
            case "json":
                await DataAnswers.Text(context, "application/json", FitJson.Of(result).ToJsonString() + "\n");
                break;
            case "csv":
                await DataAnswers.Text(context, "text/csv", CsvText.Table(FitTables.AllParameters(result)));
                break;
            case "figure":
                await DataAnswers.Text(context, "text/csv", FigureCsv.Render(ScalingFitFigure.Of(result.Fits)));
                break;
            default:
                throw DataAnswers.UnknownFormat(format, "json, csv or figure");
        }
    }).WithName("fitData").WithSummary("Fits scaling laws to the curves of files, as 'eigenflow fit' does; ?format=json or csv gives what the command prints.").Answers(typeof(DataFitShape));
}
