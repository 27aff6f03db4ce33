using System.Text.Json;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Explorer.Systems;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Runs;

/// <summary>Simulations in the background: a stream of events tells how far a run is and that it has more points, which are drawn with the other curves; it ends when the browser goes away.</summary>
internal static class RunEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/systems/{id}/runs", async (HttpContext context, string id, RunRequest request, BackgroundLane lane, SolutionCache cache) =>
        {
            var system = SystemCatalog.Find(id);
            var run = request.Complete(system);
            SolutionCache.CheckRows([run]);
            var stream = new EventStream(context);
            try
            {
                await Follow(stream, system, run, lane, cache, context.RequestAborted);
            }
            catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is (OperationCanceledException or IOException))
            {
                // Nobody listens any more.
            }
        }).WithName("run").WithSummary("Runs a simulation in the background: events progress, partial (more points to draw), done or error. It ends when the connection does.").AnswersEvents(typeof(RunEventsShape), "Events until the run has ended.");

    private static async Task Follow(EventStream stream, ISystem system, CompletedSetting run, BackgroundLane lane, SolutionCache cache, CancellationToken cancellation)
    {
        if (cache.Find(run) is { IsWhole: true, Solution: var known })
        {
            await stream.Send("done", writer => Done(writer, system, run, known));
            return;
        }

        var (progress, rows) = (new LatestProgress(), 0);
        var work = lane.Run(
            (polite, token) => new StreamedSolve(system, run).Run(
                polite,
                partial =>
                {
                    cache.Keep(run, partial with { Status = SolveStatus.Completed }, isWhole: false, isRunning: true);
                    Volatile.Write(ref rows, partial.Rows);
                },
                token),
            progress, cancellation);
        try
        {
            await Tell();
            var solution = await work;
            Keep(solution);
            await stream.Send("done", writer => Done(writer, system, run, solution));
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && exception is (OperationCanceledException or IOException))
        {
            // What was reached is kept: the page draws it as an interrupted run.
            try
            {
                Keep(await work);
            }
            catch (Exception trouble) when (trouble is OperationCanceledException or EigenflowException)
            {
                // It had not begun, or says to nobody what is wrong.
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // It does not go on: what there is of it stays.
            if (cache.Find(run) is { IsRunning: true, Solution: var reached })
                cache.Keep(run, reached, isWhole: false);
            await stream.Fail(exception);
        }

        void Keep(Solution solution) => cache.Keep(run, solution, isWhole: solution.Status.Outcome != SolveOutcome.Cancelled);

        async Task Tell()
        {
            var (told, toldRows) = (new Progress(-1, ""), 0);
            while (await Task.WhenAny(work, Task.Delay(Interval, cancellation)) != work)
            {
                cancellation.ThrowIfCancellationRequested();
                if (progress.Last != told)
                {
                    told = progress.Last;
                    await stream.Send("progress", progress.Write);
                }

                if (Volatile.Read(ref rows) is var now && now != toldRows)
                {
                    toldRows = now;
                    await stream.Send("partial", writer =>
                    {
                        writer.WriteStartObject();
                        writer.WriteNumber("rows", now);
                        writer.WriteEndObject();
                    });
                }
            }
        }
    }

    private static void Done(Utf8JsonWriter writer, ISystem system, CompletedSetting run, Solution solution)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("run");
        RunJson.Write(writer, system, run, solution);
        writer.WriteEndObject();
    }
}
