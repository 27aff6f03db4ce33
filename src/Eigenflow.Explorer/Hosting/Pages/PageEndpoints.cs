using System.Text;
using Eigenflow.FrontEnd;
using Eigenflow.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Eigenflow.Explorer.Hosting;

/// <summary>The files of the page, from inside the program.</summary>
internal static class PageEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var name in PageFiles.Of("app"))
        {
            var path = name["app".Length..];
            var ending = Path.GetExtension(name);

            // Their names hold a hash of what is inside.
            var caching = path.StartsWith("/assets/", StringComparison.Ordinal) ? "private, max-age=31536000, immutable" : "no-cache";
            Map(routes, path == "/index.html" ? "/" : path, new PageFile(() => PageFiles.Read(name)!, Kinds.GetValueOrDefault(ending, "application/octet-stream"), caching, isPacked: ending is not ".woff2"));
        }

        Map(routes, "/theme.css", new PageFile(() => Encoding.UTF8.GetBytes(PageTheme.Css()), Kinds[".css"], "no-cache", isPacked: true));
    }

    private static void Map(IEndpointRouteBuilder routes, string path, PageFile file) => routes.MapMethods(path, Methods, (RequestDelegate)file.Answer).ExcludeFromDescription();
}
