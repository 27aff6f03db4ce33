using Microsoft.Playwright;

namespace Eigenflow.Browser.Systems;

/// <summary>The view of a system in a page of its own. Values that are typed on purpose to be refused have the status 422, which a browser writes on its console.</summary>
internal sealed class SystemPage : IAsyncDisposable
{
    private readonly OpenPage open;

    private SystemPage(OpenPage open) => this.open = open;

    public IPage Page => open.Page;

    public static async Task<SystemPage> Open(BrowserSession session, string address, int width = 1280, int height = 900)
    {
        var open = await session.Open(width, height);
        open.IsExpected = trouble => trouble.Contains("status of 422", StringComparison.Ordinal);
        var page = new SystemPage(open);
        await open.GoTo("#/systems/" + address);
        await page.Page.WaitForSelectorAsync(".system-view .controls");
        return page;
    }

    /// <summary>Waits until all that was asked for is drawn.</summary>
    public async Task Settled(float milliseconds = OpenPage.Patience) =>
        await Page.WaitForFunctionAsync("() => document.querySelector('.figure')?.getAttribute('aria-busy') === 'false'", null, new PageWaitForFunctionOptions { Timeout = milliseconds, PollingInterval = 20 });

    /// <summary>The control of a parameter.</summary>
    public ILocator Control(string parameter) => Page.Locator($".control[data-parameter='{parameter}']");

    public ILocator Slider(string parameter) => Control(parameter).Locator("input[type=range]");

    public ILocator Field(string parameter) => Control(parameter).Locator("input[type=text]");

    /// <summary>What stands in a field, or the derived value in its place.</summary>
    public Task<string> Value(string parameter) => Field(parameter).EvaluateAsync<string>("field => field.value || field.placeholder");

    public ILocator Button(string words) => Page.Locator(".figure-tools").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = words });

    public Task<string> Hash() => Page.EvaluateAsync<string>("() => location.hash");

    /// <summary>The numbers of the figure, as the table of data has them.</summary>
    public async Task<string> Data()
    {
        if (await Page.Locator(".figure-data table").CountAsync() == 0)
            await Button("Data").ClickAsync();
        return await Page.Locator(".figure-data").InnerTextAsync();
    }

    public ValueTask DisposeAsync() => open.DisposeAsync();
}
