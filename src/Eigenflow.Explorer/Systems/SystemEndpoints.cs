using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Explorer.Shapes;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Systems;

/// <summary>The catalog of systems, and the tables of each: parameters, methods, observables, predictions, papers.</summary>
internal static class SystemEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/systems", context => JsonAnswer.Write(context, writer =>
        {
            writer.List(SystemCatalog.All, system => SystemJson.WriteEntry(writer, system));
        })).WithName("systems").WithSummary("The systems: id, title, summary, paper.").Answers(typeof(SystemEntryShape[]));
        api.MapGet("/systems/{id}", (HttpContext context, string id) =>
        {
            var system = SystemCatalog.Find(id);
            return JsonAnswer.Write(context, writer => SystemJson.Write(writer, system));
        }).WithName("system").WithSummary("The tables of one system: parameters, methods, observables, events, predictions, citations.").Answers(typeof(SystemShape));
    }
}
