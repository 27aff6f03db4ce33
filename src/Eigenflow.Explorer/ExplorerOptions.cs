using System.Net;

namespace Eigenflow.Explorer;

/// <summary>What <c>eigenflow explore</c> is asked for.</summary>
public sealed record ExplorerOptions
{
    /// <summary>Where it listens; this machine alone by default.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Names by which other machines may ask for it, beside its address.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Its port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The secret that requests carry.</summary>
    public required string Token { get; init; }

    /// <summary>The only folder whose files it reads, with those below; null reads none.</summary>
    public string? Folder { get; init; }
}
