using Eigenflow.Browser;
using Eigenflow.Explorer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserSession))]

namespace Eigenflow.Browser;

/// <summary>One browser, started when the first page is opened, and one explorer for all tests; each test has a page of its own.</summary>
public sealed class BrowserSession : IAsyncLifetime
{
    // As root inside a container there is no sandbox; the others keep the browser from talking to anybody.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
    ];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> browser = new(Start);
    private WebApplication? server;

    /// <summary>The secret of the explorer.</summary>
    public string Token => "0123456789abcdef0123456789abcdef";

    /// <summary>Where the explorer is, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The browser: that of <c>EIGENFLOW_CHROMIUM</c>, or the one of Debian.</summary>
    private static string Program => Environment.GetEnvironmentVariable("EIGENFLOW_CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium";

    /// <summary>The folder of the explorer, of which every test uses a part of its own.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("eigenflow-browser-").FullName;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        server = ExplorerServer.Create(new ExplorerOptions { Token = Token, Folder = Folder });
        await server.StartAsync();
        Address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>A page that counts what must not happen: errors on the console, and requests that leave this machine.</summary>
    /// <param name="width">Width of the window in CSS pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="scheme">Light or dark.</param>
    public async Task<OpenPage> Open(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await (await browser.Value).Browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        return new OpenPage(this, context, await context.NewPageAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated && browser.Value.IsCompletedSuccessfully)
        {
            var (driver, started) = await browser.Value;
            await started.DisposeAsync();
            driver.Dispose();
        }

        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> Start()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException($"The tests of the page need Chromium, and {Program} does not exist: install Debian's package 'chromium' ('apt-get install chromium'; ./test does so where it may), or name a browser by EIGENFLOW_CHROMIUM.");
        var driver = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(OpenPage.Patience);
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Arguments }));
    }
}
