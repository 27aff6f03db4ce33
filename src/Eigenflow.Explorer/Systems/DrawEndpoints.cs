using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Figures;
using Eigenflow.Rendering;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Systems;

/// <summary>The figure of some curves, and the predictions of a setting: what follows a slider.</summary>
internal static class DrawEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/systems/{id}/draw", async (HttpContext context, string id, DrawRequest request, WorkQueue queue, SolutionCache cache) =>
        {
            var system = SystemCatalog.Find(id);
            var started = TimeProvider.System.GetTimestamp();
            var (figure, runs, solutions) = await queue.Run(cancellation => Draw(system, request, cache, cancellation), context.RequestAborted);
            await JsonAnswer.Write(context, writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("seconds", TimeProvider.System.GetElapsedTime(started).TotalSeconds);
                writer.WriteStartArray("runs");
                for (var index = 0; index < solutions.Length; index++)
                    RunJson.Write(writer, system, runs[index], solutions[index]);
                writer.WriteEndArray();
                writer.WritePropertyName("figure");
                FigureJson.Write(writer, figure);
                writer.WriteEndObject();
            });
        }).WithName("draw").WithSummary("Solves one or more runs and gives the figure in which they are overlaid.");
        api.MapPost("/systems/{id}/predict", async (HttpContext context, string id, RunRequest request, WorkQueue queue) =>
        {
            var system = SystemCatalog.Find(id);
            var predictions = await queue.Run(_ => Predict(system, request), context.RequestAborted);
            await JsonAnswer.Write(context, writer => PredictionJson.Write(writer, predictions));
        }).WithName("predict").WithSummary("The predictions of a setting, with windows and sources.");
    }

    private static (Figure Figure, CompletedSetting[] Runs, Solution[] Solutions) Draw(ISystem system, DrawRequest request, SolutionCache cache, CancellationToken cancellation)
    {
        if (request.Runs is not { Count: > 0 })
            throw new ExplorerException("A drawing needs at least one run: {\"runs\": [{\"method\": \"flow\", \"setting\": {}}]}.");
        CompletedSetting[] runs = [.. request.Runs.Select(run => run.Complete(system))];
        Solution[] solutions = [.. runs.Select(run => cache.Solve(system, run, cancellation))];
        return (system.Draw(solutions), runs, solutions);
    }

    // What methods alone read asks nothing of predictions.
    private static IReadOnlyList<Prediction> Predict(ISystem system, RunRequest request)
    {
        var asked = request with { Setting = request.Setting.Where(pair => system.IsOfPredictions(pair.Key)).ToDictionary(StringComparer.Ordinal) };
        _ = request.Complete(system);
        return system.Predict(system.Complete(null, asked.Given(system)));
    }
}
