using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Eigenflow.Explorer.Hosting;

/// <summary>The document of the interface.</summary>
internal static class DescriptionEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        byte[]? document = null;
        api.MapGet("/openapi.json", async (HttpContext context, EndpointDataSource endpoints, IOptions<JsonOptions> json) =>
        {
            document ??= Encoding.UTF8.GetBytes(ApiDescription.Of(endpoints.Endpoints, json.Value.SerializerOptions).ToJsonString());
            context.Response.ContentType = AnswerShape.Json;
            context.Response.ContentLength = document.Length;
            await context.Response.BodyWriter.WriteAsync(document, context.RequestAborted);
        }).WithName("openapi").WithSummary("This document.").Answers(typeof(object), "An OpenAPI document.");
    }
}
