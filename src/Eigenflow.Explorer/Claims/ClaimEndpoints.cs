using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Runs;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Claims;

/// <summary>The claims of a paper: the list of tasks that check them, and each task in the background.</summary>
internal static class ClaimEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/systems/{id}/claims", (HttpContext context, string id, ClaimShelf shelf) =>
        {
            var system = SystemCatalog.Find(id);
            return JsonAnswer.Write(context, writer => ClaimJson.Write(writer, system, task => shelf.Find(id, task.Id)));
        }).WithName("claims").WithSummary("The tasks that draw the figures of the paper and check its claims, and what those that were done gave.").Answers(typeof(ClaimTaskShape[]));
        api.MapPost("/systems/{id}/claims/{task}", async (HttpContext context, string id, string task, BackgroundLane lane, ClaimShelf shelf) =>
        {
            var system = SystemCatalog.Find(id);
            ReproductionTask[] tasks = [.. system.Reproduction, .. system.Beyond];
            var chosen = Array.Find(tasks, one => string.Equals(one.Id, task, StringComparison.Ordinal)) ?? throw new ParameterException("task", task, "one of " + string.Join(", ", tasks.Select(one => one.Id)));
            var stream = new EventStream(context);
            try
            {
                await Check(stream, system, chosen, lane, shelf, context.RequestAborted);
            }
            catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is (OperationCanceledException or IOException))
            {
                // Nobody listens any more.
            }
        }).WithName("check").WithSummary("Does one task in the background: events progress, then done with its claims and figures, or error. It ends when the connection does.").AnswersEvents(typeof(ClaimEventsShape), "Events until the task is done.");
    }

    private static async Task Check(EventStream stream, ISystem system, ReproductionTask task, BackgroundLane lane, ClaimShelf shelf, CancellationToken cancellation)
    {
        if (shelf.Find(system.Id, task.Id) is not { } result)
        {
            var progress = new LatestProgress();
            var work = lane.Run((polite, token) => task.Run(polite, token), progress, cancellation);
            try
            {
                while (await Task.WhenAny(work, Task.Delay(Interval, cancellation)) != work)
                {
                    cancellation.ThrowIfCancellationRequested();
                    await stream.Send("progress", progress.Write);
                }

                result = await work;
                cancellation.ThrowIfCancellationRequested();
                shelf.Keep(system.Id, task.Id, result);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                await stream.Fail(exception);
                return;
            }
        }

        await stream.Send("done", writer =>
        {
            writer.WriteStartObject();
            ClaimJson.WriteResult(writer, result);
            writer.List("figures", result.Figures, figure => FigureJson.Write(writer, figure));
            writer.WriteEndObject();
        });
    }
}
