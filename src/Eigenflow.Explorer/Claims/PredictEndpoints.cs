using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Claims;

/// <summary>The predictions of a setting, each beside what the curve of the setting shows of it.</summary>
internal static class PredictEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems/{id}/predict", async (HttpContext context, string id, RunRequest request, WorkQueue queue, SolutionCache cache) =>
        {
            var system = SystemCatalog.Find(id);
            var (predictions, measured) = await queue.Run(cancellation => Predict(system, request, cache, cancellation), context.RequestAborted);
            await JsonAnswer.Write(context, writer => PredictionJson.Write(writer, predictions, measured));
        }).WithName("predict").WithSummary("The predictions of a setting, with windows and sources, and what the curve of its method shows of them.").Answers(typeof(PredictionShape[]));

    private static (IReadOnlyList<Prediction> Predictions, IReadOnlyList<MeasuredPrediction> Measured) Predict(ISystem system, RunRequest request, SolutionCache cache, CancellationToken cancellation)
    {
        var run = request.Complete(system);
        SolutionCache.CheckRows([run]);
        var predictions = system.Predict(system.PredictedFor(run, request.Problem(system)), cancellation);

        // Numbers do not wait for a curve that takes long, unless it is there.
        var isThere = cache.Find(run) is { IsWhole: true };
        if (!isThere && (!system.LearningCurves.Contains(request.Method, StringComparer.Ordinal) || system.IsLongCurve(run)))
            return (predictions, []);
        return (predictions, system.Measure(new PredictedCurve(cache.Solve(system, run, cancellation), predictions)));
    }
}
