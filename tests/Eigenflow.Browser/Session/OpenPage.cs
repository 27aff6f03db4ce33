using Microsoft.Playwright;

namespace Eigenflow.Browser;

/// <summary>A page in a context of its own. Closing it fails the test where the console had errors or a request left the machine.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly BrowserSession session;
    private readonly IBrowserContext context;
    private readonly List<string> troubles = [];

    internal OpenPage(BrowserSession session, IBrowserContext context, IPage page)
    {
        this.session = session;
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                troubles.Add($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => troubles.Add("error: " + error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(session.Address + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal) && !request.Url.StartsWith("file:", StringComparison.Ordinal))
                troubles.Add("request: " + request.Url);
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What a test expects to go wrong, such as an answer with a status of 422, which a browser writes on its console.</summary>
    public Func<string, bool> IsExpected { get; set; } = _ => false;

    /// <summary>Opens an address of the explorer, such as <c>#/systems/phase-retrieval</c>.</summary>
    public Task GoTo(string route = "") => Page.GotoAsync($"{session.Address}/?token={session.Token}{route}");

    /// <summary>Checks that nothing went wrong so far.</summary>
    public void Check() => troubles.Where(trouble => !IsExpected(trouble)).ShouldBeEmpty();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Check();
    }
}
