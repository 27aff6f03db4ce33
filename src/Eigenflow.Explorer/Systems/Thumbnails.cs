using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Eigenflow.Explorer.Hosting;
using Eigenflow.Rendering;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Systems;

/// <summary>The theory of each system, drawn small: solved once, when it is first asked for.</summary>
internal sealed class Thumbnails(WorkQueue queue, SolutionCache cache)
{
    // Curves are drawn a little bold, since the page shows it larger than this.
    private const int Width = 280;
    private const int Height = 168;
    private readonly ConcurrentDictionary<(string Id, ThemeKind Theme), Thumbnail> drawn = new();

    /// <summary>The picture of a system.</summary>
    /// <param name="system">The system.</param>
    /// <param name="theme">Light or dark.</param>
    /// <param name="cancellation">Ends waiting and solving.</param>
    public async Task<Thumbnail> Of(ISystem system, ThemeKind theme, CancellationToken cancellation)
    {
        if (drawn.TryGetValue((system.Id, theme), out var found))
            return found;
        var made = await queue.Run(token => Draw(system, theme, token), cancellation);
        drawn.TryAdd((system.Id, theme), made);
        return made;
    }

    private Thumbnail Draw(ISystem system, ThemeKind theme, CancellationToken cancellation)
    {
        var (panel, runs) = Cover.Of(system);
        var figure = system.Draw([.. runs.Select(run => cache.Solve(system, run.Complete(system), cancellation))]);
        if (figure.Panels.Count > panel)
            figure = figure with { Panels = [figure.Panels[panel]] };
        var bytes = Encoding.UTF8.GetBytes(FigureRenderer.Thumbnail(figure, Width, Height, theme));
        return new Thumbnail(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
    }
}

/// <summary>A small picture.</summary>
/// <param name="Svg">The bytes of its document.</param>
/// <param name="Tag">Changes with them.</param>
internal sealed record Thumbnail(byte[] Svg, string Tag);
