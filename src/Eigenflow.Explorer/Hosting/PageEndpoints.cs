using Eigenflow.FrontEnd;
using Eigenflow.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Hosting;

/// <summary>The files of the page, from inside the program.</summary>
internal static class PageEndpoints
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml", [".woff2"] = "font/woff2", [".json"] = "application/json",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var name in PageFiles.Of("app"))
        {
            var path = name["app".Length..];
            var bytes = PageFiles.Read(name)!;
            var kind = Kinds.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");

            // Their names hold a hash of what is inside.
            var caching = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
            IResult Answer(HttpContext context)
            {
                context.Response.Headers.CacheControl = caching;
                return Results.Bytes(bytes, kind);
            }

            routes.MapGet(path == "/index.html" ? "/" : path, Answer);
        }

        var theme = PageTheme.Css();
        routes.MapGet("/theme.css", () => Results.Text(theme, Kinds[".css"]));
    }
}
