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

    /// <summary>A secret that is good once, with which the browser is opened; null for none.</summary>
    public string? OpeningToken { get; init; }

    /// <summary>The only folder whose files it reads, with those below; null reads none.</summary>
    public string? Folder { get; init; }

    /// <summary>Memory of this process in bytes above which new work is refused and running work ends, the newest first. Half of what this machine has by default.</summary>
    public long Memory { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Longest time of what is answered at once: theory, predictions, fits.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time of a simulation, or of the check of claims, in the background.</summary>
    public TimeSpan RunTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Most requests that wait for a place.</summary>
    public int MostWaiting { get; init; } = 256;

    /// <summary>Most connections at a time.</summary>
    public int MostConnections { get; init; } = 1024;

    /// <summary>Longest time in which the head of a request has to arrive.</summary>
    public TimeSpan HeadTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the first solves of all systems are made before they are asked for, so that the first move of a slider is as fast as the next.</summary>
    public bool IsWarm { get; init; }
}
