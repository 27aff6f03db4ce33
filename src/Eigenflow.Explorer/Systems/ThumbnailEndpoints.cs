using Eigenflow.Explorer.Hosting;
using Eigenflow.Rendering;
using Eigenflow.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Systems;

/// <summary>The small pictures of the gallery.</summary>
internal static class ThumbnailEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/systems/{id}/thumbnail.svg", async (HttpContext context, string id, string? theme, Thumbnails thumbnails) =>
        {
            var kind = theme switch
            {
                null or "light" => ThemeKind.Light,
                "dark" => ThemeKind.Dark,
                _ => throw new ParameterException("theme", theme, "light or dark"),
            };
            var picture = await thumbnails.Of(SystemCatalog.Find(id), kind, context.RequestAborted);

            // It is kept, and asked for again with its tag, which costs an answer without a body.
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.ETag = picture.Tag;
            if (context.Request.Headers.IfNoneMatch.Contains(picture.Tag, StringComparer.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            context.Response.ContentType = "image/svg+xml";
            context.Response.ContentLength = picture.Svg.Length;
            await context.Response.Body.WriteAsync(picture.Svg, context.RequestAborted);
        }).WithName("thumbnail").WithSummary("The theory of a system at its defaults as a small picture without words, light or dark.").AnswersFile("image/svg+xml", "The picture.");
}
