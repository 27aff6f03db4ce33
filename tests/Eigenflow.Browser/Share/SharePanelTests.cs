using Microsoft.Playwright;

namespace Eigenflow.Browser.Share;

/// <summary>The room in which what is shown is copied and saved. A browser has one clipboard for all its pages.</summary>
[Collection(nameof(Alone))]
public sealed class SharePanelTests(BrowserSession session)
{
    private const string Address = "#/systems/phase-retrieval?exponent=2.5&until=100&room=share";
    private static readonly SmallRuns.Request Shown = new([new SmallRuns.Run("flow", new() { ["exponent"] = "2.5", ["until"] = "100" })]);

    [Fact]
    public async Task CommandProgramAndLinkAreCopiedAndAnnounced()
    {
        await using var open = await Open();
        await open.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Copied(open.Page, "Copy command", (await session.Export("phase-retrieval", "command", Shown)).Text.TrimEnd());
        await Copied(open.Page, "Copy C#", (await session.Export("phase-retrieval", "csharp", Shown)).Text.TrimEnd());
        var link = await Copied(open.Page, "Copy link", null);
        link.ShouldContain("exponent=2.5");
        link.ShouldNotContain("token");

        // A live region of its own: the announcer of the page tells the last of several sentences alone.
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.share-status[role=status]').textContent === 'Link copied.'");
        (await open.Page.Locator(".share-preview").InnerTextAsync()).ShouldBe("eigenflow run phase-retrieval --exponent 2.5 --until 100");
    }

    [Theory]
    [InlineData("Figure as CSV", "csv", "phase-retrieval.csv")]
    [InlineData("Runs as CSV", "runs.csv", "phase-retrieval-runs.csv")]
    [InlineData("Runs as JSON", "json", "phase-retrieval.json")]
    [InlineData("Study file", "study", "phase-retrieval.toml")]
    public async Task FilesAreSavedAsTheServerGivesThem(string name, string kind, string file)
    {
        await using var open = await Open();
        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync());
        download.SuggestedFilename.ShouldBe(file);
        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldBe((await session.Export("phase-retrieval", kind, Shown)).Text);
    }

    // What is shown is a map: its cells are those that were drawn, zoomed as it is.
    [Fact]
    public async Task AMapIsSharedAsTheMap()
    {
        await using var open = await session.Open();
        var drawn = open.Page.WaitForRequestAsync(request => request.Url.EndsWith("/quadratic-parameterization/map", StringComparison.Ordinal));
        await open.GoTo("#/systems/quadratic-parameterization?map=exponent,signal-exponent,last:risk&room=share&map.view=y:1,2");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", session.Token);
        using var answer = await client.PostAsync(new Uri($"{session.Address}/api/systems/quadratic-parameterization/map"), new StringContent((await drawn).PostData!, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var line = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n').Last(one => one.StartsWith("data: ", StringComparison.Ordinal));
        using var last = System.Text.Json.JsonDocument.Parse(line["data: ".Length..]);
        var values = last.RootElement.GetProperty("figure").GetProperty("panels")[0].GetProperty("heatMap").GetProperty("values").EnumerateArray().Select(value => WrittenNumber.RoundTrip(value.GetDouble())).ToArray();
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.share-preview code')?.textContent.startsWith('cat > quadratic-parameterization-map.toml')");
        var download = await open.Page.RunAndWaitForDownloadAsync(() => open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cells as CSV", Exact = true }).ClickAsync());
        download.SuggestedFilename.ShouldBe("quadratic-parameterization-map.csv");
        (await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[1..].Select(row => row.Split(',')[4]).ShouldBe(values);
        var picture = open.Page.WaitForRequestAsync(request => request.Url.EndsWith("/export/svg", StringComparison.Ordinal));
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "SVG", Exact = true }).ClickAsync();
        (await picture).PostData!.ShouldContain("\"views\":{\"0\":{\"yRange\":[1,2]}}");
        await Assertions.Expect(open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Runs as CSV", Exact = true })).ToBeDisabledAsync();

        // Behind it stand the curves again.
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Back to the curves" }).ClickAsync();
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.share-preview code')?.textContent.startsWith('eigenflow run')");
        (await open.Page.EvaluateAsync<string>("() => location.hash")).ShouldNotContain("map");
    }

    // The window of a slope goes with what is exported.
    [Fact]
    public async Task AnOpenWindowIsPartOfThePicture()
    {
        await using var open = await session.Open();
        await open.GoTo(Address + "&panel0=window:10,60;yscale:linear");
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.share-preview code')?.textContent.startsWith('eigenflow run')");
        var picture = open.Page.WaitForRequestAsync(request => request.Url.EndsWith("/export/png", StringComparison.Ordinal));
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "PNG", Exact = true }).ClickAsync();
        var body = (await picture).PostData!;
        body.ShouldContain("\"window\":[10,60]");
        body.ShouldContain("\"yScale\":\"linear\"");
    }

    [Fact]
    public async Task WithoutAClipboardTheTextIsSelectedInADialog()
    {
        await using var open = await session.Open();
        await open.Page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } })");
        await open.GoTo(Address);
        var button = open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Copy command", Exact = true });
        await button.ClickAsync();
        await open.Page.WaitForSelectorAsync("dialog[open] textarea");
        (await open.Page.EvaluateAsync<string>("() => { const area = document.activeElement; return area.value.slice(area.selectionStart, area.selectionEnd); }")).ShouldBe("eigenflow run phase-retrieval --exponent 2.5 --until 100");
        await open.Page.Keyboard.PressAsync("Escape");
        await open.Page.WaitForFunctionAsync("() => document.querySelector('dialog') === null && document.activeElement.textContent === 'Copy command'");
    }

    [Fact]
    public async Task AKeyboardIsEnough()
    {
        await using var open = await Open();
        await open.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var button = open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Copy link", Exact = true });
        await button.FocusAsync();
        (await button.GetAttributeAsync("aria-describedby")).ShouldNotBeNull();
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.share-status').textContent === 'Link copied.'");
    }

    private async Task<OpenPage> Open()
    {
        var open = await session.Open();
        await open.GoTo(Address);
        await open.Page.WaitForFunctionAsync("() => document.querySelector('.share-preview code')?.textContent.startsWith('eigenflow run')");
        return open;
    }

    private static async Task<string> Copied(IPage page, string button, string? text)
    {
        await page.EvaluateAsync("() => navigator.clipboard.writeText('before')");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).ClickAsync();

        // The clipboard is that of the whole browser: other pages may write it meanwhile.
        var copied = await page.WaitForFunctionAsync(
            "async wanted => { const text = await navigator.clipboard.readText(); return (wanted === null ? text.includes('#/systems/') : text === wanted) && text; }", text);
        return await copied.JsonValueAsync<string>();
    }
}
