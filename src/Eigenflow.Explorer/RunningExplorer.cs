using System.Net;
using Eigenflow.Explorer.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Eigenflow.Explorer;

/// <summary>An explorer that listens.</summary>
public sealed class RunningExplorer : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ExplorerOptions options;
    private readonly string bound;

    internal RunningExplorer(WebApplication server, ExplorerOptions options)
    {
        this.server = server;
        this.options = options;
        bound = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var uri = new Uri(bound);
        IsLocal = IPAddress.IsLoopback(options.Address);
        var isEverywhere = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any);
        Address = isEverywhere || (!IsLocal && options.Names.Count > 1) ? $"http://{options.Names[0]}:{uri.Port}" : $"http://{uri.Authority}";
    }

    /// <summary>Where it is opened, without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>Whether this machine alone reaches it.</summary>
    public bool IsLocal { get; }

    /// <summary>Listens until it is told to end; then streams and work end within a second or two.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task Run(CancellationToken cancellation)
    {
        var warming = options.IsWarm ? WarmUp.Run(bound.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "[::1]", StringComparison.Ordinal), options.Token, cancellation) : Task.CompletedTask;
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        await server.StopAsync(CancellationToken.None);
        await warming;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
