using System.Diagnostics;
using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Runs;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Explorer.Systems;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Maps;

/// <summary>Maps over two parameters, cell by cell, while the page looks on.</summary>
internal static class MapEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/systems/{id}/map/menu", async (HttpContext context, string id, MapMenuRequest request, WorkQueue queue, SolutionCache cache) =>
        {
            var system = SystemCatalog.Find(id);
            if (request.Run is null)
                throw new ExplorerException("What a map can show is asked of a run: {\"run\": {\"method\": \"flow\", \"setting\": {}}, \"choose\": true}.");
            var (offers, chosen) = await queue.Run(
                cancellation =>
                {
                    var choice = new MapChoice(system, request.Run, cache);
                    return (choice.Offers(cancellation), request.Choose ? choice.Default(request.Axes, cancellation) : null);
                }, context.RequestAborted);
            await JsonAnswer.Write(context, writer =>
            {
                writer.WriteStartObject();
                writer.Objects("quantities", offers, offer =>
                {
                    writer.WriteString("value", offer.Value);
                    writer.WriteString("group", offer.Group);
                    writer.WriteString("words", offer.Words);
                    writer.WriteString("meaning", offer.Meaning);
                });
                if (chosen is var (x, y, quantity))
                {
                    writer.WriteStartObject("map");
                    writer.WriteString("x", x);
                    writer.WriteString("y", y);
                    writer.WriteString("quantity", quantity);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            });
        }).WithName("mapMenu").WithSummary("What a map of a run can show, in groups, and where it is asked for two parameters on which a quantity depends.").Answers(typeof(MapMenuShape));
        api.MapPost("/systems/{id}/map", async (HttpContext context, string id, MapRequest request, WorkQueue queue, SolutionCache cache, MapShelf shelf) =>
        {
            var system = SystemCatalog.Find(id);

            // One that was stopped goes on.
            var map = shelf.Find(system, request) ?? new ParameterMap(system, request);
            map.GoOn();
            shelf.Keep(system, request, map);
            var stream = new EventStream(context);
            using var budget = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            budget.CancelAfter(Longest);
            var (clock, before) = (Stopwatch.StartNew(), map.Worked);
            try
            {
                await Follow(stream, map, queue, cache, budget.Token);
                map.Worked = before + clock.Elapsed;
                if (map.Refusal is { } refusal)
                    throw refusal;
                await Whole("");
            }
            catch (OperationCanceledException)
            {
                // What was reached in the time stands, and its caption counts it.
                map.Worked = before + clock.Elapsed;
                if (context.RequestAborted.IsCancellationRequested)
                    map.Stopped = "stopped before all were there";
                else
                    await Whole(FormattableString.Invariant($"stopped after {map.Worked.TotalSeconds:0} s"));
            }
            catch (Exception exception)
            {
                await stream.Fail(exception);
            }

            // What was chosen is asked for by its name from now on.
            Task Whole(string stopped)
            {
                map.Stopped = stopped;
                shelf.Keep(system, request with { Quantity = map.Quantity.Text }, map);
                return Send(stream, "done", map);
            }
        }).WithName("map").WithSummary("A number of a run over a grid of two parameters: events partial and done hold the figure as far as it has come, for at most 60 seconds. The same request goes on where that was not enough.").AnswersEvents(typeof(MapEventsShape), "Events until the map is whole.");
    }

    private static async Task Follow(EventStream stream, ParameterMap map, WorkQueue queue, SolutionCache cache, CancellationToken cancellation)
    {
        // What is shown is decided before anything is.
        foreach (var cell in map.Probes.Needed())
            await InQueue(working => map.Probes.Look(cell, cache, working), words => map.Probes.GiveUp(cell, words), cancellation);
        await InQueue(working => map.Probes.Decide(cache, working), _ => map.Probes.Decide(null, cancellation), cancellation);

        // Half of the places stay free for what follows a slider meanwhile.
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = cancellation };
        var work = Parallel.ForEachAsync(map.Grid.Order().Where(cell => map[cell] is null), options, async (cell, token) => await InQueue(working => map.Fill(cell, cache, working), words => map.GiveUp(cell, words), token));
        var told = 0;
        while (await Task.WhenAny(work, Task.Delay(Interval, cancellation)) != work)
        {
            cancellation.ThrowIfCancellationRequested();
            if (map.Done == told)
                continue;
            told = map.Done;
            await Send(stream, "partial", map);
        }

        await work;

        // What takes too long keeps nothing else from its place.
        async Task InQueue(Action<CancellationToken> solve, Action<string> tooLong, CancellationToken token)
        {
            try
            {
                await queue.Run(
                    working =>
                    {
                        solve(working);
                        return true;
                    }, token);
            }
            catch (ExplorerException exception)
            {
                tooLong(exception.Message);
            }
        }
    }

    private static Task Send(EventStream stream, string name, ParameterMap map) => stream.Send(name, writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("done", map.Done);
        writer.WriteNumber("cells", map.Cells);
        if (name is "done" && map.Stopped.Length > 0)
            writer.WriteString("stopped", MapCaption.Progress(map));
        writer.WriteString("quantity", map.Quantity.Text);
        if (map.Added is { } added)
        {
            writer.WriteStartObject("added");
            writer.WriteString(added.Parameter, added.Value);
            writer.WriteEndObject();
        }

        writer.WritePropertyName("figure");
        FigureJson.Write(writer, MapFigure.Of(map));
        writer.WriteEndObject();
    });
}
