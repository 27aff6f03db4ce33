using Eigenflow.Explorer.Contracts;
using Eigenflow.Explorer.Shapes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Hosting;

/// <summary>What the server does at the moment.</summary>
internal static class StatusEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/status", (HttpContext context, WorkBudget budget, ExplorerOptions options, FolderGate folder) => JsonAnswer.Write(context, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("version", ProductVersion.Text);
            writer.WriteNumber("running", budget.Running);
            writer.WriteNumber("waiting", budget.Waiting);
            writer.WriteNumber("memory", WorkBudget.Memory);
            writer.WriteNumber("memoryLimit", options.Memory);
            writer.WriteBoolean("hasFolder", folder.IsOpen);
            writer.WriteEndObject();
        })).WithName("status").WithSummary("The version, the work that runs and waits, the memory that is taken in bytes, and whether there is a folder of files.").Answers(typeof(StatusShape));
}
