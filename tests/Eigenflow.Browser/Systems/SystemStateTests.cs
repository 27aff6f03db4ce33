using Microsoft.Playwright;

namespace Eigenflow.Browser.Systems;

/// <summary>The state of a view: the address has it whole, pins, hidden controls, keys, and a narrow window.</summary>
public sealed class SystemStateTests(BrowserSession session)
{
    [Fact]
    public async Task AnAddressShowsTheSameNumbersAgain()
    {
        string data, hash;
        await using (var page = await SystemPage.Open(session, "phase-retrieval"))
        {
            await page.Settled();
            await page.Field("exponent").FillAsync("2.5");
            await page.Button("Pin this setting").ClickAsync();
            await page.Slider("dimension").FocusAsync();
            await page.Slider("dimension").PressAsync("PageUp");
            await page.Page.Locator(".method input[value=isotropic]").EvaluateAsync("box => box.click()");
            await page.Settled();
            data = await page.Data();
            await page.Page.WaitForTimeoutAsync(900);
            hash = await page.Hash();
        }

        hash.ShouldBe("#/systems/phase-retrieval?exponent=2.5&dimension=3160&methods=flow,isotropic&pin=flow;exponent=2.5");
        await using var other = await SystemPage.Open(session, hash["#/systems/".Length..]);
        await other.Settled();
        (await other.Data()).ShouldBe(data);
        (await other.Value("dimension")).ShouldBe("3160");
    }

    [Fact]
    public async Task PinsStayForComparisonAndCanBeTakenUp()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval?exponent=1.5");
        await page.Settled();
        await page.Page.Keyboard.PressAsync("Alt+P");
        await Assertions.Expect(page.Page.Locator(".pin")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Page.Locator(".pin-words")).ToContainTextAsync("exponent 1.5");
        await page.Field("exponent").FillAsync("3");
        await page.Settled();
        (await page.Data()).ShouldContain("a = 1.5");
        await page.Page.Locator(".pin-words").ClickAsync();
        (await page.Value("exponent")).ShouldBe("1.5");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new("Remove the pinned") }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".pin")).ToHaveCountAsync(0);
        await page.Button("Reset all").ClickAsync();
        (await page.Value("exponent")).ShouldBe("2");
    }

    [Fact]
    public async Task ATeacherSendsAReducedPage()
    {
        string hash;
        await using (var page = await SystemPage.Open(session, "phase-retrieval?noise=0.1"))
        {
            await page.Settled();
            await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Edit this page" }).ClickAsync();
            await page.Control("noise").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { NameRegex = new("Hide") }).ClickAsync();
            hash = await page.Hash();
        }

        hash.ShouldContain("hide=noise");
        await using var reader = await SystemPage.Open(session, hash["#/systems/".Length..]);
        await reader.Settled();
        await Assertions.Expect(reader.Control("noise")).ToBeHiddenAsync();
        await Assertions.Expect(reader.Page.Locator(".ef-caption")).ToContainTextAsync("σ² = 0.1");
    }

    [Fact]
    public async Task WhatAnAddressGetsWrongIsTold()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval?colour=red&methods=flow,magic&exponent=-7");
        await Assertions.Expect(page.Page.Locator(".notices")).ToContainTextAsync("colour");
        await Assertions.Expect(page.Page.Locator(".notices")).ToContainTextAsync("magic");
        await Assertions.Expect(page.Control("exponent").Locator(".field-error")).ToContainTextAsync("exponent = -7 is not allowed");
    }

    [Fact]
    public async Task TheKeysAreListedAndWork()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval");
        await page.Settled();
        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Keys" })).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Slider("exponent").FocusAsync();
        await page.Slider("exponent").PressAsync("ArrowRight");
        (await page.Value("exponent")).ShouldBe("2.05");
        await page.Slider("exponent").PressAsync("Shift+ArrowRight");
        (await page.Value("exponent")).ShouldBe("2.055");
        await page.Slider("exponent").PressAsync("PageUp");
        (await page.Value("exponent")).ShouldBe("2.55");
        await page.Page.Keyboard.PressAsync("Alt+T");
        await Assertions.Expect(page.Page.Locator(".figure-data table").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AMapShowsTheCurveBehindACell()
    {
        await using var page = await SystemPage.Open(session, "quadratic-parameterization");
        await page.Settled();
        await page.Button("Map").ClickAsync();
        var map = page.Page.Locator(".map-chart canvas").First;
        await Assertions.Expect(page.Page.Locator(".map-chart .ef-caption")).ToContainTextAsync("384 of 384");
        var box = (await map.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2) - 30, box.Y + (box.Height / 2));
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new MouseMoveOptions { Steps = 5 });
        await Assertions.Expect(page.Page.Locator(".map-curve .ef-panel").First).ToBeVisibleAsync();
        await page.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('exponent=')", null, new PageWaitForFunctionOptions { Timeout = 5_000 });
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Back to the curves" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".figure .ef-panel").First).ToBeVisibleAsync();
    }

    // What is cancelled goes on where it was.
    [Fact]
    public async Task AMapThatIsCancelledCanBeContinued()
    {
        await using var page = await SystemPage.Open(session, "multiscale-double-descent?map=samples,condition,event:first-minimum&points=2000");
        var work = page.Page.Locator(".map-work");
        await work.GetByText("of 384 cells").WaitForAsync();
        await work.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".figure-refusal:not([hidden])")).ToContainTextAsync("what it had reached is shown");
        var reached = int.Parse((await work.InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        await work.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Continue the map" }).ClickAsync();
        await Assertions.Expect(work.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel the map" })).ToBeVisibleAsync();
        await page.Page.WaitForFunctionAsync("reached => { const [done] = document.querySelector('.map-work').textContent.match(/\\d+(?= of 384)/) ?? [0]; return Number(done) >= reached; }", reached);
    }

    // Dots that mark cells without the event are no curves: the cell below the pointer is shown and taken up, and not the one before.
    [Fact]
    public async Task AMarkedCellOfAMapIsTheOneThatIsTakenUp()
    {
        await using var page = await SystemPage.Open(session, "multiscale-double-descent?map=samples,condition,event:first-minimum");
        await Assertions.Expect(page.Page.Locator(".map-chart .ef-caption")).ToContainTextAsync("384 of 384");
        var box = (await page.Page.Locator(".map-chart canvas").First.BoundingBoxAsync())!;
        var (hint, readout) = (page.Page.Locator(".map-hint"), page.Page.Locator(".map-chart .ef-readout"));
        var found = false;
        for (var k = 1; k < 40 && !found; k++)
        {
            await page.Page.Mouse.MoveAsync(box.X + (box.Width * k / 40), box.Y + (box.Height * ((k * 7 % 20) + 0.5f) / 20));
            found = await readout.IsVisibleAsync() && (await readout.InnerTextAsync()).Contains(": none", StringComparison.Ordinal);
        }

        found.ShouldBeTrue("the map has cells without a first minimum");
        await page.Page.Keyboard.PressAsync("Alt+T");
        await Assertions.Expect(page.Page.Locator(".map .figure-data table").First).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Alt+T");
        var words = await hint.InnerTextAsync();
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.UpAsync();
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('samples=') && location.hash.includes('condition=')");
        var taken = System.Text.RegularExpressions.Regex.Matches(await page.Hash(), "(samples|condition)=([^&]+)");
        taken.ShouldAllBe(one => words.Contains(one.Groups[2].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnAPhoneTheControlsAreASheetBelowAPanelThatStaysInSight()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval", width: 360, height: 740);
        await page.Settled();
        (await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
        (await page.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('.stage, .stage *')].filter(e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY === 'auto' && e.offsetParent).length")).ShouldBe(0, "nothing scrolls inside the page");
        await Assertions.Expect(page.Slider("noise")).ToBeHiddenAsync();
        foreach (var words in (string[])["Pin this setting", "Data", "Map"])
        {
            await page.Button(words).ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(page.Button(words)).ToBeInViewportAsync();
        }

        var head = page.Page.GetByRole(AriaRole.Button, new() { Name = "Controls", Exact = true });
        await head.ClickAsync();
        await Assertions.Expect(head).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Slider("noise").ScrollIntoViewIfNeededAsync();
        await page.Slider("exponent").ScrollIntoViewIfNeededAsync();
        await page.Slider("exponent").FocusAsync();
        await page.Slider("exponent").PressAsync("ArrowRight");
        await page.Settled();
        (await page.Page.EvaluateAsync<bool>("() => { const top = document.querySelector('.controls').getBoundingClientRect().top; return [...document.querySelectorAll('.stage .ef-stage')].some(panel => { const box = panel.getBoundingClientRect(); return box.top >= 56 && box.bottom <= top; }); }")).ShouldBeTrue("a whole panel is between the head of the page and the sheet");
        await page.Slider("exponent").PressAsync("Escape");
        await Assertions.Expect(head).ToBeFocusedAsync();
        await Assertions.Expect(page.Slider("exponent")).ToBeHiddenAsync();
        await page.Page.Keyboard.PressAsync("Alt+c");
        await Assertions.Expect(head).ToHaveAttributeAsync("aria-expanded", "true");
    }

    [Fact]
    public async Task AFingerMovesASliderAndTheEndOfAWindow()
    {
        await using var page = await SystemPage.Open(session, "phase-retrieval?panel0=window:10,100", width: 360, height: 740);
        await page.Settled();
        var device = await page.Page.Context.NewCDPSessionAsync(page.Page);
        await device.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        var end = page.Page.Locator(".ef-window-handle").Nth(1);
        await end.ScrollIntoViewIfNeededAsync();
        await Drag(device, end, 40);
        await page.Page.WaitForFunctionAsync("() => Number(/window:[^,]*,([^&]*)/.exec(location.hash)?.[1]) > 200");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Controls", Exact = true }).ClickAsync();
        await page.Slider("exponent").ScrollIntoViewIfNeededAsync();
        await Drag(device, page.Slider("exponent"), 60);
        await page.Page.WaitForFunctionAsync("() => /exponent=/.test(location.hash)");
        await page.Settled();
    }

    [Fact]
    public async Task OnPaperAFigureIsLightAndSharpAndAsWideAsTheSheet()
    {
        await using var page = await SystemPage.Open(session, "scaling-collapse");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.Settled();
        var onScreen = await page.Page.EvaluateAsync<double>(Widest);
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        (await page.Page.EvaluateAsync<double>(Widest)).ShouldBeInRange(3 * 330, 3 * 680);
        (await page.Page.EvaluateAsync<double>("() => Math.max(...[...document.querySelectorAll('.ef-stage canvas')].map(canvas => canvas.getBoundingClientRect().width))")).ShouldBeLessThanOrEqualTo(681);
        (await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        await Assertions.Expect(page.Page.Locator(".controls")).ToBeHiddenAsync();
        await page.Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        await page.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.Page.WaitForFunctionAsync($"before => ({Widest})() === before", onScreen);
        (await page.Page.EvaluateAsync<bool>("() => document.documentElement.dataset.theme === undefined")).ShouldBeTrue();
    }

    private const string Widest = "() => Math.max(...[...document.querySelectorAll('.ef-stage canvas')].map(canvas => canvas.width))";

    // A drag to the right by a finger that begins in the middle of an element.
    private static async Task Drag(ICDPSession device, ILocator element, double by)
    {
        var box = (await element.BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        Task Touch(string kind, params double[] places) => device.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = kind, ["touchPoints"] = places.Select(place => new { x = place, y }).ToArray() });
        await Touch("touchStart", x);
        for (var k = 1; k <= 8; k++)
            await Touch("touchMove", x + (by * k / 8));
        await Touch("touchEnd");
    }
}
