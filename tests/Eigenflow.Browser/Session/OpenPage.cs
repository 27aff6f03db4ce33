using Eigenflow.Tests;
using Microsoft.Playwright;

namespace Eigenflow.Browser;

/// <summary>A page in a context of its own. Closing it fails the test where the console had errors or a request left the machine.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private static readonly string[] OwnSchemes = ["data:", "blob:", "file:"];

    /// <summary>How long tests wait for what they expect, in milliseconds: a machine that is busy with other tests is slow, not wrong.</summary>
    internal const float Patience = 60_000;

    private readonly BrowserSession session;
    private readonly IBrowserContext context;
    private readonly List<string> troubles = [];

    internal OpenPage(BrowserSession session, IBrowserContext context, IPage page)
    {
        this.session = session;
        this.context = context;
        Page = page;
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Note($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => Note("error: " + error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(session.Address + "/", StringComparison.Ordinal) && !Array.Exists(OwnSchemes, scheme => request.Url.StartsWith(scheme, StringComparison.Ordinal)))
                Note("request: " + request.Url);
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What a test expects to go wrong, such as an answer with a status of 422, which a browser writes on its console.</summary>
    public Func<string, bool> IsExpected { get; set; } = _ => false;

    /// <summary>Opens an address of the explorer, such as <c>#/systems/phase-retrieval</c>.</summary>
    public Task GoTo(string route = "") => Page.GotoAsync($"{session.Address}/?token={session.Token}{route}");

    /// <summary>Waits until the view has its heading and nothing in it is on its way.</summary>
    public async Task Settle()
    {
        await Page.Locator("main h1").First.WaitForAsync();
        await Page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true], .skeleton') && document.title !== ''");
    }

    /// <summary>Writes a picture of the page beside the tests, for a person to look at.</summary>
    /// <param name="name">Name of the file, without its ending.</param>
    /// <param name="isWhole">Whether what lies below the window is on it too.</param>
    public Task Picture(string name, bool isWhole = false) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(RepositoryRoot.Path, "tests", "Eigenflow.Browser", "bin", "pictures", name + ".png"), FullPage = isWhole });

    /// <summary>Checks that nothing went wrong so far.</summary>
    public void Check()
    {
        lock (troubles)
            troubles.Where(trouble => !IsExpected(trouble)).ShouldBeEmpty();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Check();
    }

    private void Note(string trouble)
    {
        lock (troubles)
            troubles.Add(trouble);
    }
}
