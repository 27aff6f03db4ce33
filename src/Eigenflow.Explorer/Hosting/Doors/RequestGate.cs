using System.Net;
using Eigenflow.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Eigenflow.Explorer.Hosting;

/// <summary>
/// Lets in only requests that this server is meant for. The name of the host guards against names of other sites that were turned to this machine (DNS rebinding), the origin against other pages in the same
/// browser, and the kind of a body against forms, which browsers send everywhere without asking. There is no way for another origin to be allowed.
/// </summary>
internal sealed class RequestGate(RequestDelegate next, ExplorerOptions options, FolderGate folder)
{
    private const long MostDrained = 4 << 20;

    public Task InvokeAsync(HttpContext context)
    {
        CheckHost(context);
        CheckOrigin(context);
        CheckBody(context);
        InputGate.Rule = folder.Admit;
        PageClient.Remember(context);
        return next(context);
    }

    private static bool IsLocal(IPAddress address) => IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool IsWord(StringValues value, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (value.Count == 1 && string.Equals(value[0], word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static void CheckOrigin(HttpContext context)
    {
        var request = context.Request;
        var isSame = request.Headers.Origin is not { Count: > 0 } origin || IsWord(origin, $"http://{request.Host.Value}");
        if (isSame && (request.Headers["Sec-Fetch-Site"] is not { Count: > 0 } site || IsWord(site, "same-origin", "none")))
            return;

        // A link to the page, on another page or in a message, may be followed.
        var isLink = isSame && HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && IsWord(request.Headers["Sec-Fetch-Mode"], "navigate") && IsWord(request.Headers["Sec-Fetch-Dest"], "document");
        if (!isLink)
            throw new ExplorerException("The explorer answers its own page alone: this request comes from another site.") { Status = StatusCodes.Status403Forbidden };
    }

    private static void CheckBody(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true && !HttpMethods.IsPost(request.Method))
            return;
        var rule = context.GetEndpoint()?.Metadata.GetMetadata<BodyRule>() ?? BodyRule.Json;
        var kind = request.ContentType?.Split(';')[0].Trim() ?? "";
        if (!rule.Kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))
            throw new ExplorerException($"The body of this request is {(kind.Length > 0 ? $"'{kind}'" : "of no stated kind")}; send {string.Join(" or ", rule.Kinds)}.") { Status = StatusCodes.Status415UnsupportedMediaType };
        var isTooLarge = request.ContentLength > rule.MostBytes;

        // What is a little too large is read to its end and thrown away: a connection that is closed before could lose the refusal.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = isTooLarge && request.ContentLength <= MostDrained ? request.ContentLength : rule.MostBytes;
        if (isTooLarge)
            throw rule.TooLarge();
    }

    // The name that was asked for, with its port.
    private void CheckHost(HttpContext context)
    {
        var host = context.Request.Host;
        var (name, port) = (host.HasValue ? host.Host.Trim('[', ']') : "", host.HasValue ? host.Port ?? 80 : 0);
        if (port == context.Connection.LocalPort && IsOwnName(name, context.Connection.LocalIpAddress))
            return;
        throw new ExplorerException(
            $"The explorer answers at http://localhost:{context.Connection.LocalPort} and the address that the terminal printed alone. Where a port is forwarded, forward the same one: ssh -L {context.Connection.LocalPort}:localhost:{context.Connection.LocalPort} MACHINE.")
        { Status = StatusCodes.Status421MisdirectedRequest };
    }

    private bool IsOwnName(string name, IPAddress? local)
    {
        if (IPAddress.TryParse(name, out var address))
            return IsLocal(address) || address.Equals(options.Address) || (local is not null && address.Equals(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local));
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || options.Names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
