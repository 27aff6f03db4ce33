using Microsoft.Playwright;

namespace Eigenflow.Browser.Pages;

/// <summary>The frame around the views: addresses, focus, theme, errors in words, and a first paint that waits for nothing.</summary>
public sealed class ShellTests(BrowserSession session)
{
    [Fact]
    public async Task TheThemeIsThatOfTheSystemUntilOneIsChosenAndIsKept()
    {
        await using var open = await session.Open(scheme: ColorScheme.Dark);
        await open.GoTo();
        await open.Settle();
        Task<string> Ground() => open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        const string Light = "rgb(255, 255, 255)";
        (await Ground()).ShouldNotBe(Light);
        var button = open.Page.Locator(".theme-switch");
        (await button.GetAttributeAsync("aria-label")).ShouldBe("Colours: as the system");
        await button.ClickAsync();
        (await button.GetAttributeAsync("aria-label")).ShouldBe("Colours: light");
        (await Ground()).ShouldBe(Light);
        (await open.Page.Locator(".system-card img").First.GetAttributeAsync("src")).ShouldEndWith("theme=light");
        await Assertions.Expect(open.Page.Locator("#announcer")).ToHaveTextAsync("Colours: light.");
        await open.Page.ReloadAsync();
        (await Ground()).ShouldBe(Light);
        await button.ClickAsync();
        await button.ClickAsync();
        (await open.Page.EvaluateAsync<string?>("() => localStorage.getItem('eigenflow-theme')")).ShouldBeNull();
        (await Ground()).ShouldNotBe(Light);
    }

    [Fact]
    public async Task AddressesLeadToViewsAndTheFocusFollows()
    {
        await using var open = await session.Open();
        await open.GoTo();
        await open.Settle();
        (await open.Page.TitleAsync()).ShouldBe("Systems · Eigenflow");
        (await open.Page.Locator(".shell-nav [aria-current=page]").TextContentAsync()).ShouldBe("Systems");
        await open.Page.EvaluateAsync("() => { location.hash = '#/no/such/page' }");
        await Assertions.Expect(open.Page.Locator("main h1")).ToHaveTextAsync("There is no such page");
        await Assertions.Expect(open.Page.Locator("main h1")).ToBeFocusedAsync();
        (await open.Page.TitleAsync()).ShouldBe("There is no such page · Eigenflow");
        (await open.Page.Locator(".shell-nav [aria-current=page]").CountAsync()).ShouldBe(0);
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "All systems" }).ClickAsync();
        await open.Settle();
        await Assertions.Expect(open.Page.Locator("main h1")).ToBeFocusedAsync();
        (await open.Page.TitleAsync()).ShouldBe("Systems · Eigenflow");
        await open.Page.GoBackAsync();
        await Assertions.Expect(open.Page.Locator("main h1")).ToHaveTextAsync("There is no such page");
    }

    [Fact]
    public async Task TheFirstTabSkipsToTheContentAndKeepsTheAddress()
    {
        await using var open = await session.Open();
        await open.GoTo("#/");
        await open.Settle();
        await open.Page.Keyboard.PressAsync("Tab");
        var link = open.Page.Locator(".skip-link");
        await Assertions.Expect(link).ToBeFocusedAsync();
        await Assertions.Expect(link).ToBeInViewportAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open.Page.Locator("main")).ToBeFocusedAsync();
        (await open.Page.EvaluateAsync<string>("() => location.hash")).ShouldBe("#/");
    }

    [Fact]
    public async Task TheFirstPaintWaitsForNoDataAndNothingMovesWhenTheyCome()
    {
        await using var open = await session.Open();
        var gate = new TaskCompletionSource();
        await open.Page.RouteAsync("**/api/**", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        await open.Page.AddInitScriptAsync("window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });");
        await open.GoTo();
        await Assertions.Expect(open.Page.Locator(".system-card.is-empty").First).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("header .brand-name")).ToBeVisibleAsync();
        await Assertions.Expect(open.Page.Locator("main h1")).ToBeVisibleAsync();
        await open.Page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        await open.Picture("first-paint");
        gate.SetResult();
        await open.Settle();
        (await open.Page.EvaluateAsync<double>("() => window.moved")).ShouldBeLessThan(0.02);
    }

    [Fact]
    public async Task AServerThatFailsIsToldInWords()
    {
        await using var open = await session.Open();
        open.IsExpected = trouble => trouble.Contains("503", StringComparison.Ordinal);
        await open.Page.RouteAsync("**/api/systems", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/json", Body = """{"error":"The explorer is busy."}""" }));
        await open.GoTo();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The systems could not be loaded: The explorer is busy.");
    }

    [Fact]
    public async Task WhatNobodyCaughtIsToldInWords()
    {
        await using var open = await session.Open();
        open.IsExpected = trouble => trouble.Contains("made by the test", StringComparison.Ordinal);
        await open.GoTo();
        await open.Settle();
        await open.Page.EvaluateAsync("() => { setTimeout(() => { throw new Error('made by the test') }) }");
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("made by the test");
        await open.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }
}
