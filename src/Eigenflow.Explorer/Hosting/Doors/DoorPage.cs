using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Hosting;

/// <summary>A page without the page: what a browser shows that is not let in.</summary>
internal static class DoorPage
{
    private const string Style =
        ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.5rem}h1{font-size:1.5rem;font-weight:600;margin:0 0 .5rem}p{margin:0 0 1rem}a{color:inherit}";

    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Writes it; the status is set already.</summary>
    public static Task Write(HttpContext context, string sentence)
    {
        var (heading, more) = context.Response.StatusCode switch
        {
            // A browser that followed a link from another site has not sent its cookie; from this page it does.
            StatusCodes.Status401Unauthorized => ("This explorer is private", "<p>If you came here by a link and have the explorer open already, <a href=\"/\">continue to it</a>.</p>"),
            StatusCodes.Status404NotFound => ("There is no such page", "<p><a href=\"/\">All systems</a></p>"),
            _ => ("This request was refused", ""),
        };
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.ContentType = "text/html; charset=utf-8";
        var page = $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Eigenflow</title><style>{Style}</style></head>
            <body><main><h1>{WebUtility.HtmlEncode(heading)}</h1><p>{WebUtility.HtmlEncode(sentence)}</p>{more}</main></body>
            </html>

            """;
        return context.Response.WriteAsync(page, context.RequestAborted);
    }
}
