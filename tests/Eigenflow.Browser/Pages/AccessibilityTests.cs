using Microsoft.Playwright;

namespace Eigenflow.Browser.Pages;

/// <summary>Every view passes axe-core in both themes, on a desk and on a telephone; tokens have the contrast that they promise.</summary>
public sealed class AccessibilityTests(BrowserSession session)
{
    [Theory]
    [InlineData("#/")]
    [InlineData("#/systems/phase-retrieval")]
    [InlineData("#/systems/in-and-out-of-equilibrium")]
    [InlineData("#/studies")]
    [InlineData("#/data")]
    [InlineData("#/no/such/page")]
    public async Task EveryViewPassesAxe(string route)
    {
        await using var open = await session.Open();
        await open.GoTo(route);
        foreach (var (width, height) in ((int, int)[])[(1280, 900), (360, 740)])
        {
            await open.Page.SetViewportSizeAsync(width, height);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await open.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await open.Settle();
                await open.Picture($"view{route.Replace("#", "", StringComparison.Ordinal).Replace('/', '-')}-{width}-{scheme}");
                (await Accessibility.Violations(open.Page)).ShouldBeEmpty($"{width} pixels, {scheme}");
                (await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, $"something is wider than {width} pixels");
            }
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task TokensHaveTheirContrast(ColorScheme scheme)
    {
        await using var open = await session.Open(scheme: scheme);
        await open.GoTo();
        await open.Settle();
        var failures = await open.Page.EvaluateAsync<string[]>(
            """
            () => {
              const probe = document.createElement('div');
              document.body.append(probe);
              const color = token => {
                probe.style.color = `var(${token})`;
                return getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
              };
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const contrast = (a, b) => { const [x, y] = [light(color(a)), light(color(b))].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
              const wrong = [];
              const need = (a, b, least) => { const value = contrast(a, b); if (!(value >= least)) wrong.push(`${a} on ${b}: ${value.toFixed(2)} < ${least}`); };
              const grounds = ['--surface', '--surface-raised', '--surface-sunk', '--ef-shade'];
              for (const ground of grounds) {
                for (const text of ['--ef-text', '--ef-muted', '--accent', '--accent-strong', '--bad', '--good']) need(text, ground, 4.5);
                for (const mark of ['--control-line', '--focus', '--accent']) need(mark, ground, 3);
              }
              for (const kind of ['good', 'bad', 'open', 'away', 'reduced', 'printed']) need(`--${kind}`, `--${kind}-ground`, 4.5);
              need('--on-accent', '--accent', 4.5);
              need('--on-accent', '--accent-strong', 4.5);
              need('--accent-strong', '--accent-ground', 4.5);
              probe.remove();
              return wrong;
            }
            """);
        failures.ShouldBeEmpty();
    }
}
