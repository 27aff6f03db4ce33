using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Eigenflow.Explorer.Hosting;

/// <summary>What a client may ask of the server itself: small heads that arrive soon, bodies that keep flowing, a bounded number of connections.</summary>
internal static class ServerLimits
{
    private const int MostHeaders = 64, LongestLine = 8 << 10, LongestHead = 24 << 10, DeepestJson = 16;

    // Bytes a second: a client that is slower holds a connection for nothing.
    private const double SlowestBody = 240;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(1);

    /// <summary>Sets them.</summary>
    public static void Set(WebApplicationBuilder builder, ExplorerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = options.MostConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
            kestrel.Limits.MaxRequestBodySize = BodyRule.Json.MostBytes;
            kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
            kestrel.Limits.MaxRequestHeadersTotalSize = LongestHead;
            kestrel.Limits.MaxRequestLineSize = LongestLine;
            kestrel.Limits.RequestHeadersTimeout = options.HeadTime;
            kestrel.Limits.KeepAliveTimeout = KeepAlive;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBody, Grace);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(SlowestBody, Grace);
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Ending);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.MaxDepth = DeepestJson;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }
}
