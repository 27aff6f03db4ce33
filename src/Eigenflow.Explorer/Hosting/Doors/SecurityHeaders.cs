using Microsoft.AspNetCore.Http;

namespace Eigenflow.Explorer.Hosting;

/// <summary>What every answer tells the browser: nothing from elsewhere, nothing inline, no other page may look inside.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>The content security policy of the page.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private const string Permissions = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=()";

    public Task InvokeAsync(HttpContext context)
    {
        // The server clears headers where an answer fails: they are set again at its start.
        Set(context.Response.Headers);
        context.Response.OnStarting(static state =>
        {
            Set((IHeaderDictionary)state);
            return Task.CompletedTask;
        }, context.Response.Headers);
        return next(context);
    }

    private static void Set(IHeaderDictionary headers)
    {
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}
