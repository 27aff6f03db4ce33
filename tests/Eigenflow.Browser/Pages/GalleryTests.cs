using Eigenflow.Systems;
using Microsoft.Playwright;

namespace Eigenflow.Browser.Pages;

/// <summary>The gallery shows every system of the catalog with its picture, finds them, and needs no mouse.</summary>
public sealed class GalleryTests(BrowserSession session)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(3840, ColorScheme.Dark)]
    public async Task EverySystemHasACardWithAPicture(int width, ColorScheme scheme)
    {
        await using var open = await session.Open(width, width / 16 * (width < 500 ? 32 : 9), scheme);
        await open.GoTo();
        await open.Settle();
        var cards = open.Page.Locator(".system-card");
        (await cards.Locator("h3").AllTextContentsAsync()).ShouldBe(SystemCatalog.All.Select(system => system.Title), ignoreOrder: true);
        (await cards.Locator(".system-question").AllTextContentsAsync()).ShouldBe(SystemCatalog.All.Select(system => system.Question), ignoreOrder: true);
        (await cards.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.hash)")).ShouldBe(SystemCatalog.All.Select(system => "#/systems/" + system.Id), ignoreOrder: true);

        // Pictures load as they are scrolled to, in the size that was kept for them, and in the theme of the page.
        foreach (var picture in await cards.Locator("img").AllAsync())
        {
            await picture.ScrollIntoViewIfNeededAsync();
            await picture.EvaluateAsync("picture => picture.decode()");
            (await picture.EvaluateAsync<int>("picture => picture.naturalWidth")).ShouldBe(280);
            (await picture.GetAttributeAsync("src")).ShouldEndWith(scheme == ColorScheme.Dark ? "theme=dark" : "theme=light");
            (await picture.GetAttributeAsync("alt")).ShouldNotBeNullOrWhiteSpace();
        }

        (await open.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0, "nothing is wider than the window");
        await open.Page.EvaluateAsync("() => scrollTo(0, 0)");
        await open.Picture($"gallery-{width}-{scheme}");
    }

    [Fact]
    public async Task TheSearchAndTheFamiliesLeaveWhatMatches()
    {
        await using var open = await session.Open();
        await open.GoTo();
        await open.Settle();
        var shown = open.Page.Locator(".system-card:visible h3");
        var search = open.Page.GetByRole(AriaRole.Searchbox);
        await search.FillAsync("muon ANISOTROPIC");
        (await shown.AllTextContentsAsync()).ShouldBe(["Spectral descent under anisotropic data"]);
        await Assertions.Expect(open.Page.Locator("#announcer")).ToHaveTextAsync("1 system.");
        await search.FillAsync("no such thing");
        (await shown.CountAsync()).ShouldBe(0);
        await Assertions.Expect(open.Page.GetByText("No system matches this search.")).ToBeVisibleAsync();
        await search.FillAsync("");
        var family = open.Page.GetByRole(AriaRole.Button, new() { Name = "Double descent" });
        await family.ClickAsync();
        (await shown.CountAsync()).ShouldBe(SystemCatalog.All.Count(system => system.Family == "Double descent"));
        (await family.GetAttributeAsync("aria-pressed")).ShouldBe("true");
    }

    [Fact]
    public async Task TheKeyboardOpensASystem()
    {
        await using var open = await session.Open();
        await open.GoTo();
        await open.Settle();
        await open.Page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await open.Page.Keyboard.PressAsync("Tab");
        var first = await open.Page.EvaluateAsync<string>("() => document.activeElement.hash");
        first.ShouldBe("#/systems/" + SystemCatalog.All[0].Id);
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Shift+Tab");
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.WaitForFunctionAsync("hash => location.hash === hash", first);
    }

    [Fact]
    public async Task ThumbnailsAreKeptAndNamedByTheirContents()
    {
        await using var open = await session.Open();
        await open.GoTo();
        await open.Settle();
        var answer = await open.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const first = await fetch('api/systems/phase-retrieval/thumbnail.svg', { cache: 'no-store' });
              const tag = first.headers.get('etag');
              const text = await first.text();
              const again = await fetch('api/systems/phase-retrieval/thumbnail.svg', { headers: { 'If-None-Match': tag }, cache: 'no-store' });
              return [String(first.status), tag, text, String(again.status), first.headers.get('content-type')];
            }
            """);
        (answer[0], answer[3], answer[4]).ShouldBe(("200", "304", "image/svg+xml"));
        answer[1].ShouldMatch("^\"[0-9a-f]{24}\"$");
        answer[2].ShouldContain("<path");
        answer[2].ShouldNotContain("aria-label=\"flow");
    }
}
